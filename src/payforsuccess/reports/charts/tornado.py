"""How far a figure moves with each assumption: a bar from low to high, the widest on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.table import Column, Table, cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BARS = 12


@dataclass(frozen=True)
class Bar:
    """One assumption: what it is at both ends (as text), and what the figure comes to there."""

    says: str
    low: str
    high: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far apart the two lie."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """The figure at the base case and a bar for each assumption, the widest first."""

    title: str
    figure: str
    base: float
    bars: tuple[Bar, ...]
    places: int = 0

    def __post_init__(self) -> None:
        required(self.title, "a tornado's title")
        if not self.bars:
            raise ValueError("a tornado needs bars")


def tornado_figure(tornado: Tornado) -> Figure:
    """The bars drawn, at most twelve of them; the table holds all."""
    shown = tornado.bars[:MOST_BARS]
    return Figure(
        image=drawn(1.2 + 0.38 * len(shown), lambda _, axes: _draw(tornado, shown, axes)),
        alternative=tornado_in_words(tornado),
        caption=tornado.title,
        table=tornado_table(tornado),
        table_shown="below",
    )


def tornado_in_words(tornado: Tornado) -> str:
    """The widest bars in sentences."""
    said = [f"At the base case {tornado.figure} comes to {_text(tornado, tornado.base)}."]
    said += [
        f"{bar.says} at {bar.low}: {_text(tornado, bar.at_low)}; at {bar.high}: "
        f"{_text(tornado, bar.at_high)}."
        for bar in tornado.bars[:5]
    ]
    return " ".join(said)


def tornado_table(tornado: Tornado) -> Table:
    """Every assumption with both ends."""
    titles = ("Low", "High", "Figure at low", "Figure at high", "Apart")
    return Table(
        caption=f"{tornado.title}: every assumption, the widest first",
        columns=(Column("Assumption"), *(Column(title, is_number=True) for title in titles)),
        rows=tuple(
            (
                cell(bar.says),
                cell(bar.low),
                cell(bar.high),
                cell(_text(tornado, bar.at_low)),
                cell(_text(tornado, bar.at_high)),
                cell(_text(tornado, bar.width)),
            )
            for bar in tornado.bars
        ),
    )


def _text(tornado: Tornado, value: float) -> str:
    return decimal_text(value, tornado.places)


def _draw(tornado: Tornado, shown: tuple[Bar, ...], axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for at, bar in enumerate(reversed(shown)):
        for value, colour, fill in ((bar.at_low, ORANGE, "white"), (bar.at_high, BLUE, BLUE)):
            axes.barh(
                at,
                value - tornado.base,
                left=tornado.base,
                height=0.62,
                facecolor=fill,
                edgecolor=colour,
                linewidth=1.4,
                zorder=3,
            )
    axes.axvline(tornado.base, color=INK, linewidth=1.0, zorder=4)
    axes.set_yticks(range(len(shown)), [printable(bar.says) for bar in reversed(shown)])
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: decimal_text(value, max(tornado.places, 2)))
    )
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label(f"{tornado.figure} (outlined: at low; filled: at high)"), labelpad=6)
    axes.xaxis.label.set_color(QUIET)
