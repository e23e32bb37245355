"""Results by person as int64 columns: what `people.PeopleList` holds, for deals of many people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from payforsuccess.payments.arrays import SAFE, read_arrays, size_of
from payforsuccess.payments.nodes import Node
from payforsuccess.payments.people import key_digest, marks_bytes, off_the_grid, slot_digest

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray[Any, Any]


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
        if size_of(column) * len(column) >= SAFE:
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
