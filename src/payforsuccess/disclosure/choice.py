"""Which further numbers are hidden to protect the sensitive ones: the choice, step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from payforsuccess.disclosure.cells import Facts
from payforsuccess.disclosure.moves import Moves, Ties
from payforsuccess.disclosure.possible import Search
from payforsuccess.disclosure.proofs import Range

_MOST_LOOKED_AT = 40
"""How many numbers are tried where bounds alone, and no tie, stand in the way."""


class Choice:
    """What is hidden so far, and for each sensitive number the room it is proven to have.

    A proof stays good when more is hidden, so that one number after the other is seen to.
    """

    def __init__(
        self,
        facts: Facts,
        sensitive: Collection[str],
        kept: Collection[str],
        given: Collection[str],
        *,
        room: int,
    ) -> None:
        """Start with `kept` hidden, never to hide `given`, each sensitive number to have `room`."""
        self.hidden = set(kept)
        self._room = room
        self._kept = frozenset(kept)
        self._facts = facts
        self._ties = Ties(facts)
        self._moves = Moves(self._ties, kept)
        self._search = Search(facts, self._moves.found)
        wholes = {tie.whole for tie in facts.sums}
        order = sorted(
            (name for name in facts.cells if name not in self.hidden and name not in given),
            key=lambda name: (
                name in wholes,
                facts.cells[name].value == 0,
                facts.cells[name].value,
                name,
            ),
        )
        self._order = {name: at for at, name in enumerate(order)}
        self._sensitive = sorted(sensitive)

    @property
    def proven(self) -> dict[str, Range]:
        """Each sensitive number at the least and at the most that it was found to be."""
        return {name: self._search.range_of(name) for name in self._sensitive}

    def protect(self) -> None:
        """Hide more until every sensitive number has its room; ValueError where nothing helps."""
        for cell in self._sensitive:
            while not self._search.proves(cell, self._room):
                chosen = self._next(cell)
                if chosen is None:
                    raise ValueError("a small number can be worked out from what was already shown")
                self.hidden.add(chosen)
                move = self._moves.hide(chosen)
                if move is not None:
                    self._search.add(move)

    def give_back(self) -> None:
        """Show again what turned out not to be needed, the largest first."""
        extra = sorted(
            self.hidden - self._kept, key=lambda name: (-self._facts.cells[name].value, name)
        )
        for name in extra:
            undo = self._search.stopped(name)
            if all(self._search.proves(cell, self._room) for cell in self._sensitive):
                self.hidden.discard(name)
            else:
                self._search.undone(undo)

    def _next(self, cell: str) -> str | None:
        """The first number that gives a cell its room alone, else the first that may help."""
        if self._search.is_moved(cell):
            pool = list(self._beside(cell))
        else:
            told = self._moves.told_by(cell)
            pool = sorted(
                (name for name in told if self._is_free(name)), key=self._order.__getitem__
            )
        moving = None
        for name in pool[:_MOST_LOOKED_AT]:
            move = self._moves.tried(name)
            if move is None or cell not in move:
                continue
            if self._search.would_prove(cell, self._room, move):
                return name
            moving = moving or name
        return moving or next(iter(pool), None)

    def _is_free(self, name: str) -> bool:
        return name in self._order and name not in self.hidden

    def _beside(self, cell: str) -> Iterator[str]:
        """Numbers in a tie with what moves with a cell, in order; then all others."""
        near = {
            name
            for moved in self._search.moving_with(cell)
            for tie in self._ties.columns[moved]
            for name in self._ties.rows[tie]
            if self._is_free(name)
        }
        yield from sorted(near, key=self._order.__getitem__)
        yield from (name for name in self._order if name not in near and name not in self.hidden)
