"""A window belongs to the period that holds its last day; the ledger keeps what counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from payforsuccess.deal.tables import TRAITS
from payforsuccess.measures import (
    Seen,
    Tables,
    compile_by_period,
    compile_event_absent,
    compile_person_rows,
    compile_with_period,
)
from payforsuccess.measures.evaluation_rows import (
    Told,
    compile_evaluation_rows,
    without_keys,
)
from payforsuccess.store import Store, open_store, typed_table
from payforsuccess.units import Periods
from tests.spec.drawing import Spec, arrow_tables

QUARTERS = Periods(date(2024, 1, 1), "quarter", date(2024, 12, 31)).all()
SPEC = Spec(
    rule="",
    measure={"kind": "event-absent", "event": "arrest", "window": "3 months"},
    expected="",
    enrolments="""
        enrolment | person | enrolled_on | arm
        e1        | ana    | 2024-01-01  | aid
        e2        | ben    | 2024-01-02  | aid
        e3        | cem    | 2024-01-01  | none
        e4        | dee    | 2023-09-01  | aid
        e5        | eli    | 2024-09-30  |
    """,
    events="""
        kind   | person | happened_on
        arrest | cem    | 2024-02-01
    """,
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def test_a_window_belongs_to_the_period_of_its_last_day(store: Store) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    people = compile_event_absent(SPEC.built, tables, seen=Seen.everywhere(date(2024, 12, 1)))
    dated = compile_with_period(people, periods=QUARTERS)

    found = {row["enrolment"]: row["period"] for row in store.run(dated).to_pylist()}
    rows = store.run(compile_by_period(dated)).to_pylist()

    assert found == {"e1": 1, "e2": 2, "e3": 1, "e4": None, "e5": 4}
    assert rows == [
        {"period": 1, "status": "known", "people": 2, "total": 1},
        {"period": 2, "status": "known", "people": 1, "total": 1},
        {"period": 4, "status": "not-yet-observed", "people": 1, "total": 0},
        {"period": None, "status": "known", "people": 1, "total": 1},
    ]


def test_the_ledger_holds_known_quantities_that_are_not_zero(store: Store) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    people = compile_event_absent(SPEC.built, tables, seen=Seen.everywhere(date(2024, 12, 1)))
    dated = compile_with_period(people, periods=QUARTERS)

    rows = store.run(compile_person_rows(dated, outcome="free")).to_pylist()

    assert [(row["period"], row["person"], row["quantity"], row["source"]) for row in rows] == [
        (1, "ana", 1, "intake:1"),
        (2, "ben", 1, "intake:2"),
    ]


def test_an_evaluation_sees_no_key(store: Store) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    people = compile_event_absent(SPEC.built, tables, seen=Seen.everywhere(date(2024, 12, 1)))

    keyed = store.run(compile_evaluation_rows(people, tables, Told(facts=("age",))))
    everyone = keyed["person"].combine_chunks().unique()

    rows = without_keys(keyed, everyone, has_arms=True)

    assert rows.column_names == ["arm", "quantity", "status", "start_on", "age", "person"]
    assert rows.column("person").to_pylist() == [0, 1, 2, 3]
    assert rows.column("arm").to_pylist() == ["aid", "aid", "none", "aid"]
    assert rows.column("age").to_pylist() == [None] * 4


def test_a_trait_is_taken_as_last_known_up_to_the_start(store: Store) -> None:
    rows = [
        ("housed", "ana", date(2023, 6, 1), 0),
        ("housed", "ana", date(2024, 1, 1), 1),
        ("housed", "ana", date(2024, 1, 2), 0),
        ("housed", "ben", date(2024, 1, 3), 1),
        ("age", "ana", None, 31),
    ]
    traits = typed_table(
        TRAITS,
        {
            "trait": [row[0] for row in rows],
            "person": [row[1] for row in rows],
            "as_of": [row[2] for row in rows],
            "value": [row[3] for row in rows],
            "feed": ["intake"] * len(rows),
            "row": list(range(len(rows))),
        },
    )
    tables = Tables.of(store.tables_from({**arrow_tables(SPEC.records), "traits": traits}))
    people = compile_event_absent(SPEC.built, tables, seen=Seen.everywhere(date(2024, 12, 1)))

    found = store.run(compile_evaluation_rows(people, tables, Told(facts=("housed", "age"))))

    assert found.column("housed").to_pylist() == [1, None, None, None, None]
    assert found.column("age").to_pylist() == [31, None, None, None, None]
