"""The events that count for each watched person, and what the measures make of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures.clock import compile_custody, stops_in_custody
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.happenings import compile_events
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names, with_sources
from payforsuccess.measures.tables import EventRow, PlainRecords, Tables
from payforsuccess.measures.watching import WatchedPerson


def compile_counted(
    measure: MeasureBase,
    people: ir.Table,
    tables: Tables,
    *,
    event: str,
    seen: Seen,
    excused: Excused,
) -> ir.Table:
    """One row an enrolment and event that counts: the columns of `people`, on, amount, source.

    An event counts up to and on the day of an ending. It does not on an excused day that is not
    counted, nor on a day in custody that stops the clock, unless custody began on that very day.
    The event that starts the window is not counted inside it.
    """
    events = compile_events(tables, seen, kinds=[event])
    for stretch in excused.not_counted:
        events = events.filter(~((events.on >= stretch.start) & (events.on < stretch.end)))
    if stops_in_custody(measure):
        custody = compile_custody(tables, seen)
        events = events.anti_join(
            custody,
            [
                events.person == custody.person,
                events.on > custody.from_on,
                events.on < custody.to_on,
            ],
        )
    counted = people.inner_join(
        events,
        [
            people.person == events.person,
            events.on >= people.start_on,
            events.on < people.closes_on,
        ],
    )
    if event == measure.start_event:
        counted = counted.filter(counted.source != counted.start_source)
    counted = counted.select(*people.columns, "on", "amount", "source")
    return counted.alias(f"counted_{event}".replace("-", "_"))


def compile_with_counts(people: ir.Table, counted: ir.Table) -> ir.Table:
    """The people with events, days_with_one and source; without an event 0, never missing."""
    counts = counted.group_by("enrolment").aggregate(
        events=counted.count(),
        days_with_one=counted.on.nunique(),
        event_sources=joined_sources(
            counted.on, counted.source, where=~names(counted.own_sources, counted.source)
        ),
    )
    return with_found(people, counts)


def with_found(people: ir.Table, found: ir.Table, *, sources: str = "event_sources") -> ir.Table:
    """The people with what was found for some; whole numbers are 0 for the others.

    `found` has one row an enrolment and a column of sources, which go behind the people's own.
    """
    joined = people.left_join(found, "enrolment")
    numbers = {
        name: joined[name].fill_null(0) if found[name].type().is_integer() else joined[name]
        for name in found.columns
        if name not in people.columns and name != sources
    }
    source = with_sources(joined.own_sources, joined[sources])
    return joined.select(*people.columns, **numbers, source=source)


def reference_counted(
    measure: MeasureBase,
    person: WatchedPerson,
    records: PlainRecords,
    *,
    event: str,
    seen: Seen,
) -> list[EventRow]:
    """What `compile_counted` says of one person, by day and source."""
    starts = person.own_sources[1:] if event == measure.start_event else []
    return [
        row
        for row in records.events_of(person.enrolment.person, seen, event)
        if row.happened_on in person.event_days and row.source not in starts
    ]


def dated_sources(events: Iterable[EventRow]) -> list[tuple[date, str]]:
    """The events' sources with their days."""
    return [(event.happened_on, event.source) for event in events]
