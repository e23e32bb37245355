"""What an evaluation sees of each person, drawn: part taken, endings, links, days, and no key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.deal.tables import LINKS
from payforsuccess.measures import Tables, compile_event_count
from payforsuccess.measures.evaluation_rows import Told, compile_evaluation_rows, without_keys
from payforsuccess.measures.slice import compile_taking_part, compile_weakest_links
from payforsuccess.measures.time_to_event import compile_times
from payforsuccess.store import Store, open_store, typed_table
from tests.spec.drawing import Spec, arrow_tables

SPEC = Spec(
    rule="",
    measure={
        "kind": "event-count",
        "event": "arrest",
        "counts": "each",
        "window": "30 days",
        "starts_at": "assignment",
    },
    expected="",
    enrolments="""
        enrolment | person | assigned_on | enrolled_on | arm  | site  | feed
        e1        | ana    | 2024-01-01  | 2024-01-05  | aid  | north | intake
        e2        | ben    | 2024-01-01  |             | aid  | south | intake
        e3        | cem    | 2024-01-01  |             | none |       | intake
        e4        | dee    | 2024-01-01  |             |      | north | intake
        x1        | ben    |             | 2024-02-01  |      |       | programme
        x2        | cem    |             | 2023-12-31  |      |       | programme
    """,
    events="""
        kind   | person | happened_on
        arrest | ana    | 2024-01-10
        death  | ana    | 2024-01-30
        death  | ben    | 2024-01-31
        move   | cem    | 2024-01-01
    """,
    traits="""
        trait    | person | as_of      | value | label
        age      | ana    |            | 31    |
        language | ana    | 2023-01-01 |       | Twi
        language | ana    | 2023-06-01 |       | English
        language | ben    | 2024-01-02 |       | Twi
        needs    | ana    |            | 2     |
    """,
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def told(store: Store, **given: Any) -> pa.Table:
    """The rows with keys, of the measure on the drawn records."""
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    found = store.run(compile_event_count(SPEC.built, tables, seen=SPEC.seen))
    results = store.tables_from({"found": found})["found"]
    return store.run(compile_evaluation_rows(results, tables, Told(seen=SPEC.seen, **given)))


def test_an_evaluation_is_told_nothing_that_was_not_asked_for(store: Store) -> None:
    rows = without_keys(told(store), pa.array(["ana", "ben", "cem", "dee"]), has_arms=True)

    assert rows.column_names == ["arm", "quantity", "status", "start_on", "person"]
    assert rows["person"].to_pylist() == [0, 1, 2]
    assert told(store).num_rows == 4


def test_everyone_is_there_for_a_plan_without_arms(store: Store) -> None:
    rows = without_keys(told(store), pa.array(["dee", "cem", "ben", "ana"]), has_arms=False)

    assert rows["arm"].to_pylist() == ["aid", "aid", "none", None]
    assert rows["person"].to_pylist() == [3, 2, 1, 0]


def test_who_was_enrolled_took_part_also_in_another_row_from_the_assignment_on(
    store: Store,
) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    everyone = store.tables_from({"members": members("ana", "ben", "cem", "dee")})["members"]
    part = store.run(compile_taking_part(tables, everyone))
    taking_part = store.tables_from({"taking_part": part})["taking_part"]

    rows = told(store, taking_part=taking_part)

    assert sorted(part["person"].to_pylist()) == ["ben", "cem"]
    assert rows["took_part"].to_pylist() == [True, True, False, False]


def test_died_and_moved_are_of_the_window(store: Store) -> None:
    rows = told(store, endings=("death", "move"))

    assert rows["died"].to_pylist() == [True, False, False, False]
    assert rows["moved"].to_pylist() == [False, False, True, False]
    assert "moved" not in told(store, endings=("death",)).column_names


def test_a_fact_is_a_number_or_a_word_as_last_known_at_the_start(store: Store) -> None:
    facts = ("age", "language", "needs", "site", "height")
    rows = without_keys(
        told(store, facts=facts), pa.array(["ana", "ben", "cem", "dee"]), has_arms=True
    )

    assert rows["age"].to_pylist() == [Decimal(31), None, None]
    assert rows["language:label"].to_pylist() == ["English", None, None]
    assert rows["site"].to_pylist() == ["north", "south", None]
    assert rows["height"].null_count == 3
    assert "age:label" not in rows.column_names


def test_the_weakest_link_of_a_persons_records_is_told(store: Store) -> None:
    pairs = typed_table(
        LINKS,
        {
            "one": ["a1", "a1", "b1", "b1"],
            "other": ["a2", "a3", "a2", "b2"],
            "score": [Decimal("0.99"), Decimal("0.91"), Decimal("0.4"), Decimal("0.8")],
            "reason": [""] * 4,
            "is_taken": [1, 1, 0, 0],
        },
    )
    records = pa.table(
        {"record": ["a1", "a2", "a3", "b1", "b2"], "person": ["ana"] * 3 + ["ben"] * 2}
    )
    shown = store.tables_from({"pairs": pairs, "records": records})
    taken = store.run(compile_weakest_links(shown["pairs"], shown["records"]))
    any_pair = compile_weakest_links(shown["pairs"], shown["records"], taken_only=False)
    links = store.tables_from({"weakest": taken})["weakest"]

    rows = told(store, links=links)

    assert rows["linked"].to_pylist() == [True, False, False, False]
    assert rows["score"].to_pylist() == [Decimal("0.91"), None, None, None]
    assert sorted(row["person"] for row in store.run(any_pair).to_pylist()) == ["ana", "ben"]


def test_days_and_the_time_before_stand_beside_the_outcome(store: Store) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    days = store.run(compile_times(SPEC.built, tables, seen=SPEC.seen))
    back = SPEC.built.model_copy(update={"looks": "back"})
    before = store.run(compile_event_count(back, tables, seen=SPEC.seen))
    held = store.tables_from({"days": days, "before": before})

    rows = told(store, times=held["days"], before=held["before"])

    assert rows["days"].to_pylist() == [10, 30, 1, 30]
    assert rows["ended"].to_pylist() == ["event", "window", "move", "window"]
    assert rows["before"].to_pylist() == [0, 0, 0, 0]
    assert date(2024, 1, 1) in rows["start_on"].to_pylist()


def members(*people: str) -> pa.Table:
    return pa.table({"record": list(people), "person": list(people)})
