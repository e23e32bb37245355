"""What is earned as it happens lies in the period that earned it, on DuckDB and by sets of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.measures import (
    EARNED,
    REFERENCES_EARNED,
    Part,
    Tables,
    compile_parts,
    reference_parts,
)
from payforsuccess.store import Store, open_store
from payforsuccess.units import Period, Periods
from tests.spec.drawing import Spec, arrow_tables

QUARTERS = Periods(date(2024, 1, 1), "quarter", date(2025, 12, 31)).all()
STABLE_DAYS = {
    "kind": "days-in-state",
    "state": "housed",
    "less": "jailed",
    "after_holding": "12 months",
    "counts_from": "start",
    "window": "2 years",
    "on_death": "stop-the-clock",
    "on_custody": "succeed",
    "earned": "as-it-happens",
}
ANA = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def parts(store: Store, spec: Spec, periods: tuple[Period, ...] = QUARTERS) -> list[Part]:
    measure, seen, excused = spec.built, spec.seen, spec.excused
    earned = REFERENCES_EARNED[type(measure)](measure, spec.records, seen=seen, excused=excused)
    from_sets = reference_parts(earned, periods=periods)
    tables = Tables.of(store.tables_from(arrow_tables(spec.records)))
    compiled = EARNED[type(measure)](measure, tables, seen=seen, excused=excused)
    rows = store.run(compile_parts(compiled, periods=periods)).to_pylist()
    assert [Part(**row) for row in rows] == from_sets
    return from_sets


def by_period(found: list[Part]) -> dict[int, int | Decimal]:
    return {part.period: part.quantity for part in found}


def test_denver_pays_the_first_year_in_the_quarter_that_completes_it(store: Store) -> None:
    """Days housed less days in jail, once a lease was held for a year; the days before it too."""
    spec = Spec(
        rule="",
        measure=STABLE_DAYS,
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2025-06-11
            jailed | ana    | 2024-03-01 | 2024-03-11
            jailed | ana    | 2025-03-31 | 2025-04-03
        """,
    )

    found = parts(store, spec)

    # 366 days to 31 January 2025, less 10 in jail; then 1 February to 30 March, less none; in
    # the second quarter of 2025 the 71 days to 10 June, less 1 and 2 April
    assert by_period(found) == {5: 366 - 10 + 58, 6: 71 - 2}
    assert found[0].source == "intake:1;jail:1;jail:2;jail:3"


def test_a_lease_given_up_before_the_year_is_full_earns_nothing(store: Store) -> None:
    spec = Spec(
        rule="",
        measure=STABLE_DAYS,
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2025-01-31
        """,
    )

    assert parts(store, spec) == []


def test_days_lie_in_the_period_they_fall_in_and_a_stay_is_cut_where_periods_meet(
    store: Store,
) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "days-in-state",
            "state": "housed",
            "window": "2 years",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-03-30 | 2024-07-02
            housed | ana    | 2024-06-25 | 2024-07-03
        """,
    )

    found = parts(store, spec)

    assert by_period(found) == {1: 2, 2: 91, 3: 2}
    assert [part.source for part in found] == [
        "intake:1;jail:1",
        "intake:1;jail:1;jail:2",
        "intake:1;jail:1;jail:2",
    ]


def test_a_month_lies_in_the_period_of_its_last_day(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "days-in-state",
            "state": "housed",
            "unit": "month",
            "window": "12 months",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA.replace("2024-01-01", "2024-01-15"),
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-15 | 2024-05-15
        """,
    )

    assert by_period(parts(store, spec)) == {1: 2, 2: 2}


def test_a_state_held_long_enough_is_earned_on_the_day_it_is(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "held-without-break",
            "state": "housed",
            "held_for": "6 months",
            "window": "18 months",
            "on_death": "fail",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-07-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-08-01
        """,
    )

    assert by_period(parts(store, spec)) == {2: 1}


