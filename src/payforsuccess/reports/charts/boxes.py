"""Boxes in rows with arrows between them, as tall as their words ask for. All sizes in points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, GROUND, INK, QUIET, drawn
from payforsuccess.reports.figure import Svg
from payforsuccess.reports.markup import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 480.0
LINE = 12.5
PADDING = 8.0
GAP = 20.0
# A generous width of a letter, so that words stay inside their box in any reader's font.
LETTER = 5.3


@dataclass(frozen=True)
class Box:
    """A box centred at `across` (0 to WIDTH). A quiet box stands aside, in a broken line."""

    says: tuple[str, ...]
    across: float
    width: float
    is_quiet: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """The words in rows that fit the width."""
        letters = max(int((self.width - PADDING) / LETTER), 8)
        return tuple(row for line in self.says for row in wrap(printable(line), letters))

    @property
    def height(self) -> float:
        """As tall as the rows."""
        return len(self.rows) * LINE + 2 * PADDING


Level = tuple[Box, ...]


def draw_boxes(levels: tuple[Level, ...]) -> Svg:
    """Levels from the top, each box joined to the one above it, or to the middle one, by an arrow.

    A level of quiet boxes stands beside the arrow that passes it, and is joined to that arrow.
    """
    tops = _tops(levels)
    bottom = tops[-1] - _height(levels[-1])

    def draw(_: object, axes: Axes) -> None:
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(bottom - 2, 2)
        for level, top in zip(levels, tops, strict=True):
            for box in level:
                _box(axes, box, top, _height(level))
        _join(axes, levels, tops)

    return drawn((4 - bottom) / 72 + 0.1, draw)


def _height(level: Level) -> float:
    return max(box.height for box in level)


def _tops(levels: tuple[Level, ...]) -> tuple[float, ...]:
    tops = [0.0]
    for level in levels[:-1]:
        tops.append(tops[-1] - _height(level) - GAP)
    return tuple(tops)


def _join(axes: Axes, levels: tuple[Level, ...], tops: tuple[float, ...]) -> None:
    placed = list(zip(levels, tops, strict=True))
    main = [(level, top) for level, top in placed if not level[0].is_quiet]
    for (above, above_top), (below, top) in pairwise(main):
        for at, box in enumerate(below):
            start = above[at] if len(above) == len(below) else above[0]
            _arrow(axes, (start.across, above_top - _height(above)), (box.across, top))
    for level, top in placed:
        if level[0].is_quiet:
            middle = top - _height(level) / 2
            _arrow(axes, (WIDTH / 2, middle), (level[0].across - level[0].width / 2, middle))


def _box(axes: Axes, box: Box, top: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (box.across - box.width / 2, top - height),
            box.width,
            height,
            facecolor="white" if box.is_quiet else GROUND,
            edgecolor=QUIET if box.is_quiet else BLUE,
            linewidth=0.8 if box.is_quiet else 1.1,
            linestyle="--" if box.is_quiet else "-",
        )
    )
    # Each row is a text of its own, so that it is centred in the reader's font as well.
    first = top - height / 2 + (len(box.rows) - 1) / 2 * LINE
    for at, row in enumerate(box.rows):
        up = first - at * LINE
        axes.text(box.across, up, row, ha="center", va="center_baseline", color=INK)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow; where it must go down and aside, it goes down, then across, then down."""
    if start[0] != end[0] and start[1] != end[1]:
        middle = (start[1] + end[1]) / 2
        axes.plot([start[0], start[0], end[0]], [start[1], middle, middle], color=QUIET, lw=1.0)
        start = (end[0], middle)
    style = {"arrowstyle": "-|>", "color": QUIET, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
