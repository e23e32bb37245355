"""Exact bounds of every node, in one period and over many, from structure alone.

Bounds hold for every history of inputs inside their ranges; they are as narrow as can be where
each input stands once in the tree, and may be wider where one stands twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from payforsuccess.payments.analyse.interval import (
    ANY,
    ZERO,
    Domain,
    Interval,
    Range,
    total_of,
)
from payforsuccess.payments.exact_units import band_edges, unit_of
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Earned,
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
    Test,
    Times,
    ToDate,
)
from payforsuccess.units import RoundingRule, round_exact


@dataclass(frozen=True)
class Scope:
    """What is known from outside the tree.

    `periods`: how many periods there can be, the first with empty state. `earned`: for sequence
    conditions, whether a payment term can (True), cannot (False) have earned something; a term not
    listed may or may not.
    """

    domain: Domain
    periods: int = 1
    earned: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Bounds:
    """`now`: the value in any one period. `total`: the sum over the periods up to any one."""

    now: Interval
    total: Interval


def bounds_of(node: Node, scope: Scope) -> Bounds:
    """The bounds of a node over every history of inputs in the scope."""
    match node:
        case Outcome():
            given = scope.domain.get(node.name, Range())
            return _each(
                Interval(
                    None if given.least is None else given.least * node.tick,
                    None if given.most is None else given.most * node.tick,
                ),
                scope,
            )
        case Fixed():
            return _each(Interval(node.value, node.value), scope)
        case Price():
            of = bounds_of(node.of, scope)
            return Bounds(of.now.scaled(node.each), of.total.scaled(node.each))
        case Times():
            return _each(bounds_of(node.of, scope).now.times(bounds_of(node.by, scope).now), scope)
        case Sum():
            parts = [bounds_of(part, scope) for part in node.parts]
            return Bounds(
                total_of(part.now for part in parts), total_of(part.total for part in parts)
            )
        case Least():
            one, other = bounds_of(node.one, scope), bounds_of(node.other, scope)
            now = Interval(
                None
                if one.now.least is None or other.now.least is None
                else min(one.now.least, other.now.least),
                _smaller(one.now.most, other.now.most),
            )
            most = _smaller(one.total.most, other.total.most)
            return Bounds(now, now.spread(scope.periods).at_most(most))
        case Bands():
            return _each(_bands(node, bounds_of(node.of, scope).now), scope)
        case Floor():
            return _each(bounds_of(node.of, scope).now.at_least(node.at), scope)
        case Round():
            return _round(node, scope)
        case Ceiling():
            return _ceiling(node, scope)
        case Condition():
            return _condition(node, scope)
        case ToDate():
            return _to_date(node, scope)
        case RunningTotal():
            return _each(bounds_of(node.of, scope).total, scope)
        case CarryForward():
            return _carry_forward(node, scope)


def always_holds(test: Test | Earned, scope: Scope) -> bool | None:
    """True or False when the test comes out one way for every input, None when it can vary."""
    if isinstance(test, Earned):
        return False if scope.earned.get(test.term) is False else None
    value, limit = bounds_of(test.of, scope).now, test.limit
    least, most = value.least, value.most
    match test.compare:
        case ">=":
            certain, never = least is not None and least >= limit, most is not None and most < limit
        case ">":
            certain, never = least is not None and least > limit, most is not None and most <= limit
        case "<=":
            certain, never = most is not None and most <= limit, least is not None and least > limit
        case "<":
            certain, never = most is not None and most < limit, least is not None and least >= limit
    if certain:
        return True
    return False if never else None


def _each(now: Interval, scope: Scope) -> Bounds:
    """Bounds of what is computed anew in each period."""
    return Bounds(now, now.spread(scope.periods))


def _smaller(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _bands(node: Bands, of: Interval) -> Interval:
    """The amounts at both ends of the part of each band that the value can reach."""
    step = unit_of(node.of)
    edges = band_edges(node)
    least_step = None if of.least is None else of.least / step
    most_step = None if of.most is None else of.most / step
    result: Interval | None = None
    for piece, low, high in zip(node.pieces, edges.lows, edges.highs, strict=True):
        start = _larger(None if low is None else Fraction(low), least_step)
        end = _smaller(None if high is None else Fraction(high), most_step)
        if start is not None and end is not None and start > end:
            continue

        one, other = _amount(piece, start, step), _amount(piece, end, step)
        here = Interval(one, other) if piece.slope >= 0 else Interval(other, one)
        result = here if result is None else result.joined(here)
    return ANY if result is None else result


def _amount(piece: Piece, steps: Fraction | None, step: Fraction) -> Fraction | None:
    """The piece's amount at so many steps; None where it runs on without end."""
    if steps is None:
        return piece.base if piece.slope == 0 else None
    return piece.base + piece.slope * (steps * step - piece.origin)


