"""The log of amendments with the consents that each needs and has (R125)."""

from __future__ import annotations

from payforsuccess.deal.checks.amendments import NeededConsent
from payforsuccess.governance.amended import AmendmentFound, amendments_found
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import day_text, listed
from payforsuccess.reports.registers.page import register_page, rows_or
from payforsuccess.units import grouped


def amendments_entries(facts: Facts) -> tuple[AmendmentFound, ...]:
    """Every amendment with its consents."""
    return amendments_found(facts.versions, on=facts.on)


def amendments_document(facts: Facts) -> Document:
    """A section an amendment; an amendment is in force only with every consent."""
    blocks: list[Block] = [
        paragraph(
            "An amendment is not in force until each consent in the deal's matrix is recorded."
        )
    ]
    for found in amendments_entries(facts):
        amendment = found.amendment
        blocks += [
            Heading(2, f"Amendment {amendment.number}", f"amendment-{amendment.number}"),
            paragraph(
                f"{amendment.says} It touches {listed(list(amendment.touches))}, and governs from "
                f"{day_text(found.in_force_from)}: {_standing(found)}."
            ),
            rows_or(
                f"Consents to amendment {amendment.number}",
                ("Of", "Because it touches", "Needed", "Given"),
                ((str(each), each.touches, _needed(each), _given(each)) for each in found.needed),
                empty="The matrix asks for no consent.",
            ),
        ]
    if len(blocks) == 1:
        blocks.append(paragraph("The deal has not been amended."))
    return register_page(facts, "Amendments and consents", blocks)


def _standing(found: AmendmentFound) -> str:
    if found.missing:
        return "not in force, consents are missing"
    if found.above_amount:
        return "every consent that is needed whatever the amount is given"
    return "every consent is given"


def _needed(consent: NeededConsent) -> str:
    return (
        "always" if consent.above is None else f"where it moves more than {grouped(consent.above)}"
    )


def _given(consent: NeededConsent) -> str:
    return day_text(consent.given_on) if consent.given_on is not None else "not yet"
