"""Attendance by party and body (R89)."""

from __future__ import annotations

from payforsuccess.governance.attendance import Attendance, attendance
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Document
from payforsuccess.reports.registers.page import register_page, rows_or


def attendance_entries(facts: Facts) -> tuple[Attendance, ...]:
    """Every party by body."""
    return attendance(facts.initiative, on=facts.on)


def attendance_document(facts: Facts) -> Document:
    """Meetings attended and missed, and how many in a row."""
    return register_page(
        facts,
        "Attendance",
        (
            rows_or(
                "Meetings attended and missed",
                ("Body", "Party", "Attended", "Missed", "Missed in a row", "May miss", "Standing"),
                (
                    (
                        each.body.title,
                        each.party,
                        str(each.attended),
                        str(each.missed),
                        str(each.in_a_row),
                        str(each.body.missed_at_most),
                        f"ALERT to {each.body.chair}" if each.is_over_limit else "within the limit",
                    )
                    for each in attendance_entries(facts)
                ),
                empty="No meeting with those present is on file.",
            ),
        ),
    )