def _larger(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _round(node: Round, scope: Scope) -> Bounds:
    of = bounds_of(node.of, scope)
    if (unit_of(node.of) / node.to).denominator == 1:
        return of

    def rounded(end: Fraction | None) -> Fraction | None:
        return None if end is None else round_exact(end / node.to, _rule(node)) * node.to

    return _each(Interval(rounded(of.now.least), rounded(of.now.most)), scope)


def _rule(node: Round) -> RoundingRule:
    # Where the deal refuses to round, only whole amounts come through; half-up keeps those.
    return "half-up" if node.rule == "refuse" else node.rule


def _ceiling(node: Ceiling, scope: Scope) -> Bounds:
    of = bounds_of(node.of, scope)
    if not node.key or scope.periods == 1:
        now = of.now.at_most(_limit(node.at, node.of))
        return Bounds(now, now.spread(scope.periods).at_most(of.total.most))
    limit = _limit(node.at, node.of)
    # What was paid back gives room again, so one period can pass the ceiling only by that much.
    back = of.now.at_most(Fraction(0)).least
    room = None if back is None else limit - back * (scope.periods - 1)
    now = Interval(
        None if of.now.least is None else min(of.now.least, Fraction(0)),
        _smaller(of.now.most, room),
    )
    least = of.now.least
    if least is not None:
        least = min(least, limit) if least >= 0 else least * scope.periods
    return Bounds(now, Interval(least, _smaller(of.total.most, limit)))


def _limit(at: Fraction, of: Node) -> Fraction:
    """A ceiling in whole steps of what it limits, as the evaluator keeps it."""
    unit = unit_of(of)
    return (at / unit).__floor__() * unit


def _condition(node: Condition, scope: Scope) -> Bounds:
    certain = [always_holds(test, scope) for test in node.tests]
    if False in certain:
        return Bounds(ZERO, ZERO)
    of = bounds_of(node.of, scope)
    if all(each is True for each in certain):
        return of
    if node.held and scope.periods > 1:
        waiting = of.total if of.now.is_never_negative else of.now.spread(scope.periods)
        both = waiting.joined(ZERO)
        return Bounds(both, both)
    now = of.now.joined(ZERO)
    total = now.spread(scope.periods)
    if of.now.is_never_negative:
        total = total.at_most(of.total.most)
    return Bounds(now, total)


def _to_date(node: ToDate, scope: Scope) -> Bounds:
    of = bounds_of(node.of, scope).now
    if not node.claws_back:
        now = of.at_least(Fraction(0))
        return Bounds(now if scope.periods == 1 else now.joined(ZERO), now)
    if scope.periods == 1:
        return Bounds(of, of)
    return Bounds(of.joined(of.plus(of.scaled(Fraction(-1)))), of)


def _carry_forward(node: CarryForward, scope: Scope) -> Bounds:
    of = bounds_of(node.of, scope)
    limit = _limit(node.at, node.of)
    ready = of.total if of.now.is_never_negative else of.now.spread(scope.periods)
    now = Interval(of.now.least, ready.most).at_most(limit)
    return Bounds(now, now.spread(scope.periods).at_most(of.total.most))
