"""What participants and their communities said, and the replies (R109)."""

from __future__ import annotations

from payforsuccess.governance.conditions.voice import representatives
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.voice import Voice
from payforsuccess.reports.document import Document, paragraph
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def voice_entries(facts: Facts) -> tuple[Voice, ...]:
    """Everything said by the day."""
    return tuple(each for each in facts.initiative.voices if each.on <= facts.on)


def voice_document(facts: Facts) -> Document:
    """Whether anyone speaks for participants, then what was said."""
    speak = representatives(facts)
    said = (
        f"{counted(len(speak), 'person or group', 'people or groups')} on file speak for "
        "participants or their community."
        if speak
        else "No one who speaks for participants or their community is on file."
    )
    return register_page(
        facts,
        "Participants' voice",
        (
            paragraph(said),
            rows_or(
                "What was said, and the reply",
                ("Said", "By", "On", "Reply"),
                (
                    (
                        each.says,
                        each.by,
                        day_or(each.on),
                        f"{each.reply} ({day_or(each.replied_on)})"
                        if each.reply is not None
                        else f"none for {counted((facts.on - each.on).days, 'day')}",
                    )
                    for each in voice_entries(facts)
                ),
                empty="Nothing is on file.",
            ),
        ),
    )
