"""Weights of a fixed sum."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import Pot, PotPart
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import line_between, step_at
from payforsuccess.payments.nodes import Bands, Node, Sum


def compile_pot(term: Pot, context: Context) -> Node:
    """The parts added: each its weight of the pot as far as its outcome earned it."""
    pot = context.price(term.amount)
    parts = tuple(_part(part, part.weight * pot, context) for part in term.parts)
    return parts[0] if len(parts) == 1 else Sum(parts)


def _part(part: PotPart, whole: Fraction, context: Context) -> Node:
    nothing = Fraction(0)
    rises = part.all_at > part.none_at
    if part.between == "nothing":
        pieces = (
            step_at(part.all_at, below=nothing, from_=whole)
            if rises
            else step_at(part.all_at, below=whole, from_=nothing, includes=False)
        )
    elif rises:
        pieces = line_between(low=part.none_at, high=part.all_at, at_low=nothing, at_high=whole)
    else:
        pieces = line_between(low=part.all_at, high=part.none_at, at_low=whole, at_high=nothing)
    return Bands(context.value(part.outcome), pieces, part.outcome)
