"""The days of each person's window, cut where something begins or ends: day sets as stretches."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from payforsuccess.measures.excused import Stretch
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.sources import joined_sources, names

MARKS = ("window", "held", "carried", "less", "excused", "stopped")
"""What a day can be: in the window; in the state; taken as in the state; in the state taken off;
excused; in custody that stops the clock."""


def compile_marked(people: ir.Table, stays: ir.Table, mark: str) -> ir.Table:
    """The part of each stay in a person's window: enrolment, start_on, begins, ends, mark.

    `people` has `until`, the first day that is not looked at. Days are numbers from the window's
    first day, 0.
    """
    inside = compile_inside(people, stays)
    return _marked(inside, inside.from_on, inside.to_on, mark)


def compile_inside(people: ir.Table, stays: ir.Table) -> ir.Table:
    """The people's columns with those of each stay that lies in their window, wholly or in part."""
    return people.inner_join(
        stays,
        [
            people.person == stays.person,
            stays.from_on < people.until,
            stays.to_on > people.start_on,
        ],
    )


def compile_stay_sources(people: ir.Table, stays: ir.Table) -> ir.Table:
    """The sources of the stays in each person's window: enrolment, stay_sources."""
    inside = compile_inside(people, stays)
    return inside.group_by("enrolment").aggregate(
        stay_sources=joined_sources(
            inside.from_on, inside.source, where=~names(inside.own_sources, inside.source)
        )
    )


def compile_marked_always(people: ir.Table, stretches: Iterable[Stretch], mark: str) -> ir.Table:
    """The same for days that are marked for everyone; at least one stretch is needed."""
    tables = []
    for stretch in stretches:
        start, end = ibis.literal(stretch.start), ibis.literal(stretch.end)
        touched = people.filter(people.until > start, people.start_on < end)
        tables.append(_marked(touched, start, end, mark))
    return reduce(lambda one, other: one.union(other), tables)


def compile_marked_between(people: ir.Table, first: str, until: str, mark: str) -> ir.Table:
    """The same for the days between two columns of the people, where the first is before."""
    some = people.filter(people[first] < people[until])
    return _marked(some, some[first], some[until], mark)


def _marked(rows: ir.Table, first: ir.DateValue, after: ir.DateValue, mark: str) -> ir.Table:
    # from here on greatest() and least() meet no missing value, which they would pass over
    last = ibis.least(after, rows.until)
    return rows.select(
        "enrolment",
        "start_on",
        begins=ibis.greatest(first.delta(rows.start_on, unit="day"), 0).cast("int32"),
        ends=last.delta(rows.start_on, unit="day").cast("int32"),
        mark=ibis.literal(mark),
    )


def compile_cut(marked: Iterable[ir.Table]) -> ir.Table:
    """Stretches of days that are alike, one row each, apart and in order for each enrolment.

    Gives enrolment, start_on, begins and ends (numbers of days from the window's first, 0), a
    number for each of `MARKS` that says how many rows mark it so, `stopped_before` (days on which
    the clock stood before it) and `skipped_before` (those and the excused ones). Days without any
    mark before the first and after the last are not here.
    """
    rows = reduce(lambda one, other: one.union(other), marked)
    edges = rows.select("enrolment", "start_on", "mark", at="begins", step=ibis.literal(1)).union(
        rows.select("enrolment", "start_on", "mark", at="ends", step=ibis.literal(-1))
    )
    # one row a day on which something changes, so that no tie is left to an engine's order
    steps = (
        edges.group_by("enrolment", "start_on", "at")
        .aggregate(
            **{
                name: edges.step.sum(where=edges.mark == name).fill_null(0).cast("int32")
                for name in MARKS
            }
        )
        .alias("changes")
    )
    upto = ibis.window(group_by="enrolment", order_by="at", preceding=(None, 0), following=None)
    order = ibis.window(group_by="enrolment", order_by="at")
    cut = steps.select(
        "enrolment",
        "start_on",
        begins="at",
        ends=steps.at.lead().over(order).coalesce(steps.at),
        **{name: steps[name].sum().over(upto).cast("int32") for name in MARKS},
    )
    before = ibis.window(
        group_by="enrolment", order_by="begins", preceding=(None, 1), following=None
    )
    days = cut.ends - cut.begins
    stopped = ibis.ifelse(cut.stopped > 0, days, 0)
    skipped = ibis.ifelse((cut.stopped > 0) | (cut.excused > 0), days, 0)
    return cut.mutate(
        stopped_before=stopped.sum().over(before).fill_null(0).cast("int32"),
        skipped_before=skipped.sum().over(before).fill_null(0).cast("int32"),
    ).alias("cut")


def compile_disjoint(marked: ir.Table) -> ir.Table:
    """What `compile_cut` gives for rows of one mark alone, `held`, in one step less.

    A day counts once: each row is cut where the rows before it reach.
    """
    earlier = ibis.window(
        group_by="enrolment", order_by=["begins", "ends"], preceding=(None, 1), following=None
    )
    reached = marked.mutate(reached=marked.ends.max().over(earlier).fill_null(0))
    fresh = reached.mutate(begins=ibis.greatest(reached.begins, reached.reached))
    fresh = fresh.filter(fresh.ends > fresh.begins)
    marks = {name: ibis.literal(int(name == "held"), "int32") for name in MARKS}
    none = {name: ibis.literal(0, "int32") for name in ("stopped_before", "skipped_before")}
    cut = fresh.select("enrolment", "start_on", "begins", "ends", **marks, **none)
    return cut.alias("cut")
