"""A control chart: periods with their limits, and the days on which practice was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.table import Column, Table, cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGNS = {
    "": "within",
    "above": "above the limits",
    "below": "below the limits",
    "run": "eight in a row on one side",
}


@dataclass(frozen=True)
class ControlPoint:
    """One period: its value with its limits, in percent, and what stands out."""

    period: str
    value: float
    low: float
    high: float
    sign: str
    people: str


@dataclass(frozen=True)
class PracticeMark:
    """A change of practice: after how many of the points it came, its day, and what it was."""

    after: int
    on: str
    says: str


@dataclass(frozen=True)
class ControlFigure:
    """All that is drawn; limits are not firm with few points."""

    title: str
    middle: float
    points: tuple[ControlPoint, ...]
    marks: tuple[PracticeMark, ...]
    is_firm: bool

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.points:
            raise ValueError("a chart needs points")


def control_figure(chart: ControlFigure) -> Figure:
    """The points between their limits, with the table of the same numbers."""
    return Figure(
        image=drawn(3.3, lambda _, axes: _draw(chart, axes)),
        alternative=control_in_words(chart),
        caption=chart.title,
        table=control_table(chart),
        table_shown="below",
    )


def control_in_words(chart: ControlFigure) -> str:
    """The middle, what stands out, and every change of practice."""
    out = [f"{point.period} ({SIGNS[point.sign]})" for point in chart.points if point.sign]
    told = f"The middle is {chart.middle:.0f}%. "
    told += f"Standing out: {', '.join(out)}." if out else "No period stands out from chance."
    if not chart.is_firm:
        told += " There are few periods, so the limits may still move."
    for mark in chart.marks:
        told += f" Practice changed on {mark.on}: {mark.says}"
    return told


def control_table(chart: ControlFigure) -> Table:
    """One row a period; a change of practice stands with the period after which it came."""
    titles = ("Share", "Lower limit", "Upper limit", "Of people")
    rows = []
    for at, point in enumerate(chart.points, 1):
        changed = [
            f"{'before it, ' if not mark.after else ''}{mark.on}: {mark.says}"
            for mark in chart.marks
            if max(mark.after, 1) == at
        ]
        rows.append(
            (
                cell(point.period),
                *(cell(f"{value:.0f}%") for value in (point.value, point.low, point.high)),
                cell(point.people),
                cell(SIGNS[point.sign]),
                cell("; ".join(changed) or "none"),
            )
        )
    return Table(
        "Each period with its limits, and changes of practice",
        (
            Column("Period"),
            *(Column(title, is_number=True) for title in titles),
            Column("Beside chance"),
            Column("Practice changed after it"),
        ),
        tuple(rows),
    )


def _draw(chart: ControlFigure, axes: Axes) -> None:
    across = list(range(1, len(chart.points) + 1))
    edges = [at - 0.5 for at in across] + [across[-1] + 0.5]
    for limits in ([p.low for p in chart.points], [p.high for p in chart.points]):
        axes.stairs(limits, edges, baseline=None, color=QUIET, linestyle="--", linewidth=1.0)
    axes.axhline(chart.middle, color=QUIET, linewidth=0.9)
    axes.plot(across, [p.value for p in chart.points], color=BLUE, linewidth=1.2, marker="o")
    for at, point in zip(across, chart.points, strict=True):
        if point.sign:
            axes.plot([at], [point.value], color=ORANGE, marker="D", markersize=9, linestyle="")
    for number, mark in enumerate(chart.marks, 1):
        axes.axvline(mark.after + 0.5, color=INK, linestyle=":", linewidth=1.2)
        axes.annotate(
            f"change {number}",
            (mark.after + 0.5, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(3, -9),
            textcoords="offset points",
            color=INK,
        )
    axes.set_xticks(across, [str(at) for at in across])
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + (high - low) / 6)  # room for the names of changes
    axes.set_xlim(0.4, len(across) + 0.9)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_xlabel(label("Period, in order; dashed: limits of chance, line: the middle"))
    axes.set_ylabel("percent")
