"""The deal as a forecast prices it: its latest version, without limits for each person.

Those need rows by person, which a forecast has not. Everything else is the very deal that will
pay the real statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm, UnitPrice
from payforsuccess.payments.history import DealHistory


@dataclass(frozen=True)
class PricedDeal:
    """A version of a deal that can be priced from totals, and what was left out for that."""

    deal: Deal
    left_out: tuple[str, ...]


def priced_deal(history: DealHistory) -> PricedDeal:
    """The latest version, governing every period, with each person's limits taken away.

    An assumption about a count is about what is counted for payment, so it must already respect
    limits for each person; `left_out` says so for the terms concerned.
    """
    deal = history.latest
    notes: list[str] = []
    if len(history.versions) > 1:
        notes.append(
            "The latest version of the deal is taken to govern every period; statements follow "
            "each period's own version."
        )
    terms = []
    for term in deal.payments:
        changes = _person_limits(term)
        if changes:
            notes.append(
                f"`{term.name}` has limits or rounding for each person. What is assumed for its "
                "outcome must already respect them; here its lines are computed from totals."
            )
        terms.append(term.model_copy(update=changes) if changes else term)
    update: dict[str, Any] = {"payments": tuple(terms)}
    if deal.ceilings.each_person is not None:
        notes.append("The deal's ceiling for each person is not looked at here.")
        update["ceilings"] = deal.ceilings.model_copy(update={"each_person": None})
    return PricedDeal(deal.model_copy(update=update), tuple(notes))


def _person_limits(term: PaymentTerm) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if term.ceiling_each_person is not None:
        changes["ceiling_each_person"] = None
    if term.round_each == "person":
        changes["round_each"] = "line"
    if isinstance(term, UnitPrice) and term.limit_each_person is not None:
        changes["limit_each_person"] = None
    return changes
