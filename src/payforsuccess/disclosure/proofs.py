"""Tables that a reader cannot tell from the true one, and what they prove of each hidden number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Table = Mapping[str, int]
"""By how much each number differs from the true one, all others being as they are."""


@dataclass(frozen=True)
class Range:
    """A number as low and as high as it was found to be possible."""

    low: int
    high: int

    @property
    def room(self) -> int:
        """How far apart the two are."""
        return self.high - self.low


@dataclass
class Proofs:
    """The lowest and the highest that each number was found to be, and in which table.

    One table is a proof for every number that is another in it.
    """

    _lowest: dict[str, Table] = field(default_factory=dict)
    _highest: dict[str, Table] = field(default_factory=dict)

    def learn(self, table: Table) -> None:
        """Take one more table into account."""
        for name, by in table.items():
            best = self._highest if by > 0 else self._lowest
            known = best.get(name)
            if known is None or abs(known[name]) < abs(by):
                best[name] = table

    def range_of(self, name: str, value: int) -> Range:
        """What a number of this true value was found to be at the least and at the most."""
        low, high = self._lowest.get(name), self._highest.get(name)
        return Range(value + (low[name] if low else 0), value + (high[name] if high else 0))

    def room_of(self, name: str) -> int:
        """How far apart the numbers are that this one was found to be."""
        return self.range_of(name, 0).room

    def without(self, name: str) -> Proofs:
        """What is proven by those tables alone in which one number is the true one."""
        kept = Proofs()
        for table in self._tables():
            if name not in table:
                kept.learn(table)
        return kept

    def _tables(self) -> Iterator[Table]:
        seen: set[int] = set()
        for best in (self._lowest, self._highest):
            for table in best.values():
                if id(table) not in seen:
                    seen.add(id(table))
                    yield table
