"""Weights of zero or more that add up to 1 and bring columns as near a target as can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

_NEAR = 1e-7


@dataclass(frozen=True, eq=False)
class ConvexWeights:
    """Weights of shape (columns,), the sum of squares they leave, and whether others do as well."""

    weights: NDArray[np.float64]
    left: float
    is_unique: bool


def convex_weights(
    columns: NDArray[np.float64], target: NDArray[np.float64], *, ridge: float = 0.0
) -> ConvexWeights:
    """The least of the squares of columns x weights - target, and ridge times those of the weights.

    columns: shape (rows, columns); target: shape (rows,). Exact up to rounding, without a start or
    a stopping rule: with A = columns - target, the least of |A u|^2 + (sum u - 1)^2 over u of zero
    or more is, scaled to a sum of 1, the least of |A w|^2 over weights w (a problem that Lawson and
    Hanson's active sets solve in finitely many steps).
    """
    from scipy.optimize import nnls

    away = columns - target[:, None]
    if ridge:
        away = np.vstack([away, np.sqrt(ridge) * np.eye(away.shape[1])])
    scale = float(np.abs(away).max(initial=0.0)) or 1.0
    away = away / scale
    system = np.vstack([away, np.ones(away.shape[1])])
    wanted = np.append(np.zeros(len(away)), 1.0)
    try:
        found, _ = nnls(system, wanted, maxiter=100 * system.shape[1])
    except RuntimeError as unfinished:
        raise Refusal(
            [
                Problem(
                    f"No best mix of {columns.shape[1]:,} units was found in "
                    f"{100 * system.shape[1]:,} steps.",
                    "Use fewer units to mix, those most like the treated.",
                )
            ]
        ) from unfinished
    weights = found / found.sum()
    remains = away @ weights
    left = float(((columns @ weights - target) ** 2).sum())
    return ConvexWeights(weights, left, _is_unique(away, weights, remains))


def _is_unique(
    away: NDArray[np.float64], weights: NDArray[np.float64], remains: NDArray[np.float64]
) -> bool:
    """Whether no other weights leave as little.

    All best weights lead to the same remainder, so they differ only by columns that lie at the
    least slope; they are unique where those columns, with the sum, are independent.
    """
    slopes = away.T @ remains
    least = slopes.min()
    may_weigh = (slopes - least <= _NEAR * (np.abs(slopes).max() + _NEAR)) | (weights > 0)
    if np.abs(remains).max() <= _NEAR:
        may_weigh = np.ones(len(weights), bool)
    system = np.vstack([away[:, may_weigh], np.ones(int(may_weigh.sum()))])
    return bool(np.linalg.matrix_rank(system, tol=_NEAR) == system.shape[1])
