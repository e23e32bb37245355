"""From an estimate to what payments read: interval, test, decision rule; many worlds at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.evaluation.power.payment_study import RATIOS, no_effect

Trigger = Literal["always", "sample-below-floor", "attrition-above", "crossover-above"]
Then = Literal["pay-nothing", "other-plan", "pool"]


@dataclass(frozen=True)
class PlannedFallback:
    """A fall-back rule: `limit` is people in an arm for the sample floor, else a share.

    `always` is a plan that is pooled with another in any event.
    """

    when: Trigger
    limit: float
    then: Then = "pay-nothing"
    plan: str = ""


@dataclass(frozen=True)
class PlannedRule:
    """How an estimate becomes what payments read.

    level: of the test, for a decision by significance. confidence: of the interval, for one by the
    lower bound. pooled: the test's error of two shares is taken from both arms together.
    own_weight: of this plan's point estimate where a fall-back pools it with another's.
    """

    pays_on: Literal["point-estimate", "lower-bound", "significance"]
    confidence: float = 0.95
    level: float = 0.05
    pooled: bool = False
    fallbacks: tuple[PlannedFallback, ...] = ()
    own_weight: float = 1.0


@dataclass(frozen=True)
class DrawnEstimates:
    """Studies drawn at one truth; every array has shape (worlds,).

    value: the point estimate, in the unit of the effect. payable: after decision rule and
    fall-backs. p_value: of no effect. fell_back: whether a fall-back rule was set off. Where an
    effect is not defined (no one in the control arm had an event), it counts as none.
    """

    value: Any
    standard_error: Any
    payable: Any
    p_value: Any
    fell_back: Any


@dataclass(frozen=True)
class Found:
    """Point estimates with what test and interval need: `on_log` where the interval is a log's.

    freedom: of Student's t, one or one a world; None for the normal distribution.
    """

    value: Any
    standard_error: Any
    statistic: Any
    freedom: Any
    on_log: bool


def read_estimates(
    one: tuple[Any, Any],
    other: tuple[Any, Any],
    people: tuple[int, int],
    rule: PlannedRule,
    form: EffectForm,
    *,
    as_share: bool,
) -> DrawnEstimates:
    """Estimates from arms that are there: what the rule makes of them, without fall-backs.

    one, other: the mean of the treated and of the control arm and the variance between their
    people, each of shape (worlds,). as_share: outcomes are 0 and 1; errors are then p (1 - p) / n
    and the test is normal, else Welch's.
    """
    (mean, spread), (against, apart) = one, other
    treated, control = people
    if as_share:
        spread, apart = mean * (1 - mean), against * (1 - against)
    variance = spread / treated, apart / control
    error = np.sqrt(variance[0] + variance[1])
    freedom = None
    if not as_share:
        freedom = quotient(
            (variance[0] + variance[1]) ** 2,
            variance[0] ** 2 / (treated - 1) + variance[1] ** 2 / (control - 1),
        )
        freedom = np.maximum(freedom, 1.0)
    tested = error
    if as_share and rule.pooled:
        together = (mean * treated + against * control) / (treated + control)
        tested = np.sqrt(together * (1 - together) * (1 / treated + 1 / control))
    statistic = quotient(mean - against, tested)
    if form == "difference":
        unit = 100.0 if as_share else 1.0
        value = unit * (mean - against)
        found = Found(value, unit * error, statistic, freedom, on_log=False)
    else:
        ratio = np.where(against > 0, quotient(mean, against), 1.0)
        log_error = np.sqrt(quotient(variance[0], mean**2) + quotient(variance[1], against**2))
        log_error = np.where((mean <= 0) | (against <= 0), np.inf, log_error)
        value = ratio if form in RATIOS else 100 * (1 - ratio)
        found = Found(value, log_error, statistic, freedom, on_log=True)
    p_value = two_sided(found)
    payable = decided(found, rule, p_value, no_effect(form))
    nowhere = np.zeros(len(mean), dtype=bool)
    return DrawnEstimates(found.value, found.standard_error, payable, p_value, nowhere)


def two_sided(found: Found) -> Any:
    """Two-sided, of no effect: by Student's t where the variance is estimated."""
    from scipy.special import ndtr, stdtr

    away = -np.abs(found.statistic)
    return 2 * (ndtr(away) if found.freedom is None else stdtr(found.freedom, away))


def decided(found: Found, rule: PlannedRule, p_value: Any, none: float) -> Any:
    """What payments read: the point, the end of its interval nearer to none, or the point if shown.

    An interval that holds no effect pays on none, as does a test that does not reject.
    """
    from scipy.special import ndtri, stdtrit

    if rule.pays_on == "point-estimate":
        return found.value
    if rule.pays_on == "significance":
        return np.where(p_value < rule.level, found.value, none)
    share = (1 + rule.confidence) / 2
    quantile = ndtri(share) if found.freedom is None else stdtrit(found.freedom, share)
    reach = quantile * found.standard_error
    if not found.on_log:
        return none + _nearer(found.value - none - reach, found.value - none + reach)
    ratio = found.value if none == 1.0 else 1 - found.value / 100
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(ratio)
    # without an interval (no event in an arm) nothing is told apart from no effect
    log, reach = np.where(np.isfinite(log), log, 0.0), np.where(np.isfinite(log), reach, np.inf)
    nearer = np.exp(_nearer(log - reach, log + reach))
    return nearer if none == 1.0 else 100 * (1 - nearer)


def _nearer(low: Any, high: Any) -> Any:
    """The end nearer to 0, or 0 where the interval holds it."""
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def quotient(top: Any, bottom: Any) -> Any:
    """A quotient that is 0 where both are 0, and infinite where only the bottom is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(top) / np.asarray(bottom)
    return np.where((bottom == 0) & (top == 0), 0.0, found)
