"""A made-up panel whose units start at different times; the effect grows with time since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Staggered:
    """outcomes: (units, periods). first_treated: (units,), -1 for never. covariates: (units, 2)."""

    outcomes: NDArray[np.float64]
    first_treated: NDArray[np.int64]
    covariates: NDArray[np.float64]
    clusters: NDArray[np.int64]


def a_staggered_panel(
    units: int = 300,
    periods: int = 7,
    starts: tuple[int, ...] = (2, 4, 5),
    *,
    seed: int = 20,
    noise: float = 1.0,
) -> Staggered:
    """Who starts, and how outcomes move, both hang on the first covariate."""
    rng = np.random.Generator(np.random.PCG64(seed))
    traits = np.column_stack([rng.normal(size=units), rng.integers(0, 2, units).astype(float)])
    # Starters are likelier with a high first trait, so that plain means are off.
    lean = traits[:, 0] + rng.logistic(size=units)
    order = np.argsort(np.argsort(lean))
    place = order * (len(starts) + 1) // units
    first = np.array([-1, *starts])[place]
    clusters = rng.integers(0, 40, units)
    level = rng.normal(size=units)[:, None] + rng.normal(size=40)[clusters][:, None]
    time = np.arange(periods)
    trend = 0.3 * time + 0.2 * traits[:, :1] * time + 0.1 * traits[:, 1:] * time
    since = np.where(first[:, None] >= 0, time - first[:, None], -1)
    effect = np.where(since >= 0, 1 + 0.25 * since, 0.0)
    outcomes = level + trend + effect + noise * rng.normal(size=(units, periods))
    return Staggered(outcomes, first.astype(np.int64), traits, clusters.astype(np.int64))
