"""The way there over time by arm: steps of shares, or means by period, and who is watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.numbers import decimal_text, percent_text
from payforsuccess.reports.table import Column, Table, cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 16
"""Of the table: enough to redraw the course, few enough to read."""
_LOOKS = ((BLUE, "-"), (ORANGE, "--"), (INK, ":"), (INK, "-."))


@dataclass(frozen=True)
class CourseArm:
    """One arm: days in order, the value at each with its interval, and people still watched.

    watched: None for a hidden count.
    """

    arm: str
    days: tuple[int, ...]
    values: tuple[float, ...]
    intervals: tuple[tuple[float, float] | None, ...]
    watched: tuple[int | None, ...]

    def __post_init__(self) -> None:
        required(self.arm, "an arm's name")
        if not len(self.days) == len(self.values) == len(self.intervals) == len(self.watched):
            raise ValueError("each day has one value, one interval and one number of people")
        if not self.days or list(self.days) != sorted(self.days):
            raise ValueError("a course goes from the first day to the last")


@dataclass(frozen=True)
class CourseOverTime:
    """The course of every arm. `unit` is empty for a share.

    is_steps: each value holds until the next point; else what lies between two points is not told,
    and they are joined by a line.
    """

    title: str
    value: str
    arms: tuple[CourseArm, ...]
    unit: str = ""
    is_steps: bool = True

    def __post_init__(self) -> None:
        required(self.title, "a picture's title")
        required(self.value, "what is drawn")
        if not 1 <= len(self.arms) <= len(_LOOKS):
            raise ValueError(f"one to {len(_LOOKS)} arms can be drawn")

    def text(self, value: float) -> str:
        """A value as it is shown: a share in percent, else the number."""
        return decimal_text(value) if self.unit else percent_text(value)


def course_figure(course: CourseOverTime) -> Figure:
    """A line an arm, told apart by colour and dash, with the table of the same numbers."""
    return Figure(
        image=drawn(3.5, lambda _, axes: _draw(course, axes)),
        alternative=course_in_words(course),
        caption=course.title,
        table=course_table(course),
        table_shown="below",
    )


def course_in_words(course: CourseOverTime) -> str:
    """Where each arm starts, stands halfway and ends."""
    said = [f"{course.value}, by days."]
    for arm in course.arms:
        places = sorted({0, (len(arm.days) - 1) // 2, len(arm.days) - 1})
        told = [
            f"{course.text(arm.values[at])} on day {arm.days[at]:,} "
            f"({_count(arm.watched[at])} watched)"
            for at in places
        ]
        said.append(f"{arm.arm}: {', '.join(told)}.")
    return " ".join(said)


def course_table(course: CourseOverTime) -> Table:
    """The value and the people still watched, arm by arm, on days spread over the course."""
    days = sorted({day for arm in course.arms for day in arm.days})
    if len(days) > MOST_ROWS:
        places = {round(at * (len(days) - 1) / (MOST_ROWS - 1)) for at in range(MOST_ROWS)}
        days = [days[at] for at in sorted(places)]
    columns = [Column("Day", is_number=True)]
    for arm in course.arms:
        columns += [
            Column(f"{arm.arm}: {'mean' if course.unit else 'share'}", is_number=True),
            Column(f"{arm.arm}: still watched", is_number=True),
        ]
    rows = []
    for day in days:
        row = [cell(f"{day:,}")]
        for arm in course.arms:
            at = _at(arm, day, is_steps=course.is_steps)
            none = "not yet" if course.is_steps else "not shown"
            row += (
                [cell(none), cell(none)]
                if at is None
                else [cell(_with_interval(course, arm, at)), cell(_count(arm.watched[at]))]
            )
        rows.append(tuple(row))
    return Table(f"{course.value} by day, with people still watched", tuple(columns), tuple(rows))


def _count(people: int | None) -> str:
    return "hidden" if people is None else f"{people:,}"


def _at(arm: CourseArm, day: int, *, is_steps: bool) -> int | None:
    """The last point of the arm up to the day, or on the day itself where it does not hold on."""
    if not is_steps:
        return arm.days.index(day) if day in arm.days else None
    before = [at for at, own in enumerate(arm.days) if own <= day]
    return before[-1] if before else None


def _with_interval(course: CourseOverTime, arm: CourseArm, at: int) -> str:
    interval = arm.intervals[at]
    text = course.text(arm.values[at])
    if interval is None:
        return text
    return f"{text} ({course.text(interval[0])} to {course.text(interval[1])})"


def _draw(course: CourseOverTime, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    for arm, (colour, dash) in zip(course.arms, _LOOKS, strict=False):
        days, values = list(arm.days), list(arm.values)
        axes.plot(
            days,
            values,
            drawstyle="steps-post" if course.is_steps else "default",
            color=colour,
            linestyle=dash,
            linewidth=1.8,
            marker=None if course.is_steps else "o",
            markersize=4,
            zorder=3,
        )
        known = [(day, ends) for day, ends in zip(days, arm.intervals, strict=True) if ends]
        if known:
            axes.fill_between(
                [day for day, _ in known],
                [ends[0] for _, ends in known],
                [ends[1] for _, ends in known],
                step="post" if course.is_steps else None,
                facecolor=colour,
                alpha=0.12,
                linewidth=0,
                zorder=1,
            )
        axes.plot([], [], color=colour, linestyle=dash, label=label(arm.arm))
    axes.yaxis.set_major_formatter(
        FuncFormatter(
            lambda value, _: decimal_text(value, 4) if course.unit else percent_text(value, 0)
        )
    )
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label("Days"), labelpad=6)
    axes.set_ylabel(label(course.value) if len(course.value) < 40 else "", labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2, frameon=False)
