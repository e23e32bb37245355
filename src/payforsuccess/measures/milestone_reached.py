"""Milestone reached: 1 for a person with the milestone's event in the window, and kept, else 0."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from payforsuccess.deal.measures import MilestoneReached
from payforsuccess.measures.counting import (
    compile_counted,
    dated_sources,
    reference_counted,
    with_found,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import NEVER, Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    EventRow,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import (
    STOP,
    WatchedPerson,
    compile_watched,
    reference_watched,
    status_of,
)
from payforsuccess.measures.windows import (
    day_after,
    length_after,
    reference_length_after,
)

ONE_DAY = timedelta(days=1)


def compile_milestone_reached(
    measure: MilestoneReached, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A milestone reached, and kept in full, up to and on the day of an ending decides: 1. Without
    one, an ending gives its rule's word: unknown (censor and stop-the-clock), 0 (fail), or
    (succeed) 1 if the milestone was reached and not lost by then. A window not seen to its end is
    unknown.
    """
    watched, rows, kept = _compile_kept(measure, tables, seen=seen, excused=excused)
    numbers = kept.group_by("enrolment").aggregate(
        kept_in_full=(kept.kept_until <= kept.closes_on).sum(),
        kept_so_far=kept.count(),
    )
    sources = rows.group_by("enrolment").aggregate(
        event_sources=joined_sources(
            rows.on, rows.source, where=~names(rows.own_sources, rows.source)
        )
    )
    found = sources.left_join(numbers, "enrolment").select(
        "enrolment", "kept_in_full", "kept_so_far", "event_sources"
    )
    people = with_found(watched, found)
    undecided = people.rule.isin(["censor", STOP]).fill_null(False)
    has_reached = people.kept_in_full > 0
    quantity = ibis.cases(
        (~people.is_seen, ibis.null("int64")),
        (has_reached, ibis.literal(1, "int64")),
        (undecided, ibis.null("int64")),
        ((people.rule == "succeed") & (people.kept_so_far > 0), ibis.literal(1, "int64")),
        else_=ibis.literal(0, "int64"),
    )
    status = status_of(people, unknown=~has_reached & undecided)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def _compile_kept(
    measure: MilestoneReached, tables: Tables, *, seen: Seen, excused: Excused
) -> tuple[ir.Table, ir.Table, ir.Table]:
    """The watched people; the rows that decide; and the milestones not lost, with kept_until."""
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    reached = compile_counted(
        measure, watched, tables, event=measure.milestone, seen=seen, excused=excused
    )
    rows = reached.select("enrolment", "on", "source", "own_sources")
    kept = reached.mutate(kept_until=_kept_until(measure, reached))
    kept = kept.filter(kept.kept_until <= kept.ends_on)
    if measure.lost_by is not None:
        lost = compile_counted(
            measure, watched, tables, event=measure.lost_by, seen=seen, excused=excused
        ).select("enrolment", "on", "source", "own_sources")
        rows = rows.union(lost)
        kept = kept.anti_join(
            lost,
            [
                kept.enrolment == lost.enrolment,
                lost.on > kept.on,
                lost.on < kept.kept_until,
            ],
        )
    return watched, rows, kept


def compile_milestone_earned(
    measure: MilestoneReached, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> Earned:
    """The milestone, earned on its day; one that must be kept on the last day of the keeping.

    Once for each enrolment, the first time. An ending that succeeds earns on its own day what was
    reached and not lost by then.
    """
    watched, rows, kept = _compile_kept(measure, tables, seen=seen, excused=excused)
    in_full = kept.kept_until <= kept.closes_on
    kept = kept.filter(in_full | (kept.rule == "succeed").fill_null(False))
    kept = kept.mutate(earned=ibis.least(kept.kept_until, kept.closes_on))
    first = kept.group_by("enrolment").aggregate(earned=kept.earned.min())
    on = day_after(first.earned, -1)
    return Earned(
        watched,
        first.select("enrolment", from_on=on, to_on=on, quantity=ibis.literal(1)),
        compile_all_rows(
            measure,
            watched,
            rows.select("enrolment", "source", from_on="on", to_on=ibis.literal(NEVER)),
            tables,
            seen,
        ),
    )


def reference_milestone_earned(
    measure: MilestoneReached,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_milestone_earned` says."""
    for person, rows, kept in _reference_kept(measure, records, seen=seen, excused=excused):
        earned = [
            min(until, person.closes_on) - ONE_DAY
            for until in kept
            if until <= person.closes_on or person.rule == "succeed"
        ]
        dated = [(day, NEVER, source) for day, source in dated_sources(rows)]
        yield EarnedByPerson(person, sorted(earned)[:1], dated)


def _kept_until(measure: MilestoneReached, reached: ir.Table) -> ir.DateValue:
    """The first day on which it need not be kept any more; without keeping, the next day."""
    if measure.kept_for is None:
        return day_after(reached.on)
    return length_after(reached.on, measure.kept_for)


def reference_milestone_reached(
    measure: MilestoneReached,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person, rows, kept in _reference_kept(measure, records, seen=seen, excused=excused):
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, person.unseen
        elif any(until <= person.closes_on for until in kept):
            quantity, status = 1, KNOWN
        elif person.rule in ("censor", STOP):
            quantity, status = None, str(person.ending)
        else:
            quantity, status = int(person.rule == "succeed" and bool(kept)), KNOWN
        results.append(person.result(quantity, status, dated_sources(rows)))
    return results


def _reference_kept(
    measure: MilestoneReached, records: PlainRecords, *, seen: Seen, excused: Excused
) -> Iterator[tuple[WatchedPerson, list[EventRow], list[date]]]:
    """Each person with the rows that decide and, for milestones not lost, how long to be kept."""
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        reached = reference_counted(measure, person, records, event=measure.milestone, seen=seen)
        lost: list[EventRow] = []
        if measure.lost_by is not None:
            lost = reference_counted(measure, person, records, event=measure.lost_by, seen=seen)
        yield person, [*reached, *lost], list(_kept(measure, person, reached, lost))


def _kept(
    measure: MilestoneReached,
    person: WatchedPerson,
    reached: list[EventRow],
    lost: list[EventRow],
) -> Iterator[date]:
    """For each milestone not lost so far, the first day on which it need not be kept any more."""
    after = measure.kept_for
    for event in reached:
        day = event.happened_on
        until = day + ONE_DAY if after is None else reference_length_after(day, after)
        is_lost = any(day < loss.happened_on < until for loss in lost)
        if until <= person.days[-1] + ONE_DAY and not is_lost:
            yield until
