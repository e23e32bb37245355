"""On random small records, SQL on DuckDB and plain Python over sets of days say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.measures import (
    COMPILERS,
    REFERENCES,
    EnrolmentRow,
    EventRow,
    Excused,
    PlainRecords,
    Seen,
    SpellRow,
    Tables,
    arm_counts,
    compile_by_arm,
    reference_arm_counts,
)
from payforsuccess.store import Store, open_store
from tests.spec.drawing import EVERYONE, ExcusedDays, arrow_tables, run_on

FIRST = date(2024, 1, 20)  # so that windows cross the end of January and 29 February
PEOPLE = ("ana", "ben", "cem")
ARMS = (None, "aid", "none")

days = st.integers(0, 60).map(lambda more: FIRST + timedelta(days=more))
lengths = st.sampled_from(["1 day", "7 days", "2 weeks", "1 month", "2 months"])
rules = st.sampled_from(["censor", "succeed", "stop-the-clock"])
rules_or_fail = st.sampled_from(["censor", "succeed", "fail", "stop-the-clock"])
starts = st.sampled_from(
    [
        {"starts_at": "enrolment"},
        {"starts_at": "event", "start_event": "release"},
        {"starts_at": "event", "start_event": "arrest"},
    ]
)
FILES = (None, "Exit")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@st.composite
def measures(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(["event-absent", "event-count"]))
    rule = rules_or_fail if kind == "event-absent" else rules
    stated = {
        "kind": kind,
        "event": "arrest",
        "population": {**EVERYONE, "arms": draw(st.sampled_from([[], ["aid"], ["aid", "none"]]))},
        **draw(starts),
        "window": draw(lengths),
        "feeds": ["court"],
        **{f"on_{ending}": draw(rule) for ending in ("death", "move", "custody", "transfer")},
    }
    if kind == "event-count":
        stated["counts"] = draw(st.sampled_from(["days", "each"]))
        stated["at_most_each_person"] = draw(st.none() | st.just("2"))
    adapter: TypeAdapter[Any] = TypeAdapter(PersonMeasure)
    return adapter.validate_python(stated)


@st.composite
def records(draw: st.DrawFn) -> PlainRecords:
    person = st.sampled_from(PEOPLE)
    enrolments = draw(
        st.lists(st.tuples(person, st.none() | days, st.sampled_from(ARMS)), max_size=5)
    )
    kinds = st.sampled_from(["arrest", "arrest", "arrest", "death", "move", "transfer", "release"])
    events = draw(st.lists(st.tuples(kinds, person, days, st.sampled_from(FILES)), max_size=10))
    states = st.sampled_from(["custody", "jailed", "housed"])
    lengths_of_stay = st.none() | st.integers(0, 20)
    stays = draw(
        st.lists(
            st.tuples(states, person, days, lengths_of_stay, st.sampled_from(["jail", "court"])),
            max_size=4,
        )
    )
    return PlainRecords(
        tuple(
            EnrolmentRow(f"e{at}", who, enrolled_on=day, arm=arm, feed="intake", row=at)
            for at, (who, day, arm) in enumerate(enrolments, 1)
        ),
        tuple(
            SpellRow(
                state,
                who,
                start,
                None if length is None else start + timedelta(days=length),
                feed=feed,
                row=at,
            )
            for at, (state, who, start, length, feed) in enumerate(stays, 1)
        ),
        tuple(
            EventRow(kind, who, day, feed="court", file=file, row=at)
            for at, (kind, who, day, file) in enumerate(events, 1)
        ),
    )


@st.composite
def excuses(draw: st.DrawFn) -> Excused:
    facts = draw(
        st.lists(
            st.tuples(
                days,
                st.integers(0, 9),
                st.sampled_from(["days-not-counted", "window-extended", "baseline-reset"]),
            ),
            max_size=4,
        )
    )
    return Excused.of(
        ExcusedDays(first, first + timedelta(days=length), effect)
        for first, length, effect in facts
    )


@st.composite
def sights(draw: st.DrawFn) -> Seen:
    """Feeds that reach to different days; now and then one that does not count."""
    feeds = draw(st.sampled_from([("court",), ("court", "jail"), ("court", "jail", "intake")]))
    later = st.sampled_from([0, 60, 120])
    return Seen({feed: draw(days) + timedelta(days=draw(later)) for feed in feeds})


@given(measure=measures(), rows=records(), excused=excuses(), seen=sights())
def test_sql_and_sets_of_days_agree(
    store: Store, measure: Any, rows: PlainRecords, excused: Excused, seen: Seen
) -> None:
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    from_sql = run_on(store, rows, measure, excused, seen)

    assert from_sql == from_sets


@settings(max_examples=15)
@given(measure=measures(), rows=records())
def test_counts_by_arm_agree(store: Store, measure: Any, rows: PlainRecords) -> None:
    through = FIRST + timedelta(days=70)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=Seen.everywhere(through))
    tables = Tables.of(store.tables_from(arrow_tables(rows)))
    people = COMPILERS[type(measure)](measure, tables, seen=Seen.everywhere(through))

    assert arm_counts(store.run(compile_by_arm(people))) == reference_arm_counts(from_sets)


@given(measure=measures(), rows=records(), through=days)
def test_no_row_is_lost_and_none_is_made(measure: Any, rows: PlainRecords, through: date) -> None:
    results = REFERENCES[type(measure)](measure, rows, seen=Seen.everywhere(through))
    arms = measure.population.arms

    if measure.starts_at == "enrolment":
        assert {result.enrolment for result in results} == {
            row.enrolment
            for row in rows.enrolments
            if row.enrolled_on is not None and (not arms or row.arm in arms)
        }
    assert all((result.quantity is None) == (result.status != "known") for result in results)
