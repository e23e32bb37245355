"""The array reading: the same closures over int64 arrays, equal to the exact reading bit for bit.

numpy is imported only when called. Where the tree's own bounds show that a number could pass 2**62,
arrays of Python integers are used instead: slower, and right.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from payforsuccess.payments.arithmetic import Edges, Reading
from payforsuccess.payments.exact_units import unit_of
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
    Price,
    Round,
    RunningTotal,
    Sum,
    Times,
    ToDate,
    below,
)
from payforsuccess.payments.reading import read
from payforsuccess.units import RoundingRule

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray[Any, Any]

SAFE = 2**62


class Int64Arithmetic:
    """int64 arrays (or arrays of Python integers) for the evaluator."""

    def __init__(self) -> None:
        import numpy

        self._np = numpy
        self._tables: dict[tuple[int, ...], Column] = {}

    def minimum(self, one: Any, other: Any) -> Any:
        """The smaller of two."""
        if isinstance(one, int) and isinstance(other, int):
            return min(one, other)  # two plain integers may be larger than int64 holds
        return self._np.minimum(one, other)

    def maximum(self, one: Any, other: Any) -> Any:
        """The larger of two."""
        if isinstance(one, int) and isinstance(other, int):
            return max(one, other)
        return self._np.maximum(one, other)

    def choose(self, test: Any, yes: Any, no: Any) -> Any:
        """One or the other by a test."""
        return self._np.where(test, yes, no)

    def both(self, one: Any, other: Any) -> Any:
        """Whether both tests hold."""
        return self._np.logical_and(one, other)

    def either(self, one: Any, other: Any) -> Any:
        """Whether one of the tests holds."""
        return self._np.logical_or(one, other)

    def divide(self, numerator: Any, denominator: int, rule: RoundingRule) -> Any:
        """The quotient as a whole number, by a rounding rule."""
        np = self._np
        size = np.abs(numerator)
        if rule == "half-up":
            whole = (2 * size + denominator) // (2 * denominator)
        else:
            whole = size // denominator
            if rule == "refuse" and np.any(size != whole * denominator):
                raise ValueError("an amount is not whole and the deal asks to refuse")
        return np.where(numerator < 0, -whole, whole)

    def at_most(self, of: Reading, limit: int) -> Reading:
        """A reading that does not pass a limit."""
        minimum = self.minimum
        return lambda inputs, before, after: minimum(of(inputs, before, after), limit)

    def banded(
        self, of: Reading, edges: Edges, constants: tuple[int, ...], growths: tuple[int, ...]
    ) -> Reading:
        """A reading of `constant + growth x value` of the band that holds the value."""

        def amount(inputs: Any, before: Any, after: Any) -> Any:
            value = of(inputs, before, after)
            at = self._find_band(value, edges)
            return self._pick(constants, at) + self._pick(growths, at) * value

        return amount

    def _find_band(self, value: Any, edges: Edges) -> Any:
        np = self._np
        lows, highs = edges.lows, edges.highs
        has_no_gap = all(
            low is not None and high == low - 1
            for low, high in zip(lows[1:], highs[:-1], strict=True)
        )
        is_open = lows[0] is None and highs[-1] is None
        if has_no_gap and is_open and len(lows) < 127:
            # Bands rise: a value lies in the band of as many lower edges as it has reached.
            passed = np.zeros(np.shape(value), dtype=np.int8)
            for low in lows[1:]:
                passed += value >= low
            return passed
        at = np.full(np.shape(value), -1, dtype=np.int8 if len(edges.lows) < 127 else np.int64)
        for number, (low, high) in enumerate(zip(edges.lows, edges.highs, strict=True)):
            inside = True if low is None else value >= low
            if high is not None:
                inside = inside & (value <= high)
            at = np.where(inside & (at < 0), np.asarray(number, dtype=at.dtype), at)
        if np.any(at < 0):
            raise edges.refuse(int(np.ravel(value)[np.flatnonzero(at < 0)[0]]))
        return at

    def _pick(self, table: tuple[int, ...], at: Any) -> Any:
        if len(set(table)) == 1:
            return table[0]
        np = self._np
        column = self._tables.get(table)
        if column is None:
            dtype = np.int64 if max(map(abs, table)) < SAFE else object
            column = self._tables[table] = np.array(table, dtype=dtype)
        picked: Column = column[at] if np.ndim(at) == 0 else np.take_along_axis(column, at, 0)
        return picked


def read_arrays(node: Node) -> Reading:
    """The tree as a function over columns, with the same inputs and state as the exact reading.

    Columns that could overflow are turned into arrays of Python integers first.
    """
    import numpy

    reading = read(node, Int64Arithmetic())
    found_safe: set[Any] = set()
    """Powers of two for all columns together up to which nothing overflows: looking it up takes
    less time than walking the tree again for every block."""

    def is_safe(sizes: Mapping[str, int], kept: Mapping[str, int]) -> bool:
        powers = {name: size.bit_length() for name, size in sizes.items()}
        powers_kept = {name: size.bit_length() for name, size in kept.items()}
        asked = (*powers.items(), None, *powers_kept.items())
        if asked in found_safe:
            return True
        up = {name: 1 << power for name, power in powers.items()}
        up_kept = {name: 1 << power for name, power in powers_kept.items()}
        if largest_step(node, up, up_kept) < SAFE:
            found_safe.add(asked)
            return True
        return largest_step(node, sizes, kept) < SAFE

    def safe(inputs: Mapping[str, Any], before: Mapping[str, Any], after: Any) -> Any:
        sizes = {name: size_of(column) for name, column in inputs.items()}
        kept = {name: size_of(column) for name, column in before.items()}
        if is_safe(sizes, kept):
            return reading(inputs, before, after)
        objects = {n: numpy.asarray(c).astype(object) for n, c in inputs.items()}
        olds = {n: numpy.asarray(c).astype(object) for n, c in before.items()}
        return reading(objects, olds, after)

    return safe


def size_of(column: Any) -> int:
    """The largest number of a column, without its sign."""
    if isinstance(column, int):
        return abs(column)
    return max(int(column.max()), -int(column.min())) if column.size else 0


def largest_step(node: Node, inputs: Mapping[str, int], before: Mapping[str, int]) -> int:
    """A bound on every whole number met while reading the tree, given the largest inputs."""
    worst = 0

    def bound(node: Node) -> int:
        nonlocal worst
        under = [bound(part) for part in below(node)]
        unit = unit_of(node)

        def scaled(part: Node, size: int) -> int:
            return size * int(unit_of(part) / unit)

        match node:
            case Outcome():
                size = inputs.get(node.name, 0)
            case Fixed():
                size = 1
            case Price():
                size = under[0]
            case Times():
                size = under[0] * under[1]
            case Sum():
                size = sum(scaled(p, s) for p, s in zip(node.parts, under, strict=True))
            case Least():
                size = max(scaled(node.one, under[0]), scaled(node.other, under[1]))
            case Bands():
                step = unit_of(node.of)
                size = max(
                    int(abs(p.base - p.slope * p.origin) / unit)
                    + int(abs(p.slope) * step / unit) * under[0]
                    for p in node.pieces
                )
            case Floor():
                size = max(scaled(node.of, under[0]), abs(int(node.at / unit)))
            case Round():
                ratio = unit_of(node.of) / node.to
                size = 2 * under[0] * ratio.numerator + ratio.denominator
            case Ceiling() | ToDate() | RunningTotal() | Condition() | CarryForward():
                key = f"{node.key}.held" if isinstance(node, Condition) else node.key
                limit = getattr(node, "at", Fraction(0))
                size = 2 * (under[0] + before.get(key, 0)) + int(abs(limit) / unit) + 1
        worst = max(worst, size)
        return size

    bound(node)
    return worst
