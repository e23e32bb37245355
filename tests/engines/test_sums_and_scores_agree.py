"""Milestones, sums, quarters, units and scores: SQL on DuckDB and plain Python say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.measures import (
    EARNED,
    REFERENCES,
    REFERENCES_EARNED,
    EnrolmentRow,
    EventRow,
    Excused,
    Part,
    PlainRecords,
    Seen,
    SpellRow,
    Tables,
    TraitRow,
    compile_parts,
    reference_parts,
)
from payforsuccess.store import Store, open_store
from payforsuccess.units import Periods
from tests.spec.drawing import EVERYONE, ExcusedDays, arrow_tables, run_on

FIRST = date(2023, 12, 28)  # so that windows cross a quarter's end, a month's end and 29 February
PEOPLE = ("ana", "ben")
FEEDS = ["intake", "court", "jail", "survey"]
ENDINGS = ("death", "move", "custody", "transfer")

days = st.integers(0, 110).map(lambda more: FIRST + timedelta(days=more))
lengths = st.sampled_from(["1 day", "2 weeks", "1 month", "3 months", "95 days"])
number_rules = st.sampled_from(["censor", "succeed", "stop-the-clock"])
mark_rules = st.sampled_from(["censor", "succeed", "fail", "stop-the-clock"])
starts = st.sampled_from(
    [
        {"starts_at": "enrolment"},
        {"starts_at": "event", "start_event": "release"},
        {"starts_at": "event", "start_event": "thing"},
    ]
)
amounts = st.none() | st.sampled_from([Decimal(text) for text in ("0.01", "2.5", "-1.5", "1000")])
rounds = st.sampled_from(["half-up", "down", "refuse"])
KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "milestone-reached": {
        "milestone": st.just("thing"),
        "kept_for": st.sampled_from([None, "10 days", "1 month"]),
        "lost_by": st.sampled_from([None, "loss"]),
    },
    "money-sum": {
        "amounts_of": st.just("thing"),
        "at_most_each_person": st.none() | st.just("2.25"),
        "rounding": rounds,
    },
    "quarters-with-earnings": {
        "amounts_of": st.just("thing"),
        "floor": st.sampled_from(["0.01", "2.51"]),
        "counts_first_quarter": st.booleans(),
    },
    "certified-units": {"units": st.just("thing"), "certified_by": st.just("College")},
    "score-gain": {
        "score": st.just("score"),
        "taken_within": st.sampled_from([None, "1 month", "9 days"]),
        "at_least": st.sampled_from([None, "1", "0.5"]),
        "rounding": rounds,
    },
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def measures(kind: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "start": starts,
            "window": lengths,
            "rules": st.fixed_dictionaries(dict.fromkeys(ENDINGS, mark_rules)),
            "own": st.fixed_dictionaries(KINDS[kind]),
        }
    ).map(lambda drawn: built(kind, **drawn))


def built(
    kind: str, *, start: dict[str, str], window: str, rules: dict[str, str], own: dict[str, Any]
) -> Any:
    stated = {name: value for name, value in own.items() if value is not None}
    if kind == "milestone-reached" and "kept_for" not in stated:
        stated.pop("lost_by", None)
    can_fail = kind == "milestone-reached" or "at_least" in stated
    adapter: TypeAdapter[Any] = TypeAdapter(PersonMeasure)
    return adapter.validate_python(
        {
            "kind": kind,
            "population": EVERYONE,
            **start,
            "window": window,
            "feeds": FEEDS,
            **{
                f"on_{ending}": "succeed" if rule == "fail" and not can_fail else rule
                for ending, rule in rules.items()
            },
            **stated,
        }
    )


@st.composite
def records(draw: st.DrawFn) -> PlainRecords:
    person = st.sampled_from(PEOPLE)
    enrolments = draw(st.lists(st.tuples(person, st.none() | days), max_size=4))
    kinds = st.sampled_from(
        ["thing", "thing", "thing", "loss", "death", "move", "transfer", "release"]
    )
    events = draw(st.lists(st.tuples(kinds, person, days, amounts), max_size=10))
    stays = draw(
        st.lists(
            st.tuples(st.sampled_from(["custody", "housed"]), person, days, st.integers(0, 20)),
            max_size=2,
        )
    )
    scores = draw(
        st.lists(st.tuples(person, st.none() | days, amounts, st.sampled_from(FEEDS)), max_size=6)
    )
    return PlainRecords(
        tuple(
            EnrolmentRow(enrolment=f"e{at}", person=who, enrolled_on=day, feed="intake", row=at)
            for at, (who, day) in enumerate(enrolments, 1)
        ),
        tuple(
            SpellRow(
                state=state,
                person=who,
                start_on=start,
                end_on=start + timedelta(days=length),
                feed="jail",
                row=at,
            )
            for at, (state, who, start, length) in enumerate(stays, 1)
        ),
        tuple(
            EventRow(kind=kind, person=who, happened_on=day, amount=amount, feed="court", row=at)
            for at, (kind, who, day, amount) in enumerate(events, 1)
        ),
        tuple(
            TraitRow(trait="score", person=who, as_of=day, value=value, feed=feed, row=at)
            for at, (who, day, value, feed) in enumerate(scores, 1)
        ),
    )


excuses = st.lists(
    st.tuples(days, st.integers(0, 9), st.sampled_from(["days-not-counted", "window-extended"])),
    max_size=2,
).map(
    lambda facts: Excused.of(
        ExcusedDays(first, first + timedelta(days=length), effect)
        for first, length, effect in facts
    )
)


@pytest.mark.parametrize("kind", KINDS)
def test_sql_and_sets_of_days_agree(kind: str, store: Store) -> None:
    @settings(max_examples=25)
    @given(measure=measures(kind), rows=records(), excused=excuses, through=days)
    def agree(measure: Any, rows: PlainRecords, excused: Excused, through: date) -> None:
        seen = Seen(dict.fromkeys(FEEDS, through))
        from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

        from_sql = run_on(store, rows, measure, excused, seen)

        assert from_sql == from_sets
        assert all((row.quantity is None) == (row.status != "known") for row in from_sets)

    agree()


MONTHS = Periods(date(2024, 1, 1), "month", date(2024, 4, 20)).all()
IN_PARTS = ("certified-units", "milestone-reached", "money-sum")


@pytest.mark.parametrize("kind", IN_PARTS)
def test_parts_by_period_agree(kind: str, store: Store) -> None:
    @settings(max_examples=10)
    @given(measure=measures(kind), rows=records(), excused=excuses, through=days)
    def agree(measure: Any, rows: PlainRecords, excused: Excused, through: date) -> None:
        seen = Seen(dict.fromkeys(FEEDS, through))
        earned = REFERENCES_EARNED[type(measure)](measure, rows, seen=seen, excused=excused)
        from_sets = reference_parts(earned, periods=MONTHS)
        tables = Tables.of(store.tables_from(arrow_tables(rows)))

        compiled = EARNED[type(measure)](measure, tables, seen=seen, excused=excused)
        from_sql = store.run(compile_parts(compiled, periods=MONTHS)).to_pylist()

        assert [Part(**row) for row in from_sql] == from_sets

    agree()


LONG = Periods(date(2023, 10, 1), "month", date(2026, 12, 31)).all()


@given(measure=measures("money-sum"), rows=records())
def test_the_parts_of_a_sum_add_up_to_it(measure: Any, rows: PlainRecords) -> None:
    seen = Seen.everywhere(FIRST + timedelta(days=900))
    parts = reference_parts(
        REFERENCES_EARNED[type(measure)](measure, rows, seen=seen), periods=LONG
    )

    for whole in REFERENCES[type(measure)](measure, rows, seen=seen):
        if whole.quantity is not None:
            own = [part.quantity for part in parts if part.enrolment == whole.enrolment]
            assert sum(own) == whole.quantity


@given(measure=measures("money-sum"), rows=records(), factor=st.integers(1, 5))
def test_a_sum_grows_with_its_amounts(measure: Any, rows: PlainRecords, factor: int) -> None:
    measure = measure.model_copy(update={"rounding": "refuse", "at_most_each_person": None})
    seen = Seen.everywhere(FIRST + timedelta(days=400))
    times = PlainRecords(
        rows.enrolments,
        rows.spells,
        tuple(
            EventRow(
                kind=row.kind,
                person=row.person,
                happened_on=row.happened_on,
                amount=None if row.amount is None else row.amount * factor,
                feed=row.feed,
                row=row.row,
            )
            for row in rows.events
        ),
        rows.traits,
    )

    once = REFERENCES[type(measure)](measure, rows, seen=seen)
    more = REFERENCES[type(measure)](measure, times, seen=seen)

    assert [row.quantity and Fraction(row.quantity) * factor for row in once] == [
        row.quantity and Fraction(row.quantity) for row in more
    ]


@given(measure=measures("milestone-reached"), rows=records(), through=days)
def test_what_must_be_kept_is_never_easier(measure: Any, rows: PlainRecords, through: date) -> None:
    reached = measure.model_copy(update={"kept_for": None, "lost_by": None})
    seen = Seen.everywhere(through)

    harder = REFERENCES[type(measure)](measure, rows, seen=seen)
    easier = REFERENCES[type(measure)](reached, rows, seen=seen)

    for one, other in zip(harder, easier, strict=True):
        assert one.quantity != 1 or other.quantity == 1
