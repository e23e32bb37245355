"""Numbers about people, and what everyone knows about how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

LEAST_THRESHOLD = 10
"""The rule of the Centers for Medicare and Medicaid Services: no count from 1 to 10 is shown."""


@dataclass(frozen=True)
class Cell:
    """One number of a table.

    is_people: a count of people, so that a small one is sensitive. zero_tells: a count of 0 says
    as much as a small one, because it says of everyone in a group what they did not do.
    Amounts are whole numbers of their smallest unit.
    """

    value: int
    is_people: bool = True
    zero_tells: bool = False

    def is_sensitive(self, threshold: int) -> bool:
        """Whether showing the number, or letting it be worked out, would tell of few people."""
        if not self.is_people:
            return False
        return 1 <= self.value <= threshold or (self.zero_tells and self.value == 0)


@dataclass(frozen=True)
class Sum:
    """The whole is the sum of its parts, and everyone knows it."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Multiple:
    """One number is a known multiple of another, as an amount is of a count at a known price."""

    of: str
    is_: str
    times: Fraction


@dataclass(frozen=True)
class Facts:
    """Cells by name, and the sums and multiples that tie them.

    A cell may be there only to be protected: it is never shown (`never_shown`), but must not be
    worked out either, such as how many people were added between two releases. groups: by cell
    the group of people that it is counted in, such as `sex/f`, or nothing for everyone: counts in
    one group may lie within one another, also where they stand in different releases. first: the
    cells that matter most, which are shown before others where not all can be.
    """

    cells: Mapping[str, Cell] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    multiples: tuple[Multiple, ...] = ()
    never_shown: frozenset[str] = frozenset()
    groups: Mapping[str, str] = field(default_factory=dict)
    first: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse (ValueError) a tie that does not hold, or names a cell that is not there."""
        for tie in self.sums:
            total = sum(self.cells[part].value for part in tie.parts)
            if self.cells[tie.whole].value != total:
                raise ValueError(f"{tie.whole} is not the sum of its parts")
        for multiple in self.multiples:
            if self.cells[multiple.is_].value != self.cells[multiple.of].value * multiple.times:
                raise ValueError(f"{multiple.is_} is not {multiple.times} times {multiple.of}")
        if odd := self.never_shown - set(self.cells):
            raise ValueError(f"no such cells: {', '.join(sorted(odd))}")

    @property
    def equations(self) -> tuple[Mapping[str, Fraction], ...]:
        """Each tie as coefficients by cell that add up to nothing."""
        sums = (
            {tie.whole: Fraction(-1), **dict.fromkeys(tie.parts, Fraction(1))} for tie in self.sums
        )
        multiples = ({tie.is_: Fraction(-1), tie.of: tie.times} for tie in self.multiples)
        return (*sums, *multiples)


def joined(parts: Iterable[Facts]) -> Facts:
    """Several tables as one, cells of one name being one cell; ValueError where they disagree."""
    cells: dict[str, Cell] = {}
    sums: dict[Sum, None] = {}
    multiples: dict[Multiple, None] = {}
    never: set[str] = set()
    groups: dict[str, str] = {}
    first: set[str] = set()
    for part in parts:
        groups |= part.groups
        first |= part.first
        for name, cell in part.cells.items():
            known = cells.get(name, cell)
            if known.value != cell.value:
                raise ValueError(f"{name} has two values")
            cells[name] = Cell(
                cell.value,
                known.is_people or cell.is_people,
                known.zero_tells or cell.zero_tells,
            )
        sums |= dict.fromkeys(part.sums)
        multiples |= dict.fromkeys(part.multiples)
        never |= part.never_shown
    never_shown = frozenset(never)
    return Facts(cells, tuple(sums), tuple(multiples), never_shown, groups, frozenset(first))
