"""An outcome in each arm: a mark for the estimate and a line for its interval."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import decimal_text, percent_text
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.units import CURRENCY_DIGITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOLERANCE = 1e-9
NAME_LETTERS = 26

# Told apart by shape first; colour only helps.
_MARKS = (("o", BLUE), ("s", ORANGE), ("^", QUIET), ("D", INK))


@dataclass(frozen=True)
class ArmRate:
    """One arm: its rate (a share in 0-1, or a mean) with its interval and whom it rests on.

    number: people with the outcome, where it is a count. of: people counted.
    """

    arm: str
    rate: float
    low: float
    high: float
    of: int
    number: int | None = None

    def __post_init__(self) -> None:
        required(self.arm, "an arm's name")
        # Interval and rate may come from different formulas; the last digits are no contradiction.
        if not self.low - TOLERANCE <= self.rate <= self.high + TOLERANCE:
            raise ValueError("a rate lies inside its interval")
        if self.of < 1 or (self.number is not None and not 0 <= self.number <= self.of):
            raise ValueError("an arm's number lies between 0 and the people counted")


@dataclass(frozen=True)
class OutcomeByArm:
    """The outcome in every arm. `unit` is empty for a share, shown in percent.

    interval: what the lines are, such as "95% interval (Wilson)". as_of: the date of the data.
    """

    title: str
    outcome: str
    arms: tuple[ArmRate, ...]
    interval: str
    unit: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        required(self.title, "the title")
        required(self.outcome, "the outcome")
        required(self.interval, "what the interval is")
        if not 1 <= len(self.arms) <= len(_MARKS):
            raise ValueError(f"one to {len(_MARKS)} arms can be drawn")
        if len({arm.arm for arm in self.arms}) < len(self.arms):
            raise ValueError("two arms have the same name")
        if not self.unit and any(not 0 <= arm.rate <= 1 for arm in self.arms):
            raise ValueError("a share lies between 0 and 1")

    def text(self, value: float) -> str:
        """A value as it is shown: a share in percent, money with its cents, else the number."""
        if self.unit in CURRENCY_DIGITS:
            return f"{value:,.{CURRENCY_DIGITS[self.unit]}f}".replace("-", "\N{MINUS SIGN}")
        return decimal_text(value) if self.unit else percent_text(value)


def outcome_by_arm(outcome: OutcomeByArm) -> Figure:
    """The arms one under the other on one axis that starts at zero."""
    return Figure(
        image=drawn(0.95 + 0.72 * len(outcome.arms), lambda _, axes: _draw(outcome, axes)),
        alternative=arms_in_words(outcome),
        caption=outcome.title,
        table=arms_table(outcome),
    )


def arms_in_words(outcome: OutcomeByArm) -> str:
    """Each arm's number, rate and interval, in one sentence an arm."""
    as_of = f", as of {outcome.as_of}" if outcome.as_of else ""
    said = [f"{outcome.outcome}{as_of}, with {outcome.interval}."]
    for arm in outcome.arms:
        whom = f"{arm.of:,} people" if arm.number is None else f"{arm.number:,} of {arm.of:,}"
        unit = f" {outcome.unit}" if outcome.unit else ""
        said.append(
            f"{arm.arm}: {whom}, {outcome.text(arm.rate)}{unit}, interval "
            f"{outcome.text(arm.low)} to {outcome.text(arm.high)}."
        )
    return " ".join(said)


def arms_table(outcome: OutcomeByArm) -> Table:
    """One row an arm: people, number, rate, interval."""
    has_numbers = all(arm.number is not None for arm in outcome.arms)
    columns = [Column("Arm"), Column("People", is_number=True)]
    columns += [Column("With the outcome", is_number=True)] if has_numbers else []
    rate = f"Mean ({outcome.unit})" if outcome.unit else "Rate"
    columns += [Column(rate, is_number=True), Column(outcome.interval, is_number=True)]
    rows: list[tuple[Cell, ...]] = []
    for arm in outcome.arms:
        row = [cell(arm.arm), cell(f"{arm.of:,}")]
        row += [cell(f"{arm.number:,}")] if has_numbers else []
        row += [
            cell(outcome.text(arm.rate)),
            cell(f"{outcome.text(arm.low)} to {outcome.text(arm.high)}"),
        ]
        rows.append(tuple(row))
    as_of = f", as of {outcome.as_of}" if outcome.as_of else ""
    return Table(f"{outcome.outcome} by arm{as_of}", tuple(columns), tuple(rows))


def _draw(outcome: OutcomeByArm, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    lowest = min(0.0, *(arm.low for arm in outcome.arms))
    highest = max(0.0, *(arm.high for arm in outcome.arms)) or 1.0
    # Room on both sides for the labels above the marks; a share cannot pass 100 percent.
    right = highest * 1.25 if outcome.unit else min(highest * 1.25, 1.0)
    left = lowest * 1.25 - (right - lowest) * 0.02
    for at, (arm, (mark, colour)) in enumerate(zip(outcome.arms, _MARKS, strict=False)):
        ends = [arm.low, arm.high]
        axes.plot(ends, [at, at], color=colour, linewidth=2.4, zorder=2)
        axes.plot(ends, [at, at], linestyle="", marker="|", markersize=9, color=colour, zorder=2)
        axes.plot(
            [arm.rate],
            [at],
            marker=mark,
            markersize=9.5,
            color=colour,
            markeredgecolor="white",
            clip_on=False,
            zorder=3,
        )
        across = (arm.rate - left) / (right - left)
        side = "left" if across < 0.2 else "right" if across > 0.8 else "center"
        axes.annotate(
            printable(_label(outcome, arm)),
            xy=({"left": arm.low, "right": arm.high, "center": arm.rate}[side], at),
            xytext=(0, 10),
            textcoords="offset points",
            ha=side,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )
    names = [f"{printable(arm.arm)} (n\u00a0=\u00a0{arm.of:,})" for arm in outcome.arms]
    axes.set_yticks(range(len(names)), [fill(name, NAME_LETTERS) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.75)
    axes.set_xlim(left, right)
    axes.xaxis.set_major_formatter(
        FuncFormatter(
            lambda value, _: decimal_text(value, 6) if outcome.unit else percent_text(value, 0)
        )
    )
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    unit = f"{outcome.unit}, " if outcome.unit else ""
    axes.set_xlabel(label(f"{outcome.outcome} ({unit}line: {outcome.interval})"), labelpad=6)


def _label(outcome: OutcomeByArm, arm: ArmRate) -> str:
    interval = f"({outcome.text(arm.low)} to {outcome.text(arm.high)})"
    counted = "" if arm.number is None else f"{arm.number:,} of {arm.of:,} = "
    return f"{counted}{outcome.text(arm.rate)} {interval}"
