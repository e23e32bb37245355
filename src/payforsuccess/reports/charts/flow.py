"""The way of the participants through the study, as the CONSORT statement asks (Schulz 2010)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, GROUND, INK, QUIET, drawn
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import counted, listed
from payforsuccess.reports.table import Cell, Column, Table, cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ARMS = 4
LINE_POINTS = 12.5

# Where boxes stand, from the bottom, and half the height of a box.
ASSESSED_AT, ALL_AT, STAGES_AT, HALF = 1.25, 0.9, (0.59, 0.31, 0.03), 0.1


@dataclass(frozen=True)
class Reason:
    """Why people left at one stage, and how many."""

    why: str
    number: int

    def __post_init__(self) -> None:
        required(self.why, "a reason")
        if self.number < 0:
            raise ValueError("a number of people is not below 0")


@dataclass(frozen=True)
class FlowArm:
    """One arm: people allocated, those of them followed to the end, and those analysed.

    lost: why people were not followed. left_out: why people were not analysed. Where reasons are
    given they add up to the people missing. All who were allocated may be analysed even when some
    were not followed.
    """

    name: str
    allocated: int
    followed: int
    analysed: int
    lost: tuple[Reason, ...] = ()
    left_out: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        required(self.name, "an arm's name")
        for stage, number in (("followed", self.followed), ("analysed", self.analysed)):
            if not 0 <= number <= self.allocated:
                raise ValueError(f"people {stage} are part of the people allocated")
        for reasons, rest in (
            (self.lost, self.allocated - self.followed),
            (self.left_out, self.allocated - self.analysed),
        ):
            if reasons and sum(reason.number for reason in reasons) != rest:
                raise ValueError("reasons add up to the people who left")


@dataclass(frozen=True)
class ParticipantFlow:
    """Everyone allocated, arm by arm; before that, those assessed and why some were excluded."""

    title: str
    arms: tuple[FlowArm, ...]
    assessed: int | None = None
    excluded: tuple[Reason, ...] = ()
    allocation: str = "Randomised"

    def __post_init__(self) -> None:
        required(self.title, "the title")
        if not 1 <= len(self.arms) <= MOST_ARMS:
            raise ValueError(f"one to {MOST_ARMS} arms can be drawn")
        if self.assessed is None and self.excluded:
            raise ValueError("people are excluded from those assessed; say how many were")
        if self.assessed is not None:
            excluded = sum(reason.number for reason in self.excluded)
            if self.assessed - excluded != self.allocated:
                raise ValueError("people assessed, less those excluded, are the people allocated")

    @property
    def allocated(self) -> int:
        """Everyone, over the arms."""
        return sum(arm.allocated for arm in self.arms)


def participant_flow(flow: ParticipantFlow) -> Figure:
    """Boxes from the top: assessed, allocated, followed, analysed; one column an arm."""
    height = 3.3 if flow.assessed is None else 4.2
    return Figure(
        image=drawn(height, lambda _, axes: _draw(flow, axes)),
        alternative=flow_in_words(flow),
        caption=flow.title,
        table=flow_table(flow),
    )


def flow_in_words(flow: ParticipantFlow) -> str:
    """The same boxes in sentences."""
    said = []
    if flow.assessed is not None:
        said.append(f"{counted(flow.assessed, 'person', 'people')} assessed.")
    said += [f"Excluded: {reason.number:,}, {reason.why}." for reason in flow.excluded]
    said.append(f"{flow.allocation}: {counted(flow.allocated, 'person', 'people')}.")
    for arm in flow.arms:
        said.append(
            f"{arm.name}: {arm.allocated:,} allocated, {arm.followed:,} followed to the end"
            f"{_why(arm.lost)}, {arm.analysed:,} analysed{_why(arm.left_out)}."
        )
    return " ".join(said)


def flow_table(flow: ParticipantFlow) -> Table:
    """One row a stage, one column an arm, and everyone."""
    stages = (
        ("Allocated", [arm.allocated for arm in flow.arms]),
        ("Followed to the end", [arm.followed for arm in flow.arms]),
        ("Analysed", [arm.analysed for arm in flow.arms]),
    )
    rows: list[tuple[Cell, ...]] = [
        (cell(name), *(cell(f"{number:,}") for number in numbers), cell(f"{sum(numbers):,}"))
        for name, numbers in stages
    ]
    arms = tuple(Column(arm.name, is_number=True) for arm in flow.arms)
    return Table(
        "Participants by stage and arm",
        (Column("Stage"), *arms, Column("All", is_number=True)),
        tuple(rows),
    )


def _why(reasons: tuple[Reason, ...]) -> str:
    return (
        f" ({listed([f'{reason.number:,} {reason.why}' for reason in reasons])})" if reasons else ""
    )


def _draw(flow: ParticipantFlow, axes: Axes) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.09, 1.02 if flow.assessed is None else 1.36)
    if flow.assessed is not None:
        _box(axes, 0.5, ASSESSED_AT, 0.34, [f"Assessed\nn = {flow.assessed:,}"])
        _arrow(axes, (0.5, ASSESSED_AT - HALF), (0.5, ALL_AT + HALF))
    if flow.excluded:
        middle = (ASSESSED_AT + ALL_AT) / 2
        reasons = [f"{reason.why}: {reason.number:,}" for reason in flow.excluded]
        _box(axes, 0.84, middle, 0.3, ["Excluded", *reasons], quiet=True)
        _arrow(axes, (0.5, middle), (0.69, middle))
    _box(axes, 0.5, ALL_AT, 0.34, [f"{flow.allocation}\nn = {flow.allocated:,}"])
    width = min(0.42, 0.94 / len(flow.arms))
    for at, arm in enumerate(flow.arms):
        across = (at + 0.5) / len(flow.arms)
        _arrow(axes, (0.5, ALL_AT - HALF), (across, STAGES_AT[0] + HALF))
        stages = (
            [f"{arm.name}\nallocated: n = {arm.allocated:,}"],
            _stage("Followed to the end", arm.followed, arm.lost, arm),
            _stage("Analysed", arm.analysed, arm.left_out, arm),
        )
        for up, said in zip(STAGES_AT, stages, strict=True):
            _box(axes, across, up, width, said)
        for above, below in pairwise(STAGES_AT):
            _arrow(axes, (across, above - HALF), (across, below + HALF))


def _stage(name: str, number: int, reasons: tuple[Reason, ...], arm: FlowArm) -> list[str]:
    missing = arm.allocated - number
    why = "; ".join(f"{reason.why}: {reason.number:,}" for reason in reasons)
    return [f"{name}: n = {number:,}", why or f"not {name.split()[0].lower()}: {missing:,}"]


def _box(
    axes: Axes, across: float, up: float, width: float, said: list[str], *, quiet: bool = False
) -> None:
    from matplotlib.patches import Rectangle

    height = 2 * HALF if not quiet else 0.08 + 0.06 * len(said)
    axes.add_patch(
        Rectangle(
            (across - width / 2, up - height / 2),
            width,
            height,
            facecolor="white" if quiet else GROUND,
            edgecolor=QUIET if quiet else BLUE,
            linewidth=0.8 if quiet else 1.1,
            linestyle="--" if quiet else "-",
        )
    )
    letters = max(int(width * 74), 12)
    rows = [
        row for part in said for line in part.split("\n") for row in wrap(printable(line), letters)
    ]
    # Each row is a text of its own, so that it is centred in the reader's font as well.
    for at, row in enumerate(rows):
        axes.annotate(
            row,
            xy=(across, up),
            xytext=(0, ((len(rows) - 1) / 2 - at) * LINE_POINTS),
            textcoords="offset points",
            ha="center",
            va="center_baseline",
            color=INK,
        )


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow; where it must go down and aside, it goes down, then across, then down."""
    if start[0] != end[0] and start[1] != end[1]:
        middle = (start[1] + end[1]) / 2
        axes.plot([start[0], start[0], end[0]], [start[1], middle, middle], color=QUIET, lw=1.0)
        start = (end[0], middle)
    style = {"arrowstyle": "-|>", "color": QUIET, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
