"""Days until an event: SQL on DuckDB and plain Python over sets of days say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures import PlainRecords, Seen, Tables
from payforsuccess.measures.time_to_event import Watched, compile_times, reference_times
from payforsuccess.store import Store, open_store
from tests.engines.made_records import FIRST, made_excused, made_measure, made_records, made_seen
from tests.spec.drawing import Spec, arrow_tables

ENDINGS = {"on_death": "censor", "on_move": "censor", "on_transfer": "censor"}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def timed(rng: Random) -> MeasureBase:
    measure = made_measure(rng.choice(["event-absent", "event-count"]), rng)
    custody = rng.choice(["censor", "succeed"])
    return measure.model_copy(update={**ENDINGS, "on_custody": custody})


def agree(store: Store, rng: Random, cases: int) -> list[Watched]:
    measure, rows, excused = timed(rng), made_records(cases, rng), made_excused(rng)
    since = {"court": FIRST + timedelta(days=5)} if rng.random() < 0.3 else {}
    seen = Seen(made_seen(rng).feeds, complete_from=since)
    tables = Tables.of(store.tables_from(arrow_tables(rows)))
    compiled = compile_times(measure, tables, seen=seen, excused=excused)
    from_sql = [Watched(**row) for row in store.run(compiled).to_pylist()]

    assert from_sql == reference_times(measure, rows, seen=seen, excused=excused)
    return from_sql


@pytest.mark.parametrize("seed", range(6))
def test_sql_and_sets_of_days_agree_on_many_cases(store: Store, seed: int) -> None:
    found = agree(store, Random(f"times {seed}"), 80)

    assert all((row.days is None) == (row.ended is None) for row in found)
    assert all(row.days is None or row.days >= 1 for row in found)


@settings(max_examples=10)
@given(rng=st.randoms(use_true_random=False))
def test_sql_and_sets_of_days_agree(store: Store, rng: Random) -> None:
    agree(store, rng, 2)


SPEC = Spec(
    rule="The day of the start is day 1; what comes first ends the watching",
    measure={"kind": "event-absent", "event": "arrest", "window": "30 days"},
    expected="",
    seen_through="2024-03-31",
    enrolments="""
        enrolment | person | enrolled_on
        e1        | ana    | 2024-01-01
        e2        | ben    | 2024-01-01
        e3        | cem    | 2024-01-01
        e4        | dee    | 2024-03-22
        e5        | eli    | 2024-04-01
        e6        | fay    | 2024-01-01
        e7        | gil    | 2024-01-01
    """,
    events="""
        kind   | person | happened_on
        arrest | ana    | 2024-01-01
        arrest | ben    | 2024-01-31
        death  | cem    | 2024-01-10
        arrest | fay    | 2024-01-10
        death  | fay    | 2024-01-10
    """,
    spells="""
        state  | person | start_on   | end_on
        jailed | gil    | 2023-12-01 | 2024-01-05
    """,
)


def test_the_day_of_the_start_is_day_1_and_what_comes_first_holds(store: Store) -> None:
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    rows = store.run(compile_times(SPEC.built, tables, seen=SPEC.seen)).to_pylist()

    assert [(row["enrolment"], row["days"], row["ended"]) for row in rows] == [
        ("e1", 1, "event"),
        ("e2", 30, "window"),
        ("e3", 10, "death"),
        ("e4", 10, "records"),
        ("e5", None, None),
        ("e6", 10, "event"),
        ("e7", 1, "custody"),
    ]


def test_a_measure_without_an_event_has_no_time_to_it() -> None:
    measure = made_measure("days-in-state", Random(1))

    with pytest.raises(ValueError, match="days are counted to the event"):
        reference_times(measure, PlainRecords(), seen=Seen.everywhere(date(2024, 1, 1)))
