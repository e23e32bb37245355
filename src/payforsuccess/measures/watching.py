"""How long each person is watched: what ends it early, and whether the feeds saw it to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.tables import (
    CUSTODY,
    DEATH,
    KNOWN,
    MOVE,
    NOT_YET_OBSERVED,
    TRANSFER,
    EnrolmentRow,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.windows import as_day, compile_windows, reference_window

# Of two endings on one day the first here is taken.
PRECEDENCE = (DEATH, MOVE, TRANSFER, CUSTODY)


def rules_of(measure: MeasureBase) -> dict[str, str | None]:
    """The measure's rule for each ending."""
    return {
        DEATH: measure.on_death,
        MOVE: measure.on_move,
        TRANSFER: measure.on_transfer,
        CUSTODY: measure.on_custody,
    }


def compile_watched(
    measure: MeasureBase, tables: Tables, *, event: str, excused: Excused, observed_through: date
) -> ir.Table:
    """One row an enrolment: its window, what ended it, and the events up to and on that day.

    Gives enrolment, person, arm, start_on, last_day, ending and rule (missing without one),
    is_seen, events (rows), days_with_one, and source. An event on an excused day that is not
    counted is left out. The first ending inside the window holds; custody that began before the
    window ends the watching on its first day.
    """
    windows = compile_windows(measure, tables.enrolments, excused=excused)
    people = _with_ending(windows, _endings(tables))
    counted = _with_events(people, _events(tables, event, excused))
    return counted.mutate(
        rule=counted.ending.cases(
            *((ending, ibis.literal(rule)) for ending, rule in rules_of(measure).items() if rule),
            else_=ibis.null("string"),
        ),
        last_day=as_day(counted.ends_on - ibis.interval(days=1)),
        is_seen=counted.ends_on <= observed_through + timedelta(days=1),
    )


def _endings(tables: Tables) -> ir.Table:
    """Everything that can end a watching, by person: a mark on a day, or a stay."""
    marks = tables.events.filter(tables.events.kind.isin([DEATH, MOVE, TRANSFER])).select(
        person="person",
        kind="kind",
        from_on="happened_on",
        to_on=ibis.null("date"),
        is_stay=ibis.literal(False),
        ending_source=_source(tables.events),
    )
    stays = tables.spells.filter(tables.spells.state == CUSTODY).select(
        person="person",
        kind="state",
        from_on="start_on",
        to_on="end_on",
        is_stay=ibis.literal(True),
        ending_source=_source(tables.spells),
    )
    return marks.union(stays)


def _with_ending(windows: ir.Table, endings: ir.Table) -> ir.Table:
    """The windows with ending, ended_on and ending_source: the first inside, or missing."""
    stays_into = endings.is_stay & (endings.to_on.isnull() | (endings.to_on > windows.start_on))
    joined = windows.left_join(
        endings,
        [
            windows.person == endings.person,
            endings.from_on < windows.ends_on,
            (endings.from_on >= windows.start_on) | stays_into,
        ],
    ).drop("person_right")
    # greatest() passes over missing values, so that no ending would become one on the first day
    on = ibis.ifelse(
        joined.from_on.isnull(), ibis.null("date"), ibis.greatest(joined.start_on, joined.from_on)
    )
    rank = joined.kind.cases(
        *((ending, ibis.literal(at)) for at, ending in enumerate(PRECEDENCE)),
        else_=ibis.null("int8"),
    )
    day = on.delta(joined.start_on, unit="day")
    ranked = joined.mutate(on=on, order=day * len(PRECEDENCE) + rank)
    return ranked.group_by(windows.columns).aggregate(
        ended_on=ranked.on.min(),
        ending=ranked.kind.first(order_by=[ranked.order, ranked.ending_source]),
        ending_source=ranked.ending_source.first(order_by=[ranked.order, ranked.ending_source]),
    )


def _events(tables: Tables, event: str, excused: Excused) -> ir.Table:
    events = tables.events.filter(tables.events.kind == event)
    for stretch in excused.not_counted:
        inside = (events.happened_on >= stretch.start) & (events.happened_on < stretch.end)
        events = events.filter(~inside)
    return events.select("person", "happened_on", "feed", "row", event_source=_source(events))