def test_what_came_before_a_death_that_censors_stands(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "event-count",
            "event": "session",
            "counts": "each",
            "at_most_each_person": 2,
            "window": "1 year",
            "on_death": "censor",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA,
        events="""
            kind    | person | happened_on
            session | ana    | 2024-02-01
            session | ana    | 2024-04-01
            session | ana    | 2024-04-02
            death   | ana    | 2024-05-01
        """,
    )

    assert by_period(parts(store, spec)) == {1: 1, 2: 1}


def test_what_is_earned_outside_all_periods_is_in_none(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "days-in-state",
            "state": "housed",
            "window": "2 years",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2026-01-01
        """,
    )

    assert by_period(parts(store, spec, QUARTERS[1:3])) == {2: 91, 3: 92}


SUBSIDY = {
    "kind": "money-sum",
    "amounts_of": "subsidy",
    "window": "1 year",
    "earned": "as-it-happens",
}


def test_an_amount_lies_in_the_period_of_its_day_to_the_cent(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={**SUBSIDY, "on_death": "censor"},
        expected="",
        enrolments=ANA,
        events="""
            kind    | person | happened_on | amount
            subsidy | ana    | 2024-03-31  | 100.10
            subsidy | ana    | 2024-04-01  | 0.05
            subsidy | ana    | 2024-04-01  | 0.20
            subsidy | ana    | 2024-05-01  | 7
            death   | ana    | 2024-05-01  |
            subsidy | ana    | 2024-05-02  | 9
        """,
    )

    found = parts(store, spec)

    assert by_period(found) == {1: Decimal("100.10"), 2: Decimal("7.25")}
    assert [part.source for part in found] == [
        "intake:1;court:1",
        "intake:1;court:2;court:3;court:4;court:5",
    ]


def test_parts_of_a_sum_are_rounded_and_limited_to_date_so_that_they_add_up(store: Store) -> None:
    events = """
        kind    | person | happened_on | amount
        subsidy | ana    | 2024-02-01  | 0.40
        subsidy | ana    | 2024-04-01  | 0.40
        subsidy | ana    | 2024-07-01  | 10
        subsidy | ana    | 2024-10-01  | -9
    """
    spec = Spec(rule="", measure=SUBSIDY, expected="", enrolments=ANA, events=events)
    rounded = Spec(
        rule="",
        measure={**SUBSIDY, "rounding": "half-up", "at_most_each_person": "5"},
        expected="",
        enrolments=ANA,
        events=events,
    )

    assert by_period(parts(store, spec)) == {
        1: Decimal("0.40"),
        2: Decimal("0.40"),
        3: Decimal(10),
        4: Decimal(-9),
    }
    # to date 0, 1, 5 (of 11) and 2: no part of the first quarter, and the last takes 3 back
    assert by_period(parts(store, rounded)) == {2: 1, 3: 4, 4: -3}


def test_from_an_amount_that_is_missing_on_nothing_is_earned(store: Store) -> None:
    spec = Spec(
        rule="",
        measure=SUBSIDY,
        expected="",
        enrolments=ANA,
        events="""
            kind    | person | happened_on | amount
            subsidy | ana    | 2024-02-01  | 10
            subsidy | ana    | 2024-05-01  |
            subsidy | ana    | 2024-06-01  | 10
            subsidy | ana    | 2024-08-01  | 10
        """,
    )

    assert by_period(parts(store, spec)) == {1: 10}


def test_custody_that_stopped_the_clock_and_the_death_are_among_the_rows(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={
            "kind": "days-in-state",
            "state": "housed",
            "window": "6 months",
            "on_custody": "stop-the-clock",
            "on_death": "stop-the-clock",
            "earned": "as-it-happens",
        },
        expected="",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2025-01-01
            jailed | ana    | 2024-02-01 | 2024-02-11
            jailed | ana    | 2024-11-01 | 2024-11-11
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-05-10
        """,
    )

    found = parts(store, spec)

    assert by_period(found) == {1: 91 - 10, 2: 40}
    assert [part.source for part in found] == [
        "intake:1;jail:1;jail:2",
        "intake:1;jail:1;jail:2;court:1",
    ]
