"""Counsel's opinion on authority, and the commitment to go on after success (R8, R128)."""

from __future__ import annotations

from payforsuccess.governance.conditions.authority import is_owed
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.decisions import CounselOpinion, SustainedFunding
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.registers.page import day_or, register_page, words
from payforsuccess.units import grouped


def authority_entries(facts: Facts) -> tuple[CounselOpinion | SustainedFunding, ...]:
    """The opinion and the commitment, as far as they are on file."""
    initiative = facts.initiative
    both = (initiative.counsel_opinion, initiative.sustained_funding)
    return tuple(each for each in both if each is not None)


def authority_document(facts: Facts) -> Document:
    """The opinion, then the commitment, which is never shown as a liability."""
    initiative = facts.initiative
    return register_page(
        facts,
        "Authority and funding after success",
        (
            Heading(2, "Counsel's opinion", "opinion"),
            _opinion(initiative.counsel_opinion),
            Heading(2, "Funding after success", "sustained-funding"),
            *_funding(initiative.sustained_funding, facts),
        ),
    )


def _opinion(opinion: CounselOpinion | None) -> Block:
    if opinion is None:
        return paragraph("No opinion is on file.")
    delegated = "nothing is on file"
    if opinion.delegated_amount is not None:
        delegated = f"up to {grouped(opinion.delegated_amount)}"
    if opinion.delegated_until is not None:
        delegated += f", until {day_or(opinion.delegated_until)}"
    return Particulars(
        (
            Particular("Given", (f"{opinion.by}, {day_or(opinion.on)}",)),
            Particular("Exception to the debt limit relied on", (opinion.exception,)),
            Particular("Validation by a court", (words(opinion.validation),)),
            Particular("Finding of public purpose", (opinion.public_purpose,)),
            Particular("Delegated to staff", (delegated,)),
            Particular("Where it is written", (str(opinion.paper),)),
        )
    )


def _funding(promise: SustainedFunding | None, facts: Facts) -> tuple[Block, ...]:
    if promise is None:
        return (paragraph("No commitment is on file."),)
    return (
        paragraph(
            "It is a commitment subject to appropriation. It is no liability, and stands in no sum "
            "of what may fall due."
        ),
        Particulars(
            (
                Particular("A year", (grouped(promise.amount),)),
                Particular("From", (f"{promise.source}, from {day_or(promise.starts_on)} on",)),
                Particular("Authorised by", (f"{promise.body}, {day_or(promise.on)}",)),
                Particular("Standing", (_standing(promise, facts),)),
            )
        ),
    )


def _standing(promise: SustainedFunding, facts: Facts) -> str:
    if is_owed(promise, facts):
        return f"OPEN since success was found on {day_or(promise.success_found_on)}"
    if promise.funded_on is not None and promise.funded_on <= facts.on:
        return f"funded on {day_or(promise.funded_on)}"
    if promise.released_on is not None and promise.released_on <= facts.on:
        return f"released on {day_or(promise.released_on)} by {promise.released_by}"
    return "success has not been found yet"
