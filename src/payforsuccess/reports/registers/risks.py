"""Who bears each risk before and after, and what the public bears in any case (R41, R131)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.risk_bearers import RiskMoved, borne_in_any_case, risks_moved
from payforsuccess.reports.document import Document, Heading, paragraph
from payforsuccess.reports.registers.page import register_page, rows_or
from payforsuccess.units import grouped


def risks_entries(facts: Facts) -> tuple[RiskMoved, ...]:
    """Every risk with what moves."""
    return risks_moved(facts.initiative)


def risks_document(facts: Facts) -> Document:
    """The risks moved to investors first, then all of them, then what stays with the public."""
    found = risks_entries(facts)
    moved = [each for each in found if each.to_investors]
    costs = facts.initiative.public_costs
    return register_page(
        facts,
        "Risks and who bears them",
        (
            Heading(2, "Moved to investors", "investors"),
            rows_or(
                "Risks that investors take on under the contract",
                ("Risk", "From", "To investors"),
                (
                    (each.risk.says, ", ".join(each.relieved), ", ".join(each.to_investors))
                    for each in moved
                ),
                empty="No risk on file moves to an investor."
                if found
                else "Whether a risk moves to investors is not known: no risk is on file.",
            ),
            Heading(2, "All risks", "all"),
            rows_or(
                "The risk register",
                ("Risk", "Borne before by", "Borne after by", "How likely, how bad", "Response"),
                (
                    (
                        each.risk.says,
                        ", ".join(each.risk.before),
                        ", ".join(each.risk.after),
                        f"{each.risk.likelihood}, {each.risk.effect}",
                        f"{each.risk.response} ({each.risk.owner} watches it)",
                    )
                    for each in found
                ),
                empty="No risk is on file.",
            ),
            Heading(2, "What the public bears in any case", "public"),
            paragraph(borne_in_any_case(costs)),
            rows_or(
                "Paid from public money whatever the outcomes are",
                ("What", "Paid by", "Amount", "Another public source pays for it already"),
                (
                    (
                        each.says,
                        each.paid_by,
                        grouped(each.amount) if each.amount is not None else "not known",
                        each.already_paid_by or "no",
                    )
                    for each in costs
                ),
                empty="No line is on file.",
            ),
        ),
    )
