"""The calendar: month boundaries counted from an anchor, periods, fiscal years, day counts."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

Every = Literal["month", "quarter", "half-year", "year"]
DayCount = Literal["actual/365", "actual/360", "30/360"]
MONTHS_IN: dict[Every, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def add_months(anchor: date, months: int) -> date:
    """The day `months` after `anchor`, the month's end clipped (31 January + 1 = 28 February).

    Always counted from the anchor, never from the last boundary: 31 January + 2 is 31 March.
    """
    month_index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(month_index, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last_day))


def days_between(start: date, end: date) -> int:
    """Days in `[start, end)`."""
    return (end - start).days


@dataclass(frozen=True, order=True)
class Period:
    """One payment period, numbered from 1: the days in `[start, end)`."""

    number: int
    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"period {self.number} ({self.start} to {self.last_day})"


@dataclass(frozen=True)
class Periods:
    """All periods of a deal: `every` so many months from `start`, up to and with `ends_on`.

    The k-th boundary is `start` plus k times the length, the month's end clipped. The last period
    is the one that holds `ends_on`; it ends at its boundary, not at `ends_on`.
    """

    start: date
    every: Every
    ends_on: date

    @property
    def count(self) -> int:
        """How many periods there are."""
        count = 0
        while self._boundary(count) <= self.ends_on:
            count += 1
        return count

    def _boundary(self, number: int) -> date:
        return add_months(self.start, number * MONTHS_IN[self.every])

    def period(self, number: int) -> Period:
        """The period with this number, from 1; ValueError outside 1..count."""
        if not 1 <= number <= self.count:
            raise ValueError(f"periods run from 1 to {self.count}; there is no period {number}")
        return Period(number, self._boundary(number - 1), self._boundary(number))

    def all(self) -> tuple[Period, ...]:
        """Every period in order."""
        return tuple(
            Period(number, self._boundary(number - 1), self._boundary(number))
            for number in range(1, self.count + 1)
        )

    def holding(self, day: date) -> Period | None:
        """The period that holds `day`, or None before the first and after the last."""
        periods = self.all()
        at = bisect_right([period.start for period in periods], day) - 1
        return periods[at] if at >= 0 and day in periods[at] else None


def fiscal_year_of(day: date, *, starts_month: int, starts_day: int) -> int:
    """The fiscal year that holds `day`, named by the calendar year in which it ends.

    With a start of 1 July, 30 June 2026 is in fiscal year 2026 and 1 July 2026 in 2027; with a
    start of 1 January the fiscal year is the calendar year.
    """
    if (starts_month, starts_day) == (1, 1):
        return day.year
    return day.year + ((day.month, day.day) >= (starts_month, starts_day))


def day_count_fraction(start: date, end: date, rule: DayCount) -> Fraction:
    """The part of a year in `[start, end)` by a day-count rule (ISDA 2006 section 4.16).

    30/360 is the bond basis: a 31st counts as the 30th (the end only when the start is the 30th).
    """
    if rule == "30/360":
        first = min(start.day, 30)
        last = 30 if end.day == 31 and first == 30 else end.day
        days = 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first
        return Fraction(days, 360)
    return Fraction((end - start).days, 365 if rule == "actual/365" else 360)
