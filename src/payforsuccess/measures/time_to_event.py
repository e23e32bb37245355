"""How long each person was watched until the event, or until what ended the watching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.measures import EventAbsent, EventCount, MeasureBase
from payforsuccess.measures.counting import compile_counted, reference_counted
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import PlainRecords, Tables
from payforsuccess.measures.watching import WatchedPerson, compile_watched, reference_watched
from payforsuccess.measures.windows import day_after

EVENT, WINDOW, RECORDS = "event", "window", "records"
"""What ended the watching, beside death, move, custody and transfer."""


def event_of(measure: MeasureBase) -> str | None:
    """The event until which days are counted; None for a measure that has none."""
    return measure.event if isinstance(measure, EventAbsent | EventCount) else None


@dataclass(frozen=True)
class Watched:
    """One enrolment: days (the day of the start being day 1) and what ended them.

    ended: `event`, `window` (over, and seen to its end), death, move, custody, transfer, or
    `records` where a feed ends first. Both are None where nothing was seen of the window as a
    whole: it begins before a feed holds every record, or after one ends.
    """

    enrolment: str
    days: int | None
    ended: str | None


def compile_times(
    measure: MeasureBase, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: enrolment, days, ended (see `Watched`).

    The first event that counts comes before an ending of its own day. The measure's words for
    endings are no matter here: each of them ends the watching, and the plan says what it means.
    Refuses, as a mistake in the program, a measure without an event and one whose clock stops.
    """
    event = _event(measure)
    people = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(measure, people, tables, event=event, seen=seen, excused=excused)
    first = counted.group_by("enrolment").aggregate(first=counted.on.min())
    people = people.left_join(first.select(of="enrolment", first="first"), [
        people.enrolment == first.enrolment
    ]).drop("of")  # fmt: skip
    reached = ibis.literal(seen.through + timedelta(days=1))
    starts = people.start_on
    happened = (people.first < reached).fill_null(False)
    is_ended = people.ending.notnull() & (people.closes_on <= reached)
    is_over = people.ending.isnull() & (people.ends_on <= reached)
    unseen = starts >= reached
    if "is_too_early" in people.columns:
        unseen |= people.is_too_early
    days = ibis.cases(
        (unseen, ibis.null("int64")),
        (happened, day_after(people.first).delta(starts, unit="day")),
        (is_ended, people.closes_on.delta(starts, unit="day")),
        (is_over, people.ends_on.delta(starts, unit="day")),
        else_=reached.delta(starts, unit="day"),
    )
    ended = ibis.cases(
        (unseen, ibis.null("string")),
        (happened, ibis.literal(EVENT)),
        (is_ended, people.ending),
        (is_over, ibis.literal(WINDOW)),
        else_=ibis.literal(RECORDS),
    )
    return people.select("enrolment", days=days.cast("int64"), ended=ended).order_by("enrolment")


def reference_times(
    measure: MeasureBase,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[Watched]:
    """The same by sets of days, in plain Python."""
    event = _event(measure)
    found = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=event, seen=seen)
        days = [row.happened_on for row in events if row.happened_on <= seen.through]
        found.append(_one(person, min(days, default=None), seen.through))
    return found


def _one(person: WatchedPerson, first: date | None, through: date) -> Watched:
    key, starts = person.enrolment.enrolment, person.days[0]
    if person.is_too_early or starts > through:
        return Watched(key, None, None)
    if first is not None:
        return Watched(key, (first - starts).days + 1, EVENT)
    last_watched = person.closes_on - timedelta(days=1)
    if last_watched > through:
        return Watched(key, (through - starts).days + 1, RECORDS)
    return Watched(key, (last_watched - starts).days + 1, person.ending or WINDOW)


def _event(measure: MeasureBase) -> str:
    event = event_of(measure)
    if event is None or measure.on_custody == "stop-the-clock":
        raise ValueError("days are counted to the event of a measure whose clock never stops")
    return event
