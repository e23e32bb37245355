"""The part of a fee that is at risk."""

from __future__ import annotations

from payforsuccess.deal.terms import Withhold
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import pieces_of
from payforsuccess.payments.nodes import Bands, Node


def compile_withhold(term: Withhold, context: Context) -> Node:
    """The withheld sum times the share of it that the outcome earned."""
    withheld = context.price(term.fee) * term.at_risk
    return Bands(context.value(term.pays_for), pieces_of(term.bands, times=withheld), term.pays_for)
