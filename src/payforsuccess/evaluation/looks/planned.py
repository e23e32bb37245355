"""What a plan's own bounds say at one of its looks: stop, go on, or no decision at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from payforsuccess.deal.evaluation import Monitoring
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.looks.any_time import mixture_sequence, running_effects
from payforsuccess.evaluation.looks.bounds import (
    Bounds,
    Spending,
    obrien_fleming,
    pocock,
    spending_bounds,
)
from payforsuccess.evaluation.looks.crossing import crossing
from payforsuccess.evaluation.looks.decision import decide_at_look

_SMALLEST_P = 1e-300
_START = 50
"""A confidence sequence tells nothing of fewer people."""


@dataclass(frozen=True)
class TakenLook:
    """A look that could stop the study and was taken. place: its number among all such looks of
    the plan, from 1. people: whose outcome was known. statistic: a standard normal value."""

    place: int
    people: int
    statistic: float


@dataclass(frozen=True)
class PlannedDecision:
    """What the bound says. says: people, bound and statistic
    in words. adjusted_p: of a test that stopped, with the looks before it allowed for. wider: the
    bound at the end over that of a test without looks, by which a repeated interval is wider."""

    stops: bool
    says: str
    method: str
    adjusted_p: float | None = None
    wider: float | None = None


def statistic_of(p_value: float, *, is_gain: bool) -> float:
    """The two-sided p-value of the plan's one test as a standard normal value.

    So bounds made for a normal test fit any test of a plan: its chance under no effect is what
    they look at.
    """
    from scipy.special import ndtri

    z = -float(ndtri(max(p_value, _SMALLEST_P) / 2))
    return z if is_gain else -z


def decide_as_planned(
    monitoring: Monitoring, taken: Sequence[TakenLook], *, planned: int
) -> PlannedDecision:
    """The decision at the latest of the looks taken, in order.

    planned: the looks of the plan that can stop the study, without its end, which is one more test.
    A share of the information is the people known over those planned for the end. Spending bounds
    take these shares as they come. The constants of Pocock and of O'Brien and Fleming are those
    for looks evenly spaced, as a plan makes them before it knows better; what they spend at the
    shares that came is told. A planned look that nobody took spends nothing.

    Refuses a look with as many people as the end, one with no more than the look before, and a look
    after one that stopped the study.
    """
    times = tuple(look.people / monitoring.people for look in taken)
    _refuse_full(taken[-1], monitoring)
    bounds = _bounds(monitoring, taken, times, planned)
    found = decide_at_look(bounds, [look.statistic for look in taken])
    spent = crossing(bounds.bounds[: len(taken)], times)
    used = sum(spent.either)
    says = (
        f"{taken[-1].people:,} of {monitoring.people:,} people are known, "
        f"{100 * times[-1]:.1f}% of the information. The bound is {_bound_text(found.bound)}, and "
        f"the plan's test stands at {abs(found.statistic):.3f}. By this look "
        f"{100 * used:.2f}% of the {100 * float(monitoring.level):g}% is spent."
    )
    return PlannedDecision(found.verdict == "stop", says, bounds.method, found.adjusted_p)


def decide_at_end(
    monitoring: Monitoring, taken: Sequence[TakenLook], statistic: float, *, planned: int
) -> PlannedDecision:
    """The plan's test at its end, with the looks taken before it allowed for.

    The end has the full information, however many people came. Refuses an end after a look that
    stopped the study: its test was over then.
    """
    times = tuple(look.people / monitoring.people for look in taken)
    bounds = _bounds(monitoring, taken, times, planned)
    found = decide_at_look(bounds, [*(look.statistic for look in taken), statistic])
    assert found.adjusted_p is not None
    word = "beyond" if found.verdict == "stop" else "within"
    says = (
        f"{len(taken)} of {planned} looks that could stop the study were taken. With them allowed "
        f"for, the bound at the end is {_bound_text(found.bound)}, and the plan's test, "
        f"{abs(found.statistic):.3f}, is {word} it: p = {found.adjusted_p:.4g}."
    )
    alone = statistic_of(float(monitoring.level), is_gain=True)
    return PlannedDecision(
        found.verdict == "stop", says, bounds.method, found.adjusted_p, found.bound / alone
    )


def decide_any_time(
    monitoring: Monitoring,
    outcomes: Sequence[float],
    treated: Sequence[bool],
    *,
    share: float,
) -> PlannedDecision:
    """The decision by a confidence sequence for the difference of means.

    outcomes, treated: one a person, in the order in which windows ended; share: of the lottery.
    Refuses fewer than 50 people.
    """
    confidence = 1 - float(monitoring.level)
    values = running_effects(np.array(outcomes, float), np.array(treated, bool), share=share)
    found = mixture_sequence(
        values, confidence=confidence, tightest_at=monitoring.people, start=_START
    )
    low, high = float(found.low[-1]), float(found.high[-1])
    stops = low > 0 or high < 0
    says = (
        f"{len(outcomes):,} of {monitoring.people:,} people are known. At every time at once, with "
        f"{100 * confidence:g}% confidence, the difference lies between {low:.4f} and {high:.4f}, "
        f"which {'leaves out' if stops else 'holds'} none."
    )
    return PlannedDecision(stops, says, found.method)


def _bounds(
    monitoring: Monitoring, taken: Sequence[TakenLook], times: tuple[float, ...], planned: int
) -> Bounds:
    level = float(monitoring.level)
    if monitoring.bounds.startswith("lan-demets"):
        kind: Spending = "pocock" if monitoring.bounds.endswith("pocock") else "obrien-fleming"
        assert monitoring.convention is not None
        return spending_bounds(
            (*times, 1.0), spending=kind, convention=monitoring.convention, alpha=level
        )
    even = tuple(at / (planned + 1) for at in range(1, planned + 2))
    whole = (pocock if monitoring.bounds == "pocock" else obrien_fleming)(even, alpha=level)
    chosen = (*(whole.bounds[look.place - 1] for look in taken), whole.bounds[-1])
    at_times = (*times, 1.0)
    chances = crossing(chosen, at_times).either
    spent = tuple(sum(chances[: at + 1]) for at in range(len(chosen)))
    return Bounds(at_times, chosen, spent, level, f"{whole.method}, for looks evenly spaced")


def _refuse_full(look: TakenLook, monitoring: Monitoring) -> None:
    if look.people >= monitoring.people:
        raise Refusal(
            Problem(
                f"{look.people:,} people are known, and the plan's end has {monitoring.people:,}.",
                "This is no look before the end: estimate the effect itself, without --look.",
            )
        )


def _bound_text(bound: float) -> str:
    return f"{bound:.3f}" if math.isfinite(bound) else "out of reach"
