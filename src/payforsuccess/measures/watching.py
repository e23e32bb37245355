"""How long each person is watched: what ends it early, and whether the feeds saw it to its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.measures.clock import (
    compile_custody,
    compile_run_on,
    reference_window_days,
    stops_in_custody,
)
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.happenings import compile_events, compile_stays
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names, sources_text, with_sources
from payforsuccess.measures.tables import (
    BEFORE_THE_RECORDS,
    CUSTODY,
    DEATH,
    KNOWN,
    LASTING,
    MOVE,
    NOT_YET_OBSERVED,
    TRANSFER,
    EnrolmentRow,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.windows import compile_windows, day_after, reference_start

# Of two endings on one day the first here is taken.
PRECEDENCE = (DEATH, MOVE, TRANSFER, CUSTODY)
STOP = "stop-the-clock"


def rules_of(measure: MeasureBase) -> dict[str, str | None]:
    """The measure's rule for each ending."""
    return {
        DEATH: measure.on_death,
        MOVE: measure.on_move,
        TRANSFER: measure.on_transfer,
        CUSTODY: measure.on_custody,
    }


def endings_of(measure: MeasureBase, *, of_days: bool) -> tuple[str, ...]:
    """What can end the watching for this measure.

    Custody that stops the clock does not end it. Nor does it end a measure of days or of a state
    (`of_days`) that says `succeed`: it is over some day, and the records go on deciding.
    """
    passing = (STOP, "succeed") if of_days else (STOP,)
    return PRECEDENCE[:3] if measure.on_custody in passing else PRECEDENCE


def compile_watched(
    measure: MeasureBase,
    tables: Tables,
    *,
    seen: Seen,
    excused: Excused,
    of_days: bool = False,
) -> ir.Table:
    """One row an enrolment: its window, and what ended it.

    Gives enrolment, person, arm, start_on, ends_on (the first day after the window), closes_on
    (the first day on which nothing counts any more), last_day, ending and rule (missing without
    one), is_seen (to its end, and from its beginning on), own_source, start_source, ending_source,
    and own_sources: these rows and those of the custody that stopped the clock, as one text. Where
    a feed says from when on it is complete, is_too_early marks windows that begin before.

    The first ending inside the window holds; its own day still counts. Custody that began before
    the window ends the watching on its first day. A death, a move or a transfer that stops the
    clock closes the window after its day.
    """
    windows = compile_windows(measure, tables, seen=seen, excused=excused)
    if stops_in_custody(measure):
        windows = compile_run_on(windows, compile_custody(tables, seen), excused)
    windows = windows.drop("plain_end")
    endings = endings_of(measure, of_days=of_days)
    people = _with_ending(windows, _endings(tables, seen, endings))
    rule = people.ending.cases(
        *((ending, ibis.literal(rule)) for ending, rule in rules_of(measure).items() if rule),
        else_=ibis.null("string"),
    )
    people = people.mutate(rule=rule)
    closes_on = people.ended_on.isnull().ifelse(people.ends_on, day_after(people.ended_on))
    stopped = (people.rule == STOP).fill_null(False)
    people = people.mutate(closes_on=closes_on, ends_on=stopped.ifelse(closes_on, people.ends_on))
    own = with_sources(people.own_source, people.start_source, people.ending_source)
    people = people.mutate(own_sources=own)
    if stops_in_custody(measure):
        people = _with_custody(people, tables, seen)
    is_seen = people.ends_on <= seen.through + timedelta(days=1)
    if seen.begins_on is not None:
        people = people.mutate(is_too_early=people.start_on < seen.begins_on)
        is_seen &= ~people.is_too_early
    return (
        people.mutate(last_day=day_after(people.ends_on, -1), is_seen=is_seen)
        .drop("ended_on")
        .alias("watched")
    )


def _endings(tables: Tables, seen: Seen, endings: tuple[str, ...]) -> ir.Table:
    """Everything that can end a watching, by person: a mark on a day, or a stay."""
    marks = compile_events(tables, seen, kinds=LASTING).select(
        person="person", kind="kind", from_on="on", to_on=ibis.null("date"), mark="source"
    )
    if CUSTODY not in endings:
        return marks
    stays = compile_stays(tables, seen, states=CUSTODY_STATES).select(
        person="person",
        kind=ibis.literal(CUSTODY),
        from_on="from_on",
        to_on="to_on",
        mark="source",
    )
    return marks.union(stays)


def _with_ending(windows: ir.Table, endings: ir.Table) -> ir.Table:
    """The windows with ending, ended_on and ending_source: the first inside, or missing."""
    inside = windows.inner_join(
        endings,
        [
            windows.person == endings.person,
            endings.from_on < windows.ends_on,
            (endings.from_on >= windows.start_on)
            | (endings.to_on > windows.start_on).fill_null(False),
        ],
    )
    on = ibis.greatest(inside.start_on, inside.from_on)
    place = inside.kind.cases(
        *((ending, ibis.literal(str(at))) for at, ending in enumerate(PRECEDENCE)),
        else_=ibis.null("string"),
    )
    # a text that sorts by day, place and source: the least of it is the ending that holds
    first = inside.group_by("enrolment").aggregate(
        first=(on.cast("string") + place + inside.mark).min()
    )
    found = windows.left_join(first, "enrolment")
    return found.select(
        *windows.columns,
        ended_on=found.first.substr(0, 10).cast("date"),
        ending=found.first.substr(10, 1).cases(
            *((str(at), ibis.literal(ending)) for at, ending in enumerate(PRECEDENCE)),
            else_=ibis.null("string"),
        ),
        ending_source=found.first.substr(11),
    )