def _with_events(people: ir.Table, events: ir.Table) -> ir.Table:
    """The people with events, days_with_one and source; without an event 0, never missing."""
    joined = people.left_join(
        events,
        [
            people.person == events.person,
            events.happened_on >= people.start_on,
            events.happened_on < people.ends_on,
            people.ended_on.isnull() | (events.happened_on <= people.ended_on),
        ],
    ).drop("person_right")
    counted = joined.group_by(people.columns).aggregate(
        events=joined.happened_on.count(),
        days_with_one=joined.happened_on.nunique(),
        event_sources=joined.event_source.group_concat(
            sep=";",
            where=joined.event_source != joined.own_source,
            order_by=[joined.happened_on, joined.feed, joined.row],
        ),
    )
    source = counted.own_source
    for more in (counted.ending_source, counted.event_sources):
        source = source + ibis.ifelse(more.isnull(), ibis.literal(""), ";" + more)
    return counted.mutate(source=source)


def _source(table: ir.Table) -> ir.StringValue:
    return table.feed + ":" + table.row.cast("string")


def status_of(people: ir.Table, *, unknown: ir.BooleanValue) -> ir.StringValue:
    """`known`, or why the quantity is not: not seen to its end, or what ended the watching."""
    return ibis.cases(
        (~people.is_seen, ibis.literal(NOT_YET_OBSERVED)),
        (unknown, people.ending),
        else_=ibis.literal(KNOWN),
    )


@dataclass(frozen=True)
class WatchedPerson:
    """One enrolment of the reference: its days, what ended them, and the events inside."""

    enrolment: EnrolmentRow
    days: list[date]
    ending: str | None
    rule: str | None
    ending_source: str
    is_seen: bool
    happened: list[tuple[date, str, int]]

    @property
    def source(self) -> str:
        """The rows it rests on."""
        own = f"{self.enrolment.feed}:{self.enrolment.row}"
        events = [f"{feed}:{row}" for _, feed, row in sorted(self.happened)]
        endings = [self.ending_source] if self.ending_source else []
        return ";".join([own, *endings, *(event for event in events if event != own)])

    def result(self, quantity: int | None, status: str) -> PersonResult:
        """The person's row with what a measure found."""
        return PersonResult(
            self.enrolment.enrolment,
            self.enrolment.person,
            self.enrolment.arm,
            self.days[0],
            self.days[-1],
            quantity,
            status,
            self.source,
        )


def _reference_endings(
    person: str, records: PlainRecords, days: list[date]
) -> list[tuple[date, int, str]]:
    """Every ending on a day of the window: the day, its place in `PRECEDENCE`, its row."""
    marks = [
        (mark.happened_on, PRECEDENCE.index(mark.kind), f"{mark.feed}:{mark.row}")
        for mark in records.events
        if mark.person == person and mark.kind in PRECEDENCE and mark.happened_on in days
    ]
    stays = [
        (day, PRECEDENCE.index(CUSTODY), f"{spell.feed}:{spell.row}")
        for spell in records.spells
        if spell.person == person and spell.state == CUSTODY
        for day in days
        if spell.start_on <= day and (spell.end_on is None or day < spell.end_on)
    ]
    return marks + stays


def reference_watched(
    measure: MeasureBase,
    records: PlainRecords,
    *,
    event: str,
    excused: Excused,
    observed_through: date,
) -> list[WatchedPerson]:
    """What `compile_watched` says, by sets of days."""
    watched = []
    for enrolment in records.enrolments:
        days = reference_window(measure, enrolment, excused=excused)
        if days is None:
            continue
        endings = _reference_endings(enrolment.person, records, days)
        ended_on, place, ending_source = min(endings, default=(days[-1], -1, ""))
        ending = PRECEDENCE[place] if endings else None
        open_days = {day for day in days if day <= ended_on}
        open_days -= {
            day for day in days if any(s.start <= day < s.end for s in excused.not_counted)
        }
        happened = [
            (row.happened_on, row.feed, row.row)
            for row in records.events
            if row.person == enrolment.person and row.kind == event and row.happened_on in open_days
        ]
        rule = rules_of(measure)[ending] if ending else None
        seen = days[-1] <= observed_through
        watched.append(WatchedPerson(enrolment, days, ending, rule, ending_source, seen, happened))
    return watched
