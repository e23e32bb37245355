"""The days on which cash moves, common to all worlds of a deal in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.assumptions import CASES, Assumptions, Case, lag_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import Duration
from payforsuccess.units import Period, add_months


@dataclass(frozen=True)
class CashCalendar:
    """Payment periods, when each is paid, and every day on which cash can move.

    In each period costs fall and capital is drawn on its first day; what its outcomes earned is
    paid on `paid_on`, and goes down the waterfall on that day.
    """

    periods: tuple[Period, ...]
    paid_on: tuple[date, ...]
    days: tuple[date, ...]

    def at(self, day: date) -> int:
        """The place of a day in `days`."""
        return self.days.index(day)


def cash_calendar(deal: Deal, assumptions: Assumptions, *, case: Case = "base") -> CashCalendar:
    """The calendar of a deal in a case: its periods, its payment dates, and all days with cash.

    `days` are those of all cases, so that a day has one place in every case.
    """
    periods = deal.schedule.all()
    paid = {
        each: tuple(paid_day(deal, assumptions, period, case=each) for period in periods)
        for each in CASES
    }
    days = {period.start for period in periods}.union(*paid.values())
    days |= {line.on for line in assumptions.costs if line.on is not None}
    if assumptions.draws != "as-needed":
        days |= {draw.on for draw in assumptions.draws}
    for line in assumptions.base_pay:
        days |= {base_pay_day(period, line.paid_after) for period in periods}
    return CashCalendar(periods, paid[case], tuple(sorted(days)))


def paid_day(deal: Deal, assumptions: Assumptions, period: Period, *, case: Case = "base") -> date:
    """When a period's success payment arrives: after its determination, as the deal counts.

    A line that reads measurement points stands in the period that holds the last day for its
    determination, and its results are known no later than any other of that period.
    """
    determined = period.last_day + timedelta(days=lag_in(assumptions.determined_after_days, case))
    stated = determined + timedelta(days=lag_in(assumptions.stated_after_days, case))
    within = timedelta(days=deal.pays_within_days.days)
    of = deal.pays_within_days.of
    if of == "period-end":
        return max(period.last_day + within, stated)
    return (determined if of == "determination" else stated) + within


def base_pay_day(period: Period, after: Duration | None) -> date:
    """When base pay for a period arrives: on its last day, or so long after it."""
    return period.last_day if after is None else later(period.last_day, after)


def later(day: date, by: Duration) -> date:
    """The day a length of time after another."""
    if by.months:
        return add_months(day, by.months)
    return day + timedelta(days=by.days)


def counted_in(
    periods: tuple[Period, ...], *, starts: Period, after: Duration | None
) -> int | None:
    """The place of the period in which those who start in `starts` are counted; None after the end.

    People start over the whole period: the middle day stands for all of them. A window belongs to
    the period that holds its last day.
    """
    middle = starts.start + (starts.end - starts.start) // 2
    last = middle if after is None else later(middle, after) - timedelta(days=1)
    for at, period in enumerate(periods):
        if last in period:
            return at
    return None
