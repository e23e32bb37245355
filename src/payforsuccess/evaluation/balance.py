"""How alike two arms were before the programme, trait by trait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Reading = Literal["at most 0.05", "0.05 to 0.25", "above 0.25", "not defined"]
# What Works Clearinghouse Procedures and Standards Handbook 5.0: satisfied up to 0.05; with
# adjustment only, up to 0.25; not satisfied above.
SATISFIED, WITH_ADJUSTMENT = 0.05, 0.25
_COX = 1.65


@dataclass(frozen=True)
class Balance:
    """One trait in two arms. Numbers are None where they are not defined."""

    treated_mean: float | None
    control_mean: float | None
    missing: int
    standardised_difference: float | None
    effect_size: float | None
    reading: Reading


def balance_of(treated: NDArray[np.float64], control: NDArray[np.float64]) -> Balance:
    """The arms' means, their standardised difference, and the Clearinghouse's effect size.

    Missing values are NaN and are left out. The standardised difference divides by the root of
    the mean of both variances; the effect size is Hedges' g, or the Cox index for a trait of 0s
    and 1s. Equal arms without spread differ by 0; unequal ones have no defined difference.
    """
    missing = int(np.isnan(treated).sum() + np.isnan(control).sum())
    treated, control = treated[~np.isnan(treated)], control[~np.isnan(control)]
    if not len(treated) or not len(control):
        return Balance(None, None, missing, None, None, "not defined")
    means = float(treated.mean()), float(control.mean())
    gap = means[0] - means[1]
    values = np.concatenate([treated, control])
    is_yes_no = bool(np.isin(values, (0.0, 1.0)).all())
    effect = cox_index(*means) if is_yes_no else hedges_g(treated, control)
    spread = math.sqrt((_variance(treated) + _variance(control)) / 2)
    standardised = gap / spread if spread else (0.0 if not gap else None)
    return Balance(*means, missing, standardised, effect, reading_of(effect))


def hedges_g(treated: NDArray[np.float64], control: NDArray[np.float64]) -> float | None:
    """The difference over the pooled standard deviation, times 1 - 3 / (4 N - 9)."""
    freedom = len(treated) + len(control) - 2
    if freedom < 1:
        return None
    squares = (len(treated) - 1) * _variance(treated) + (len(control) - 1) * _variance(control)
    pooled = math.sqrt(squares / freedom)
    gap = float(treated.mean() - control.mean())
    if not pooled:
        return 0.0 if not gap else None
    return gap / pooled * (1 - 3 / (4 * (freedom + 2) - 9))


def cox_index(treated_share: float, control_share: float) -> float | None:
    """The log of the odds ratio over 1.65; None where one share is 0 or 1 and the other differs."""
    if treated_share == control_share:
        return 0.0
    if {treated_share, control_share} & {0.0, 1.0}:
        return None
    return (_log_odds(treated_share) - _log_odds(control_share)) / _COX


def reading_of(effect_size: float | None) -> Reading:
    """The Clearinghouse's class of an effect size."""
    if effect_size is None:
        return "not defined"
    size = abs(effect_size)
    if size <= SATISFIED:
        return "at most 0.05"
    return "0.05 to 0.25" if size <= WITH_ADJUSTMENT else "above 0.25"


def _variance(values: NDArray[np.float64]) -> float:
    return float(values.var(ddof=1)) if len(values) > 1 else 0.0


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))