def compile_stopping(people: ir.Table, tables: Tables, seen: Seen) -> ir.Table:
    """The people with each stay in custody in their window: from_on, to_on, source."""
    custody = compile_stays(tables, seen, states=CUSTODY_STATES).drop("state")
    return people.inner_join(
        custody,
        [
            people.person == custody.person,
            custody.from_on < people.ends_on,
            custody.to_on > people.start_on,
        ],
    )


def _with_custody(people: ir.Table, tables: Tables, seen: Seen) -> ir.Table:
    stays = compile_stopping(people, tables, seen)
    found = stays.group_by("enrolment").aggregate(
        custody_sources=joined_sources(
            stays.from_on, stays.source, where=~names(stays.own_sources, stays.source)
        )
    )
    joined = people.left_join(found, "enrolment")
    own = with_sources(joined.own_sources, joined.custody_sources)
    return joined.mutate(own_sources=own).select(*people.columns)


def status_of(people: ir.Table, *, unknown: ir.BooleanValue) -> ir.StringValue:
    """`known`, or why the quantity is not: not seen as a whole, or what ended the watching."""
    early = (
        [(people.is_too_early, ibis.literal(BEFORE_THE_RECORDS))]
        if "is_too_early" in people.columns
        else []
    )
    return ibis.cases(
        *early,
        (~people.is_seen, ibis.literal(NOT_YET_OBSERVED)),
        (unknown, people.ending),
        else_=ibis.literal(KNOWN),
    )


@dataclass(frozen=True)
class WatchedPerson:
    """One enrolment of the reference: its days, which of them count, and what ended them.

    days: the window's, all of them. closes_on: the first day on which nothing counts any more.
    open_days: those up to and on the day of an ending that are neither excused nor in custody that
    stops the clock. event_days: the same for events, of which one on the first day of such custody
    counts too. stopping: the stays in custody that stop the clock, by their first day.
    """

    enrolment: EnrolmentRow
    days: list[date]
    open_days: set[date]
    event_days: set[date]
    stopped: set[date]
    uncounted: set[date]
    closes_on: date
    ending: str | None
    rule: str | None
    is_seen: bool
    is_too_early: bool
    own_sources: list[str]
    ending_source: str
    stopping: list[tuple[date, str]]

    @property
    def unseen(self) -> str:
        """Why a window that was not seen as a whole is unknown."""
        return BEFORE_THE_RECORDS if self.is_too_early else NOT_YET_OBSERVED

    def result(
        self, quantity: int | Decimal | None, status: str, dated: Iterable[tuple[date, str]] = ()
    ) -> PersonResult:
        """The person's row with what a measure found.

        It rests on the rows of the enrolment, of the start, of the ending, of the custody that
        stopped the clock, and then on `dated`: rows with the day by which they are ordered.
        """
        endings = [self.ending_source] if self.ending_source else []
        stopping = [source for _, source in sorted(self.stopping)]
        return PersonResult(
            self.enrolment.enrolment,
            self.enrolment.person,
            self.enrolment.arm,
            self.days[0],
            self.days[-1],
            quantity,
            status,
            sources_text([*self.own_sources, *endings, *stopping], dated),
        )


def reference_watched(
    measure: MeasureBase,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused,
    of_days: bool = False,
) -> list[WatchedPerson]:
    """What `compile_watched` says, by sets of days; in the order of the enrolments' keys."""
    watched = []
    for enrolment in sorted(records.enrolments, key=lambda row: row.enrolment):
        start = reference_start(measure, enrolment, records, seen=seen)
        if start is None:
            continue
        start_on, own_sources = start
        custody = records.days_of(enrolment.person, seen, *CUSTODY_STATES)
        stopped = set(custody) if stops_in_custody(measure) else set()
        days = reference_window_days(measure, start_on, stopped, excused=excused)
        found = [
            (event.happened_on, PRECEDENCE.index(event.kind), event.source)
            for event in records.events_of(enrolment.person, seen, *LASTING)
            if event.happened_on in days
        ]
        if CUSTODY in endings_of(measure, of_days=of_days):
            found += [
                (day, PRECEDENCE.index(CUSTODY), source)
                for day in days
                for source in custody.get(day, ())
            ]
        ended_on, place, ending_source = min(found, default=(days[-1], -1, ""))
        ending = PRECEDENCE[place] if found else None
        rule = rules_of(measure)[ending] if ending else None
        if rule == STOP:
            days = [day for day in days if day <= ended_on]
        is_too_early = seen.begins_on is not None and days[0] < seen.begins_on
        uncounted = {
            day for day in days if any(s.start <= day < s.end for s in excused.not_counted)
        }
        open_days = {day for day in days if day <= ended_on} - uncounted
        later_in_custody = {day for day in stopped if day - timedelta(days=1) in stopped}
        watched.append(
            WatchedPerson(
                enrolment,
                days,
                open_days - stopped,
                open_days - later_in_custody,
                stopped,
                uncounted,
                ended_on + timedelta(days=1),
                ending,
                rule,
                days[-1] <= seen.through and not is_too_early,
                is_too_early,
                own_sources,
                ending_source,
                _stopping(records, enrolment.person, seen, days) if stopped else [],
            )
        )
    return watched


def _stopping(
    records: PlainRecords, person: str, seen: Seen, days: list[date]
) -> list[tuple[date, str]]:
    custody = [row for row in records.spells if row.person == person]
    return [
        (row.start_on, row.source)
        for row in custody
        if row.state in CUSTODY_STATES
        and seen.through_of(row.feed)
        and row.start_on <= days[-1]
        and max(days[0], row.start_on) < seen.end_of_stay(row)
    ]
