"""How much money a provider needs of its own as more of its pay hangs on outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.numbers import decimal_text, whole_money_text
from payforsuccess.reports.table import Table
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class WorkingCapital:
    """Working capital in minor units at each share (0 to 1), case by case; `now` is the share as
    the deal stands."""

    currency: str
    shares: tuple[float, ...]
    cases: tuple[tuple[str, tuple[int, ...]], ...]
    now: float
    table: Table


def working_capital_figure(of: WorkingCapital) -> Figure:
    """The figure: one line a case, marked where the deal stands."""
    return Figure(
        image=drawn(3.3, lambda _, axes: _draw(of, axes)),
        alternative=in_words(of),
        caption="Working capital by the share of pay tied to outcomes",
        table=of.table,
    )


def in_words(of: WorkingCapital) -> str:
    """The picture as it would be told to somebody who cannot see it."""
    said = [f"Working capital of the provider in {of.currency}, by the share tied to outcomes."]
    for case, amounts in of.cases:
        first, last = (whole_money_text(amounts[at], of.currency) for at in (0, -1))
        said.append(
            f"In the {case} case it is {first} at {of.shares[0]:.0%} and {last} at "
            f"{of.shares[-1]:.0%}."
        )
    said.append(f"As the deal stands {of.now:.1%} is tied.")
    return " ".join(said)


def _draw(of: WorkingCapital, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, PercentFormatter

    looks = ((BLUE, "-", "o"), (ORANGE, "--", "s"))
    for (case, amounts), (colour, dash, marker) in zip(of.cases, looks, strict=False):
        axes.plot(
            of.shares,
            _units(amounts, of.currency),
            color=colour,
            linestyle=dash,
            marker=marker,
            markersize=4,
            linewidth=1.4,
            label=f"{case} case",
        )
    axes.axvline(of.now, color=QUIET, linewidth=0.9, linestyle=":", label="as the deal stands")
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Share of pay tied to outcomes"), labelpad=6)
    axes.set_ylabel(of.currency, labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3, frameon=False)


def _units(amounts: Sequence[int], currency: str) -> list[float]:
    return [float(from_minor(amount, currency)) for amount in amounts]
