"""What is certain about a whole deal's payments, whatever the results: proofs, in sentences.

Every finding is true of every history of results within the deal's bounds. What could not be
proved says so; it is never reported as false.
"""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding
from payforsuccess.payments.proofs.ceilings import ceilings_hold
from payforsuccess.payments.proofs.liability import (
    Liability,
    YearlyLiability,
    liability_by_year,
    liability_of,
)
from payforsuccess.payments.proofs.nothing import nothing_without_success
from payforsuccess.payments.proofs.reach import Reach, reaches_of
from payforsuccess.payments.proofs.shape import bands, cliffs, falls


def prove(deal: Deal) -> tuple[Finding, ...]:
    """Ceilings, nothing without success, liability by fiscal year, falls, cliffs and bands.

    The deal must have no problem by `check_deal`.
    """
    reaches = reaches_of(deal)
    return (
        *nothing_without_success(deal, reaches),
        *ceilings_hold(deal, reaches),
        *liability_by_year(deal, reaches),
        *falls(deal, reaches),
        *cliffs(deal, reaches),
        *bands(deal, reaches),
    )


__all__ = ["Liability", "Reach", "YearlyLiability", "liability_of", "prove", "reaches_of"]
