"""In which order recorded steps are taken: a column is found shortly before it is read.

Few columns then wait to be read, and they stay in the processor's cache. What nobody reads is left
out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from payforsuccess.finance.simulate.recorded.columns import Column
from payforsuccess.finance.simulate.recorded.steps import Recorder


def order_of(recorder: Recorder, told: Iterable[Column]) -> list[int]:
    """The places of all steps that what is told and the guards need, each after what it reads."""
    return _Ordering(recorder, [column.place for column in told]).order


class _Ordering:
    def __init__(self, recorder: Recorder, told: Sequence[int]) -> None:
        self._steps = recorder.steps
        told_from = len(self._steps) if recorder.told_from is None else recorder.told_from
        reached = self._all_read(told)
        needed = reached | self._all_read(guard.column.place for guard in recorder.guards)
        self._reads = {place: self._steps[place].reads for place in needed}
        self._readers: dict[int, list[int]] = defaultdict(list)
        for place in sorted(needed):
            for read in self._reads[place]:
                self._readers[read].append(place)
        self._to_read = {place: len(self._readers[place]) for place in needed}
        self._kept = set(told)
        # What is told and what is only guarded is found as soon as what it reads is there; all else
        # when it is asked for.
        asked = {place for place in reached if place < told_from}
        self._at_once = needed - asked
        direct = asked & (self._kept | {r for p in reached - asked for r in self._reads[p]})
        self._missing = {place: len(self._reads[place]) for place in needed}
        self._done: set[int] = set()
        self.order: list[int] = []
        for place in (*self._in_turn(asked, direct), *sorted(needed)):
            self._find(place)

    def _all_read(self, places: Iterable[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self._steps[place].reads
        return found

    def _in_turn(self, asked: set[int], direct: set[int]) -> list[int]:
        """What is told directly of the worlds, by when the worlds themselves have no more use."""
        used_up: dict[int, int] = {}
        for place in sorted(asked, reverse=True):
            readers = [used_up[each] for each in self._readers[place] if each in asked]
            used_up[place] = min(readers, default=place)
        return sorted(direct, key=lambda place: (used_up[place], place))

    def _find(self, wanted: int) -> None:
        """Take a step, those it reads first."""
        waiting = [wanted]
        while waiting:
            place = waiting[-1]
            missing = [each for each in sorted(self._reads[place]) if each not in self._done]
            if place in self._done:
                waiting.pop()
            elif missing:
                waiting += reversed(missing)
            else:
                self._take(waiting.pop())

    def _take(self, place: int) -> None:
        """Take a step, and then all those that may follow at once."""
        following = deque([place])
        while following:
            now = following.popleft()
            if now in self._done:
                continue
            self._done.add(now)
            self.order.append(now)
            for reader in self._readers[now]:
                self._missing[reader] -= 1
                if not self._missing[reader] and reader in self._at_once:
                    following.append(reader)
            for read in self._reads[now]:
                self._to_read[read] -= 1
            following += self._last_readers((*self._reads[now], now))

    def _last_readers(self, places: Iterable[int]) -> list[int]:
        """The one step that still reads a column, if it can be taken: the column is free then."""
        found = []
        for place in places:
            is_brought = self._steps[place].key is not None
            if self._to_read[place] != 1 or is_brought or place in self._kept:
                continue
            for reader in self._readers[place]:
                if reader not in self._done and not self._missing[reader]:
                    found.append(reader)
        return found
