"""Cash by period: what comes in above the line, what goes out below it, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, GROUND, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.numbers import amount_text, decimal_text, listed
from payforsuccess.reports.table import Table
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Fill and edge of each layer: told apart by lightness and outline too, not by colour alone.
_IN = ((BLUE, BLUE), ("white", BLUE), (GROUND, BLUE))
_OUT = ((ORANGE, ORANGE), ("white", ORANGE), (GROUND, ORANGE))


@dataclass(frozen=True)
class Layer:
    """One kind of cash, with an amount of 0 or more in minor units for each period."""

    says: str
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class CashByPeriod:
    """At most three layers in and three out, and what is left after each period."""

    title: str
    currency: str
    periods: tuple[str, ...]
    comes_in: tuple[Layer, ...]
    goes_out: tuple[Layer, ...]
    left: tuple[int, ...]

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        if not self.periods:
            raise ValueError("cash needs periods")
        if max(len(self.comes_in), len(self.goes_out)) > len(_IN):
            raise ValueError("at most three layers on each side can be told apart")
        for amounts in (*(layer.amounts for layer in (*self.comes_in, *self.goes_out)), self.left):
            if len(amounts) != len(self.periods):
                raise ValueError("each period has one amount of each kind")


def cash_figure(cash: CashByPeriod, table: Table) -> Figure:
    """The bars and the line, with the table of the same numbers."""
    return Figure(
        image=drawn(3.7, lambda _, axes: _draw(cash, axes)),
        alternative=cash_in_words(cash),
        caption=cash.title,
        table=table,
        table_shown="below",
    )


def cash_in_words(cash: CashByPeriod) -> str:
    """What comes in and goes out in all, when most of it does, and what is left."""

    def told(layer: Layer) -> str:
        most = max(range(len(cash.periods)), key=lambda at: layer.amounts[at])
        return (
            f"{layer.says} {amount_text(sum(layer.amounts), cash.currency)}, most in "
            f"{cash.periods[most]}"
        )

    parts = []
    for side, layers in (("In", cash.comes_in), ("Out", cash.goes_out)):
        if layers:
            parts.append(f"{side}: {listed([told(layer) for layer in layers])}.")
    parts.append(f"Left in the end: {amount_text(cash.left[-1], cash.currency)}.")
    return " ".join(parts)


def _draw(cash: CashByPeriod, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    across = range(len(cash.periods))
    for layers, looks, sign in ((cash.comes_in, _IN, 1), (cash.goes_out, _OUT, -1)):
        bottom = [0.0] * len(cash.periods)
        for layer, (fill, edge) in zip(layers, looks, strict=False):
            heights = [sign * _units(amount, cash.currency) for amount in layer.amounts]
            axes.bar(
                across,
                heights,
                bottom=bottom,
                width=0.72,
                facecolor=fill,
                edgecolor=edge,
                linewidth=1.1,
                label=layer.says,
                zorder=3,
            )
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    axes.plot(
        across,
        [_units(amount, cash.currency) for amount in cash.left],
        color=INK,
        linewidth=1.4,
        marker="o",
        markersize=4,
        label="left after the period",
        zorder=5,
    )
    axes.axhline(0, color=QUIET, linewidth=0.8, zorder=4)
    axes.set_xticks(across, cash.periods)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Payment period"), labelpad=6)
    axes.set_ylabel(cash.currency, labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3, frameon=False)


def _units(minor: int, currency: str) -> float:
    return float(from_minor(minor, currency))
