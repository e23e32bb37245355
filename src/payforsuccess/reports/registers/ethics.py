"""Ethics records: what must be in force before anyone is assigned at random (R114)."""

from __future__ import annotations

from payforsuccess.governance.conditions.ethics import (
    assigns_at_random,
    is_assignment_known,
    why_not_in_force,
)
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.voice import EthicsRecord
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.registers.page import day_or, register_page, words


def ethics_entries(facts: Facts) -> tuple[EthicsRecord, ...]:
    """Every record."""
    return facts.initiative.ethics


def ethics_document(facts: Facts) -> Document:
    """Whether anyone is assigned at random, then each record."""
    blocks: list[Block] = [
        paragraph(
            "People are to be assigned at random: nobody is before a record is in force."
            if assigns_at_random(facts)
            else "Nobody is assigned at random."
            if is_assignment_known(facts)
            else "Whether anyone is assigned at random is not on file."
        )
    ]
    if not ethics_entries(facts):
        blocks.append(paragraph("No ethics record is on file."))
    for number, record in enumerate(ethics_entries(facts), 1):
        why_not = why_not_in_force(record, facts)
        custody = "no one is"
        if record.anyone_in_custody:
            custody = f"yes; {record.custody_basis or 'no basis is stated'} (Counsel checks)"
        blocks += [
            Heading(2, f"{record.board}, {day_or(record.on)}", f"record-{number}"),
            Particulars(
                (
                    Particular(
                        "Standing", (f"not in force: {why_not}" if why_not else "in force",)
                    ),
                    Particular("Decision", (f"{words(record.decision)}: {record.basis}",)),
                    Particular("Last day", (day_or(record.expires_on, "none"),)),
                    Particular("Consent of people", (record.consent,)),
                    Particular("Assigned while in custody", (custody,)),
                    Particular("Fewer places than people", (record.scarcity,)),
                    Particular("People not drawn receive", (record.others_receive,)),
                    Particular("Placed outside the lottery", (record.outside_lottery,)),
                    Particular("Where it is written", (str(record.paper),)),
                )
            ),
        ]
    return register_page(facts, "Ethics records", blocks)
