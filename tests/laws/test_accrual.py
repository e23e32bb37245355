"""Laws of accrual: one rule by days for forecast, sinking schedule and year end."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.fields import MonthDay
from payforsuccess.finance.accrual import earned_by, earned_by_year
from payforsuccess.units import Period

STARTS = st.sampled_from([MonthDay(month=1, day=1), MonthDay(month=7, day=1)])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    return Period(1, start, start + timedelta(days=draw(st.integers(1, 800))))


@given(st.integers(-(10**9), 10**9), periods(), STARTS)
def test_what_years_earn_adds_up_and_is_what_year_ends_say(
    amount: int, period: Period, starts: MonthDay
) -> None:
    found = earned_by_year(amount, period, starts)
    assert sum(found.values()) == amount
    so_far = 0
    for year, part in found.items():
        so_far += part
        after = date(year + ((starts.month, starts.day) == (1, 1)), starts.month, starts.day)
        assert so_far == earned_by(amount, period, after)


@given(st.integers(0, 10**9), periods(), STARTS)
def test_no_year_earns_less_than_nothing_nor_outside_the_period(
    amount: int, period: Period, starts: MonthDay
) -> None:
    found = earned_by_year(amount, period, starts)
    assert all(part >= 0 for part in found.values())
    assert min(found) >= period.start.year
    assert max(found) <= period.last_day.year + 1


def test_a_half_year_across_the_end_of_a_fiscal_year_is_cut_by_days() -> None:
    starts = MonthDay(month=7, day=1)
    period = Period(1, date(2018, 4, 1), date(2018, 10, 1))
    assert earned_by_year(172_800_00, period, starts) == {2018: 85_927_87, 2019: 86_872_13}
