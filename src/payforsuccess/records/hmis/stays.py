"""When a person was in a project: enrolments with their projects, exits and households.

A project's doors bound all of it: nothing counts before it opened or from the day it closed on.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from payforsuccess.records.feed import Feed
from payforsuccess.records.hmis.codes import HEAD_OF_HOUSEHOLD

_NEVER = ibis.literal(date(9999, 12, 31))


def stays(feed: Feed) -> ir.Table:
    """One row an enrolment in a project that ran.

    Columns: EnrollmentID, PersonalID, ProjectType, row; EntryDate, ExitDate, Destination and
    exit_row as stated; opened_on and closed_on, the project's own days; start_on and end_on, the
    enrolment's first day and first day after within those, end_on missing while it is open; and
    moved_in_on, missing without a move-in.
    """
    enrolments = feed.tables["Enrollment"].drop("ExportID", "DateDeleted")
    projects = _projects(feed)
    exits = _exits(feed)
    joined = enrolments.join(projects, "ProjectID").left_join(exits, "EnrollmentID")
    joined = joined.drop("EnrollmentID_right")
    bounded = joined.mutate(
        start_on=ibis.greatest(joined.EntryDate, joined.opened_on),
        end_on=ibis.least(
            joined.ExitDate.fill_null(_NEVER), joined.closed_on.fill_null(_NEVER)
        ).nullif(_NEVER),
    )
    return _with_move_in(bounded)


def day_after(day: ir.DateValue) -> ir.DateValue:
    """The next day, as a day in the engine.

    Ibis takes day + interval for a day and leaves a cast to one out; DuckDB makes a timestamp of
    it. Going by way of a timestamp keeps the cast.
    """
    return (day + ibis.interval(days=1)).cast("timestamp").date()


def _projects(feed: Feed) -> ir.Table:
    """A project that closes after the extract's last day is open as far as the extract knows."""
    projects = feed.tables["Project"]
    known = projects.OperatingEndDate <= ibis.literal(feed.complete_through)
    return projects.select(
        "ProjectID",
        "ProjectType",
        opened_on=projects.OperatingStartDate,
        closed_on=known.ifelse(projects.OperatingEndDate, ibis.null("date")),
    )


def _exits(feed: Feed) -> ir.Table:
    """One exit an enrolment: the earliest, and of one day the row that comes first."""
    exits = feed.tables["Exit"]
    order = ibis.window(group_by=exits.EnrollmentID, order_by=[exits.ExitDate, exits.row])
    ranked = exits.mutate(rank=ibis.row_number().over(order))
    first = ranked.filter(ranked["rank"] == 0)
    return first.select("EnrollmentID", "ExitDate", "Destination", exit_row=first.row)


def _with_move_in(rows: ir.Table) -> ir.Table:
    """Each member of a household moves in with its head, or on entering later.

    HUD collects the move-in day for the head alone. A household with no head or with two has none
    to follow, and each of its members stands on their own day.
    """
    heads = rows.filter(rows.RelationshipToHoH == HEAD_OF_HOUSEHOLD)
    heads = heads.group_by("HouseholdID", "ProjectID").agg(
        heads=heads.count(),
        moved=(heads.ExitDate.isnull() | (heads.MoveInDate <= heads.ExitDate))
        .ifelse(heads.MoveInDate, ibis.null("date"))
        .max(),
    )
    heads = heads.filter(heads.heads == 1).drop("heads")
    followed = rows.left_join(heads, ["HouseholdID", "ProjectID"])
    moved = ibis.coalesce(followed.moved, followed.MoveInDate)
    return followed.select(
        "EnrollmentID",
        "PersonalID",
        "ProjectType",
        "EntryDate",
        "ExitDate",
        "Destination",
        "opened_on",
        "closed_on",
        "start_on",
        "end_on",
        "exit_row",
        "row",
        moved_in_on=moved.notnull().ifelse(
            ibis.greatest(moved, followed.EntryDate), ibis.null("date")
        ),
    )
