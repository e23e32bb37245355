"""The coordinator's report to the payor: progress, challenges, decisions asked, and delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.governance.cadence import Cadence
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.team import Coordinator, StatusReport
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import counted, day_text
from payforsuccess.reports.of_initiative import initiative_notices
from payforsuccess.reports.rests_on import rests_on
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.trail import RunInput


@dataclass(frozen=True)
class StatusFacts:
    """What the report is made from: one report of the coordinator, and how it stands on a day."""

    initiative: Initiative
    coordinator: Coordinator
    report: StatusReport
    cadence: Cadence
    on: date
    rests_on: tuple[RunInput, ...]


def status_report(facts: StatusFacts) -> Document:
    """The report as it goes to the payor (R48), in the coordinator's own words."""
    initiative, report = facts.initiative, facts.report
    return Document(
        title=f"Status report: {initiative.initiative}",
        language="en",
        lists_contents=False,
        subtitle=f"{facts.coordinator.name} · {day_text(report.on)}",
        notices=(*initiative_notices(initiative.standing), *_late(facts)),
        blocks=(
            _who(facts),
            *_said("Progress", "progress", report.progress, "Nothing is written."),
            *_said("Challenges", "challenges", report.challenges, "None is reported."),
            *_said("Decisions asked", "decisions", report.decisions_asked, "None is asked."),
            *_actions(facts),
            *_milestones(facts),
            Heading(2, "Reports and their delivery", "delivery"),
            _delivery(facts),
            *rests_on(facts.rests_on),
        ),
    )


def _who(facts: StatusFacts) -> Particulars:
    coordinator = facts.coordinator
    every = str(coordinator.reports_every).removeprefix("1 ")
    due = facts.cadence.next_due
    return Particulars(
        (
            Particular("To", (coordinator.reports_to,)),
            Particular(
                "From",
                (
                    f"{coordinator.name}, project coordinator, employed by {coordinator.employer}, "
                    f"funded by {coordinator.funded_by}",
                ),
            ),
            Particular("Stage", (facts.initiative.stage_text(facts.on),)),
            Particular("Reports come", (f"every {every}",)),
            Particular(
                "Next report due",
                (day_text(due) if due else "not known: none has reached a payor yet",),
            ),
        )
    )


def _late(facts: StatusFacts) -> tuple[Notice, ...]:
    days = facts.cadence.days_late
    if not days or facts.cadence.next_due is None:
        return ()
    return (
        Notice(
            "A report is late",
            f"On {day_text(facts.on)} the next report is {counted(days, 'day')} late: it was due "
            f"on {day_text(facts.cadence.next_due)}.",
        ),
    )


def _said(title: str, anchor: str, lines: Sequence[str], none: str) -> tuple[Block, ...]:
    body = ItemList(tuple((line,) for line in lines)) if lines else paragraph(none)
    return (Heading(2, title, anchor), body)


def _actions(facts: StatusFacts) -> list[Block]:
    """Actions that are under way, the longest overdue first."""
    on = facts.report.on
    live = [each for each in facts.initiative.actions if each.is_open(on=on)]
    if not live:
        return []
    rows = sorted(live, key=lambda each: (-each.days_overdue(on=on), each.due))
    return [
        Heading(2, "Actions under way", "actions"),
        Table(
            f"Actions under way on {day_text(on)}, the day of the report",
            (
                Column("Action"),
                Column("For"),
                Column("Who"),
                Column("Due"),
                Column("Days overdue", is_number=True),
            ),
            tuple(
                (
                    cell(each.says),
                    cell(each.metric.replace("_", " ")),
                    cell(each.owner),
                    cell(day_text(each.due)),
                    cell(str(each.days_overdue(on=on))),
                )
                for each in rows
            ),
        ),
    ]


def _milestones(facts: StatusFacts) -> list[Block]:
    milestones = facts.initiative.milestones
    if not milestones:
        return []
    rows = []
    for each in milestones:
        stands = each.actual if each.actual and each.actual <= facts.report.on else None
        against = stands or each.forecast or each.baseline
        late = (against - each.baseline).days
        if stands is None and each.forecast is None:
            late = max(0, (facts.report.on - each.baseline).days)
        rows.append(
            (
                cell(each.name),
                cell(day_text(each.baseline)),
                cell("reached" if stands else day_text(each.forecast) if each.forecast else "none"),
                cell(day_text(stands) if stands else "not yet"),
                cell(str(late).replace("-", "\N{MINUS SIGN}")),
            )
        )
    return [
        Heading(2, "Milestones", "milestones"),
        Table(
            f"Milestones on {day_text(facts.report.on)}, the day of the report: first planned, now "
            "expected, and reached",
            (
                Column("Milestone"),
                Column("First planned"),
                Column("Now expected"),
                Column("Reached"),
                Column("Days late", is_number=True),
            ),
            tuple(rows),
        ),
    ]


def _delivery(facts: StatusFacts) -> Table:
    reports = sorted(facts.coordinator.reports, key=lambda each: each.on)
    undelivered = facts.cadence.undelivered
    return Table(
        f"Every report up to {day_text(facts.on)} and whether it reached a payor",
        (Column("Report of"), Column("Delivered to"), Column("Delivered on"), Column("Standing")),
        tuple(
            (
                cell(day_text(each.on)),
                cell(each.delivered_to or "no one"),
                cell(_delivered(each, facts.on)),
                cell("has not reached a payor" if each in undelivered else "reached a payor"),
            )
            for each in reports
            if each.on <= facts.on
        ),
    )


def _delivered(report: StatusReport, on: date) -> str:
    """The day of delivery; a day after the one it is made for has not come yet."""
    if report.delivered_on is None:
        return "no day"
    return day_text(report.delivered_on) if report.delivered_on <= on else "not yet"
