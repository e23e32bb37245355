"""Whether the amount rises, falls or stays when one input grows, from structure alone.

Two claims are kept apart: about the value of one period, and about the sum of all periods to date,
as functions of the input in any period up to that one. Where a ceiling or a to-date reading shifts
money between periods only the second can hold. `UNKNOWN` means not proved, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from payforsuccess.payments.analyse.bounds import Scope, always_holds, bounds_of
from payforsuccess.payments.analyse.interval import ZERO
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
    Price,
    Round,
    RunningTotal,
    Sum,
    Test,
    Times,
    ToDate,
)


class Direction(Enum):
    """What happens to a value when the input grows and all else stays."""

    FLAT = "stays"
    UP = "never falls"
    DOWN = "never rises"
    UNKNOWN = "not proved"

    def flipped(self) -> Direction:
        """The direction of the value with its sign turned."""
        return {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}.get(self, self)

    def with_(self, other: Direction) -> Direction:
        """The direction of a sum of two values."""
        if self is Direction.FLAT or self is other:
            return other
        return self if other is Direction.FLAT else Direction.UNKNOWN


FLAT, UP, DOWN, UNKNOWN = Direction.FLAT, Direction.UP, Direction.DOWN, Direction.UNKNOWN


@dataclass(frozen=True)
class Trend:
    """The direction of one period's value, and of the sum to date."""

    now: Direction
    total: Direction


@dataclass(frozen=True)
class Question:
    """Which input grows, in which scope; `earned` gives the trend of terms that conditions name."""

    name: str
    scope: Scope
    earned: Mapping[str, Direction] = field(default_factory=dict)

    @property
    def is_one_period(self) -> bool:
        """Whether nothing has happened before."""
        return self.scope.periods == 1


def trend_of(node: Node, question: Question) -> Trend:
    """How the node answers when the input grows in any period."""
    match node:
        case Outcome():
            return _same(UP if node.name == question.name else FLAT)
        case Fixed():
            return _same(FLAT)
        case Price():
            of = trend_of(node.of, question)
            if node.each == 0:
                return _same(FLAT)
            return of if node.each > 0 else Trend(of.now.flipped(), of.total.flipped())
        case Times():
            return _same(_times(node, question))
        case Sum():
            now, total = FLAT, FLAT
            for part in node.parts:
                trend = trend_of(part, question)
                now, total = now.with_(trend.now), total.with_(trend.total)
            return Trend(now, total)
        case Least():
            one, other = trend_of(node.one, question), trend_of(node.other, question)
            return _same(one.now.with_(other.now))
        case Bands():
            return _same(_bands(node, question))
        case Floor():
            return _same(trend_of(node.of, question).now)
        case Round():
            of = trend_of(node.of, question)
            return of if (unit_of(node.of) / node.to).denominator == 1 else _same(of.now)
        case Ceiling():
            of = trend_of(node.of, question)
            if not node.key or question.is_one_period:
                return _same(of.now)
            return _shifting(_sum_direction(of, node.of, question))
        case Condition():
            return _condition(node, question)
        case ToDate():
            of = trend_of(node.of, question)
            return _same(of.now) if question.is_one_period else _shifting(of.now)
        case RunningTotal():
            of = trend_of(node.of, question)
            return _same(of.now if question.is_one_period else of.total)
        case CarryForward():
            of = trend_of(node.of, question)
            return _same(of.now) if question.is_one_period else _shifting(of.now)


def _same(direction: Direction) -> Trend:
    return Trend(direction, direction)


def _shifting(total: Direction) -> Trend:
    """What moves money between periods: only the sum has a direction."""
    return Trend(FLAT if total is FLAT else UNKNOWN, total)


def _sum_direction(of: Trend, node: Node, question: Question) -> Direction:
    """The direction on which a lifetime ceiling can rest: of each period, or of the sum if no
    period is negative."""
    if of.now is not UNKNOWN:
        return of.now
    return of.total if bounds_of(node, question.scope).now.is_never_negative else UNKNOWN


def _times(node: Times, question: Question) -> Direction:
    result = FLAT
    for one, other in ((node.of, node.by), (node.by, node.of)):
        direction = trend_of(one, question).now
        if direction is FLAT:
            continue
        factor = bounds_of(other, question.scope).now
        if factor == ZERO:
            continue
        if factor.is_never_negative:
            result = result.with_(direction)
        elif factor.is_never_positive:
            result = result.with_(direction.flipped())
        else:
            return UNKNOWN
    return result


def _bands(node: Bands, question: Question) -> Direction:
    of = trend_of(node.of, question).now
    if of in (FLAT, UNKNOWN):
        return of
    shape = _shape(node, question)
    if shape is UP:
        return of
    return of.flipped() if shape is DOWN else shape


def _shape(node: Bands, question: Question) -> Direction:
    """Whether the bands rise or fall over the values that can occur."""
    step, edges = unit_of(node.of), band_edges(node)
    reach = bounds_of(node.of, question.scope).now
    rises = falls = False
    before: Fraction | None = None
    for piece, low, high in zip(node.pieces, edges.lows, edges.highs, strict=True):
        start = _inside(low, reach.least, step, largest=True)
        end = _inside(high, reach.most, step, largest=False)
        if start is not None and end is not None and start > end:
            continue

        single = start is not None and start == end
        rises |= piece.slope > 0 and not single
        falls |= piece.slope < 0 and not single
        if before is not None and start is not None:
            first = piece.base + piece.slope * (start - piece.origin)
            rises |= first > before
            falls |= first < before
        if end is not None:
            before = piece.base + piece.slope * (end - piece.origin)
    if rises and falls:
        return UNKNOWN
    return UP if rises else DOWN if falls else FLAT


def _inside(
    edge: int | None, end: Fraction | None, step: Fraction, *, largest: bool
) -> Fraction | None:
    known = [value for value in (None if edge is None else edge * step, end) if value is not None]
    if not known:
        return None
    return max(known) if largest else min(known)


def _condition(node: Condition, question: Question) -> Trend:
    certain = [always_holds(test, question.scope) for test in node.tests]
    if False in certain:
        return _same(FLAT)
    of = trend_of(node.of, question)
    if all(each is True for each in certain):
        return of
    opens = FLAT
    for test, known in zip(node.tests, certain, strict=True):
        if known is not True:
            opens = opens.with_(_test(test, question))
    values = bounds_of(node.of, question.scope).now
    if opens is not FLAT:
        if values == ZERO:
            opens = FLAT
        elif values.is_never_positive:
            opens = opens.flipped()
        elif not values.is_never_negative:
            opens = UNKNOWN
    if node.held and not question.is_one_period:
        return _shifting(of.total.with_(opens))
    return _same(of.now.with_(opens))


def _test(test: Test | Earned, question: Question) -> Direction:
    if isinstance(test, Earned):
        return question.earned.get(test.term, UNKNOWN)
    direction = trend_of(test.of, question).now
    return direction if test.compare in (">=", ">") else direction.flipped()
