"""Bed nights of night-by-night shelters, and the stays they add up to.

HUD's rule: a stay starts at its first bed night and ends one day after its last; 90 days without a
bed night close it, so that the next one starts another. Nights before the enrolment, from its exit
on, or while the project was closed do not count.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from payforsuccess.records.feed import Feed
from payforsuccess.records.hmis.codes import BED_NIGHT, NIGHT_BY_NIGHT
from payforsuccess.records.hmis.stays import day_after

CLOSED_AFTER = 90
"""Days without a bed night that close a stay."""


def nights(feed: Feed, stays: ir.Table) -> ir.Table:
    """One row an enrolment and night: EnrollmentID, PersonalID, night, row."""
    services = feed.tables["Services"]
    given = services.filter(services.RecordType == BED_NIGHT).select(
        "EnrollmentID", night=services.DateProvided, row=services.row
    )
    shelters = stays.filter(stays.ProjectType == NIGHT_BY_NIGHT)
    slept = given.join(
        shelters.select("EnrollmentID", "PersonalID", "start_on", "end_on"), "EnrollmentID"
    )
    slept = slept.filter(
        slept.night >= slept.start_on, slept.end_on.isnull() | (slept.night < slept.end_on)
    )
    return slept.group_by("EnrollmentID", "PersonalID", "night").agg(row=slept.row.min())


def stays_of_nights(slept: ir.Table) -> ir.Table:
    """One row a stay: PersonalID, start_on, end_on, and the first row it rests on."""
    order = ibis.window(group_by=slept.EnrollmentID, order_by=slept.night)
    since = slept.mutate(before=slept.night.lag().over(order))
    # The nights between two bed nights are one fewer than the days from one to the other.
    empty = since.night.delta(since.before, unit="day") - 1
    marked = since.mutate(starts=(empty >= CLOSED_AFTER).fill_null(True).cast("int64"))
    up_to_here = ibis.cumulative_window(group_by=marked.EnrollmentID, order_by=marked.night)
    numbered = marked.mutate(stay=marked.starts.sum().over(up_to_here))
    made = numbered.group_by("EnrollmentID", "PersonalID", "stay").agg(
        start_on=numbered.night.min(), last_on=numbered.night.max(), row=numbered.row.min()
    )
    return made.mutate(end_on=day_after(made.last_on))
