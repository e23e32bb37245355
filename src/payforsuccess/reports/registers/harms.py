"""The harm log with its clocks: told within two days, stopped until settled (R121)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.harm_clock import (
    TELL_WITHIN_DAYS,
    HarmFound,
    Telling,
    harms_found,
)
from payforsuccess.reports.document import Document, paragraph
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def harms_entries(facts: Facts) -> tuple[HarmFound, ...]:
    """Every entry by the day, with its clocks."""
    return harms_found(facts.initiative.harms, on=facts.on)


def harms_document(facts: Facts) -> Document:
    """The log; nothing personal stands in it."""
    found = harms_entries(facts)
    stops = [each.harm.number for each in found if each.is_stop]
    return register_page(
        facts,
        "Harm log",
        (
            paragraph(
                f"The payor and the participant group are told within {TELL_WITHIN_DAYS} days of a "
                "report. "
                + (
                    f"Service is stopped by {', '.join(stops)}."
                    if stops
                    else "No entry on file stops service."
                )
            ),
            rows_or(
                "Complaints, incidents and safety reports",
                ("Number", "Kind", "Reported", "What", "Payor", "Participant group", "Standing"),
                (
                    (
                        each.harm.number,
                        each.harm.kind,
                        day_or(each.harm.on),
                        each.harm.says,
                        _told(each, each.tellings[0]),
                        _told(each, each.tellings[1]),
                        _standing(each),
                    )
                    for each in found
                ),
                empty="No entry is on file.",
            ),
        ),
    )


def _told(found: HarmFound, telling: Telling) -> str:
    late = f", {counted(telling.days_late, 'day')} late" if telling.days_late else ""
    if telling.told_on is not None:
        return f"told on {day_or(telling.told_on)}{late}"
    return f"not told{late}" if late else f"tell by {day_or(found.due)}"


def _standing(found: HarmFound) -> str:
    if found.is_settled:
        how = f": {found.harm.settled}" if found.harm.settled else ""
        return f"settled on {day_or(found.harm.settled_on)}{how}"
    return "open, STOPS SERVICE" if found.is_stop else "open"
