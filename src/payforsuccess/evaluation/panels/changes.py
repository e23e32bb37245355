"""The effect on a change from one period to another, and each unit's influence on it.

By plain means, outcome regression, inverse weighting, or both (Heckman, Ichimura and Todd 1997;
Abadie 2005; Sant'Anna and Zhao, Journal of Econometrics 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.panels.scores import likely_scores, tilted_scores

Adjustment = Literal[
    "none", "outcome-regression", "inverse-weighting", "doubly-robust", "improved-doubly-robust"
]
TRIMMED_FROM = 0.995
"""Untreated units with a score this high or higher are left out: they would weigh 200 or more."""

FEWEST = 2
"""So many treated and untreated units are needed at least: one alone shows no spread."""


@dataclass(frozen=True, eq=False)
class ChangeEffect:
    """An effect on the treated, in the outcome's unit.

    influence: shape (units,), of mean 0; the effect's variance is the sum of squares over units
    squared. trimmed: untreated units left out for a score of `TRIMMED_FROM` or more.
    """

    value: float
    influence: NDArray[np.float64]
    trimmed: int = 0


def effect_on_change(
    change: NDArray[np.float64],
    is_treated: NDArray[np.bool_],
    covariates: NDArray[np.float64] | None = None,
    *,
    by: Adjustment = "none",
) -> ChangeEffect:
    """How much more the treated changed than comparable untreated units did.

    change: shape (units,). covariates: shape (units, k), known before treatment, without a
    constant; needed unless `by` is none. Refuses fewer than two units on either side, covariates
    that repeat each other, and those that tell both sides apart without fail.
    """
    refuse_few(is_treated)
    if by == "none":
        return _by_means(change, is_treated)
    if covariates is None:
        raise ValueError(f"{by} needs covariates")
    design = _design(covariates, is_treated)
    if by == "outcome-regression":
        return _by_regression(change, is_treated, design)
    if by == "inverse-weighting":
        return _by_weights(change, is_treated, design)
    if by == "doubly-robust":
        return _by_both(change, is_treated, design)
    return _improved(change, is_treated, design)


def refuse_few(is_treated: NDArray[np.bool_]) -> None:
    """Refuse fewer than two treated or two untreated units."""
    treated, others = int(is_treated.sum()), int((~is_treated).sum())
    if min(treated, others) < FEWEST:
        raise Refusal(
            [
                Problem(
                    f"There are {treated:,} treated and {others:,} untreated units to compare; "
                    f"each side needs {FEWEST} at least.",
                    "Join small cohorts, wait for more units, or use another design.",
                )
            ]
        )


def _design(covariates: NDArray[np.float64], is_treated: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A constant and the covariates in like units: no result depends on their scale."""
    spread = covariates.std(axis=0)
    scaled = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(covariates)), scaled])
    rank = int(np.linalg.matrix_rank(design[~is_treated]))
    if rank < design.shape[1]:
        raise Refusal(
            [
                Problem(
                    f"Among the {int((~is_treated).sum()):,} untreated units, "
                    f"{design.shape[1] - rank} of the {covariates.shape[1]} covariates do not "
                    "vary or follow from the others.",
                    "Leave out covariates that say the same thing, or add untreated units.",
                )
            ]
        )
    return design


def _by_means(change: NDArray[np.float64], is_treated: NDArray[np.bool_]) -> ChangeEffect:
    units, treated = len(change), int(is_treated.sum())
    middle = float(change[is_treated].mean()), float(change[~is_treated].mean())
    influence = np.where(
        is_treated,
        (change - middle[0]) * (units / treated),
        (middle[1] - change) * (units / (units - treated)),
    )
    return ChangeEffect(middle[0] - middle[1], influence)


def _by_regression(
    change: NDArray[np.float64], is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> ChangeEffect:
    left, coefficients_move = _regressed(change, (~is_treated).astype(float), design)
    share = is_treated.mean()
    value = float(left[is_treated].mean())
    middle = (is_treated[:, None] * design).mean(axis=0)
    influence = (is_treated * (left - value) - coefficients_move @ middle) / share
    return ChangeEffect(value, influence)


def _by_weights(
    change: NDArray[np.float64], is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> ChangeEffect:
    scores = likely_scores(is_treated, design)
    weights, trimmed = _odds(scores, is_treated)
    treated_mean = float(change[is_treated].mean())
    control_mean = float((weights * change).sum() / weights.sum())
    pull = (weights * (change - control_mean)) @ design / len(change)
    control = weights * (change - control_mean) + _scores_move(scores, is_treated, design) @ pull
    influence = is_treated * (change - treated_mean) / is_treated.mean() - control / weights.mean()
    return ChangeEffect(treated_mean - control_mean, influence, trimmed)


def _by_both(
    change: NDArray[np.float64], is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> ChangeEffect:
    """The traditional doubly robust estimator of Sant'Anna and Zhao."""
    scores = likely_scores(is_treated, design)
    weights, trimmed = _odds(scores, is_treated)
    left, coefficients_move = _regressed(change, (~is_treated).astype(float), design)
    treated_mean = float(left[is_treated].mean())
    control_mean = float((weights * left).sum() / weights.sum())
    units = len(change)
    treated = is_treated * (left - treated_mean) - coefficients_move @ (is_treated @ design / units)
    control = (
        weights * (left - control_mean)
        + _scores_move(scores, is_treated, design)
        @ ((weights * (left - control_mean)) @ design / units)
        - coefficients_move @ (weights @ design / units)
    )
    influence = treated / is_treated.mean() - control / weights.mean()
    return ChangeEffect(treated_mean - control_mean, influence, trimmed)


def _improved(
    change: NDArray[np.float64], is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> ChangeEffect:
    """The improved one: with tilted scores and a weighted regression, fitting costs no variance."""
    scores = tilted_scores(is_treated, design)
    weights, trimmed = _odds(scores, is_treated)
    left, _ = _regressed(change, np.where(is_treated, 0.0, scores / (1 - scores)), design)
    treated_mean = float(left[is_treated].mean())
    control_mean = float((weights * left).sum() / weights.sum())
    influence = (
        is_treated * (left - treated_mean) / is_treated.mean()
        - weights * (left - control_mean) / weights.mean()
    )
    return ChangeEffect(treated_mean - control_mean, influence, trimmed)


def _odds(
    scores: NDArray[np.float64], is_treated: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], int]:
    """Weights of the untreated, and how many of them were left out."""
    is_trimmed = ~is_treated & (scores >= TRIMMED_FROM)
    is_used = ~is_treated & ~is_trimmed
    if is_used.sum() < FEWEST:
        refuse_few(~is_used)
    return np.where(is_used, scores / (1 - scores), 0.0), int(is_trimmed.sum())


def _regressed(
    change: NDArray[np.float64], weights: NDArray[np.float64], design: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What a weighted regression leaves over, and how each unit moves its coefficients."""
    bread = np.linalg.inv(design.T @ (design * weights[:, None]) / len(change))
    coefficients = bread @ (design.T @ (weights * change)) / len(change)
    left = change - design @ coefficients
    return left, design @ bread * (weights * left)[:, None]


def _scores_move(
    scores: NDArray[np.float64], is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How each unit moves the coefficients of the likely scores."""
    information = design.T @ (design * (scores * (1 - scores))[:, None]) / len(scores)
    return np.asarray((design * (is_treated - scores)[:, None]) @ np.linalg.inv(information))
