"""The array reading: the same closures over int64 arrays, equal to the exact reading bit for bit.

The only file of this room that imports numpy, and only when called. Where the tree's own bounds
show that a number could pass 2**62, arrays of Python integers are used instead: slower, and right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

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
from payforsuccess.payments.people import key_digest, marks_bytes, off_the_grid, slot_digest
from payforsuccess.payments.reading import Edges, Reading, read, unit_of
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
        sizes = {name: _size(column) for name, column in inputs.items()}
        kept = {name: _size(column) for name, column in before.items()}
        if is_safe(sizes, kept):
            return reading(inputs, before, after)
        objects = {n: numpy.asarray(c).astype(object) for n, c in inputs.items()}
        olds = {n: numpy.asarray(c).astype(object) for n, c in before.items()}
        return reading(objects, olds, after)

    return safe


def _size(column: Any) -> int:
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


def _encoded(column: Any) -> Any:
    """A column of texts as one dictionary array."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    else:
        column = pc.dictionary_encode(column)
    return column.combine_chunks()


class PeopleArrays:
    """Results by person as int64 columns, one slice of rows for each outcome and period.

    Takes an Arrow table `outcome, period, person, quantity[, groups, source, cohort]` whose
    quantities are whole numbers; `people.PeopleList` takes any exact quantity.
    """

    def __init__(self, table: Any) -> None:
        import numpy as np
        import pyarrow.compute as pc

        self._np = np
        person, outcome = _encoded(table["person"]), _encoded(table["outcome"])
        order = pc.sort_indices(person.dictionary).to_numpy()
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        self._keys: list[str] = person.dictionary.take(order).to_pylist()
        names = outcome.dictionary.to_pylist()
        periods = table["period"].to_numpy()
        count, most = max(len(order), 1), int(periods.max(initial=0)) + 1
        codes = rank[person.indices.to_numpy()]
        # One number a row: its outcome and period, then its person. Worked on in place, since
        # there are as many rows as people times periods.
        place = outcome.indices.to_numpy().astype(np.int64)
        place *= most
        place += periods
        place *= count
        place += codes
        quantity = table["quantity"].to_numpy()
        self._rows: Any = None
        if np.any(place[1:] < place[:-1]):
            self._rows = np.argsort(place, kind="stable").astype(np.int32)
            place, codes, quantity = place[self._rows], codes[self._rows], quantity[self._rows]
        self._codes, self._quantity = codes, quantity
        self._text = {
            name: table[name]
            for name in ("groups", "source", "cohort")
            if name in table.schema.names
        }
        place //= count
        starts = np.flatnonzero(np.diff(place, prepend=-1)).tolist()
        self._slices = {
            (names[int(place[a]) // most], int(place[a]) % most): (a, b)
            for a, b in zip(starts, [*starts[1:], len(place)], strict=True)
        }
        self._digests: Any = None
        self._fingerprints: dict[tuple[str, int], str] = {}

    @property
    def keys(self) -> list[str]:
        """Every person's key, sorted."""
        return self._keys

    @property
    def slots(self) -> list[tuple[str, int]]:
        """Every outcome and period that has rows, sorted."""
        return sorted(self._slices)

    def has(self, outcome: str, period: int) -> bool:
        """Whether there are rows for the outcome in the period."""
        return (outcome, period) in self._slices

    def cohorts(self, outcome: str, period: int) -> frozenset[str]:
        """The cohorts that the rows name; an empty text for rows that name none."""
        a, b = self._slices.get((outcome, period), (0, 0))
        texts = self._texts("cohort", a, b) or [""] * min(b - a, 1)
        return frozenset(text or "" for text in texts)

    def quantities(
        self, outcome: str, period: int, *, tick: Fraction, group: str = "", cohort: str = ""
    ) -> Column:
        """Each person's quantity in ticks, 0 without a row; of a subgroup or cohort if named."""
        np = self._np
        a, b = self._slices.get((outcome, period), (0, 0))
        codes, quantity = self._codes[a:b], self._quantity[a:b].astype(np.int64)
        keep = self._matching(a, b, group=group, cohort=cohort)
        if keep is not None:
            codes, quantity = codes[keep], quantity[keep]
        if tick.numerator != 1:
            if np.any(quantity * tick.denominator % tick.numerator):
                raise off_the_grid(outcome, period, tick)
            quantity = quantity * tick.denominator // tick.numerator
        elif tick.denominator != 1:
            quantity = quantity * tick.denominator
        column: Column = np.zeros(len(self._keys), dtype=np.int64)
        if codes.size and np.any(codes[1:] == codes[:-1]):
            np.add.at(column, codes, quantity)
        else:
            column[codes] = quantity
        return column

    def _matching(self, a: int, b: int, *, group: str, cohort: str) -> Any:
        keep: Any = None
        for name, wanted in (("groups", group), ("cohort", cohort)):
            if not wanted:
                continue
            texts = self._texts(name, a, b)
            found = self._np.array(
                [
                    wanted in ((text or "").split(";") if name == "groups" else [text])
                    for text in texts
                ]
                or [False] * (b - a),
                dtype=bool,
            )
            keep = found if keep is None else keep & found
        return keep

    def _texts(self, name: str, a: int, b: int) -> list[str | None]:
        """The texts of a slice of rows; empty without the column."""
        if name not in self._text:
            return []
        column = self._text[name]
        part = column.slice(a, b - a) if self._rows is None else column.take(self._rows[a:b])
        texts: list[str | None] = part.to_pylist()
        return texts

    def read(
        self, node: Node, inputs: Mapping[str, Column], before: Mapping[str, Column]
    ) -> tuple[Column, dict[str, Column]]:
        """The tree for every person at once, and the new state."""
        after: dict[str, Any] = {}
        kept = {name: before[name] for name in before}
        value = read_arrays(node)(inputs, kept, after)
        np, count = self._np, len(self._keys)
        return np.broadcast_to(value, count), {
            name: np.broadcast_to(column, count) for name, column in after.items()
        }

    def total(self, column: Column) -> int:
        """The sum over people, as a Python integer."""
        if _size(column) * len(column) >= SAFE:
            column = column.astype(object)
        return int(column.sum())

    def add(self, one: Column, other: Column) -> Column:
        """Both columns added, person by person."""
        added: Column = one + other
        return added

    def split(self, total: int, weights: Column) -> Column:
        """`total` in proportion to `weights` by largest remainder, ties to the smaller key."""
        np = self._np
        weights = np.maximum(weights, 0)
        whole, size = self.total(weights), abs(total)
        if whole == 0:
            nothing: Column = np.zeros(len(weights), dtype=np.int64)
            return nothing
        if size * int(weights.max()) >= SAFE:
            weights = weights.astype(object)
        products = size * weights
        parts = products // whole
        rests = (products - parts * whole).astype(np.float64 if whole < 2**52 else object)
        left = size - int(parts.sum())
        if left:
            first = np.argsort(-rests, kind="stable")[:left]
            parts[first] += 1
        split: Column = parts if total >= 0 else -parts
        return split

    def fingerprint(self, outcome: str, period: int) -> str:
        """The fingerprint of the rows of one outcome and period; equal to `PeopleList`'s."""
        known = self._fingerprints.get((outcome, period))
        if known is None:
            known = self._fingerprints[(outcome, period)] = self._digest(outcome, period)
        return known

    def _digest(self, outcome: str, period: int) -> str:
        np = self._np
        if self._digests is None:
            joined = b"".join(map(key_digest, self._keys))
            self._digests = np.frombuffer(joined, dtype=np.uint8).reshape(-1, 16)
        a, b = self._slices.get((outcome, period), (0, 0))
        codes, quantity = self._codes[a:b], self._quantity[a:b]
        if codes.size and np.any(codes[1:] == codes[:-1]):
            codes, first = np.unique(codes, return_index=True)
            quantity = np.add.reduceat(quantity.astype(np.int64), first)
        amounts = quantity.astype("<i8").tobytes() + marks_bytes(self._marked(a, b))
        return slot_digest(self._digests[codes].tobytes(), amounts)

    def _marked(self, a: int, b: int) -> Iterator[tuple[str, str, str, int]]:
        """The rows of a slice that name a cohort or groups."""
        cohorts, groups = self._texts("cohort", a, b), self._texts("groups", a, b)
        if not any(cohorts) and not any(groups):
            return
        empty = [""] * (b - a)
        for code, cohort, group, quantity in zip(
            self._codes[a:b].tolist(),
            cohorts or empty,
            groups or empty,
            self._quantity[a:b].tolist(),
            strict=True,
        ):
            if cohort or group:
                yield self._keys[code], cohort or "", group or "", quantity

    def sources(self, outcome: str, period: int) -> dict[str, str]:
        """The source rows behind each person's quantity."""
        a, b = self._slices.get((outcome, period), (0, 0))
        if "source" not in self._text:
            return {}
        texts = self._texts("source", a, b)
        found: dict[str, list[str]] = {}
        for code, text in zip(self._codes[a:b].tolist(), texts, strict=True):
            found.setdefault(self._keys[code], []).append(text or "")
        return {key: ";".join(dict.fromkeys(t for t in ts if t)) for key, ts in found.items()}
