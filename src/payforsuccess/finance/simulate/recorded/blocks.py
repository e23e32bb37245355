"""Blocks of worlds told by one way: recorded on a few worlds, and taken again for every block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from payforsuccess.finance.simulate.drivers import Points
from payforsuccess.finance.simulate.recorded.columns import Column, NotRecorded
from payforsuccess.finance.simulate.recorded.program import Differs, Program
from payforsuccess.finance.simulate.recorded.steps import Recorder
from payforsuccess.finance.waterfall.memory import keep_freed_memory

Way = Callable[[Points, Callable[[], None]], Mapping[str, Any]]
"""From points to what is told of the worlds; it calls the second once the worlds are paid."""

SAMPLE = 256
"""How many worlds are recorded: what they have in common is held against every block."""
LEAST_WORLDS = 131_072
"""Fewer worlds in all are told sooner than they are recorded."""
DIFFER_AT_MOST = 2
"""Blocks that are not like the recorded one before the steps are given up."""


class Blocks:
    """One way for many blocks of worlds; the steps are written down where that saves time.

    Taken again, a step is the same operation on the same numbers, in float64. What the plain way
    skips as dust (`waterfall.worlds.DUST`) is not skipped, so the two may differ by that.
    """

    def __init__(self, way: Way, *, root: Any, blocks: int, size: int) -> None:
        self._way, self._root = way, root
        self._size = size
        self._program: Program | None = None
        self._tries = blocks * size >= LEAST_WORLDS and size > SAMPLE
        self._differ = 0
        keep_freed_memory()

    def tell(self, points: Points) -> Mapping[str, Any]:
        """What is told of a block."""
        if self._tries and self._program is None:
            self._program = self._recorded(points)
            self._tries = self._program is not None
        if self._program is not None and points.worlds == self._size:
            try:
                return self._program.run(Brought(points, self._root))
            except Differs:
                self._differ += 1
                if self._differ > DIFFER_AT_MOST:
                    self._program, self._tries = None, False
        return self._way(points, _nothing)

    def _recorded(self, points: Points) -> Program | None:
        recorder = Recorder(min(SAMPLE, points.worlds))

        def told() -> None:
            recorder.told_from = len(recorder.steps)

        try:
            found = self._way(RecordedPoints(recorder, points, self._root), told)
            return Program(recorder, found, self._size)
        except NotRecorded:
            return None


class RecordedPoints:
    """Points whose numbers are columns of the recorder."""

    def __init__(self, recorder: Recorder, points: Points, root: Any) -> None:
        self._recorder, self._of = recorder, Brought(points, root)

    @property
    def worlds(self) -> int:
        """As many as are recorded."""
        return self._recorder.worlds

    def share(self, at: int) -> Column:
        """A driver's numbers, even between 0 and 1."""
        return self._brought(("share", at))

    def score(self, at: int) -> Column:
        """The same as standard normal scores."""
        return self._brought(("score", at))

    def truths(self, count: int, root: Any) -> list[Column]:
        """The correlated scores of the truths."""
        return [self._brought(("truth", at, count)) for at in range(count)]

    def _brought(self, key: tuple[Any, ...]) -> Column:
        return self._recorder.brought(key, self._of(key)[: self.worlds])


class Brought:
    """The columns that a block of points brings, by their keys."""

    def __init__(self, points: Points, root: Any) -> None:
        self._points, self._root = points, root
        self._truths: Sequence[Any] = ()

    def __call__(self, key: tuple[Any, ...]) -> Any:
        """The numbers of all worlds of the block."""
        what, at, *rest = key
        if what == "share":
            return self._points.share(at)
        if what == "score":
            return self._points.score(at)
        if not self._truths:
            self._truths = self._points.truths(rest[0], self._root)
        return self._truths[at]


def _nothing() -> None:
    return None
