"""The chance of being treated given covariates, by two ways of fitting a logistic score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

_STEPS = 100
_FLAT = 1e-9
"""Where the loss curves less than this for a unit, covariates set both sides apart."""
_MOST = 1 - 1e-6
"""Higher scores are taken for this one; untreated units with it are left out later anyway."""

_Slopes = tuple[NDArray[np.float64], NDArray[np.float64], float]


def likely_scores(
    is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scores by maximum likelihood, shape (units,).

    design: shape (units, columns), its first column 1, of full rank. Refuses covariates that tell
    treated and others apart without fail, as no finite score fits them.
    """

    def slopes(at: NDArray[np.float64]) -> _Slopes:
        odds = design @ at
        share = _share(odds)
        loss = float(np.logaddexp(0, odds).sum() - odds[is_treated].sum())
        return (
            design.T @ (share - is_treated),
            design.T @ (design * (share * (1 - share))[:, None]),
            loss,
        )

    return _scores(design, _least(slopes, _start(is_treated, design), design))


def tilted_scores(
    is_treated: NDArray[np.bool_], design: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scores by inverse probability tilting, shape (units,).

    The odds of the untreated, as weights, have the same totals of every covariate as the treated
    (Graham, Pinto and Egel 2012; used by Sant'Anna and Zhao 2020). Refuses as `likely_scores` does,
    and where no weights can balance the covariates.
    """

    def slopes(at: NDArray[np.float64]) -> _Slopes:
        odds = design @ at
        with np.errstate(over="ignore"):
            weights = np.where(is_treated, 0.0, np.exp(odds))
            loss = float(weights.sum() - odds[is_treated].sum())
        return (
            design.T @ (weights - is_treated),
            design.T @ (design * weights[:, None]),
            loss,
        )

    return _scores(design, _least(slopes, _start(is_treated, design), design))


def _start(is_treated: NDArray[np.bool_], design: NDArray[np.float64]) -> NDArray[np.float64]:
    start = np.zeros(design.shape[1])
    start[0] = np.log(is_treated.sum() / (~is_treated).sum())
    return start


def _scores(design: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.minimum(_share(design @ at), _MOST)


def _share(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share that belongs to log odds, without overflow."""
    return (1 + np.tanh(odds / 2)) / 2


def _least(
    slopes: Callable[[NDArray[np.float64]], _Slopes],
    at: NDArray[np.float64],
    design: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Newton's steps, halved until the loss falls; the losses are convex."""
    gradient, curvature, loss = slopes(at)
    for _ in range(_STEPS):
        try:
            step = np.linalg.solve(curvature, gradient)
            is_flat = np.linalg.eigvalsh(curvature)[0] < _FLAT * len(design)
        except np.linalg.LinAlgError:
            break
        decrease = float(gradient @ step)
        if is_flat or not np.isfinite(decrease):
            break
        if decrease < 1e-9 * len(design):  # each step squares what is left: the next one ends it
            return at - step
        size = 1.0
        while size > 1e-10:
            moved = slopes(at - size * step)
            if moved[2] <= loss - 1e-4 * size * decrease:
                break
            size /= 2
        else:
            break
        at = at - size * step
        gradient, curvature, loss = moved
    raise Refusal(
        [
            Problem(
                "The covariates tell treated and untreated units apart without fail, so no one "
                f"compares with some of the treated ({len(design):,} units, "
                f"{design.shape[1] - 1} covariates).",
                "Use fewer or coarser covariates, or units that were treated less predictably.",
            )
        ]
    )
