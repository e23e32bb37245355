"""The test of a planned study: its power at a true effect, its smallest effect, its size.

One way for every design: the distance of the truth from no effect, in standard errors of the test.
Two shares are told apart by their unpooled error; means and clusters by Student's t.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.power.payment_study import (
    PlannedStudy,
    hazard_ratio,
    log_hazard_variance,
    no_effect,
    person_variance,
    treated_mean,
)
from payforsuccess.evaluation.power.solving import Precision, chance_of_rejecting

MOST_TIMES = 1e6
"""A study of more times the people is none that anyone would run."""
STEPS = 80


def distance(study: PlannedStudy, truth: float) -> float:
    """How many standard errors of its test a true effect lies from none."""
    if study.outcome == "time-to-event":
        error = math.sqrt(log_hazard_variance(study, truth))
        return abs(math.log(hazard_ratio(study, truth))) / error
    mean = treated_mean(study, truth)
    variance = person_variance(study, mean) / study.known(study.treated)
    if study.control is not None:
        against = person_variance(study, study.control_mean)
        variance += against / study.known(study.control)
    return abs(mean - study.control_mean) / math.sqrt(variance) if variance else math.inf


def uses_t(study: PlannedStudy) -> bool:
    """Whether the test estimates a variance of its own: means, clusters, changes, covariates."""
    if study.outcome == "time-to-event":
        return False
    is_plain = study.cluster_size is None and study.before_after is None and not study.explained
    return study.outcome == "mean" or not is_plain or study.control is None


def power_at(study: PlannedStudy, truth: float, *, level: float) -> float:
    """The chance that the two-sided test at `level` rejects no effect, at a true effect."""
    return _chance(study, distance(study, truth), study.freedom, level)


def minimum_detectable(
    study: PlannedStudy, *, level: float, power: float, toward: float
) -> float | None:
    """The smallest effect that the test shows with `power`, on the side of `toward`.

    None where even the largest possible effect on that side has less power.
    """
    none = no_effect(study.form)

    def reaches(part: float) -> bool | None:
        try:
            return power_at(study, none + part * (toward - none), level=level) >= power
        except Refusal:
            return None

    part = 1.0
    for _ in range(STEPS):
        if reaches(part) is not False:
            break
        part *= 1.5
    low, high = 0.0, part
    for _ in range(STEPS):
        middle = (low + high) / 2
        if reaches(middle) is False:
            low = middle
        else:
            high = middle
    return none + high * (toward - none) if reaches(high) else None


def times_needed(study: PlannedStudy, truth: float, *, level: float, power: float) -> float | None:
    """By how much the people of both arms must be multiplied for the test to have `power`.

    None where no number of people suffices, as at no effect.
    """
    if not distance(study, truth):
        return None
    return _smallest(lambda times: _power_times(study, truth, times, level) >= power)


def _power_times(study: PlannedStudy, truth: float, times: float, level: float) -> float:
    """Power with so many times the people, not rounded to whole ones."""
    away = distance(study, truth) * math.sqrt(times)
    groups = 1 if study.control is None else 2
    freedom = max((study.freedom + groups) * times - groups, 1.0)
    return _chance(study, away, freedom, level)


def _chance(study: PlannedStudy, away: float, freedom: float, level: float) -> float:
    """That a statistic so far from none passes the two-sided limits."""
    if math.isinf(away):
        return 1.0
    return chance_of_rejecting(
        away, Precision(1.0, freedom if uses_t(study) else None), level=level
    )


def _smallest(holds: Callable[[float], bool]) -> float | None:
    """The smallest number at which a claim holds that stays true from there on."""
    low, high = 1e-6, 1.0
    while not holds(high):
        low, high = high, high * 2
        if high > MOST_TIMES:
            return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
