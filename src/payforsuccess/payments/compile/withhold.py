"""The part of a fee that is at risk."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import Withhold
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import pieces_of
from payforsuccess.payments.nodes import Bands, Fixed, Floor, Least, Node


def compile_withhold(term: Withhold, context: Context) -> Node:
    """The withheld sum times the share of it that the outcome earned."""
    withheld = context.price(term.fee) * term.at_risk
    earned: Node = Bands(
        context.value(term.pays_for), pieces_of(term.bands, times=withheld), term.pays_for
    )
    if any(band.then_per_unit for band in term.bands):
        most = Fixed(withheld, "the withheld part", money=True)
        earned = Least(Floor(earned, Fraction(0), "never below 0"), most, "no more than withheld")
    return earned
