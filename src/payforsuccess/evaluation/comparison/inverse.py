"""Weighting by the inverse of the chance of being where one is."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.effect import ComparedEffect, error_of
from payforsuccess.evaluation.comparison.overlap import spread_of
from payforsuccess.evaluation.comparison.pool import ComparisonPool, Outcomes, known_outcomes
from payforsuccess.evaluation.comparison.score import PropensityScore

Whom = Literal["att", "ate"]
"""The effect on people served (att), or on everyone in the pool (ate)."""


def effect_of_inverse(
    pool: ComparisonPool,
    score: PropensityScore,
    outcomes: Outcomes,
    *,
    whom: Whom,
    keep: tuple[float, float] | None = None,
) -> ComparedEffect:
    """The difference of two weighted means; weights of either side are made to add up to 1.

    att: 1 for people served, p / (1 - p) for others. ate: 1 / p and 1 / (1 - p) (Hirano, Imbens
    and Ridder 2003). keep: people with a score below the first or above the second are left out
    (Crump, Hotz, Imbens and Mitnik 2009); the score is not fitted again and the effect is for
    those kept. The error counts that the score was estimated: the score's and both means'
    equations are stacked (Lunceford and Davidian 2004), without a small-sample factor.

    Refuses a score of another pool, other people's outcomes, unknown outcomes, and trimming that
    leaves a side with fewer than two people.
    """
    if score.pool != pool.fingerprint:
        raise Refusal(
            Problem("The score was fitted on another pool.", "Fit the score on this pool.")
        )
    kept = people_kept(score.value, pool.treated, keep)
    values = known_outcomes(outcomes, pool.people, pool.treated, used=kept)
    served, others = pool.treated & kept, ~pool.treated & kept
    odds = np.exp(np.clip(score.logit, -300, 300))
    if whom == "att":
        weight = np.where(pool.treated, 1.0, odds)
        slope = np.where(pool.treated, 0.0, odds)
    else:
        weight = 1 + np.where(pool.treated, 1 / odds, odds)
        slope = np.where(pool.treated, -1 / odds, odds)
    design = np.column_stack([np.ones(len(values)), pool.columns(score.names)])
    means, parts = [], []
    for side in (served, others):
        total = weight[side].sum()
        mean = float(weight[side] @ values[side] / total)
        left = np.where(side, values - mean, 0.0)
        turn = design.T @ (slope * left) / total
        means.append(mean)
        parts.append(weight * left / total + score.influence @ turn)
    trimmed = "" if keep is None else f", scores from {keep[0]:g} to {keep[1]:g} kept"
    return ComparedEffect(
        means[0] - means[1],
        error_of(parts[0] - parts[1]),
        int(kept.sum()),
        f"Inverse probability weighting ({whom.upper()}), weights normalised{trimmed}; "
        "M-estimation standard error that counts the estimated score, no small-sample factor",
        treated_mean=means[0],
        control_mean=means[1],
        treated_weights=spread_of(weight[served]),
        control_weights=spread_of(weight[others]),
        treated_part=parts[0],
        control_part=parts[1],
        weights=np.where(kept, weight, 0.0),
    )


def people_kept(
    score: NDArray[np.float64],
    treated: NDArray[np.bool_],
    keep: tuple[float, float] | None,
) -> NDArray[np.bool_]:
    """(n,) whether the score lies within both ends. Refuses fewer than two people on a side."""
    if keep is not None and not 0 <= keep[0] < keep[1] <= 1:
        raise ValueError("scores are kept from one share to a larger one")
    kept = np.ones(len(score), dtype=bool)
    if keep is not None:
        kept = (score >= keep[0]) & (score <= keep[1])
    served, others = int((kept & treated).sum()), int((kept & ~treated).sum())
    if min(served, others) < 2:
        raise Refusal(
            Problem(
                f"{served:,} people served and {others:,} others are left after trimming; each "
                "side needs two.",
                "Trim less, or say in the plan that no estimate is made then.",
            )
        )
    return kept
