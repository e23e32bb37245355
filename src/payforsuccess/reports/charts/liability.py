"""What payors may owe by fiscal year: as assumed, at most, and what is provided for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, GROUND, INK, LINE, ORANGE, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.numbers import amount_text, decimal_text
from payforsuccess.reports.table import Table
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Year:
    """One fiscal year in minor units.

    `most` is None where nothing bounds it, `provided` where nothing is said to be provided.
    """

    says: str
    low: int
    base: int
    high: int
    most: int | None
    provided: int | None


@dataclass(frozen=True)
class LiabilityByYear:
    """The years in order."""

    title: str
    currency: str
    years: tuple[Year, ...]

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.years:
            raise ValueError("liability needs years")


def liability_figure(liability: LiabilityByYear, table: Table) -> Figure:
    """Bars for what is assumed with the range of the cases, marks for the most and the provided.

    There is nothing for what is provided where no year says it.
    """
    return Figure(
        image=drawn(3.4, lambda _, axes: _draw(liability, axes)),
        alternative=liability_in_words(liability),
        caption=liability.title,
        table=table,
        table_shown="below",
    )


def liability_in_words(liability: LiabilityByYear) -> str:
    """Each year in a sentence."""

    def money(minor: int) -> str:
        return amount_text(minor, liability.currency)

    return " ".join(
        f"Fiscal year {year.says}: {money(year.base)} in the base case ({money(year.low)} low, "
        f"{money(year.high)} high), "
        + ("unbounded at most" if year.most is None else f"at most {money(year.most)}")
        + ("." if year.provided is None else f", {money(year.provided)} provided.")
        for year in liability.years
    )


def _draw(liability: LiabilityByYear, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    def units(minor: int) -> float:
        return float(from_minor(minor, liability.currency))

    is_provided = any(year.provided is not None for year in liability.years)
    provided = "provided" if any(year.provided for year in liability.years) else "provided: nothing"
    beside = 0.2 if is_provided else 0.0
    for at, year in enumerate(liability.years):
        names = at == 0
        axes.bar(
            at - beside,
            units(year.base),
            width=0.36,
            facecolor=BLUE,
            edgecolor=BLUE,
            label="expected: base case" if names else None,
            zorder=3,
        )
        axes.plot(
            [at - beside, at - beside],
            [units(min(year.low, year.high)), units(max(year.low, year.high))],
            color=INK,
            linewidth=1.4,
            marker="_",
            markersize=9,
            label="low to high case" if names else None,
            zorder=5,
        )
        if year.provided is not None:
            axes.bar(
                at + 0.2,
                units(year.provided),
                width=0.36,
                facecolor=GROUND,
                edgecolor=INK,
                linewidth=1.0,
                label=provided if names else None,
                zorder=3,
            )
        if year.most is not None:
            axes.plot(
                [at - 0.42, at + 0.42],
                [units(year.most)] * 2,
                color=ORANGE,
                linewidth=1.8,
                linestyle=(0, (5, 2)),
                label="most that can fall due" if names else None,
                zorder=4,
            )
    axes.set_xticks(range(len(liability.years)), [year.says for year in liability.years])
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Fiscal year, named by the year in which it ends"), labelpad=6)
    axes.set_ylabel(liability.currency, labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2, frameon=False)
