"""Whether an event of one cause comes oftener in one arm, other causes ending the risk of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.competing import checked_causes
from payforsuccess.evaluation.durations.follow_up import Floats, checked_arms

_NOTHING = 1e-12


@dataclass(frozen=True)
class GrayTest:
    """Chi-square with one degree of freedom: score squared over its variance.

    score: events of the cause in the treated arm, less what it would have had at the weight of its
    people among those to whom the event could still come.
    """

    statistic: float
    p_value: float
    score: float
    variance: float
    people: int
    method: str


@dataclass(frozen=True)
class _Arm:
    """One arm at each time of an event, arrays of one length; _before is just before the time."""

    at_risk: Floats
    ours: Floats
    others: Floats
    survival_before: Floats
    survival: Floats
    incidence_before: Floats


def gray_test(times: ArrayLike, causes: ArrayLike, arms: ArrayLike, *, cause: int) -> GrayTest:
    """The test of equal cumulative incidences of Gray (1988), without weights (rho 0).

    times, causes, arms: (n,); causes are 0 where follow-up ended without an event. Refuses data
    without an event of the cause, and those where it only came when one arm alone was followed.
    """
    from scipy.special import chdtrc

    followed, kinds = checked_causes(times, causes)
    treated = checked_arms(arms, len(followed))
    if not (kinds == cause).any():
        raise Refusal(
            Problem(
                "No event of the cause was recorded for anyone.",
                "Check the outcome's source, its codes and the window.",
            )
        )
    moments = np.unique(followed[kinds > 0])
    both = [
        _arm(followed[side], np.where(kinds[side] == cause, 1, 2 * (kinds[side] > 0)), moments)
        for side in (treated, ~treated)
    ]
    score, variance = _score_and_variance(both)
    if variance <= 0:
        raise Refusal(
            Problem(
                "Whenever an event of the cause happened, the people followed were all of one arm.",
                "Check the times of follow-up.",
            )
        )
    statistic = score**2 / variance
    return GrayTest(
        statistic,
        float(chdtrc(1, statistic)),
        score,
        variance,
        len(followed),
        "Gray's test (1988) of equal cumulative incidences, rho 0, chi-square with 1 degree of "
        "freedom",
    )


def _arm(times: Floats, kinds: np.ndarray, moments: Floats) -> _Arm:
    place = np.searchsorted(moments, times)
    counts = [
        np.bincount(place[kinds == kind], minlength=len(moments)).astype(np.float64)
        for kind in (1, 2)
    ]
    at_risk = (len(times) - np.searchsorted(np.sort(times), moments)).astype(np.float64)
    some = at_risk > 0
    left = np.divide(at_risk - counts[0] - counts[1], at_risk, where=some, out=np.ones(len(some)))
    survival = np.asarray(np.cumprod(left), dtype=np.float64)
    before = np.concatenate([[1.0], survival[:-1]])
    steps = np.divide(before * counts[0], at_risk, where=some, out=np.zeros(len(some)))
    incidence = np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    return _Arm(at_risk, counts[0], counts[1], before, survival, incidence)


def _score_and_variance(both: list[_Arm]) -> tuple[float, float]:
    """The treated arm's score, and its variance from how each arm's steps move it.

    An event of the cause moves the score at its time and, through the arm's incidence, all that
    follows (the running c below); a competing one moves what follows alone. Tied events count as
    drawn without replacement.
    """
    score = variance = pooled = 0.0
    c, crossed, squared = np.zeros(2), np.zeros(2), np.zeros(2)
    for at in range(len(both[0].at_risk)):
        n, survival_before, survival, incidence, ours, others = (
            np.array([getattr(arm, name)[at] for arm in both])
            for name in (
                "at_risk",
                "survival_before",
                "survival",
                "incidence_before",
                "ours",
                "others",
            )
        )
        live = n > 0
        if not live.any():
            break
        # People to whom the event could still come, had no one been lost: n / S(t-).
        weight = np.divide(n, survival_before, where=live, out=np.zeros(2))
        total, events = float(weight.sum()), float(ours.sum())
        after = pooled + events / total
        moves = np.array([weight[0] * (1 - weight[0] / total), -weight[0] * weight[1] / total])
        # Where one arm is left, or no one to whom the event could come, nothing moves any more.
        if live.all() and 1 - pooled > _NOTHING:
            c = c + moves * events / (total * (1 - pooled))
        if events and live[0]:
            exposed = weight * (1 - incidence)
            score += ours[0] - events * exposed[0] / exposed.sum()
        for arm in np.flatnonzero(live):
            ratio = (1 - after) / survival[arm] if survival[arm] > 0 else None
            if events:
                share = 1 - ratio if ratio is not None else 1.0
                tied = 1 - (events - 1) / (total * survival_before[arm] - 1) if events > 1 else 1.0
                size = tied * survival_before[arm] * events / (total * n[arm])
                moved = moves[arm] - share * c[arm]
                crossed[arm] += moved * share * size
                squared[arm] += share**2 * size
                variance += moved**2 * size
            if others[arm]:
                share = ratio if ratio is not None else 0.0
                tied = 1 - (others[arm] - 1) / (n[arm] - 1) if others[arm] > 1 else 1.0
                size = tied * survival_before[arm] ** 2 * others[arm] / n[arm] ** 2
                moved = share * c[arm]
                crossed[arm] -= moved * share * size
                squared[arm] += share**2 * size
                variance += moved**2 * size
        pooled = after
    return score, float(variance + (c**2 * squared + 2 * c * crossed).sum())
