"""The tables of a planned study: what it can show, what is paid at three truths, and by size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.study.odds import PaidAtTruth
from payforsuccess.finance.study.plan import Paying, StudyPlan
from payforsuccess.reports.forecast_tables import Lines
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.study_plan.words import (
    chance,
    chance_with_error,
    effect_text,
    error_text,
    money,
    money_with_error,
    people_text,
)
from payforsuccess.units import from_minor


def size_lines(plan: StudyPlan) -> Lines:
    """What studies of several sizes can show: a heading row first."""
    rows: Lines = [
        (
            "people",
            "error at target",
            "power at target",
            f"smallest shown with {plan.power:.0%} power",
        )
    ]
    rows += [
        (
            people_text(size),
            error_text(plan, size.standard_error),
            f"{size.power_at_target:.1%}",
            effect_text(plan, size.smallest),
        )
        for size in plan.sizes
    ]
    return rows


def truth_lines(plan: StudyPlan, paying: Paying) -> Lines:
    """What is paid at no effect, at break-even and at the target, each with its error."""
    currency = paying.setting.deal.currency
    shown: list[tuple[str, PaidAtTruth]] = [("no effect", paying.none)]
    if paying.break_even is not None:
        shown.append(("break-even", paying.break_even))
    shown.append(("target", paying.target))
    rows: Lines = [("", *(says for says, _ in shown))]
    rows.append(("true effect", *(effect_text(plan, at.truth) for _, at in shown)))

    def add(says: str, of: Callable[[PaidAtTruth], str]) -> None:
        rows.append((says, *(of(at) for _, at in shown)))

    add("earned by the true effect", lambda at: _whole(at.earned, currency))
    add("paid, mean", lambda at: money_with_error(at.mean, currency))
    add("  too much, mean", lambda at: money_with_error(at.over, currency))
    add("  too little, mean", lambda at: money_with_error(at.under, currency))
    add("anything is paid", lambda at: chance_with_error(at.is_paid))
    add("more than earned is paid", lambda at: chance_with_error(at.over_chance))
    add("less than earned is paid", lambda at: chance_with_error(at.under_chance))
    add("the test rejects no effect", lambda at: chance_with_error(at.rejects))
    if any(at.fell_back.value for _, at in shown):
        add("a fall-back rule is set off", lambda at: chance_with_error(at.fell_back))
    for name, figures in tiers(tuple(at for _, at in shown)):
        rows.append((name, *(chance_with_error(figure) for figure in figures)))
    return rows


def tiers(shown: tuple[PaidAtTruth, ...]) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Each tier that any of the truths reaches or could, with its chance at each."""
    names = dict.fromkeys((tier.term, tier.says) for at in shown for tier in at.tiers)
    for term, says in names:
        yield (
            f"{term}: {says}",
            tuple(
                next(
                    (t.chance for t in at.tiers if (t.term, t.says) == (term, says)),
                    Figure(0.0, 0.0),
                )
                for at in shown
            ),
        )


def by_size_lines(plan: StudyPlan, paying: Paying) -> Lines:
    """Mistakes in payment by the size of the study: a heading row first."""
    currency = paying.setting.deal.currency
    rows: Lines = [
        (
            "people",
            "no effect: paid",
            "too much, mean",
            "target: paid nothing",
            "target: too little",
            "target: too much",
        )
    ]
    for one in paying.by_size:
        target = one.at_target
        nothing = Figure(1 - target.is_paid.value, target.is_paid.error)
        rows.append(
            (
                people_text(one.size),
                chance(one.at_none.is_paid),
                money(one.at_none.over, currency),
                chance(nothing),
                money(target.under, currency),
                money(target.over, currency),
            )
        )
    return rows


def curve_lines(plan: StudyPlan, paying: Paying) -> Lines:
    """Along true effects: what is earned, what is paid, and how often: a heading row first."""
    currency = paying.setting.deal.currency
    rows: Lines = [
        (
            "true effect",
            "earned",
            "paid, mean",
            "too much, mean",
            "too little, mean",
            "anything is paid",
        )
    ]
    rows += [
        (
            effect_text(plan, at.truth),
            _whole(at.earned, currency),
            money(at.mean, currency),
            money(at.over, currency),
            money(at.under, currency),
            chance(at.is_paid),
        )
        for at in paying.curve
    ]
    return rows


def _whole(minor: int, currency: str) -> str:
    return decimal_text(float(from_minor(minor, currency)), 0)
