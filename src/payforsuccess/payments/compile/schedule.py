"""An amount read from bands."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import Schedule
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import marginal_pieces, pieces_of
from payforsuccess.payments.nodes import Bands, Node, Times


def compile_schedule(term: Schedule, context: Context) -> Node:
    """The band's amount plus its rate above the start, times another outcome where named."""
    times: Fraction = context.price(Fraction(1))
    if term.shape == "marginal":
        tick = context.outcome(term.pays_for).tick
        pieces = marginal_pieces(term.bands, times=times, tick=tick)
    else:
        pieces = pieces_of(term.bands, times=times)
    looked_up = Bands(context.value(term.pays_for), pieces, term.pays_for)
    return looked_up if term.times is None else Times(looked_up, context.value(term.times))
