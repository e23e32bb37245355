"""Days on a line of years, numbered as in the table below; needs no drawing library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, QUIET
from payforsuccess.reports.figure import Figure, Svg
from payforsuccess.reports.numbers import counted, day_text
from payforsuccess.reports.table import Column, Table, cell

WIDTH, EDGE = 490.0, 16.0
APART = 15.0
"""Numbers nearer than this stand one above the other."""
RISE = 14.0
MOST_YEARS = 12
"""More years than that are not all written under the line."""


@dataclass(frozen=True)
class Happened:
    """Something with its day, or with the first and last day on which it can have been."""

    says: str
    first: date
    last: date
    source: str = ""

    @property
    def when(self) -> str:
        """The day in words, or the days between which it lies."""
        if self.first == self.last:
            return day_text(self.first)
        return f"between {day_text(self.first)} and {day_text(self.last)}"


def timeline_figure(title: str, happened: Sequence[Happened]) -> Figure:
    """The line with a number for each day, and the table of the same. Refuses an empty line."""
    if not happened:
        raise ValueError("a timeline needs something that happened")
    ordered = sorted(happened, key=lambda one: (one.first, one.last, one.says))
    numbered = list(enumerate(ordered, 1))
    told = "; ".join(f"{at}: {one.says}, {one.when}" for at, one in numbered)
    return Figure(
        image=Svg(_drawn(ordered)),
        alternative=f"{counted(len(ordered), 'event')} on a line of years. {told}.",
        caption=title,
        table=Table(
            title,
            (Column("Number"), Column("Day"), Column("What"), Column("Source")),
            tuple(
                (
                    cell(str(at)),
                    cell(one.when),
                    cell(one.says),
                    cell(one.source or "no paper on file"),
                )
                for at, one in numbered
            ),
        ),
        table_shown="below",
    )


def _drawn(ordered: Sequence[Happened]) -> str:
    start, end = ordered[0].first.year, max(one.last for one in ordered).year + 1
    first = date(start, 1, 1).toordinal()
    last = date(min(end, date.max.year), 1, 1).toordinal()

    def across(day: date) -> float:
        wide = max(last - first, 366)
        return EDGE + (WIDTH - 2 * EDGE) * min((day.toordinal() - first) / wide, 1)

    marks, levels = [], list[float]()
    for at, one in enumerate(ordered, 1):
        left, right = across(one.first), across(one.last)
        x = (left + right) / 2
        level = next((n for n, used in enumerate(levels) if x - used >= APART), len(levels))
        levels[level : level + 1] = [x]
        marks.append((at, left, right, x, level))
    axis = RISE * (len(levels) + 1) + 4
    parts = [_line(EDGE, axis, WIDTH - EDGE, axis, QUIET)]
    every = -(-(end - start) // MOST_YEARS)
    for year in range(start, end + 1, every):
        x = across(date(min(year, date.max.year), 1, 1))
        parts += [_line(x, axis, x, axis + 5, QUIET), _text(x, axis + 16, str(year), QUIET)]
    for at, left, right, x, level in marks:
        top = axis - RISE * (level + 1)
        parts += [
            _line(x, top + 3, x, axis, LINE),
            _line(left, axis, right, axis, BLUE, 4)
            if right > left
            else f'<circle cx="{x:.1f}" cy="{axis:.1f}" r="3.5" fill="{BLUE}"/>',
            _text(x, top, str(at), INK),
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {axis + 22:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"/>'
    )


def _text(x: float, y: float, says: str, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="DejaVu Sans" '
        f'font-size="9" fill="{colour}">{says}</text>'
    )
