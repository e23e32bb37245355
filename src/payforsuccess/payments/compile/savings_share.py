"""A share of avoided cost."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import SavingsShare
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.nodes import Bands, Node, Piece


def compile_savings_share(term: SavingsShare, context: Context) -> Node:
    """Nothing up to the hurdle, the first share until its sum is paid, the second share above."""
    minor = context.minor(Fraction(1))
    start = term.hurdle if term.hurdle is not None else Fraction(0)
    pieces = [Piece(None, False, start, False, Fraction(0), Fraction(0))]
    if term.until_paid is None or term.then_share is None:
        pieces.append(Piece(start, True, None, False, Fraction(0), term.share * minor))
    else:
        turn = start + term.until_paid / term.share
        until = term.until_paid * minor
        pieces.append(Piece(start, True, turn, False, Fraction(0), term.share * minor))
        pieces.append(Piece(turn, True, None, False, until, term.then_share * minor))
    return Bands(context.value(term.pays_for), tuple(pieces), term.pays_for)
