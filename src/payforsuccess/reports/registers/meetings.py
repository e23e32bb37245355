"""Bodies and meetings: Counsel's open-meeting decision, agenda, posting, minutes (R152)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.team import Body, Meeting
from payforsuccess.reports.document import Document, Heading
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words


def meetings_entries(facts: Facts) -> tuple[Meeting, ...]:
    """Every meeting."""
    return facts.initiative.meetings


def meetings_document(facts: Facts) -> Document:
    """The bodies with Counsel's decision, then their meetings."""
    bodies = {each.name: each for each in facts.initiative.bodies}
    return register_page(
        facts,
        "Bodies and meetings",
        (
            rows_or(
                "Whether open-meeting law covers each body",
                ("Body", "Counsel's decision", "Agenda posted before, in hours"),
                (
                    (
                        each.title,
                        _decision(each),
                        str(each.posted_hours_before)
                        if each.open_meeting == "covered"
                        else "no rule",
                    )
                    for each in bodies.values()
                ),
                empty="No body is on file.",
            ),
            Heading(2, "Meetings", "meetings"),
            rows_or(
                "Meetings with agenda and minutes",
                ("Meeting", "Body", "Agenda", "Posted before, in hours", "Minutes"),
                (
                    (
                        day_or(each.on),
                        bodies[each.body].title if each.body in bodies else each.body,
                        str(each.agenda) if each.agenda is not None else "not on file",
                        str(each.hours_posted_before)
                        if each.hours_posted_before is not None
                        else "not on file",
                        _minutes(each, facts),
                    )
                    for each in meetings_entries(facts)
                ),
                empty="No meeting is on file.",
            ),
        ),
    )


def _decision(body: Body) -> str:
    if body.open_meeting is None or body.open_meeting_decided is None:
        return "not decided"
    decided = body.open_meeting_decided
    return f"{words(body.open_meeting)} ({decided.by}, {day_or(decided.on)})"


def _minutes(meeting: Meeting, facts: Facts) -> str:
    if meeting.minutes is not None:
        return str(meeting.minutes)
    return "not on file" if meeting.on <= facts.on else "not yet"
