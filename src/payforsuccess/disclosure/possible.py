"""What the hidden numbers could be, given all that is shown: the proof that nothing is revealed.

A reader knows every number that is shown, every sum and multiple, that counts of people are not
negative, and that a hidden count is not 0 unless a zero there is hidden too. A hidden number is
safe when there are tables that fit all this and hold numbers far enough apart in its place. Such
tables are looked for along the moves that leave everything shown as it is; each that is found is a
proof, and where none is found the number counts as revealed, so that a doubt hides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from payforsuccess.disclosure.cells import Facts
from payforsuccess.disclosure.farther import farther
from payforsuccess.disclosure.moves import Move, Moves, Ties, cancelled
from payforsuccess.disclosure.proofs import Proofs, Range

_MOST_MOVES = 300
"""How many moves are put together for one number at most, the nearest first."""


@dataclass(frozen=True)
class Undo:
    """Moves by number, those that were before and those in their place; and what was proven."""

    were: Mapping[int, Move]
    new: Mapping[int, Move]
    proofs: Proofs


def ranges(
    facts: Facts, hidden: Collection[str], cells: Iterable[str], *, room: int = 1
) -> dict[str, Range]:
    """For each of these hidden cells numbers at least `room` apart that it could hold.

    A cell is left out when there are none, or none were found.
    """
    search = Search(facts, Moves(Ties(facts), hidden).found)
    return {cell: search.range_of(cell) for cell in cells if search.proves(cell, room)}


class Search:
    """Looks along moves for tables that hold other numbers."""

    def __init__(self, facts: Facts, moves: Iterable[Move] = ()) -> None:
        """Look at these facts along these moves."""
        self._values = {name: cell.value for name, cell in facts.cells.items()}
        self._least = {name: _least(facts, name) for name in facts.cells}
        self._by_cell: dict[str, dict[int, Move]] = {}
        self._added = 0
        self._proofs = Proofs()
        for move in moves:
            self.add(move)

    def add(self, move: Move) -> int:
        """Take one more move into account; the number by which it is known."""
        self._added += 1
        for name in move:
            self._by_cell.setdefault(name, {})[self._added] = move
        return self._added

    def drop(self, number: int, move: Move) -> None:
        """Leave a move out of account again."""
        for name in move:
            del self._by_cell[name][number]

    def stopped(self, name: str) -> Undo:
        """Go on with those moves alone that leave one number as it is; what brings back the rest.

        They are what is left when the number is shown.
        """
        were, proofs = dict(self._by_cell.get(name, {})), self._proofs
        self._proofs = proofs.without(name)
        for number, move in were.items():
            self.drop(number, move)
        first, *others = sorted(were.values(), key=len) or [{}]
        new = {self.add(move): move for move in (cancelled(o, first, name) for o in others)}
        return Undo(were, new, proofs)

    def undone(self, undo: Undo) -> None:
        """Bring back the moves as they were before `stopped`."""
        for number, move in undo.new.items():
            self.drop(number, move)
        self._proofs = undo.proofs
        for number, move in undo.were.items():
            for name in move:
                self._by_cell.setdefault(name, {})[number] = move

    def is_moved(self, cell: str) -> bool:
        """Whether any move changes a cell, be it to what it cannot be."""
        return bool(self._by_cell.get(cell))

    def moving_with(self, cell: str) -> set[str]:
        """All that some move changes together with a cell."""
        return {name for move in self._by_cell.get(cell, {}).values() for name in move}

    def range_of(self, cell: str) -> Range:
        """A hidden cell at the least and at the most that it was found to be."""
        return self._proofs.range_of(cell, self._values[cell])

    def proves(self, cell: str, room: int) -> bool:
        """Whether tables are known, or can be found, that give a hidden cell this room."""
        if self._proofs.room_of(cell) >= room:
            return True
        moves = sorted(self._by_cell.get(cell, {}).values(), key=len)
        for move in moves:
            for steps in self._steps(move, -(-room // abs(move[cell]))):
                self._proofs.learn({name: by * steps for name, by in move.items()})
            if self._proofs.room_of(cell) >= room:
                return True
        near = self._near(cell)
        for sign in (1, -1) if moves else ():
            for table in farther(cell, sign, near, self._values, self._least, room):
                self._proofs.learn(table)
                if self._proofs.room_of(cell) >= room:
                    return True
        return False

    def would_prove(self, cell: str, room: int, move: Move) -> bool:
        """Whether a cell would have this room with one more move."""
        number, proofs = self.add(move), self._proofs
        self._proofs = proofs.without(cell)
        try:
            return self.proves(cell, room)
        finally:
            self.drop(number, move)
            self._proofs = proofs

    def _near(self, cell: str) -> list[Move]:
        """The moves that change a cell, and those that meet them, nearest first."""
        found: dict[int, Move] = {}
        waiting, seen = [cell], {cell}
        for name in waiting:
            if name != cell and self._least[name] is None:
                continue
            for number, move in self._by_cell.get(name, {}).items():
                if number not in found:
                    found[number] = move
                    if len(found) >= _MOST_MOVES:
                        return list(found.values())
                    new = sorted(move.keys() - seen)
                    seen.update(new)
                    waiting += new
        return list(found.values())

    def _steps(self, move: Move, most: int) -> Iterator[int]:
        """How often a move can be made, forth and back (negative), where it can be at all."""
        forth = back = most
        for name, by in move.items():
            least = self._least[name]
            if least is None:
                continue
            over = self._values[name] - least
            if by < 0:
                forth = min(forth, over // -by)
            else:
                back = min(back, over // by)
            if not forth and not back:
                return
        yield from (steps for steps in (forth, -back) if steps)


def _least(facts: Facts, name: str) -> int | None:
    """The least that a number can be; None where it can be anything."""
    cell = facts.cells[name]
    if not cell.is_people:
        return None
    # A reader knows that zeros are shown, so that a hidden count is at least 1; where zeros are
    # hidden as well, and of numbers that are never shown, it can be 0.
    return 0 if cell.zero_tells or cell.value == 0 or name in facts.never_shown else 1
