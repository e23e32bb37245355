"""Each enrolment's window, half-open: from the start event's day on, or the time before it."""

from __future__ import annotations

from datetime import date, timedelta

from payforsuccess.deal.fields import Duration
from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.happenings import compile_events
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import source_of
from payforsuccess.measures.tables import EnrolmentRow, PlainRecords, Tables
from payforsuccess.units import add_months

START_COLUMNS = {
    "referral": "referred_on",
    "assignment": "assigned_on",
    "enrolment": "enrolled_on",
    "exit": "exited_on",
}
_NEVER = date(9999, 12, 31)


def as_day(value: ir.Value) -> ir.DateValue:
    """A value as a DATE in the engine.

    Ibis takes day + interval for a day and leaves a cast to one out; DuckDB makes a timestamp of
    it. Going by way of a timestamp keeps the cast.
    """
    return value.cast("timestamp").date()


def day_after(day: ir.DateValue, days: int | ir.IntegerValue = 1) -> ir.DateValue:
    """The day so many days later (or, below 0, earlier), as a DATE in the engine."""
    if isinstance(days, int):
        return as_day(day + ibis.interval(days=days))
    # sums are wider in the engine than Ibis knows, and no engine takes so wide a number for days
    return as_day(day + days.cast("int32").as_interval("D"))


def length_after(start_on: ir.DateValue, length: Duration) -> ir.DateValue:
    """The first day after a length of time that begins on a day; a month's end is clipped."""
    if length.months:
        return as_day(start_on + ibis.interval(months=length.months))
    return day_after(start_on, length.days)


def reference_length_after(start_on: date, length: Duration) -> date:
    """The same in plain Python."""
    if length.months:
        return add_months(start_on, length.months)
    return start_on + timedelta(days=length.days)


def length_before(start_on: ir.DateValue, length: Duration) -> ir.DateValue:
    """The day a length of time before a day; a month's end is clipped."""
    if length.months:
        return as_day(start_on - ibis.interval(months=length.months))
    return day_after(start_on, -length.days)


def reference_length_before(start_on: date, length: Duration) -> date:
    """The same in plain Python."""
    if length.months:
        return add_months(start_on, -length.months)
    return start_on - timedelta(days=length.days)


def compile_windows(
    measure: MeasureBase, tables: Tables, *, seen: Seen, excused: Excused
) -> ir.Table:
    """One row an enrolment of the population that has started.

    Gives enrolment, person, arm, start_on, plain_end (the first day after the window's own
    length), ends_on (the same with the days by which excuses extend it), own_source, and
    start_source, which is missing unless an event starts the window. An enrolment without a start
    day has no window and is not here. Looking back, start_on is the first day of the time before,
    and plain_end and ends_on are the day of the start event: no excuse extends it.

    `starts_at: event` takes the person's first such event on or after the enrolment's earliest
    day (of referral, assignment, enrolment); an enrolment without any day has no window. With
    `enrolled_only` it is the first on or after the day of enrolment, and none after the exit's.
    """
    started = compile_started(measure, tables, seen)
    started = started.filter(started.start_on.notnull())
    population = measure.population
    if population.enrolled_only:
        started = started.filter(started.enrolled_on.notnull())
    if population.arms:
        started = started.filter(started.arm.isin(population.arms))
    if population.sites:
        started = started.filter(started.site.isin(population.sites))
    if population.feeds:
        started = started.filter(started.feed.isin(population.feeds))
    if population.starts_from is not None:
        started = started.filter(started.start_on >= population.starts_from)
    if population.starts_to is not None:
        started = started.filter(started.start_on <= population.starts_to)
    if measure.looks == "back":
        begins_on, plain_end = length_before(started.start_on, measure.window), started.start_on
        excused = NOTHING_EXCUSED
    else:
        begins_on, plain_end = started.start_on, length_after(started.start_on, measure.window)
    return started.select(
        "enrolment",
        "person",
        "arm",
        start_on=begins_on,
        plain_end=plain_end,
        ends_on=_extended(plain_end, started.start_on, excused),
        own_source=source_of(started),
        start_source="start_source",
    ).alias("windows")


def compile_started(measure: MeasureBase, tables: Tables, seen: Seen) -> ir.Table:
    """Every enrolment with start_on, the day of its start, which may be missing, and start_source.

    Nobody is left out who is not of the measure's population.
    """
    enrolments = tables.enrolments
    if measure.start_event is None:
        return enrolments.mutate(
            start_on=enrolments[START_COLUMNS[measure.starts_at]], start_source=ibis.null("string")
        )
    if measure.population.enrolled_only:
        earliest, last = enrolments.enrolled_on, enrolments.exited_on
        known = enrolments.mutate(earliest_on=earliest, latest_on=last.fill_null(_NEVER))
        within = known.select(
            "enrolment", enrolled="person", earliest_on="earliest_on", latest_on="latest_on"
        )
    else:
        days = (enrolments[name].fill_null(_NEVER) for name in list(START_COLUMNS.values())[:3])
        known = enrolments.mutate(earliest_on=ibis.least(*days))
        within = known.select("enrolment", enrolled="person", earliest_on="earliest_on")
    events = compile_events(tables, seen, kinds=[measure.start_event])
    later = events.inner_join(
        within, [events.person == known.person, events.on >= known.earliest_on]
    )
    if measure.population.enrolled_only:
        later = later.filter(later.on <= later.latest_on)
    # a text that begins with the day: the least of it is the first day and, of that, one row
    first = later.group_by("enrolment").aggregate(
        first=(later.on.cast("string") + later.source).min()
    )
    found = known.left_join(first, "enrolment")
    return found.mutate(
        start_on=found.first.substr(0, 10).cast("date"), start_source=found.first.substr(10)
    )


def _extended(ends_on: ir.DateValue, start_on: ir.DateValue, excused: Excused) -> ir.DateValue:
    """Stretches come in order and apart, so one pass reaches the end that moves no further."""
    for stretch in excused.extends:
        begins = ibis.greatest(start_on, ibis.literal(stretch.start))
        more = ibis.literal(stretch.end).delta(begins, unit="day")
        touched = (ends_on > stretch.start) & (start_on < stretch.end)
        ends_on = ibis.ifelse(touched, day_after(ends_on, more), ends_on)
    return ends_on


def reference_start(
    measure: MeasureBase, enrolment: EnrolmentRow, records: PlainRecords, *, seen: Seen
) -> tuple[date, list[str]] | None:
    """The day of the start event and the sources that say so; None outside the population."""
    start_on: date | None
    sources = [enrolment.source]
    if measure.start_event is None:
        start_on = getattr(enrolment, START_COLUMNS[measure.starts_at])
    else:
        days = [enrolment.referred_on, enrolment.assigned_on, enrolment.enrolled_on]
        latest = _NEVER
        if measure.population.enrolled_only:
            days, latest = [enrolment.enrolled_on], enrolment.exited_on or _NEVER
        earliest = min((day for day in days if day), default=_NEVER)
        events = records.events_of(enrolment.person, seen, measure.start_event)
        later = [event for event in events if earliest <= event.happened_on <= latest]
        start_on = later[0].happened_on if later else None
        sources += [event.source for event in later[:1]]
    population = measure.population
    if (
        start_on is None
        or (population.enrolled_only and enrolment.enrolled_on is None)
        or (population.arms and enrolment.arm not in population.arms)
        or (population.sites and enrolment.site not in population.sites)
        or (population.feeds and enrolment.feed not in population.feeds)
        or (population.starts_from is not None and start_on < population.starts_from)
        or (population.starts_to is not None and start_on > population.starts_to)
    ):
        return None
    return start_on, sources
