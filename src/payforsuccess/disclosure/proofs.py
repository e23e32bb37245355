"""What tables that a reader cannot tell from the true one prove of each hidden number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from payforsuccess.disclosure.alternatives import Table


@dataclass
class Proofs:
    """For each sensitive number the lowest and the highest it was found to be, and in which table.

    One table is a proof for every number that is another in it. A proof stays good when more is
    hidden.
    """

    values: Mapping[str, int]
    _lowest: dict[str, Table] = field(default_factory=dict)
    _highest: dict[str, Table] = field(default_factory=dict)

    def learn(self, table: Table) -> None:
        """Take one more table into account."""
        for name, by in table.items():
            if name not in self.values:
                continue
            best = self._highest if by > 0 else self._lowest
            known = best.get(name)
            if known is None or abs(known[name]) < abs(by):
                best[name] = table

    def offsets(self, name: str) -> tuple[int, int]:
        """How far below and above the true number it was found to be possible."""
        low, high = self._lowest.get(name), self._highest.get(name)
        return (low[name] if low else 0), (high[name] if high else 0)

    def ranges(self) -> dict[str, tuple[int, int]]:
        """What each number was found to be at the least and at the most."""
        found = {name: self.offsets(name) for name in self.values}
        return {
            name: (self.values[name] + low, self.values[name] + high)
            for name, (low, high) in found.items()
        }

    def without(self, name: str) -> Proofs:
        """What is proven by those tables alone in which one number is the true one."""
        kept = Proofs(self.values)
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
