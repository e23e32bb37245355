"""Whether people served have others like them to be compared with, and what weights rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Overlap:
    """Where the scores of both sides lie. Counts alone, so that a picture shows no person.

    low, high: the common support, from the larger of the lowest scores to the smaller of the
    highest; None for both where no score is common. treated_outside, control_outside: people
    beyond it. edges: (b + 1) equal steps from 0 to 1. treated_counts, control_counts: people
    with a score from one edge up to the next, the last edge counted in.
    """

    low: float | None
    high: float | None
    treated_outside: int
    control_outside: int
    edges: tuple[float, ...]
    treated_counts: tuple[int, ...]
    control_counts: tuple[int, ...]


@dataclass(frozen=True)
class WeightSpread:
    """What the weights of one side come to.

    effective: the people of equal weight that would give the same spread, (sum w)^2 / sum w^2
    (Kish 1965). largest_share: the part of all weight on the one person with most.
    """

    people: int
    total: float
    effective: float
    largest_share: float


def overlap_of(
    score: NDArray[np.float64], treated: NDArray[np.bool_], *, bins: int = 20
) -> Overlap:
    """The common support of scores (n,) between 0 and 1, and counts for a picture."""
    if score.shape != treated.shape or bins < 1 or not treated.any() or treated.all():
        raise ValueError("scores are one a person, of two sides, and bins are one or more")
    served, others = score[treated], score[~treated]
    low = float(max(served.min(), others.min()))
    high = float(min(served.max(), others.max()))
    edges = np.linspace(0.0, 1.0, bins + 1)
    return Overlap(
        low if low <= high else None,
        high if low <= high else None,
        int(((served < low) | (served > high)).sum()),
        int(((others < low) | (others > high)).sum()),
        tuple(edges.tolist()),
        tuple(np.histogram(served, edges)[0].tolist()),
        tuple(np.histogram(others, edges)[0].tolist()),
    )


def spread_of(weights: NDArray[np.float64]) -> WeightSpread:
    """What weights (m,) of one side come to; people are those with a weight above 0.

    ValueError for weights below 0 or that are all 0.
    """
    total = float(weights.sum())
    if (weights < 0).any() or not total > 0:
        raise ValueError("weights are 0 or more, and some are above 0")
    shares = weights / total
    return WeightSpread(
        int((weights > 0).sum()), total, float(1 / (shares @ shares)), float(shares.max())
    )
