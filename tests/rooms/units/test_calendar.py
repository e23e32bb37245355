"""Month boundaries are counted from the anchor; periods touch and never overlap."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.units import (
    Periods,
    add_months,
    day_count_fraction,
    days_between,
    fiscal_year_of,
)

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("anchor", "months", "day"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), 2, date(2025, 3, 31)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 3, 15), -3, date(2024, 12, 15)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 5, 31), 0, date(2025, 5, 31)),
    ],
)
def test_a_month_boundary_clips_the_end_of_the_month(anchor: date, months: int, day: date) -> None:
    assert add_months(anchor, months) == day


@given(DAYS, st.integers(0, 240))
def test_boundaries_keep_the_anchors_day_where_the_month_has_it(anchor: date, months: int) -> None:
    day = add_months(anchor, months)

    assert day.day == anchor.day or (day + timedelta(days=1)).day == 1
    assert (day.year * 12 + day.month) - (anchor.year * 12 + anchor.month) == months


def test_days_between_leaves_out_the_last_day() -> None:
    assert days_between(date(2025, 1, 1), date(2025, 1, 1)) == 0
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2


def test_the_last_period_holds_the_last_day_and_ends_at_its_boundary() -> None:
    periods = Periods(date(2016, 1, 1), "quarter", date(2016, 8, 15))

    assert periods.count == 3
    assert periods.period(3).end == date(2016, 10, 1)
    assert periods.period(3).last_day == date(2016, 9, 30)
    assert str(periods.period(1)) == "period 1 (2016-01-01 to 2016-03-31)"


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2015, 12, 31), None),
        (date(2016, 1, 1), 1),
        (date(2016, 3, 31), 1),
        (date(2016, 4, 1), 2),
        (date(2016, 9, 30), 3),
        (date(2016, 10, 1), None),
    ],
)
def test_a_day_lies_in_one_period_or_in_none(day: date, number: int | None) -> None:
    found = Periods(date(2016, 1, 1), "quarter", date(2016, 8, 15)).holding(day)

    assert (found.number if found else None) == number


@pytest.mark.parametrize("number", [0, 4, -1])
def test_there_is_no_period_outside_the_deal(number: int) -> None:
    with pytest.raises(ValueError, match="periods run from 1 to 3"):
        Periods(date(2016, 1, 1), "quarter", date(2016, 8, 15)).period(number)


@given(DAYS, st.sampled_from(["month", "quarter", "half-year", "year"]), st.integers(0, 4000))
def test_periods_touch_and_cover_the_deal(start: date, every: str, length: int) -> None:
    ends_on = start + timedelta(days=length)
    periods = Periods(start, every, ends_on).all()  # type: ignore[arg-type]

    assert periods[0].start == start
    assert all(before.end == after.start for before, after in pairwise(periods))
    assert ends_on in periods[-1]


@pytest.mark.parametrize(
    ("day", "month", "first", "year"),
    [
        (date(2026, 6, 30), 7, 1, 2026),
        (date(2026, 7, 1), 7, 1, 2027),
        (date(2026, 12, 31), 1, 1, 2026),
        (date(2026, 4, 5), 4, 6, 2026),
        (date(2026, 4, 6), 4, 6, 2027),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends(
    day: date, month: int, first: int, year: int
) -> None:
    assert fiscal_year_of(day, starts_month=month, starts_day=first) == year


@pytest.mark.parametrize(
    ("start", "end", "rule", "part"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), "actual/365", Fraction(1)),
        (date(2024, 1, 1), date(2025, 1, 1), "actual/360", Fraction(366, 360)),
        (date(2025, 1, 31), date(2025, 3, 31), "30/360", Fraction(60, 360)),
        (date(2025, 1, 30), date(2025, 3, 31), "30/360", Fraction(60, 360)),
        (date(2025, 1, 15), date(2025, 3, 31), "30/360", Fraction(76, 360)),
        (date(2025, 2, 28), date(2025, 3, 1), "30/360", Fraction(3, 360)),
    ],
)
def test_day_counts_follow_their_rule(start: date, end: date, rule: str, part: Fraction) -> None:
    assert day_count_fraction(start, end, rule) == part  # type: ignore[arg-type]
