"""What an evaluator asks of numbers, and the exact answer: Python integers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from payforsuccess.errors import Problem, Refusal, sentence
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
