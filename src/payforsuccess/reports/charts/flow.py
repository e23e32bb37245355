"""The way of the participants through the study, as the CONSORT statement asks (Schulz 2010)."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
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
    return Table(flow.title, (Column("Stage"), *arms, Column("All", is_number=True)), tuple(rows))


def _why(reasons: tuple[Reason, ...]) -> str:
    return (
        f" ({listed([f'{reason.number:,} {reason.why}' for reason in reasons])})" if reasons else ""
    )


def _draw(flow: ParticipantFlow, axes: Axes) -> None:
    has_assessed = flow.assessed is not None
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.09, 1.36 if has_assessed else 1.02)
    all_at = 0.9
    if has_assessed:
        _box(axes, 0.5, 1.25, 0.34, [f"Assessed\nn = {flow.assessed:,}"])
        _arrow(axes, (0.5, 1.15), (0.5, 1.0))
        if flow.excluded:
            reasons = [f"{reason.why}: {reason.number:,}" for reason in flow.excluded]
            _box(axes, 0.84, 1.075, 0.3, ["Excluded", *reasons], quiet=True)
            _arrow(axes, (0.5, 1.075), (0.69, 1.075))
    _box(axes, 0.5, all_at, 0.34, [f"{flow.allocation}\nn = {flow.allocated:,}"])
    width = min(0.42, 0.94 / len(flow.arms))
    for at, arm in enumerate(flow.arms):
        across = (at + 0.5) / len(flow.arms)
        _arrow(axes, (0.5, all_at - 0.1), (across, 0.68), elbow=True)
        _box(axes, across, 0.57, width, [f"{arm.name}\nallocated: n = {arm.allocated:,}"])
        _arrow(axes, (across, 0.46), (across, 0.38))
        _box(axes, across, 0.29, width, _stage("Followed to the end", arm.followed, arm.lost, arm))
        _arrow(axes, (across, 0.2), (across, 0.12))
        _box(axes, across, 0.03, width, _stage("Analysed", arm.analysed, arm.left_out, arm))


def _stage(name: str, number: int, reasons: tuple[Reason, ...], arm: FlowArm) -> list[str]:
    missing = arm.allocated - number
    why = "; ".join(f"{reason.why}: {reason.number:,}" for reason in reasons)
    return [f"{name}: n = {number:,}", why or f"not {name.split()[0].lower()}: {missing:,}"]


def _box(
    axes: Axes, across: float, up: float, width: float, said: list[str], *, quiet: bool = False
) -> None:
    from matplotlib.patches import Rectangle

    height = 0.2 if not quiet else 0.08 + 0.06 * len(said)
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
    text = "\n".join(fill(printable(line), letters) for part in said for line in part.split("\n"))
    axes.text(across, up, text, ha="center", va="center", color=INK, linespacing=1.35)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], *, elbow: bool = False
) -> None:
    style = {"arrowstyle": "-|>", "color": QUIET, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0}
    if elbow and start[0] != end[0]:
        # Down from the box, then across, then down to the arm.
        style["connectionstyle"] = "angle,angleA=-90,angleB=180,rad=0"
        middle = (start[1] + end[1]) / 2
        axes.plot([start[0], start[0], end[0]], [start[1], middle, middle], color=QUIET, lw=1.0)
        start = (end[0], middle)
        style.pop("connectionstyle")
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
