"""Errors and bands that hold for many effects at once, by a multiplier bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.panels.influence import by_cluster

DRAWS = 999
"""As many draws as papers commonly use; with fewer than 99 a band is not told."""
_FEWEST_DRAWS = 99
_QUARTILES_APART = 1.3489795003921634  # of a normal distribution of variance 1


@dataclass(frozen=True, eq=False)
class Bands:
    """Bootstrapped errors, and a band within which all effects lie together.

    standard_errors, low, high: shape (effects,), in the outcome's unit. critical: how many errors
    the band reaches to either side; no less than the normal quantile of one effect alone.
    """

    standard_errors: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    critical: float
    confidence: float
    draws: int


def uniform_bands(
    values: NDArray[np.float64],
    influence: NDArray[np.float64],
    *,
    rng: np.random.Generator,
    confidence: float,
    draws: int = DRAWS,
    clusters: NDArray[np.int64] | None = None,
) -> Bands:
    """Bands from influences times random signs (Callaway and Sant'Anna 2021, Algorithm 1).

    values: shape (effects,); influence: shape (units, effects). Each unit, or each cluster, gets a
    sign of 1 or -1 (Rademacher's). Errors are the quartiles' distance over that of the normal
    distribution. Refuses an effect that does not vary. ValueError for fewer than 99 draws.
    """
    if draws < _FEWEST_DRAWS or not 0 < confidence < 1:
        raise ValueError("at least 99 draws, and a confidence between 0 and 1")
    moved = _signed_sums(by_cluster(influence, clusters), draws, rng) / len(influence)
    low, high = np.quantile(moved, (0.25, 0.75), axis=0)
    errors = (high - low) / _QUARTILES_APART
    flat = int((errors <= 1e-12 * max(1.0, float(np.abs(values).max(initial=0.0)))).sum())
    if flat:
        raise Refusal(
            [
                Problem(
                    f"{flat} of {len(values)} effects do not vary between units, so that no band "
                    "can be drawn.",
                    "Leave out these effects, or use outcomes that vary.",
                )
            ]
        )
    furthest = np.abs(moved / errors).max(axis=1)
    critical = max(float(np.quantile(furthest, confidence)), _normal((1 + confidence) / 2))
    return Bands(
        standard_errors=errors,
        low=values - critical * errors,
        high=values + critical * errors,
        critical=critical,
        confidence=confidence,
        draws=draws,
    )


def _signed_sums(
    influence: NDArray[np.float64], draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Sums of influences times signs, shape (draws, effects)."""
    units = len(influence)
    found = np.empty((draws, influence.shape[1]))
    total = influence.sum(axis=0)
    block = max(1, 4_000_000 // units)
    for start in range(0, draws, block):
        many = min(block, draws - start)
        bits = np.frombuffer(rng.bytes(many * (-(-units // 8))), np.uint8).reshape(many, -1)
        heads = np.unpackbits(bits, axis=1, count=units).astype(np.float64)
        found[start : start + many] = 2 * (heads @ influence) - total
    return found


def _normal(share: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(share))
