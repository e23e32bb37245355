"""Who pays against who saves: for each budget what it avoids, can take out, and pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import amount_text, decimal_text
from payforsuccess.reports.table import Table
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.24


@dataclass(frozen=True)
class Budget:
    """One budget in minor units, signed; what it pays counts against it."""

    says: str
    avoided: int
    cashable: int
    paid: int


@dataclass(frozen=True)
class PaysAndSaves:
    """The budgets in order, never added up."""

    title: str
    currency: str
    budgets: tuple[Budget, ...]

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.budgets:
            raise ValueError("who pays and who saves needs budgets")


def pays_and_saves_figure(of: PaysAndSaves, table: Table) -> Figure:
    """Three bars a budget: avoided and cashable to the right, paid to the left."""
    return Figure(
        image=drawn(1.5 + 0.5 * len(of.budgets), lambda _, axes: _draw(of, axes)),
        alternative=pays_and_saves_in_words(of),
        caption=of.title,
        table=table,
        table_shown="below",
    )


def pays_and_saves_in_words(of: PaysAndSaves) -> str:
    """Each budget in a sentence."""

    def money(minor: int) -> str:
        return amount_text(minor, of.currency)

    return " ".join(
        f"{each.says}: avoids {money(each.avoided)}, can take out {money(each.cashable)}, pays "
        f"{money(each.paid)}."
        for each in of.budgets
    )


def _draw(of: PaysAndSaves, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    def units(minor: int) -> float:
        return float(from_minor(minor, of.currency))

    across = range(len(of.budgets))
    looks = (
        ("avoided, at the margin", [units(b.avoided) for b in of.budgets], "white", BLUE),
        ("of it cashable", [units(b.cashable) for b in of.budgets], BLUE, BLUE),
        ("paid on success", [-units(b.paid) for b in of.budgets], ORANGE, ORANGE),
    )
    for place, (says, amounts, fill, edge) in enumerate(looks):
        axes.barh(
            [at + (place - 1) * BAR for at in across],
            amounts,
            height=BAR * 0.9,
            facecolor=fill,
            edgecolor=edge,
            linewidth=1.0,
            label=says,
            zorder=3,
        )
    axes.axvline(0, color=INK, linewidth=0.9, zorder=4)
    axes.set_yticks(across, [label(printable(each.says)) for each in of.budgets])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(
        label(f"{of.currency}: what costs a budget to the left, what helps it to the right"),
        labelpad=6,
    )
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.16), ncols=3, frameon=False)
