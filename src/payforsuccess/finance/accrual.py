"""What a payment period earns, by fiscal year: the one rule for schedules, funds and year ends."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from payforsuccess.deal.fields import MonthDay
from payforsuccess.units import Period, days_between, fiscal_year_of, round_exact


def earned_by_year(amount: int, period: Period, starts: MonthDay) -> dict[int, int]:
    """A period's amount by fiscal year, by the days that the period has in each of them.

    `starts` is the first day of a fiscal year, which is named by the year in which it ends. The
    parts add up to the amount: a year's is what was earned by its end, less what was before it.
    """
    found: dict[int, int] = {}
    before = 0
    for year in range(_year(period.start, starts), _year(period.last_day, starts) + 1):
        so_far = earned_by(amount, period, _first_day_after(year, starts))
        found[year] = so_far - before
        before = so_far
    return found


def earned_by(amount: int, period: Period, day: date) -> int:
    """What of a period's amount is earned before a day: its part by days, rounded once."""
    days = days_between(period.start, period.end)
    gone = min(max(days_between(period.start, day), 0), days)
    return round_exact(Fraction(amount * gone, days))


def _year(day: date, starts: MonthDay) -> int:
    return fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)


def _first_day_after(year: int, starts: MonthDay) -> date:
    first = date(year, starts.month, starts.day)
    return first if _year(first, starts) > year else date(year + 1, starts.month, starts.day)
