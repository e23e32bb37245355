"""The ways in which hidden numbers can change together while all that is shown stays as it is.

A move gives by how much each hidden number changes so that every tie still holds: the null space
of the ties over the hidden numbers. It is kept by exact elimination in whole numbers, a column for
each hidden number, so that one more hidden number is one more column and nothing is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm
from typing import TypeVar

from payforsuccess.disclosure.cells import Facts

_Key = TypeVar("_Key")
Move = Mapping[str, int]
"""By how much each hidden number changes, when all change together."""


class Ties:
    """The ties of some facts in whole numbers, by tie and by cell."""

    def __init__(self, facts: Facts) -> None:
        """Take the ties of these facts, each scaled to whole numbers."""
        self.rows: list[dict[str, int]] = []
        self.columns: dict[str, dict[int, int]] = {name: {} for name in facts.cells}
        for at, equation in enumerate(facts.equations):
            scale = lcm(*(factor.denominator for factor in equation.values()))
            row = {name: int(factor * scale) for name, factor in equation.items() if factor}
            self.rows.append(row)
            for name, factor in row.items():
                self.columns[name][at] = factor


class Moves:
    """The hidden numbers so far, and a basis of their moves.

    Each pivot column is a whole-number combination of the columns of hidden numbers, with nothing
    in the pivot rows of the columns before it; a combination with nothing left at all is a move.
    """

    def __init__(self, ties: Ties, hidden: Iterable[str] = ()) -> None:
        """Start with these numbers hidden."""
        self.ties = ties
        self.hidden: set[str] = set()
        self.found: list[Move] = []
        self._columns: list[dict[int, int]] = []
        self._made_of: list[dict[str, int]] = []
        self._pivots: list[int] = []
        self._at_row: dict[int, int] = {}
        self._having_row: dict[int, list[int]] = {}
        self._having_cell: dict[str, list[int]] = {}
        # Short columns first: those in one tie alone are solved for at no cost.
        for name in sorted(hidden, key=lambda name: (len(ties.columns[name]), name)):
            self.hide(name)

    def tried(self, name: str) -> Move | None:
        """The further move there would be if this number were hidden too, if any."""
        column, made_of = self._reduced(name)
        return None if column else made_of

    def hide(self, name: str) -> Move | None:
        """Hide one more number; the further move there is by it, if any."""
        column, made_of = self._reduced(name)
        self.hidden.add(name)
        if not column:
            self.found.append(made_of)
            return made_of
        at = len(self._columns)
        pivot = min(column, key=lambda row: (abs(column[row]) != 1, len(self.ties.rows[row]), row))
        self._columns.append(column)
        self._made_of.append(made_of)
        self._pivots.append(pivot)
        self._at_row[pivot] = at
        for row in column:
            self._having_row.setdefault(row, []).append(at)
        for cell in made_of:
            self._having_cell.setdefault(cell, []).append(at)
        return None

    def told_by(self, cell: str) -> dict[str, Fraction]:
        """The numbers that are not hidden from which a hidden cell is worked out, and how.

        Only for a cell that no move changes: it is then a sum of multiples of these numbers, and
        stays so until one of them is hidden. Empty when the ties alone tell it.
        """
        weights: dict[int, Fraction] = {}
        waiting = [-at for at in self._having_cell.get(cell, ())]
        heapify(waiting)
        done = set()
        while waiting:
            at = -heappop(waiting)
            if at in done:
                continue
            done.add(at)
            column, pivot = self._columns[at], self._pivots[at]
            left = self._made_of[at].get(cell, 0) - sum(
                factor * weights[row]
                for row, factor in column.items()
                if row != pivot and row in weights
            )
            if not left:
                continue
            weights[pivot] = Fraction(left) / column[pivot]
            for other in self._having_row[pivot]:
                if other < at:
                    heappush(waiting, -other)
        told: dict[str, Fraction] = {}
        for row, weight in weights.items():
            for name, factor in self.ties.rows[row].items():
                if name not in self.hidden:
                    told[name] = told.get(name, Fraction(0)) + weight * factor
        return {name: -factor for name, factor in told.items() if factor}

    def _reduced(self, name: str) -> tuple[dict[int, int], dict[str, int]]:
        """The column of a number less those of hidden ones, and the combination that it is."""
        column = dict(self.ties.columns[name])
        made_of = {name: 1}
        waiting = [self._at_row[row] for row in column if row in self._at_row]
        heapify(waiting)
        while waiting:
            at = heappop(waiting)
            pivot = self._pivots[at]
            factor = column.get(pivot)
            if not factor:
                continue
            own = self._columns[at]
            for row in own:
                if row not in column and row != pivot and row in self._at_row:
                    heappush(waiting, self._at_row[row])
            head = own[pivot]
            shared = gcd(head, factor)
            keep, take = head // shared, factor // shared
            _combine(column, own, keep, take)
            _combine(made_of, self._made_of[at], keep, take)
        return column, _smallest(made_of) if not column else made_of


def cancelled(move: Move, other: Move, name: str) -> dict[str, int]:
    """The move, forth and not back, with so much of the other that this number stays as it is."""
    shared = gcd(move[name], other[name])
    keep, take = other[name] // shared, move[name] // shared
    if keep < 0:
        keep, take = -keep, -take
    both = dict(move)
    _combine(both, other, keep, take)
    return _smallest(both)


def _combine(into: dict[_Key, int], other: Mapping[_Key, int], keep: int, take: int) -> None:
    """Put `keep` times the one less `take` times the other in place of the one."""
    if keep != 1:
        for key in into:
            into[key] *= keep
    for key, factor in other.items():
        left = into.get(key, 0) - take * factor
        if left:
            into[key] = left
        else:
            del into[key]


def _smallest(move: dict[str, int]) -> dict[str, int]:
    """The move in the smallest whole numbers."""
    shared = gcd(*move.values())
    return move if shared <= 1 else {name: by // shared for name, by in move.items()}
