"""Event count: how many events of one kind a person's window holds, or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from payforsuccess.deal.measures import EventCount
from payforsuccess.measures.counting import (
    compile_counted,
    compile_with_counts,
    dated_sources,
    reference_counted,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import compile_watched, reference_watched, status_of
from payforsuccess.measures.windows import day_after


def compile_event_count(
    measure: EventCount, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A window not seen to its end, or ended by something that censors, is unknown, whatever it held
    so far; an ending that succeeds or stops the clock leaves the count of what came up to and on
    its day.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.event, seen=seen, excused=excused
    )
    people = compile_with_counts(watched, counted)
    count = people.days_with_one if measure.counts == "days" else people.events
    if measure.at_most_each_person is not None:
        count = ibis.least(count, ibis.literal(measure.at_most_each_person, "int64"))
    censored = (people.rule == "censor").fill_null(False)
    quantity = ibis.ifelse(~people.is_seen | censored, ibis.null("int64"), count)
    status = status_of(people, unknown=censored)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def compile_events_earned(
    measure: EventCount, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> Earned:
    """Each event that counts, earned on its day, whether or not the window is over."""
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.event, seen=seen, excused=excused
    )
    units = counted.select("enrolment", "on", "source")
    if measure.counts == "days":
        units = units.select("enrolment", "on").distinct().mutate(source=ibis.literal(""))
    if measure.at_most_each_person is not None:
        order = ibis.window(group_by="enrolment", order_by=["on", "source"])
        units = units.mutate(place=ibis.row_number().over(order))
        units = units.filter(units.place < measure.at_most_each_person)
    return Earned(
        watched,
        units.select("enrolment", from_on="on", to_on="on", quantity=ibis.literal(1)),
        compile_all_rows(
            measure,
            watched,
            counted.select("enrolment", "source", from_on="on", to_on=day_after(counted.on)),
            tables,
            seen,
        ),
    )


def reference_event_count(
    measure: EventCount,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.event, seen=seen)
        days = [event.happened_on for event in events]
        count = len(set(days)) if measure.counts == "days" else len(days)
        if measure.at_most_each_person is not None:
            count = min(count, measure.at_most_each_person)
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, person.unseen
        elif person.rule == "censor":
            quantity, status = None, str(person.ending)
        else:
            quantity, status = count, KNOWN
        results.append(person.result(quantity, status, dated_sources(events)))
    return results


def reference_events_earned(
    measure: EventCount,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_events_earned` says."""
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.event, seen=seen)
        days = sorted(event.happened_on for event in events)
        units = list(dict.fromkeys(days)) if measure.counts == "days" else days
        rows = [(day, day + timedelta(days=1), source) for day, source in dated_sources(events)]
        yield EarnedByPerson(person, units[: measure.at_most_each_person], rows)
