"""How alike two sides are, trait by trait, before and after matching or weighting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TraitDifference:
    """One trait: both means, and their difference in standard deviations of people served.

    standardised is None where people served have no spread and the means differ.
    """

    trait: str
    treated_mean: float
    control_mean: float
    standardised: float | None


def differences(
    columns: NDArray[np.float64],
    names: tuple[str, ...],
    treated: NDArray[np.bool_],
    weights: NDArray[np.float64] | None = None,
) -> tuple[TraitDifference, ...]:
    """Each trait's difference under weights (n,), or with everyone alike.

    The divisor is the standard deviation of people served before any weight, so that figures
    before and after can be compared: with n - 1 for a trait with other values than 0 and 1, and
    the root of p (1 - p) for yes and no (as MatchIt does).
    """
    weights = np.ones(len(columns)) if weights is None else weights
    found = []
    for name, column in zip(names, columns.T, strict=True):
        served = float(np.average(column[treated], weights=weights[treated]))
        others = float(np.average(column[~treated], weights=weights[~treated]))
        gap, spread = served - others, spread_of_served(column, treated)
        standardised = gap / spread if spread else None if abs(gap) > 1e-12 else 0.0
        found.append(TraitDifference(name, served, others, standardised))
    return tuple(found)


def spread_of_served(column: NDArray[np.float64], treated: NDArray[np.bool_]) -> float:
    """The standard deviation of a trait among people served; 0 for one person."""
    served = column[treated]
    if np.isin(column, (0.0, 1.0)).all():
        share = float(served.mean())
        return float(np.sqrt(share * (1 - share)))
    return float(served.std(ddof=1)) if len(served) > 1 else 0.0
