"""Which numbers may be shown: one after the other, as long as every small one stays in doubt.

Everything starts hidden. A number is shown when for each sensitive number two tables are still
known that a reader could not tell apart and in which it is far enough from itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from payforsuccess.disclosure.alternatives import Reader
from payforsuccess.disclosure.cells import Facts
from payforsuccess.disclosure.importance import importance_of
from payforsuccess.disclosure.proofs import Proofs


class Choice:
    """What is hidden, and for each sensitive number the room it is proven to have."""

    def __init__(
        self,
        facts: Facts,
        sensitive: Collection[str],
        kept: Collection[str],
        given: Collection[str],
        *,
        room: int,
    ) -> None:
        """Hide all but what was `given` out; `kept` stays so; sensitive numbers need `room`.

        `told` are those that cannot have it, since what was given out tells them by itself.
        """
        self.hidden = {name for name in facts.cells if name not in given}
        self._room = room
        self._facts = facts
        # At a price such as 1.50 a count is even, so that it can lie only farther than the room.
        farther = (2 * room, -2 * room) if facts.multiples else ()
        self._steps = (room, -room, *farther)
        self._kept = frozenset(kept)
        self._sensitive = sorted(sensitive)
        self.proofs = Proofs({name: facts.cells[name].value for name in self._sensitive})
        self._of: Reader | None = None
        self.told = frozenset(self._without_room(self._sensitive))

    def show_what_can_be(self) -> None:
        """Show one number after the other, the most important first, as long as all is safe."""
        ranks = importance_of(self._facts)
        waiting = sorted(self.hidden - self._kept, key=lambda name: (-ranks[name], name))
        for name in waiting:
            before = self.proofs
            self.proofs = before.without(name)
            self.hidden.discard(name)
            if not self._is_safe():
                self.proofs = before
                self.hidden.add(name)

    def _is_safe(self) -> bool:
        cells = [cell for cell in self._sensitive if cell not in self.told]
        return not any(True for _ in self._without_room(cells))

    def _without_room(self, cells: Sequence[str]) -> Iterable[str]:
        """Those of some numbers for which no tables are found that give them their room."""
        waiting = [cell for cell in cells if not self._has_room(cell)]
        if len(waiting) > 1:
            self._look(waiting)
        return (cell for cell in waiting if not self._has_room(cell) and not self._found(cell))

    def _has_room(self, cell: str) -> bool:
        low, high = self.proofs.offsets(cell)
        return high - low >= self._room

    def _found(self, cell: str) -> bool:
        self._look([cell])
        return self._has_room(cell)

    def _look(self, cells: Sequence[str]) -> None:
        """Find tables in which these numbers are as far from the truth as need be, together."""
        for by in self._steps:
            table = self._reader.farthest(self.hidden, cells, by=by)
            if table is not None:
                self.proofs.learn(table)
            if all(map(self._has_room, cells)):
                return

    @property
    def _reader(self) -> Reader:
        if self._of is None:
            self._of = Reader(self._facts)
        return self._of
