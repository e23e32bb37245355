"""Each enrolment's window: from the start event's day, half-open, longer by excused days."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.fields import Duration
from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.tables import EnrolmentRow
from payforsuccess.units import add_months

START_COLUMNS = {
    "referral": "referred_on",
    "assignment": "assigned_on",
    "enrolment": "enrolled_on",
    "exit": "exited_on",
}


def as_day(value: ir.Value) -> ir.DateValue:
    """A value as a DATE in the engine.

    Ibis takes day + interval for a day and leaves a cast to one out; DuckDB makes a timestamp of
    it. Going by way of a timestamp keeps the cast.
    """
    return value.cast("timestamp").date()


def compile_windows(measure: MeasureBase, enrolments: ir.Table, *, excused: Excused) -> ir.Table:
    """One row an enrolment of the population that has started.

    Gives enrolment, person, arm, start_on, ends_on (the first day after the window), and the
    source row. An enrolment without a start day has no window and is not here.
    """
    started = enrolments.mutate(start_on=enrolments[START_COLUMNS[measure.starts_at]])
    started = started.filter(started.start_on.notnull())
    population = measure.population
    if population.arms:
        started = started.filter(started.arm.isin(population.arms))
    if population.sites:
        started = started.filter(started.site.isin(population.sites))
    if population.starts_from is not None:
        started = started.filter(started.start_on >= population.starts_from)
    if population.starts_to is not None:
        started = started.filter(started.start_on <= population.starts_to)
    ends_on = _extended(_plain_end(started.start_on, measure.window), started.start_on, excused)
    return started.select(
        "enrolment",
        "person",
        "arm",
        "start_on",
        ends_on=ends_on,
        own_source=started.feed + ":" + started.row.cast("string"),
    )


def _plain_end(start_on: ir.DateValue, window: Duration) -> ir.DateValue:
    if window.months:
        return as_day(start_on + ibis.interval(months=window.months))
    return as_day(start_on + ibis.interval(days=window.days))


def _extended(ends_on: ir.DateValue, start_on: ir.DateValue, excused: Excused) -> ir.DateValue:
    """Stretches come in order and apart, so one pass reaches the end that moves no further."""
    for stretch in excused.extends:
        begins = ibis.greatest(start_on, ibis.literal(stretch.start))
        more = ibis.literal(stretch.end).delta(begins, unit="day")
        touched = (ends_on > stretch.start) & (start_on < stretch.end)
        ends_on = ibis.ifelse(touched, as_day(ends_on + more.as_interval("D")), ends_on)
    return ends_on


def reference_window(
    measure: MeasureBase, enrolment: EnrolmentRow, *, excused: Excused
) -> list[date] | None:
    """The same window as a list of its days, walked one by one; None outside the population.

    With excused days that extend it, the window runs until it holds as many days outside them as
    it had days.
    """
    start_on = getattr(enrolment, START_COLUMNS[measure.starts_at])
    population = measure.population
    if (
        start_on is None
        or (population.arms and enrolment.arm not in population.arms)
        or (population.sites and enrolment.site not in population.sites)
        or (population.starts_from is not None and start_on < population.starts_from)
        or (population.starts_to is not None and start_on > population.starts_to)
    ):
        return None
    if measure.window.months:
        length = (add_months(start_on, measure.window.months) - start_on).days
    else:
        length = measure.window.days
    days: list[date] = []
    day, plain_days = start_on, 0
    while plain_days < length:
        days.append(day)
        plain_days += not any(s.start <= day < s.end for s in excused.extends)
        day += timedelta(days=1)
    return days
