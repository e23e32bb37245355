"""One evaluator for every reading: a tree becomes a function, given an arithmetic.

`read(tree, arithmetic)` builds nested closures once; calling the result costs no more than the
arithmetic itself. `arithmetic` is Python integers (`EXACT`) or int64 arrays (`arrays.Int64`): the
same closures, so the two readings agree bit for bit. Steps are gathered only when asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Protocol

from payforsuccess.errors import Problem, Refusal, sentence
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
from payforsuccess.units import RoundingRule, divide, grouped

# A value is an int or an int64 array; the closures do not know which.
Value = Any
Inputs = Mapping[str, Value]
Before = Mapping[str, Value]
After = MutableMapping[str, Value]
Reading = Callable[[Inputs, Before, After], Value]


class Arithmetic(Protocol):
    """What the evaluator asks of numbers beyond + - * and comparison."""

    def minimum(self, one: Value, other: Value) -> Value:
        """The smaller of two."""

    def maximum(self, one: Value, other: Value) -> Value:
        """The larger of two."""

    def choose(self, test: Value, yes: Value, no: Value) -> Value:
        """One or the other by a test."""

    def both(self, one: Value, other: Value) -> Value:
        """Whether both tests hold."""

    def either(self, one: Value, other: Value) -> Value:
        """Whether one of the tests holds."""

    def divide(self, numerator: Value, denominator: int, rule: RoundingRule) -> Value:
        """The quotient as a whole number, by a rounding rule."""

    def at_most(self, of: Reading, limit: int) -> Reading:
        """A reading that does not pass a limit."""

    def banded(
        self, of: Reading, edges: Edges, constants: tuple[int, ...], growths: tuple[int, ...]
    ) -> Reading:
        """A reading of `constant + growth x value` of the band that holds the value."""


@dataclass(frozen=True)
class Edges:
    """Band edges as whole steps of the value: band k holds `[lows[k], highs[k]]`, ends included.

    None is without end. `outcome` names what is looked up, for the message of a value in no band.
    """

    lows: tuple[int | None, ...]
    highs: tuple[int | None, ...]
    outcome: str
    unit: Fraction

    def refuse(self, value: int) -> Refusal:
        """The problem of a value that no band holds."""
        return Refusal(
            Problem(
                sentence(
                    "The result {value} for `{outcome}` is in no band of the schedule.",
                    value=grouped(value * self.unit),
                    outcome=self.outcome,
                ),
                sentence(
                    "The contract does not say what is due there. Ask the parties to settle the "
                    "gap by amendment; nothing is paid on it meanwhile."
                ),
            )
        )


class ExactArithmetic:
    """Python integers: the payment of record."""

    def minimum(self, one: int, other: int) -> int:
        """The smaller of two."""
        return one if one < other else other

    def maximum(self, one: int, other: int) -> int:
        """The larger of two."""
        return one if one > other else other

    def choose(self, test: bool, yes: int, no: int) -> int:
        """One or the other by a test."""
        return yes if test else no

    def both(self, one: bool, other: bool) -> bool:
        """Whether both tests hold."""
        return one and other

    def either(self, one: bool, other: bool) -> bool:
        """Whether one of the tests holds."""
        return one or other

    def divide(self, numerator: int, denominator: int, rule: RoundingRule) -> int:
        """The quotient as a whole number, by a rounding rule."""
        return divide(numerator, denominator, rule)

    def at_most(self, of: Reading, limit: int) -> Reading:
        """A reading that does not pass a limit."""

        def limited(inputs: Inputs, before: Before, after: After) -> int:
            value: int = of(inputs, before, after)
            return value if value < limit else limit

        return limited

    def banded(
        self, of: Reading, edges: Edges, constants: tuple[int, ...], growths: tuple[int, ...]
    ) -> Reading:
        """A reading of `constant + growth x value` of the band that holds the value."""
        # Bands rise, so the last one that starts at or below the value is the only one to hold it.
        lows = [_FAR_BELOW if low is None else low for low in edges.lows]
        highs = [_FAR_ABOVE if high is None else high for high in edges.highs]
        name = input_name(of)

        def amount(inputs: Inputs, before: Before, after: After) -> int:
            value: int = of(inputs, before, after) if name is None else inputs[name]
            at = bisect_right(lows, value) - 1
            if at < 0 or value > highs[at]:
                raise edges.refuse(value)
            return constants[at] + growths[at] * value

        return amount


EXACT = ExactArithmetic()
_FAR_ABOVE = float("inf")
_FAR_BELOW = -_FAR_ABOVE


def input_name(reading: Reading) -> str | None:
    """The input's name when a reading does nothing but look one up; saves a call for each leaf."""
    return getattr(reading, "input_name", None)


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
            return common_unit([abs(v) for p in node.pieces for v in _line_at_zero(p, step)])
        case Round():
            return node.to
        case Floor():
            return common_unit([unit_of(node.of), node.at])
        case Ceiling() | CarryForward() | Condition() | ToDate() | RunningTotal():
            return unit_of(node.of)


