"""Counts that a validator looks at before a determination: whether numbers bend around payments.

Each is a count of records and nothing more: what stands out may have a good reason, and is asked
about. Nothing here is for giving out, small numbers being in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from payforsuccess.deal.tables import EVENTS_KNOWN
from payforsuccess.measures.groups import compile_groups
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import Tables

GOOD_EXIT = "exit-permanent"
assert GOOD_EXIT in EVENTS_KNOWN


def compile_ends_around(
    tables: Tables,
    *,
    state: str,
    feeds: Sequence[str],
    months: int,
    days: int,
    within: int,
    through: date,
) -> ir.Table:
    """One row: stays that end within so many days before and after a time has passed.

    before, of_before: those that end in the days before, of those that reached them; after,
    of_after: those that end on that day or in the days after it, of those that reached it. The
    time is so many months, or so many days where there are none. Only
    stays of people who enrolled, and of which the last of these days is seen, are counted. Stays of
    one person that meet or overlap, in whichever of the feeds, are one.
    """
    enrolled = tables.enrolments.filter(tables.enrolments.enrolled_on.notnull()).select("person")
    spells = tables.spells.filter(tables.spells.state == state, tables.spells.feed.isin(feeds))
    stays = _joined(spells.semi_join(enrolled, "person"))
    passed = (
        stays.start_on + ibis.interval(months=months)
        if months
        else stays.start_on + ibis.interval(days=days)
    ).cast("date")
    rows = stays.select("end_on", passed=passed)
    rows = rows.filter(rows.passed <= through + timedelta(days=1 - within))
    early = (rows.passed - ibis.interval(days=within)).cast("date")
    late = (rows.passed + ibis.interval(days=within)).cast("date")
    reached_early = rows.end_on.isnull() | (rows.end_on >= early)
    reached = rows.end_on.isnull() | (rows.end_on >= rows.passed)
    counted = {
        "of_before": reached_early,
        "before": reached_early & (rows.end_on < rows.passed),
        "of_after": reached,
        "after": reached & (rows.end_on < late),
    }
    return rows.aggregate(
        **{name: holds.fill_null(False).sum().fill_null(0) for name, holds in counted.items()}
    )


def _joined(spells: ir.Table) -> ir.Table:
    """Stays with those of one person that meet or overlap made one; an open one stays open."""
    far = ibis.date("9999-12-31")
    rows = spells.select("person", "start_on", end_on=spells.end_on.fill_null(far))
    in_order = ibis.window(
        group_by="person", order_by=["start_on", "end_on"], preceding=None, following=0
    )
    seen = rows.mutate(reaches=rows.end_on.max().over(in_order))
    before = ibis.window(group_by="person", order_by=["start_on", "end_on"])
    seen = seen.mutate(so_far=seen.reaches.lag().over(before))
    begins = (seen.so_far.isnull() | (seen.start_on > seen.so_far)).cast("int64")
    numbered = seen.mutate(begins=begins)
    numbered = numbered.mutate(stay=numbered.begins.sum().over(in_order))
    whole = numbered.group_by("person", "stay").aggregate(
        start_on=numbered.start_on.min(), end_on=numbered.end_on.max()
    )
    return whole.mutate(end_on=whole.end_on.nullif(far))


def compile_by_value(tables: Tables, *, trait: str) -> ir.Table:
    """One row a known value of a fact: the referrals of people with it, and those declined."""
    rows = tables.enrolments.filter(tables.enrolments.referred_on.notnull())
    values = compile_groups(tables, trait=trait)
    rows = rows.join(
        values.filter(values.value.notnull()).select("enrolment", "value"), "enrolment"
    )
    return (
        rows.group_by("value")
        .aggregate(referred=rows.count(), declined=rows.declined_on.notnull().sum().fill_null(0))
        .order_by("value")
    )


def compile_exits_by_site(tables: Tables) -> ir.Table:
    """One row a site: enrolments that ended, and those that ended well.

    An end is good when the person left for permanent housing on or after the day of enrolment and
    within a week of the end, as its record says.
    """
    left = tables.enrolments.filter(
        tables.enrolments.exited_on.notnull(), tables.enrolments.enrolled_on.notnull()
    )
    events = tables.events.filter(tables.events.kind == GOOD_EXIT)
    good = events.select("happened_on", of="person")
    near = (left.exited_on - ibis.interval(days=7)).cast("date")
    far = (left.exited_on + ibis.interval(days=7)).cast("date")
    rows = left.select("enrolment", "person", "site", "enrolled_on", near=near, far=far)
    found = (
        rows.inner_join(
            good,
            [
                rows.person == good.of,
                good.happened_on >= rows.enrolled_on,
                good.happened_on >= rows.near,
                good.happened_on <= rows.far,
            ],
        )
        .select("enrolment")
        .distinct()
    )
    found = found.select(well="enrolment")
    judged = rows.left_join(found, rows.enrolment == found.well)
    return (
        judged.group_by("site")
        .aggregate(exits=judged.count(), good=judged.well.notnull().sum().fill_null(0))
        .order_by("site")
    )
