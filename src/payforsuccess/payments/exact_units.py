"""The unit of a node, and limits in whole steps of it: all fixed when a tree is built."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from payforsuccess.payments.arithmetic import Edges
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Fixed,
    Floor,
    Least,
    Node,
    Outcome,
    Piece,
    Price,
    Round,
    RunningTotal,
    Sum,
    Times,
    ToDate,
)


def common_unit(units: list[Fraction]) -> Fraction:
    """The largest unit of which every one of `units` is a whole multiple; 1 for none."""
    units = [unit for unit in units if unit]
    if not units:
        return Fraction(1)
    denominator = lcm(*(unit.denominator for unit in units))
    numerator = gcd(*(int(unit * denominator) for unit in units))
    return Fraction(numerator, denominator)


def unit_of(node: Node) -> Fraction:
    """What one whole step of the node's value is worth, fixed when the tree is built."""
    match node:
        case Outcome():
            return node.tick
        case Fixed():
            return abs(node.value) or Fraction(1)
        case Price():
            return unit_of(node.of) * abs(node.each) or Fraction(1)
        case Times():
            return unit_of(node.of) * unit_of(node.by)
        case Sum():
            return common_unit([unit_of(part) for part in node.parts])
        case Least():
            return common_unit([unit_of(node.one), unit_of(node.other)])
        case Bands():
            step = unit_of(node.of)
            return common_unit([abs(v) for p in node.pieces for v in line_at_zero(p, step)])
        case Round():
            return node.to
        case Floor():
            return common_unit([unit_of(node.of), node.at])
        case Ceiling() | CarryForward() | Condition() | ToDate() | RunningTotal():
            return unit_of(node.of)


def line_at_zero(piece: Piece, step: Fraction) -> tuple[Fraction, Fraction]:
    """The piece as `constant + growth x steps`."""
    return piece.base - piece.slope * piece.origin, piece.slope * step


def band_edges(node: Bands) -> Edges:
    """The band edges in whole steps of the value; an edge between two steps is moved inward."""
    step = unit_of(node.of)
    lows: list[int | None] = []
    highs: list[int | None] = []
    for piece in node.pieces:
        low, high = piece.low, piece.high
        lows.append(None if low is None else first_at(low / step, included=piece.includes_low))
        highs.append(
            None if high is None else -first_at(-high / step, included=piece.includes_high)
        )
    return Edges(tuple(lows), tuple(highs), node.outcome, step)


def first_at(edge: Fraction, *, included: bool) -> int:
    """The smallest integer at or, when not `included`, above `edge`."""
    up = -(-edge.numerator // edge.denominator)
    return up + 1 if up == edge and not included else up


def whole_steps(limit: Fraction, of: Node) -> int:
    """The most whole steps of `of` that do not pass `limit`: state keeps one unit for good."""
    return -first_at(-limit / unit_of(of), included=True)
