"""What must hold before a payment on a statement can be approved."""

from __future__ import annotations

from payforsuccess.deal.results import Statement
from payforsuccess.errors import sentence

STANDINGS = {
    "published-terms": sentence(
        "The terms are those published about a contract, not the contract."
    ),
    "illustrative": sentence("The payment terms are illustrative: no payor has agreed to them."),
    "template": sentence("The deal file is a template: no payor has agreed to its terms."),
    "practice": sentence("The deal is a practice deal: no payor has agreed to its terms."),
}
"""What a statement on terms that are no contract must say."""


def why_not_approvable(statement: Statement) -> tuple[str, ...]:
    """Every reason why no payment on this statement can be approved; empty when there is none.

    A success payment needs a signed determination of each result, and a deal file that two
    people, one for each side, certified against the signed contract.
    """
    reasons: list[str] = []
    if not statement.is_determined:
        reasons.append(sentence("A result it pays on is provisional."))
    if not statement.is_certified:
        reasons.append(sentence("The deal file is not certified against the signed contract."))
    if statement.standing != "contract":
        reasons.append(STANDINGS[statement.standing])
    return tuple(reasons)
