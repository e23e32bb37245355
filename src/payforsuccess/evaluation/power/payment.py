"""What an evaluator would find at a given truth, many times over, and what payments may read of it.

Estimates are drawn as the design would give them and go through the plan's decision rule and
fall-backs. What they are worth is for the payment terms to say, which this room does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from payforsuccess.evaluation.power.payment_rule import (
    DrawnEstimates,
    Found,
    PlannedFallback,
    PlannedRule,
    decided,
    quotient,
    two_sided,
)
from payforsuccess.evaluation.power.payment_study import (
    RATIOS,
    PlannedStudy,
    hazard_ratio,
    log_hazard_variance,
    no_effect,
    person_variance,
    treated_mean,
)


def draw_estimates(
    study: PlannedStudy,
    rule: PlannedRule,
    truth: float,
    *,
    worlds: int,
    rng: np.random.Generator,
    others: Mapping[str, DrawnEstimates] | None = None,
) -> DrawnEstimates:
    """`worlds` studies at the true effect `truth`, in the unit of the effect.

    Two shares of people assigned one by one are drawn as counts (binomial); everything else as
    normal means with an estimated variance (chi-squared), and hazard ratios as normal logs.
    `others` are the estimates of plans that fall-backs name, drawn of the same worlds.
    """
    treated, control = _known(study, worlds, rng)
    if study.outcome == "time-to-event":
        found = _hazards(study, truth, worlds, rng)
    elif _is_counted(study):
        found = _counts(study, rule, truth, (treated, control), rng)
    else:
        found = _means(study, truth, (treated, control), rng)
    p_value = two_sided(found)
    none = no_effect(study.form)
    payable = decided(found, rule, p_value, none)
    fell_back = np.zeros(worlds, dtype=bool)
    for fallback in reversed(rule.fallbacks):
        # the first rule that is set off holds, so it is applied last
        set_off = _set_off(fallback, study, treated, control, rng)
        instead = _instead(fallback, rule, found, none, others or {})
        payable = np.where(set_off, instead, payable)
        fell_back |= set_off
    return DrawnEstimates(found.value, found.standard_error, payable, p_value, fell_back)


def _is_counted(study: PlannedStudy) -> bool:
    return (
        study.outcome == "share"
        and study.control is not None
        and study.cluster_size is None
        and study.before_after is None
        and not study.explained
    )


def _known(study: PlannedStudy, worlds: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """People with a known outcome in each arm, never fewer than two."""

    def of(people: int) -> Any:
        if not study.attrition:
            return np.full(worlds, people)
        return np.maximum(rng.binomial(people, 1 - study.attrition, worlds), 2)

    return of(study.treated), None if study.control is None else of(study.control)


def _counts(
    study: PlannedStudy,
    rule: PlannedRule,
    truth: float,
    known: tuple[Any, Any],
    rng: np.random.Generator,
) -> Found:
    """Two shares from counts: Wald for the difference, delta method on the log for ratios."""
    treated, control = known
    one = rng.binomial(treated, treated_mean(study, truth)) / treated
    other = rng.binomial(control, study.control_mean) / control
    variance = one * (1 - one) / treated, other * (1 - other) / control
    error = np.sqrt(variance[0] + variance[1])
    difference = one - other
    together = (one * treated + other * control) / (treated + control)
    pooled = np.sqrt(together * (1 - together) * (1 / treated + 1 / control))
    statistic = quotient(difference, pooled if rule.pooled else error)
    if study.form == "difference":
        gap = _take_up_gap(study, treated, control, rng)
        return Found(100 * difference / gap, 100 * error / gap, statistic, None, on_log=False)
    ratio = np.where(other > 0, quotient(one, other), 1.0)
    log_error = np.sqrt(quotient(variance[0], one**2) + quotient(variance[1], other**2))
    undefined = (one <= 0) | (other <= 0)
    log_error = np.where(undefined, np.inf, log_error)
    return Found(_as_form(ratio, study), log_error, statistic, None, on_log=True)


def _means(
    study: PlannedStudy, truth: float, known: tuple[Any, Any], rng: np.random.Generator
) -> Found:
    """Two normal means with an estimated variance on the study's degrees of freedom."""
    treated, control = known
    worlds = len(treated)
    mean = treated_mean(study, truth)
    variance = person_variance(study, mean) / treated
    one = mean + np.sqrt(variance) * rng.standard_normal(worlds)
    if control is None:
        other, against = np.full(worlds, study.control_mean), np.zeros(worlds)
    else:
        against = person_variance(study, study.control_mean) / control
        other = study.control_mean + np.sqrt(against) * rng.standard_normal(worlds)
    freedom = study.freedom
    seen = rng.chisquare(freedom, worlds) / freedom
    error = np.sqrt((variance + against) * seen)
    statistic = quotient(one - other, error)
    if study.form == "difference":
        unit = 100.0 if study.outcome == "share" else 1.0
        gap = _take_up_gap(study, treated, control, rng)
        return Found(
            unit * (one - other) / gap, unit * error / gap, statistic, freedom, on_log=False
        )
    ratio = np.where(other > 0, quotient(one, other), 1.0)
    log_error = np.sqrt(seen * (quotient(variance, one**2) + quotient(against, other**2)))
    log_error = np.where((one <= 0) | (other <= 0), np.inf, log_error)
    return Found(_as_form(ratio, study), log_error, statistic, freedom, on_log=True)


def _hazards(study: PlannedStudy, truth: float, worlds: int, rng: np.random.Generator) -> Found:
    error = np.full(worlds, np.sqrt(log_hazard_variance(study, truth)))
    log = np.log(hazard_ratio(study, truth)) + error * rng.standard_normal(worlds)
    return Found(_as_form(np.exp(log), study), error, log / error, None, on_log=True)


def _take_up_gap(study: PlannedStudy, treated: Any, control: Any, rng: np.random.Generator) -> Any:
    """What a difference is divided by: the gap in take-up that is found, above 0."""
    if not study.of_takers:
        return 1.0
    taken = rng.binomial(treated, study.take_up) / treated
    crossed = 0.0 if control is None else rng.binomial(control, study.crossover) / control
    return np.maximum(taken - crossed, 1 / treated)


def _as_form(ratio: Any, study: PlannedStudy) -> Any:
    return ratio if study.form in RATIOS else 100 * (1 - ratio)


def _set_off(
    fallback: PlannedFallback,
    study: PlannedStudy,
    treated: Any,
    control: Any,
    rng: np.random.Generator,
) -> Any:
    if fallback.when == "always":
        return np.ones(len(treated), dtype=bool)
    if fallback.when == "sample-below-floor":
        fewest = treated if control is None else np.minimum(treated, control)
        return fewest < fallback.limit
    if fallback.when == "attrition-above":
        known = treated if control is None else treated + control
        return 1 - known / (study.treated + (study.control or 0)) > fallback.limit
    if study.control is None or not study.crossover:
        return np.zeros(len(treated), dtype=bool)
    crossed = rng.binomial(study.control, study.crossover, len(treated)) / study.control
    return crossed > fallback.limit


def _instead(
    fallback: PlannedFallback,
    rule: PlannedRule,
    found: Found,
    none: float,
    others: Mapping[str, DrawnEstimates],
) -> Any:
    """What payments read once a rule is set off; a pooled value is one of point estimates."""
    if fallback.then == "pay-nothing":
        return none
    other = others[fallback.plan]
    if fallback.then == "other-plan":
        return other.payable
    return rule.own_weight * found.value + (1 - rule.own_weight) * other.value
