"""Pictures of a planned study: what is paid along true effects, and mistakes by its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.finance.study.plan import Paying, StudyPlan
from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.forecast_tables import as_table
from payforsuccess.reports.numbers import decimal_text, percent_text, whole_money_text
from payforsuccess.reports.study_plan.tables import by_size_lines, curve_lines
from payforsuccess.reports.study_plan.words import chance, effect_text
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class _Along:
    """What is drawn along true effects; amounts in whole units of the currency."""

    truths: tuple[float, ...]
    earned: tuple[tuple[float, float], ...]
    paid: tuple[float, ...]
    marks: tuple[tuple[str, float], ...]
    across: str
    currency: str


def paid_figure(plan: StudyPlan, paying: Paying) -> Figure:
    """Mean payment along true effects, beside what the true effect itself would earn."""
    currency = paying.setting.deal.currency

    def units(minor: float) -> float:
        return float(from_minor(round(minor), currency))

    along = _Along(
        truths=tuple(at.truth for at in paying.curve),
        earned=tuple((truth, units(minor)) for truth, minor in paying.earned),
        paid=tuple(units(at.mean.value) for at in paying.curve),
        marks=_marks(plan, paying),
        across=f"True effect ({plan.unit})",
        currency=currency,
    )
    said = [
        f"Mean payment in {currency} along true effects, and what each effect would earn if it "
        "were known."
    ]
    for name, at in (("no effect", paying.none), ("the target", paying.target)):
        earned = whole_money_text(at.earned, currency)
        mean = whole_money_text(round(at.mean.value), currency)
        said.append(f"At {name} {mean} is paid on average and {earned} is earned.")
    return Figure(
        image=drawn(3.4, lambda _, axes: _draw_paid(along, axes)),
        alternative=" ".join(said),
        caption=f"{plan.name}: what is paid on average, by the true effect",
        table=as_table(f"{plan.name}: along true effects", curve_lines(plan, paying)),
    )


def chance_figure(plan: StudyPlan, paying: Paying) -> Figure:
    """The chance that anything is paid along true effects."""
    truths = tuple(at.truth for at in paying.curve)
    chances = tuple(at.is_paid.value for at in paying.curve)
    marks = _marks(plan, paying)
    return Figure(
        image=drawn(
            3.0,
            lambda _, axes: _draw_chance(
                truths, chances, marks, f"True effect ({plan.unit})", axes
            ),
        ),
        alternative=(
            "The chance that anything is paid, along true effects. It is "
            f"{chance(paying.none.is_paid)} at no effect and {chance(paying.target.is_paid)} at "
            f"the target, {effect_text(plan, plan.target)}."
        ),
        caption=f"{plan.name}: the chance that anything is paid, by the true effect",
    )


def size_figure(plan: StudyPlan, paying: Paying) -> Figure:
    """Both mistakes by the size of the study."""
    people = tuple(one.size.treated + (one.size.control or 0) for one in paying.by_size)
    wrong = tuple(one.at_none.is_paid.value for one in paying.by_size)
    missed = tuple(1 - one.at_target.is_paid.value for one in paying.by_size)
    return Figure(
        image=drawn(3.0, lambda _, axes: _draw_sizes(people, wrong, missed, axes)),
        alternative=(
            "Two mistakes by the size of the study. A programme without effect is paid in "
            f"{percent_text(wrong[0])} of studies of {people[0]:,} people and in "
            f"{percent_text(wrong[-1])} of those of {people[-1]:,}; one that reaches the target is "
            f"paid nothing in {percent_text(missed[0])} and {percent_text(missed[-1])}."
        ),
        caption=f"{plan.name}: mistakes in payment, by the size of the study",
        table=as_table(f"{plan.name}: by the size of the study", by_size_lines(plan, paying)),
    )


def _marks(plan: StudyPlan, paying: Paying) -> tuple[tuple[str, float], ...]:
    marks = [("no effect", plan.none)]
    if paying.break_even is not None:
        marks.append(("break-even", paying.break_even.truth))
    return (*marks, ("target", plan.target))


def _draw_paid(along: _Along, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    truths, earned = zip(*along.earned, strict=True)
    axes.plot(truths, earned, color=QUIET, linestyle="--", label="earned if known")
    axes.plot(
        along.truths, along.paid, color=BLUE, marker="o", markersize=3.5, label="paid, on average"
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.set_ylabel(label(f"Payment ({along.currency})"), labelpad=6)
    _finish(axes, along.across, along.marks)


def _draw_chance(
    truths: tuple[float, ...],
    chances: tuple[float, ...],
    marks: tuple[tuple[str, float], ...],
    across: str,
    axes: Axes,
) -> None:
    from matplotlib.ticker import PercentFormatter

    axes.plot(truths, chances, color=BLUE, marker="o", markersize=3.5, label="anything is paid")
    axes.set_ylim(0, 1.03)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_ylabel(label("Chance"), labelpad=6)
    _finish(axes, across, marks)


def _draw_sizes(
    people: tuple[int, ...], wrong: tuple[float, ...], missed: tuple[float, ...], axes: Axes
) -> None:
    from matplotlib.ticker import FuncFormatter, PercentFormatter

    axes.plot(people, wrong, color=ORANGE, marker="s", label="no effect, and yet paid")
    axes.plot(
        people, missed, color=BLUE, marker="o", linestyle="--", label="target reached, not paid"
    )
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 0)))
    axes.set_ylabel(label("Chance"), labelpad=6)
    _finish(axes, "People in the study", ())


def _finish(axes: Axes, across: str, marks: tuple[tuple[str, float], ...]) -> None:
    dashes = (":", "-.", (0, (6, 2)))
    for (says, at), dash in zip(marks, dashes[-len(marks) :] if marks else (), strict=False):
        axes.axvline(at, color=INK, linewidth=0.8, linestyle=dash, label=says)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(label(across), labelpad=6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=5, frameon=False)
