"""The clock that custody stops: its days do not count, and the window runs on by as many."""

from __future__ import annotations

from datetime import date, timedelta

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.happenings import compile_runs, compile_stays
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import Tables
from payforsuccess.measures.windows import (
    day_after,
    reference_length_after,
    reference_length_before,
)


def stops_in_custody(measure: MeasureBase) -> bool:
    """Whether days in custody do not count for this measure."""
    return measure.on_custody == "stop-the-clock"


def compile_custody(tables: Tables, seen: Seen) -> ir.Table:
    """Every person's runs of days in custody: person, from_on, to_on; apart and in order."""
    return compile_runs(compile_stays(tables, seen, states=CUSTODY_STATES)).alias("custody")


def compile_run_on(windows: ir.Table, custody: ir.Table, excused: Excused) -> ir.Table:
    """The windows with ends_on moved until each holds its own length of days that count.

    Days in custody do not count, nor do those by which an excuse extends a window.
    """
    stopped = windows.inner_join(
        custody, [windows.person == custody.person, custody.to_on > windows.start_on]
    ).select("enrolment", "start_on", "plain_end", "from_on", "to_on")
    for stretch in excused.extends:
        touched = windows.filter(windows.start_on < stretch.end)
        stopped = stopped.union(
            touched.select(
                "enrolment",
                "start_on",
                "plain_end",
                from_on=ibis.literal(stretch.start),
                to_on=ibis.literal(stretch.end),
            )
        )
    stopped = stopped.mutate(
        begins=ibis.greatest(stopped.from_on.delta(stopped.start_on, unit="day"), 0),
        ends=stopped.to_on.delta(stopped.start_on, unit="day"),
        length=stopped.plain_end.delta(stopped.start_on, unit="day"),
    )
    earlier = ibis.window(
        group_by="enrolment", order_by=["begins", "ends"], preceding=(None, 1), following=None
    )
    fresh = stopped.mutate(reached=stopped.ends.max().over(earlier).fill_null(0))
    fresh = fresh.mutate(begins=ibis.greatest(fresh.begins, fresh.reached))
    fresh = fresh.filter(fresh.ends > fresh.begins)
    fresh = fresh.mutate(days=fresh.ends - fresh.begins)
    # a stretch counts if the window is not over before it: fewer free days than its length
    fresh = fresh.mutate(free=fresh.begins - fresh.days.sum().over(earlier).fill_null(0))
    held_up = fresh.filter(fresh.free < fresh.length)
    more = held_up.group_by("enrolment").aggregate(more=held_up.days.sum().cast("int64"))
    moved = windows.left_join(more, "enrolment")
    return moved.select(
        *(name for name in windows.columns if name != "ends_on"),
        ends_on=day_after(moved.plain_end, moved.more.fill_null(0)),
    ).alias("windows_run_on")


def reference_window_days(
    measure: MeasureBase, start_on: date, custody: set[date], *, excused: Excused
) -> list[date]:
    """The window's days, walked one by one until enough of them count.

    start_on: the day of the start event; looking back, the window ends before it and all its days
    count. custody: the person's days in custody where they stop the clock, else none.
    """
    if measure.looks == "back":
        day, before = reference_length_before(start_on, measure.window), []
        while day < start_on:
            before.append(day)
            day += timedelta(days=1)
        return before
    length = (reference_length_after(start_on, measure.window) - start_on).days
    days: list[date] = []
    day, counted = start_on, 0
    while counted < length:
        days.append(day)
        extends = any(s.start <= day < s.end for s in excused.extends)
        counted += not extends and day not in custody
        day += timedelta(days=1)
    return days
