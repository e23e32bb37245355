"""How far a comparison pool covers the people served: both by their chance of being served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.numbers import decimal_text, percent_text
from payforsuccess.reports.table import Column, Table, cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class ScoreBin:
    """People of both arms whose score lies from `low` to below `high`; None for a hidden count."""

    low: float
    high: float
    treated: int | None
    control: int | None

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError("a stretch of scores goes from the smaller to the larger")

    @property
    def says(self) -> str:
        """`0.1 to 0.2`."""
        return f"{decimal_text(self.low)} to {decimal_text(self.high)}"


@dataclass(frozen=True)
class ScoreOverlap:
    """All that is drawn: the stretches of the score in order."""

    title: str
    treated: str
    control: str
    bins: tuple[ScoreBin, ...]

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.bins:
            raise ValueError("an overlap needs stretches of scores")


def score_overlap(overlap: ScoreOverlap) -> Figure:
    """Bars above the line for those served, below it for the pool, each as shares of its own."""
    return Figure(
        image=drawn(3.2, lambda _, axes: _draw(overlap, axes)),
        alternative=overlap_in_words(overlap),
        caption=overlap.title,
        table=overlap_table(overlap),
        table_shown="below",
    )


def overlap_in_words(overlap: ScoreOverlap) -> str:
    """Where each has most of its people, and where one has people and the other none."""
    said = []
    for name, key in ((overlap.treated, "treated"), (overlap.control, "control")):
        most = max(overlap.bins, key=lambda each: getattr(each, key) or 0)
        said.append(f"In {name} most people have a score of {most.says}.")
    alone = [each.says for each in overlap.bins if each.treated and each.control == 0]
    said.append(
        f"Served, and no one alike in the pool, at {', '.join(alone)}."
        if alone
        else "Wherever people were served, the pool has people with a score alike."
    )
    if any(None in (each.treated, each.control) for each in overlap.bins):
        said.append("Bars of hidden counts are left out.")
    return " ".join(said)


def overlap_table(overlap: ScoreOverlap) -> Table:
    """One row a stretch: people of each arm."""
    return Table(
        "People by score and arm",
        (
            Column("Score"),
            Column(overlap.treated, is_number=True),
            Column(overlap.control, is_number=True),
        ),
        tuple(
            (cell(each.says), cell(_count(each.treated)), cell(_count(each.control)))
            for each in overlap.bins
        ),
    )


def _count(people: int | None) -> str:
    return "hidden" if people is None else f"{people:,}"


def _draw(overlap: ScoreOverlap, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    sides = (
        ([each.treated or 0 for each in overlap.bins], 1, BLUE, BLUE, overlap.treated),
        ([each.control or 0 for each in overlap.bins], -1, "white", ORANGE, overlap.control),
    )
    for counts, sign, fill, edge, name in sides:
        whole = sum(counts) or 1
        axes.bar(
            [(each.low + each.high) / 2 for each in overlap.bins],
            [sign * count / whole for count in counts],
            width=[0.86 * (each.high - each.low) for each in overlap.bins],
            facecolor=fill,
            edgecolor=edge,
            linewidth=1.1,
            label=label(name),
            zorder=3,
        )
    axes.axhline(0, color=QUIET, linewidth=0.9, zorder=4)
    axes.set_xlim(overlap.bins[0].low, overlap.bins[-1].high)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_text(abs(value), 0)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Score: the chance of being served, from facts before"), labelpad=6)
    axes.set_ylabel("share of each arm", labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, frameon=False)
