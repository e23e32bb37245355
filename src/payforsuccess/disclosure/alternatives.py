"""Other tables that a reader cannot tell from the true one, found by linear programming.

A reader knows every number that is shown, every sum and multiple, that counts of people are not
negative, and that a hidden count is not 0 unless a zero there is hidden too. A table of whole
numbers that fits all this and has another number in a hidden place is a proof that the reader
cannot tell which is true. The solver only proposes: each table is checked in whole numbers before
it counts, and where none is found the number counts as told, so that a doubt hides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import inf, isfinite, lcm

from payforsuccess.disclosure.cells import Facts

Table = Mapping[str, int]
"""By how much each number differs from the true one, all others being as they are."""

_MOST_NODES = 200
"""How long whole numbers are looked for before a table counts as not found."""
_LITTLE = 1e-4
"""What moving an already hidden number costs: little, so that tables differ in few places."""
_FAR = 1e6
"""Farther than any number of a deal could be from the truth."""


class Reader:
    """What a reader knows of some facts, apart from which numbers are shown."""

    def __init__(self, facts: Facts) -> None:
        """Take the ties in whole numbers, and the least that each number can be."""
        from scipy.sparse import csc_array, hstack

        self.names = tuple(facts.cells)
        self.at = {name: at for at, name in enumerate(self.names)}
        self._ties = [_whole(tie) for tie in facts.equations]
        self._below = [_below(facts, name) for name in self.names]
        # An amount goes with its count; in small units it goes far, at no cost of its own.
        self._is_people = [facts.cells[name].is_people for name in self.names]
        rows = [row for row, tie in enumerate(self._ties) for _ in tie]
        columns = [self.at[name] for tie in self._ties for name in tie]
        factors = [float(by) for tie in self._ties for by in tie.values()]
        shape = (max(len(self._ties), 1), len(self.names))
        one = csc_array((factors, (rows, columns)), shape=shape)
        # A number goes up by one column and down by another, so that both cost.
        self._matrix = csc_array(hstack([one, -one]))

    def farthest(self, hidden: Collection[str], cells: Sequence[str], *, by: int) -> Table | None:
        """A table in which these cells together are as far up as can be, or down where negative.

        None is farther from the truth than `by`; only hidden numbers differ.
        """
        names = [name for name in self.names if name in hidden]
        if not names:
            return None
        from scipy.optimize import Bounds, LinearConstraint, milp

        kept = [self.at[name] for name in names]
        columns = kept + [len(self.names) + at for at in kept]
        wanted, sign, far = set(cells), 1 if by > 0 else -1, float(abs(by))
        most = [
            far if name in wanted else _FAR if self._is_people[at] else inf
            for name, at in zip(names, kept, strict=True)
        ]
        little = [_LITTLE if self._is_people[at] else 0.0 for at in kept]
        gain = [sign * (name in wanted) for name in names]
        costs = [cost - way for cost, way in zip(little, gain, strict=True)]
        costs += [cost + way for cost, way in zip(little, gain, strict=True)]
        below = [min(self._below[at], up) for at, up in zip(kept, most, strict=True)]
        matrix = self._matrix[:, columns]
        # Mostly the best table has whole numbers by itself; else they are asked for.
        for is_whole in (0, 1):
            solved = milp(
                costs,
                integrality=[is_whole] * len(columns),
                bounds=Bounds([0.0] * len(columns), most + below),
                constraints=LinearConstraint(matrix, 0, 0),
                options={"node_limit": _MOST_NODES},
            )
            if solved.x is None or not all(map(isfinite, solved.x)):
                return None
            ups, downs = solved.x[: len(names)], solved.x[len(names) :]
            moved = {
                name: round(up - down) for name, up, down in zip(names, ups, downs, strict=True)
            }
            table = {name: moves for name, moves in moved.items() if moves}
            if not table or self._fits(table):
                return table or None
        return None

    def _fits(self, table: Table) -> bool:
        """Whether a table agrees with every tie and every least number, in whole numbers."""
        return all(
            sum(by * table.get(name, 0) for name, by in tie.items()) == 0 for tie in self._ties
        ) and all(by >= -self._below[self.at[name]] for name, by in table.items())


def _whole(tie: Mapping[str, Fraction]) -> dict[str, int]:
    scale = lcm(*(by.denominator for by in tie.values()))
    return {name: int(by * scale) for name, by in tie.items() if by}


def _below(facts: Facts, name: str) -> float:
    """By how much a number could be less than it is."""
    cell = facts.cells[name]
    if not cell.is_people:
        return inf
    # A reader knows that zeros are shown, so that a hidden count is at least 1; where zeros are
    # hidden as well, and of numbers that are never shown, it can be 0.
    may_be_none = cell.zero_tells or cell.value == 0 or name in facts.never_shown
    return float(cell.value - (0 if may_be_none else 1))
