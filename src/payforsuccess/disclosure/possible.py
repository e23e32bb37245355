"""What the hidden numbers could be, given all that is shown: the proof that nothing is revealed.

A reader knows every number that is shown, every sum and multiple, that counts of people are not
negative, and that a hidden count is not 0 unless a zero there is hidden too. A hidden number is
safe when there is a second table that fits all this and holds another number in its place. Such a
table is looked for along the moves that leave everything shown as it is (the null space of the
ties, by exact elimination); one that is found is a proof, and where none is found the number
counts as revealed, so that the answer errs towards hiding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from payforsuccess.disclosure.cells import Facts

Move = Mapping[str, int]
"""By how much each hidden number changes, when all change together."""


def can_be_worked_out(facts: Facts, hidden: Collection[str], cell: str) -> bool:
    """Whether no second table was found in which the hidden cell holds another number."""
    return cell not in other_values(facts, hidden, [cell])


def other_values(facts: Facts, hidden: Collection[str], cells: Iterable[str]) -> dict[str, int]:
    """For each of these hidden cells another number it could hold, all that is shown being as is.

    A cell is left out when there is none, or none was found among single moves and sums and
    differences of two.
    """
    moves = _moves(facts, hidden)
    found: dict[str, int] = {}
    for cell in cells:
        if (value := _another_value(facts, moves, cell)) is not None:
            found[cell] = value
    return found


def _another_value(facts: Facts, moves: Sequence[Move], cell: str) -> int | None:
    touching = [move for move in moves if move.get(cell)]
    for move in touching:
        if (found := _moved(facts, move, cell)) is not None:
            return found
    for one in touching:
        for other in moves:
            if other is one or not one.keys() & other.keys():
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
    rows = _loose_ends(facts, hidden)
    reduced = _reduced(rows)
    tied = {name for row in rows for name in row}
    free = sorted(tied - set(reduced)) + sorted(set(hidden) - _in_ties(facts))
    of_free: dict[str, dict[str, Fraction]] = {name: {name: Fraction(1)} for name in free}
    for pivot, row in reduced.items():
        for name, factor in row.items():
            if name in of_free and name != pivot:
                of_free[name][pivot] = -factor
    moves: list[Move] = []
    for move in of_free.values():
        scale = lcm(*(part.denominator for part in move.values()))
        moves.append({key: int(part * scale) for key, part in move.items()})
    return moves


def _in_ties(facts: Facts) -> set[str]:
    return {name for equation in facts.equations for name in equation}


def _loose_ends(facts: Facts, hidden: Collection[str]) -> list[dict[str, Fraction]]:
    """The ties among hidden cells, without those that one tie alone already tells.

    A cell that is the only hidden one of a tie is known, and may make the next one known.
    """
    unknown = set(hidden)
    rows = [
        {name: factor for name, factor in equation.items() if name in unknown and factor}
        for equation in facts.equations
    ]
    standing_in: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for name in row:
            standing_in.setdefault(name, []).append(at)
    told = [at for at, row in enumerate(rows) if len(row) == 1]
    while told:
        row = rows[told.pop()]
        if len(row) != 1:
            continue
        [name] = row
        for at in standing_in[name]:
            if rows[at].pop(name, None) is not None and len(rows[at]) == 1:
                told.append(at)
    return [row for row in rows if row]


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
