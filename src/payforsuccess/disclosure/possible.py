"""What the hidden numbers could be, given all that is shown: the proof that nothing is revealed.

A reader knows every number that is shown, every sum and multiple, that counts of people are not
negative, and that a hidden count is not 0 unless a zero there is hidden too. A hidden number is
safe when there is a second table that fits all this and holds another number in its place. Such a
table is looked for along the moves that leave everything shown as it is (the null space of the
ties, by exact elimination); one that is found is a proof, and where none is found the number
counts as revealed, so that the answer errs towards hiding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import lcm

from payforsuccess.disclosure.cells import Facts

Move = Mapping[str, int]
"""By how much each hidden number changes, when all change together."""


def can_be_worked_out(facts: Facts, hidden: Collection[str], cell: str) -> bool:
    """Whether no second table was found in which the hidden cell holds another number."""
    return another_value(facts, hidden, cell) is None


def another_value(facts: Facts, hidden: Collection[str], cell: str) -> int | None:
    """Another number that the hidden cell could hold, all else that is shown being as it is.

    None when there is none, or none was found among single moves and sums and differences of two.
    """
    moves = _moves(facts, hidden)
    touching = [move for move in moves if move.get(cell)]
    for move in touching:
        if (found := _moved(facts, move, cell)) is not None:
            return found
    for one in touching:
        for other in moves:
            if other is one:
                continue
            for sign in (1, -1):
                both = {
                    name: one.get(name, 0) + sign * other.get(name, 0) for name in {*one, *other}
                }
                if both.get(cell) and (found := _moved(facts, both, cell)) is not None:
                    return found
    return None


def _moved(facts: Facts, move: Move, cell: str) -> int | None:
    """The cell after the move, forth or back, if every number stays one that it could be."""
    for sign in (1, -1):
        after = {name: facts.cells[name].value + sign * by for name, by in move.items()}
        if all(_could_be(facts, name, value) for name, value in after.items()):
            return after[cell]
    return None


def _could_be(facts: Facts, name: str, value: int) -> bool:
    cell = facts.cells[name]
    if not cell.is_people:
        return True
    # A reader knows that zeros are shown, so that a hidden count is at least 1; where zeros are
    # hidden as well, and of numbers that are never shown, it can be 0.
    least = 0 if cell.zero_tells or cell.value == 0 or name in facts.never_shown else 1
    return value >= least


def _moves(facts: Facts, hidden: Collection[str]) -> list[Move]:
    """A basis of the whole-number moves of hidden cells that leave every tie and shown cell."""
    names = sorted(hidden)
    rows = []
    for equation in facts.equations:
        row = {name: factor for name, factor in equation.items() if name in hidden and factor}
        if row:
            rows.append(row)
    reduced = _reduced(rows)
    free = [name for name in names if name not in reduced]
    moves: list[Move] = []
    for name in free:
        move: dict[str, Fraction] = {name: Fraction(1)}
        for pivot, row in reduced.items():
            if factor := row.get(name):
                move[pivot] = -factor
        scale = lcm(*(part.denominator for part in move.values()))
        moves.append({key: int(part * scale) for key, part in move.items()})
    return moves


def _reduced(rows: list[dict[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """The rows in reduced echelon form, by the cell that each one solves for."""
    solved: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        left = dict(row)
        for pivot, by in solved.items():
            if factor := left.get(pivot):
                _take(left, by, factor)
        if not left:
            continue
        pivot = min(left)
        head = left[pivot]
        new = {name: factor / head for name, factor in left.items()}
        for other in solved.values():
            if factor := other.get(pivot):
                _take(other, new, factor)
        solved[pivot] = new
    return solved


def _take(row: dict[str, Fraction], other: Mapping[str, Fraction], times: Fraction) -> None:
    for name, factor in other.items():
        left = row.get(name, Fraction(0)) - times * factor
        if left:
            row[name] = left
        else:
            row.pop(name, None)
