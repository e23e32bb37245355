"""CR2: clustered errors that are right on average in small samples, with their own freedom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.regression.least_squares import Codes, Fit, Floats, codes_of, summed

_NOTHING = 1e-10
"""A direction that the model fits by force: what is left of it is rounding, and is left out."""


@dataclass(frozen=True, eq=False)
class BiasReduced:
    """What each cluster adds to the error of a coefficient: parts (clusters,), and the freedom."""

    parts: Floats
    freedom: float

    @property
    def clusters(self) -> int:
        """How many."""
        return len(self.parts)

    @property
    def variance(self) -> float:
        """CR2's, in squared units of the outcome."""
        return float(self.parts @ self.parts)

    @property
    def words(self) -> str:
        """The flavour with its factor."""
        return (
            f"CR2 errors, {self.clusters:,} clusters, no further factor, Satterthwaite degrees of "
            f"freedom {self.freedom:.4g}"
        )


def bias_reduced(fit: Fit, clusters: Codes, weights: Floats) -> BiasReduced:
    """CR2 of `weights` (k,) times the coefficients, after Bell and McCaffrey (2002).

    As Pustejovsky and Tipton (2018) extend it to effects of strata: each cluster's residuals are
    multiplied by the symmetric (pseudo-inverse) root of the identity less its block of the hat
    matrix, for a working model of independent people with one variance; absorbed effects are part
    of the hat matrix. The degrees of freedom are Satterthwaite's under that model. Refuses one
    cluster, and clusters that the model fits by force, where no degree of freedom is left.
    """
    codes = codes_of(clusters)
    groups = int(codes.max()) + 1
    if groups < 2:
        raise Refusal([_none_left()])
    lean = fit.columns @ (fit.inverse @ weights)  # (n,): the estimate is its product with outcomes
    basis = np.linalg.solve(fit.triangle.T, fit.columns.T).T  # (n, k): orthonormal columns
    strata = _apart(fit, codes)
    adjusted = np.empty(fit.people)
    order = np.argsort(codes, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(codes))[:-1]):
        adjusted[rows] = _adjusted(basis[rows], lean[rows], strata, rows)
    sums = np.bincount(codes, weights=adjusted * fit.residuals, minlength=groups)
    return BiasReduced(sums.astype(np.float64), _freedom(strata, codes, basis, adjusted))


def _apart(fit: Fit, codes: Codes) -> Codes | None:
    """The strata whose effects matter to clusters; None where each lies within one cluster.

    Columns without their strata's means are then at right angles to the effects in each cluster
    too, and so is the lean. The effects' directions are left nothing of, and take nothing out.
    """
    if fit.strata is None:
        return None
    of = np.full(int(fit.strata.max()) + 1, -1, dtype=np.int64)
    of[fit.strata] = codes
    return None if (of[fit.strata] == codes).all() else fit.strata


def _adjusted(basis: Floats, lean: Floats, strata: Codes | None, rows: Codes) -> Floats:
    """The inverse root of (identity less the cluster's hat matrix), times the cluster's lean."""
    if strata is not None:
        sizes = np.bincount(strata)
        here, places = np.unique(strata[rows], return_inverse=True)
        dummies = np.zeros((len(rows), len(here)))
        dummies[np.arange(len(rows)), places] = 1 / np.sqrt(sizes[strata[rows]])
        basis = np.column_stack([basis, dummies])
    left, lengths, _ = np.linalg.svd(basis, full_matrices=False)
    rest = 1 - np.square(lengths)
    root = np.where(rest > _NOTHING, 1 / np.sqrt(np.maximum(rest, _NOTHING)), 0.0)
    return lean + left @ ((root - 1) * (left.T @ lean))


def _freedom(strata: Codes | None, codes: Codes, basis: Floats, adjusted: Floats) -> float:
    """(trace P) squared over the trace of P squared, P the products of clusters' error weights.

    P = D - F F', with D the squared lengths of each cluster's adjusted lean and F what the model
    (and the absorbed effects) take out of it; so no (n, n) nor (G, G) array is needed.
    """
    lengths = np.bincount(codes, weights=np.square(adjusted))
    taken = summed(basis * adjusted[:, None], codes)
    squares = np.square(taken).sum(axis=1)
    if strata is not None:
        sizes = np.bincount(strata)
        by_both = np.zeros((len(lengths), len(sizes)))
        np.add.at(by_both, (codes, strata), adjusted / np.sqrt(sizes[strata]))
        taken = np.column_stack([taken, by_both])
        squares = np.square(taken).sum(axis=1)
    narrow = taken.T @ taken if taken.shape[1] < len(taken) else taken @ taken.T
    trace = float((lengths - squares).sum())
    of_square = float(np.square(lengths).sum() - 2 * (lengths * squares).sum())
    of_square += float(np.square(narrow).sum())
    if not trace > 1e-12 * float(lengths.sum()) or of_square <= 0:
        raise Refusal([_none_left()])
    return trace**2 / of_square


def refuse_forced(fit: Fit, weights: Floats, parts: Floats) -> None:
    """Refuse parts of an error that are rounding alone, against those of independent people."""
    lean = fit.columns @ (fit.inverse @ weights)
    refuse_nothing(float(parts @ parts), float(lean @ lean) * float(fit.residuals @ fit.residuals))


def refuse_nothing(variance: float, scale: float) -> None:
    """Refuse a clustered variance that is nothing beside a variance of the same people."""
    if variance <= 1e-20 * scale:
        raise Refusal([_none_left()])


def _none_left() -> Problem:
    return Problem(
        "Too few clusters are left to tell chance from the model: it fits each by force.",
        "Use fewer covariates or strata, or compare more clusters.",
    )
