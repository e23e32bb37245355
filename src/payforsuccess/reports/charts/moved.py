"""Money under outcomes terms so far, year by year: one bar a year, one part a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, GROUND, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import amount_text, decimal_text
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Dark beside light, with an outline, so that no part is told from its neighbour by hue alone.
FILLS = (BLUE, GROUND, ORANGE, "white", QUIET, LINE, INK)


@dataclass(frozen=True)
class Moved:
    """The running total of each source in minor units, one for each year, the years in order."""

    title: str
    currency: str
    years: tuple[int, ...]
    sources: tuple[tuple[str, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.years or not self.sources:
            raise ValueError("money that moved needs years and sources")


def moved_figure(moved: Moved) -> Figure:
    """The bars, with their table below."""
    return Figure(
        image=drawn(3.2, lambda _, axes: _draw(moved, axes)),
        alternative=moved_in_words(moved),
        caption=moved.title,
        table=moved_table(moved),
        table_shown="below",
    )


def moved_in_words(moved: Moved) -> str:
    """Each source at the end of the last year, in a sentence."""
    said = [f"Under outcomes terms at the end of fiscal year {moved.years[-1]}:"]
    said += [
        f"{source}: {amount_text(amounts[-1], moved.currency)}."
        for source, amounts in moved.sources
    ]
    return " ".join(said)


def moved_table(moved: Moved) -> Table:
    """Source by source, year by year."""
    return Table(
        caption=f"{moved.title} ({moved.currency})",
        columns=(Column("Source"), *(Column(str(year), is_number=True) for year in moved.years)),
        rows=tuple(
            (cell(source), *(cell(amount_text(each, moved.currency)) for each in amounts))
            for source, amounts in moved.sources
        ),
    )


def _draw(moved: Moved, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    below = [0.0] * len(moved.years)
    for at, (source, amounts) in enumerate(moved.sources):
        units = [float(from_minor(each, moved.currency)) for each in amounts]
        axes.bar(
            range(len(units)),
            units,
            bottom=below,
            width=0.5,
            facecolor=FILLS[at % len(FILLS)],
            edgecolor=INK,
            linewidth=0.8,
            label=printable(source),
            zorder=3,
        )
        below = [so_far + more for so_far, more in zip(below, units, strict=True)]
    axes.set_xticks(range(len(moved.years)), [str(year) for year in moved.years])
    axes.set_xlim(-0.6, len(moved.years) - 0.4)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Fiscal year"), labelpad=6)
    axes.set_ylabel(moved.currency, labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3, frameon=False)
