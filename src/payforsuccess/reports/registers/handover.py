"""Who goes on serving the people in services when the deal ends (R126)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.handover import GroupHandedOver
from payforsuccess.reports.document import Block, Document, paragraph
from payforsuccess.reports.registers.page import day_or, register_page, rows_or
from payforsuccess.units import grouped


def handover_entries(facts: Facts) -> tuple[GroupHandedOver, ...]:
    """The people, group by group; none where nobody is in services, or nothing is on file."""
    handover = facts.initiative.handover
    return handover.groups if handover is not None else ()


def handover_document(facts: Facts) -> Document:
    """Each group with who goes on, who pays, and how far it is; people by number only."""
    return register_page(facts, "Handover of people", _blocks(facts))


def _blocks(facts: Facts) -> tuple[Block, ...]:
    handover = facts.initiative.handover
    if handover is not None and handover.nobody is not None:
        found = handover.nobody
        return (
            paragraph(
                f"Nobody is in services, found by {found.by} on {day_or(found.on)} ({found.paper})."
            ),
        )
    return (
        rows_or(
            "People in services when the deal ends",
            ("Group", "People", "Service", "Goes on with", "Paid by", "From", "Standing"),
            (
                (
                    each.name,
                    grouped(each.people),
                    each.service,
                    each.to,
                    each.paid_by,
                    day_or(each.from_),
                    _standing(each, facts),
                )
                for each in handover_entries(facts)
            ),
            numbers=("People",),
            empty="It is not on file who goes on serving the people in services.",
        ),
    )


def _standing(group: GroupHandedOver, facts: Facts) -> str:
    agreed = f"agreed on {day_or(group.agreed_on)}" if group.is_agreed(on=facts.on) else ""
    told = f"told on {day_or(group.told_on)}" if group.is_told(on=facts.on) else "NOT TOLD"
    done = f"handed over on {day_or(group.done_on)}" if group.is_done(on=facts.on) else "open"
    return "; ".join((agreed or "NOT AGREED", told, done))
