"""Held without a break: 1 for a person who keeps a state long enough, 0 who does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from payforsuccess.deal.measures import HeldWithoutBreak
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.measures.clock import stops_in_custody
from payforsuccess.measures.counting import with_found
from payforsuccess.measures.days import (
    compile_cut,
    compile_inside,
    compile_marked,
    compile_marked_always,
    compile_marked_between,
    compile_stay_sources,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.happenings import compile_events, compile_stays
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import NEVER, Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    PersonResult,
    PlainRecords,
    SpellRow,
    Tables,
)
from payforsuccess.measures.watching import (
    STOP,
    WatchedPerson,
    compile_watched,
    reference_watched,
    status_of,
)
from payforsuccess.measures.windows import day_after, length_after, reference_length_after


def compile_held_without_break(
    measure: HeldWithoutBreak,
    tables: Tables,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A window not seen to its end is unknown, also where the state was already held long enough.
    """
    people = compile_met(measure, tables, seen=seen, excused=excused)
    is_met = people.met_on.notnull()
    undecided = ~is_met & people.rule.isin(["censor", STOP]).fill_null(False)
    quantity = ibis.ifelse(~people.is_seen | undecided, ibis.null("int64"), is_met.cast("int64"))
    status = status_of(people, unknown=undecided)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def compile_met(
    measure: HeldWithoutBreak, tables: Tables, *, seen: Seen, excused: Excused
) -> ir.Table:
    """The watched people with source and met_on: the day by which the state was held long enough.

    Missing for those who did not hold it so long by the end of the window or of the watching.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused, of_days=True)
    goes_on = watched.ending.isnull() | (watched.rule == "succeed").fill_null(False)
    people = watched.mutate(until=goes_on.ifelse(watched.ends_on, watched.closes_on))
    people = people.alias("people")
    stays = compile_stays(tables, seen, states=[measure.state])
    exits = _exits(measure, tables, seen)
    marked = [compile_marked(people, stays, "held")]
    if measure.lapses_lie == "anywhere":
        marked.append(compile_marked_between(people, "start_on", "until", "window"))
    if "succeed" in (measure.on_death, measure.on_move, measure.on_transfer):
        marked.append(compile_marked_between(people, "closes_on", "until", "carried"))
    if measure.good_exits:
        left = compile_inside(people, exits)
        marked.append(compile_marked_between(left, "from_on", "until", "carried"))
    if excused.not_counted:
        marked.append(compile_marked_always(people, excused.not_counted, "excused"))
    if stops_in_custody(measure):
        custody = compile_stays(tables, seen, states=CUSTODY_STATES)
        marked.append(compile_marked(people, custody, "stopped"))
    cut = compile_cut(marked)
    ends = people.select("enrolment", is_whole=people.until == people.ends_on)
    met = _first_met(measure, cut.inner_join(ends, "enrolment"))
    found = compile_stay_sources(people, _rows(measure, tables, seen))
    found = with_found(people, found, sources="stay_sources")
    joined = found.left_join(met, "enrolment")
    return joined.select(*found.columns, met_on=day_after(found.start_on, joined.met))


def _exits(measure: HeldWithoutBreak, tables: Tables, seen: Seen) -> ir.Table:
    exits = compile_events(tables, seen, kinds=measure.good_exits)
    return exits.select("person", from_on="on", to_on=day_after(exits.on), source="source")


def _rows(measure: HeldWithoutBreak, tables: Tables, seen: Seen) -> ir.Table:
    """The rows that a result rests on: stays in the state, and good exits."""
    stays = compile_stays(tables, seen, states=[measure.state]).drop("state")
    return stays.union(_exits(measure, tables, seen)) if measure.good_exits else stays


def compile_held_earned(
    measure: HeldWithoutBreak,
    tables: Tables,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Earned:
    """Earned on the day by which the state was held long enough, the window over or not."""
    people = compile_met(measure, tables, seen=seen, excused=excused)
    met = people.filter(people.met_on.notnull())
    units = met.select("enrolment", from_on="met_on", to_on="met_on", quantity=ibis.literal(1))
    people = people.drop("source", "met_on")
    rows = compile_inside(people, _rows(measure, tables, seen))
    rows = rows.select("enrolment", "from_on", "source", to_on=ibis.literal(NEVER))
    return Earned(people, units, compile_all_rows(measure, people, rows, tables, seen))


def _first_met(measure: HeldWithoutBreak, cut: ir.Table) -> ir.Table:
    """For each enrolment that holds the state long enough: enrolment, met (the day's number).

    Rows are the stretches in the state and, where a lapse may lie anywhere, the window's first and
    last moment. Each row looks back over as many lapses as are allowed, but over none that is too
    long, for the earliest beginning; the time from there to the row's end is what is held.
    """
    is_over = cut.begins == cut.ends
    counts = (cut.excused == 0) & (cut.stopped == 0)
    is_edge = ibis.literal(False)
    if measure.lapses_lie == "anywhere":
        is_edge = (cut.begins == 0) | (is_over & cut.is_whole)
    rows = cut.filter((counts & (cut.held + cut.carried > 0) & ~is_over) | is_edge)
    is_in = (rows.excused == 0) & (rows.stopped == 0) & (rows.held + rows.carried > 0)
    starts = is_in & (rows.held > 0)
    if measure.lapses_lie == "anywhere":
        starts |= rows.begins == 0
    first = rows.begins - rows.skipped_before
    rows = rows.select(
        "enrolment",
        "start_on",
        "begins",
        is_over=rows.begins == rows.ends,
        starts=starts,
        first=first,
        after=first + ibis.ifelse(is_in, rows.ends - rows.begins, 0),
    )
    order = ibis.window(group_by="enrolment", order_by="begins")
    upto = ibis.window(group_by="enrolment", order_by="begins", preceding=(None, 0), following=None)
    gap = rows.first - rows.after.lag().over(order).coalesce(rows.first)
    rows = rows.mutate(gap=gap)
    rows = rows.mutate(
        lapses=(rows.gap > 0).cast("int32").sum().over(upto).cast("int32"),
        chain=(rows.gap > measure.lapse_days).cast("int32").sum().over(upto).cast("int32"),
    )
    allowed = ibis.range_window(
        group_by=["enrolment", "chain"],
        order_by="lapses",
        preceding=measure.lapses,
        following=0,
    )
    none = ibis.null("int32")
    rows = rows.mutate(
        since=ibis.ifelse(rows.starts, rows.first, none).min().over(allowed),
        since_day=ibis.ifelse(rows.starts, rows.begins, none).min().over(allowed),
    )
    rows = rows.filter(rows.since.notnull())
    since_on = day_after(rows.start_on, rows.since_day)
    needed = length_after(since_on, measure.held_for).delta(since_on, unit="day")
    rows = rows.mutate(last=rows.since + needed - 1)
    rows = rows.filter(rows.after > rows.last)
    met = ibis.ifelse(
        rows.is_over, rows.begins - 1, rows.begins + ibis.greatest(rows.last - rows.first, 0)
    )
    return rows.mutate(met=met).group_by("enrolment").aggregate(met=lambda table: table.met.min())


def reference_held_without_break(
    measure: HeldWithoutBreak,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person, met_on in reference_met(measure, records, seen=seen, excused=excused):
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, person.unseen
        elif met_on is None and person.rule in ("censor", STOP):
            quantity, status = None, str(person.ending)
        else:
            quantity, status = int(met_on is not None), KNOWN
        dated = _reference_sources(measure, person, records, seen)
        results.append(person.result(quantity, status, dated))
    return results


def reference_met(
    measure: HeldWithoutBreak, records: PlainRecords, *, seen: Seen, excused: Excused
) -> Iterator[tuple[WatchedPerson, date | None]]:
    """What `compile_met` says: every stretch of days is tried."""
    for person in reference_watched(measure, records, seen=seen, excused=excused, of_days=True):
        until = _until(person)
        key = person.enrolment.person
        held = set(records.days_of(key, seen, measure.state))
        exits = records.events_of(key, seen, *measure.good_exits)
        left = [event.happened_on for event in exits if event.happened_on in person.days]
        carried = {day for day in person.days if day >= min(left, default=until)}
        if person.rule == "succeed":
            carried |= {day for day in person.days if day >= person.closes_on}
        passed_over = person.stopped | person.uncounted
        days = [day for day in person.days if day < until and day not in passed_over]
        is_whole = until > person.days[-1]
        met = _tried(measure, person.days, days, held, held | carried, is_whole=is_whole)
        yield person, min(met, default=None)


def reference_held_earned(
    measure: HeldWithoutBreak,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_held_earned` says."""
    for person, met_on in reference_met(measure, records, seen=seen, excused=excused):
        dated = _reference_sources(measure, person, records, seen)
        rows = [(first, NEVER, source) for first, source in dated]
        yield EarnedByPerson(person, [met_on] if met_on else [], rows)


def _until(person: WatchedPerson) -> date:
    if person.ending is None or person.rule == "succeed":
        return person.days[-1] + timedelta(days=1)
    return person.closes_on


def _tried(
    measure: HeldWithoutBreak,
    window: list[date],
    days: list[date],
    held: set[date],
    taken: set[date],
    *,
    is_whole: bool,
) -> Iterator[date]:
    """For every day on which the time may begin, the day by which it is long enough, if it is."""
    anywhere = measure.lapses_lie == "anywhere"
    for at in range(len(days) + 1):
        is_start = anywhere and at == 0
        if not is_start and (at == len(days) or days[at] not in held):
            continue
        begins = window[0] if is_start else days[at]
        needed = (reference_length_after(begins, measure.held_for) - begins).days
        lapses = run = 0
        for number, day in enumerate(days[at:], 1):
            run = 0 if day in taken else run + 1
            lapses += run == 1
            if lapses > measure.lapses or run > measure.lapse_days:
                break
            if number >= needed and day in taken:
                yield day
                break
            if anywhere and number >= needed and is_whole and number == len(days) - at:
                yield window[-1]


def _reference_sources(
    measure: HeldWithoutBreak, person: WatchedPerson, records: PlainRecords, seen: Seen
) -> list[tuple[date, str]]:
    key, until = person.enrolment.person, _until(person)
    stays = stays_inside(records, person, seen, until, measure.state)
    exits = records.events_of(key, seen, *measure.good_exits)
    return [
        *((row.start_on, row.source) for row in stays),
        *(
            (event.happened_on, event.source)
            for event in exits
            if person.days[0] <= event.happened_on < until
        ),
    ]


def stays_inside(
    records: PlainRecords, person: WatchedPerson, seen: Seen, until: date, *states: str
) -> list[SpellRow]:
    """The person's stays in these states that lie in the window, wholly or in part."""
    return [
        row
        for row in records.spells
        if row.person == person.enrolment.person
        and row.state in states
        and seen.through_of(row.feed)
        and row.start_on < until
        and max(person.days[0], row.start_on) < seen.end_of_stay(row)
    ]
