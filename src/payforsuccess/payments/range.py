"""The range in which a result may lie: what proofs assume, and what payments refuse to leave."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome

PEOPLE_UNITS = ("person", "child")


def least_and_most(deal: Deal, outcome: Outcome) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most a result of one period or point can be, in the outcome's unit.

    From the outcome's own bounds; a count of people without bounds lies between 0 and the most
    people it can be measured on or the deal can serve. None where nothing limits it.
    """
    bounds = outcome.bounds
    if bounds is not None and bounds.value is not None:
        return bounds.value.least, bounds.value.most
    if outcome.unit not in PEOPLE_UNITS:
        return None, None
    if bounds is not None and bounds.people is not None:
        return Fraction(0), bounds.people.most
    head_count = deal.people.head_count
    return Fraction(0), None if head_count is None else Fraction(head_count.most)
