"""The Board's directions from motion to completion (R15)."""

from __future__ import annotations

from payforsuccess.governance.clock import clocks_between, is_before, report_clock
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.mandate import Direction
from payforsuccess.reports.document import Document, paragraph
from payforsuccess.reports.numbers import counted, day_text
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def directions_entries(facts: Facts) -> tuple[Direction, ...]:
    """Every direction."""
    motion = facts.initiative.motion
    return motion.directions if motion is not None else ()


def directions_document(facts: Facts) -> Document:
    """The directions with owner, due day, standing and evidence; then the report's clock."""
    return register_page(
        facts,
        "The Board's directions",
        (
            rows_or(
                "Directions from motion to completion",
                ("Direction", "Owner", "Due", "Standing", "Shown by"),
                (
                    (
                        each.says,
                        each.owner,
                        day_or(each.due, "no day"),
                        _standing(each, facts),
                        "; ".join(map(str, each.evidence)) or "nothing",
                    )
                    for each in directions_entries(facts)
                ),
                empty="No direction is on file.",
            ),
            paragraph(_report(facts)),
        ),
    )


def _standing(direction: Direction, facts: Facts) -> str:
    said = direction.standing(on=facts.on, written=day_text)
    if direction.due is not None and direction.is_overdue(on=facts.on):
        said += f", {counted((facts.on - direction.due).days, 'day')} overdue"
    return said


def _report(facts: Facts) -> str:
    motion = facts.initiative.motion
    clock = report_clock(motion, on=facts.on) if motion is not None else None
    between = clocks_between(motion, on=facts.on) if motion is not None else None
    if motion is not None and is_before(motion, on=facts.on):
        return "The motion was not adopted by then, so no clock of a report runs yet."
    if motion is not None and between is not None:
        first, last = between
        return (
            f"The report within {motion.report_within_days} days was due between "
            f"{day_or(first.due)} and {day_or(last.due)}: the day of adoption lies between "
            f"{day_or(first.adopted_on)} and {day_or(last.adopted_on)}. Counted from the first of "
            f"these it was {first.status}, from the last {last.status}."
        )
    if motion is None or clock is None:
        return "The day of a motion's adoption is not on file, so no due day of a report is known."
    return (
        f"The report within {motion.report_within_days} days was due on {day_or(clock.first_due)}, "
        f"with what was granted since on {day_or(clock.due)}: {clock.status}."
    )
