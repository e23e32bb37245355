"""The way of the participants through the study, as the CONSORT statement asks (Schulz 2010)."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.reports.charts.boxes import WIDTH, Box, Level, draw_boxes
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.numbers import counted, listed
from payforsuccess.reports.table import Cell, Column, Table, cell

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
        if len({arm.name for arm in self.arms}) < len(self.arms):
            raise ValueError("two arms have the same name")
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
    return Figure(
        image=draw_boxes(_levels(flow)),
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


def _levels(flow: ParticipantFlow) -> tuple[Level, ...]:
    middle, wide = WIDTH / 2, WIDTH * 0.34
    levels: list[Level] = []
    if flow.assessed is not None:
        levels.append((Box(("Assessed", f"n\u00a0=\u00a0{flow.assessed:,}"), middle, wide),))
    if flow.excluded:
        reasons = (f"{reason.why}: {reason.number:,}" for reason in flow.excluded)
        levels.append((Box(("Excluded", *reasons), WIDTH * 0.83, WIDTH * 0.32, is_quiet=True),))
    levels.append((Box((flow.allocation, f"n\u00a0=\u00a0{flow.allocated:,}"), middle, wide),))
    column = WIDTH / len(flow.arms)
    stages = [_stages(arm) for arm in flow.arms]
    levels += [
        tuple(
            Box(says, (at + 0.5) * column, min(WIDTH * 0.44, column - 12))
            for at, says in enumerate(stage)
        )
        for stage in zip(*stages, strict=True)
    ]
    return tuple(levels)


def _stages(arm: FlowArm) -> tuple[tuple[str, ...], ...]:
    followed = f"Followed to the end: n\u00a0=\u00a0{arm.followed:,}"
    return (
        (arm.name, f"allocated: n\u00a0=\u00a0{arm.allocated:,}"),
        (followed, *_missing(arm.lost, f"not followed: {arm.allocated - arm.followed:,}")),
        (
            f"Analysed: n\u00a0=\u00a0{arm.analysed:,}",
            *_missing(arm.left_out, f"not analysed: {arm.allocated - arm.analysed:,}"),
        ),
    )


def _missing(reasons: tuple[Reason, ...], otherwise: str) -> tuple[str, ...]:
    return tuple(f"{reason.why}: {reason.number:,}" for reason in reasons) or (otherwise,)