def _line_at_zero(piece: Piece, step: Fraction) -> tuple[Fraction, Fraction]:
    """The piece as `constant + growth x steps`."""
    return piece.base - piece.slope * piece.origin, piece.slope * step


def band_edges(node: Bands) -> Edges:
    """The band edges in whole steps of the value; an edge between two steps is moved inward."""
    step = unit_of(node.of)
    lows: list[int | None] = []
    highs: list[int | None] = []
    for piece in node.pieces:
        low, high = piece.low, piece.high
        lows.append(None if low is None else _first_at(low / step, included=piece.includes_low))
        highs.append(
            None if high is None else -_first_at(-high / step, included=piece.includes_high)
        )
    return Edges(tuple(lows), tuple(highs), node.outcome, step)


def _first_at(edge: Fraction, *, included: bool) -> int:
    """The smallest integer at or, when not `included`, above `edge`."""
    up = -(-edge.numerator // edge.denominator)
    return up + 1 if up == edge and not included else up


def read(node: Node, arithmetic: Arithmetic = EXACT) -> Reading:
    """The tree as a function of (inputs, state before, state after) to whole steps of its unit.

    Inputs are whole ticks by outcome name. `after` is filled with the new state; the caller keeps
    it for the next period. A missing input is a KeyError: the caller assembles inputs first.
    """
    builder = _BUILDERS[type(node)]
    return builder(node, arithmetic)


def _scaled(node: Node, unit: Fraction, arithmetic: Arithmetic) -> Reading:
    """The reading of `node` in whole steps of `unit`, which divides its own unit."""
    of = read(node, arithmetic)
    ratio = unit_of(node) / unit
    if ratio.denominator != 1:
        raise AssertionError("a node was asked for in a unit that does not divide its own")
    factor = ratio.numerator
    if factor == 1:
        return of
    return lambda inputs, before, after: of(inputs, before, after) * factor


def _outcome(node: Outcome, _: Arithmetic) -> Reading:
    name = node.name

    def look_up(inputs: Inputs, before: Before, after: After) -> Value:
        return inputs[name]

    look_up.input_name = name  # type: ignore[attr-defined]
    return look_up


def _fixed(node: Fixed, _: Arithmetic) -> Reading:
    steps = (node.value / unit_of(node)).numerator
    return lambda inputs, before, after: steps


def _price(node: Price, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    if node.each > 0:
        return of
    sign = -1 if node.each < 0 else 0
    return lambda inputs, before, after: of(inputs, before, after) * sign


def _times(node: Times, arithmetic: Arithmetic) -> Reading:
    of, by = read(node.of, arithmetic), read(node.by, arithmetic)
    return lambda inputs, before, after: of(inputs, before, after) * by(inputs, before, after)


def _sum(node: Sum, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    parts = [_scaled(part, unit, arithmetic) for part in node.parts]
    total = parts[0]
    for part in parts[1:]:
        total = _added(total, part)
    return total


def _added(one: Reading, other: Reading) -> Reading:
    return lambda inputs, before, after: one(inputs, before, after) + other(inputs, before, after)


def _least(node: Least, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    one, other = _scaled(node.one, unit, arithmetic), _scaled(node.other, unit, arithmetic)
    minimum = arithmetic.minimum
    return lambda inputs, before, after: minimum(
        one(inputs, before, after), other(inputs, before, after)
    )


def _bands(node: Bands, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    unit, step = unit_of(node), unit_of(node.of)
    edges = band_edges(node)
    lines = [_line_at_zero(piece, step) for piece in node.pieces]
    constants = tuple((constant / unit).numerator for constant, _ in lines)
    growths = tuple((growth / unit).numerator for _, growth in lines)
    return arithmetic.banded(of, edges, constants, growths)


def _floor(node: Floor, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    of, at = _scaled(node.of, unit, arithmetic), (node.at / unit).numerator
    maximum = arithmetic.maximum
    return lambda inputs, before, after: maximum(of(inputs, before, after), at)


def _round(node: Round, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    ratio = unit_of(node.of) / node.to
    numerator, denominator, rule = ratio.numerator, ratio.denominator, node.rule
    if denominator == 1:
        if numerator == 1:
            return of
        return lambda inputs, before, after: of(inputs, before, after) * numerator
    divided = arithmetic.divide
    return lambda inputs, before, after: divided(
        of(inputs, before, after) * numerator, denominator, rule
    )


def _whole_steps(limit: Fraction, of: Node) -> int:
    """The most whole steps of `of` that do not pass `limit`: state keeps one unit for good."""
    return -_first_at(-limit / unit_of(of), included=True)


def _ceiling(node: Ceiling, arithmetic: Arithmetic) -> Reading:
    of, at, key = read(node.of, arithmetic), _whole_steps(node.at, node.of), node.key
    minimum, maximum = arithmetic.minimum, arithmetic.maximum
    if not key:
        return arithmetic.at_most(of, at)

    def limited(inputs: Inputs, before: Before, after: After) -> Value:
        used = before.get(key, 0)
        allowed = minimum(of(inputs, before, after), maximum(at - used, 0))
        after[key] = used + allowed
        return allowed

    return limited


def _test(test: Test | Earned, arithmetic: Arithmetic) -> Reading:
    if isinstance(test, Earned):
        key = f"earned:{test.term}"
        return lambda inputs, before, after: after.get(key, before.get(key, 0)) > 0
    of = read(test.of, arithmetic)
    limit = test.limit / unit_of(test.of)
    # Whole steps against a limit between two steps: compare with the step on the right side.
    up = _first_at(limit, included=True)
    down = -_first_at(-limit, included=True)
    name = input_name(of)
    match test.compare:
        case ">=" if name is not None:
            return lambda inputs, before, after: inputs[name] >= up
        case ">=":
            return lambda inputs, before, after: of(inputs, before, after) >= up
        case ">":
            return lambda inputs, before, after: of(inputs, before, after) > down
        case "<=":
            return lambda inputs, before, after: of(inputs, before, after) <= down
        case "<":
            return lambda inputs, before, after: of(inputs, before, after) < up


def _condition(node: Condition, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    tests = [_test(test, arithmetic) for test in node.tests]
    held_key, met_key = f"{node.key}.held", f"{node.key}.met"
    released_key = f"{node.key}.released"
    held, once_met = node.held, node.once_met
    both, either, choose = arithmetic.both, arithmetic.either, arithmetic.choose

    if len(tests) == 1 and not (held or once_met):
        test = tests[0]
        return lambda inputs, before, after: choose(
            test(inputs, before, after), of(inputs, before, after), 0
        )

    def conditional(inputs: Inputs, before: Before, after: After) -> Value:
        value = of(inputs, before, after)
        met = tests[0](inputs, before, after)
        for test in tests[1:]:
            met = both(met, test(inputs, before, after))
        if once_met:
            met = either(met, before.get(met_key, 0) > 0)
            after[met_key] = choose(met, 1, 0)
        if not held:
            return choose(met, value, 0)
        waiting = before.get(held_key, 0)
        after[held_key] = choose(met, 0, waiting + value)
        after[released_key] = choose(met, waiting, 0)
        return choose(met, value + waiting, 0)

    return conditional


def _to_date(node: ToDate, arithmetic: Arithmetic) -> Reading:
    of, key, claws_back = read(node.of, arithmetic), node.key, node.claws_back
    maximum = arithmetic.maximum

    def step(inputs: Inputs, before: Before, after: After) -> Value:
        earned = before.get(key, 0)
        change = of(inputs, before, after) - earned
        if not claws_back:
            change = maximum(change, 0)
        after[key] = earned + change
        return change

    return step


def _running_total(node: RunningTotal, arithmetic: Arithmetic) -> Reading:
    of, key = read(node.of, arithmetic), node.key

    def total(inputs: Inputs, before: Before, after: After) -> Value:
        after[key] = before.get(key, 0) + of(inputs, before, after)
        return after[key]

    return total


def _carry_forward(node: CarryForward, arithmetic: Arithmetic) -> Reading:
    of, at, key = read(node.of, arithmetic), _whole_steps(node.at, node.of), node.key
    minimum = arithmetic.minimum
    takes, goes_on, paid_key = node.takes_carried, node.goes_on, f"{node.key}.paid"

    def carried_on(inputs: Inputs, before: Before, after: After) -> Value:
        new = of(inputs, before, after)
        waiting = before.get(key, 0) if takes else 0
        allowed = minimum(new + waiting, at)
        after[paid_key] = minimum(waiting, allowed)
        after[key] = new + waiting - allowed if goes_on else 0
        return allowed

    return carried_on


_BUILDERS: dict[type, Callable[[Any, Arithmetic], Reading]] = {
    Outcome: _outcome,
    Fixed: _fixed,
    Price: _price,
    Times: _times,
    Sum: _sum,
    Least: _least,
    Bands: _bands,
    Floor: _floor,
    Round: _round,
    Ceiling: _ceiling,
    Condition: _condition,
    ToDate: _to_date,
    RunningTotal: _running_total,
    CarryForward: _carry_forward,
}
