"""Covariance of coefficients where people of one cluster may share their fortune: CR1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.regression.least_squares import Codes, Fit, Floats, codes_of, summed

Effects = Literal["counted", "nested-not-counted"]
"""Whether the small-sample factor counts the effects of strata that lie within clusters."""


@dataclass(frozen=True, eq=False)
class Clustered:
    """What each cluster adds to the coefficients' errors: parts (clusters, k), factor included.

    clusters: how many. factor: what the covariance was multiplied by for a small sample. counted:
    the coefficients the factor counts.
    """

    parts: Floats
    clusters: int
    factor: float
    counted: int

    @property
    def covariance(self) -> Floats:
        """(k, k): of the coefficients, in squared units of the outcome."""
        return self.parts.T @ self.parts

    @property
    def words(self) -> str:
        """The flavour with its factor."""
        return (
            f"CR1 errors, {self.clusters:,} clusters, times G / (G - 1) x (n - 1) / (n - k) = "
            f"{self.factor:.6g} with k = {self.counted}"
        )


def cluster_parts(
    fit: Fit, clusters: Codes, *, effects: Effects = "counted", counted: int | None = None
) -> Clustered:
    """CR1 (Liang and Zeger 1986): sums of scores by cluster, times G / (G - 1) x (n - 1) / (n - k).

    clusters: (n,) codes. k counts every coefficient, absorbed effects too, as a regression on
    dummies does; with `nested-not-counted` the absorbed effects count as one, a constant, which is
    refused unless each stratum lies within one cluster. counted: k itself, for another convention.
    Refuses a single cluster.
    """
    codes = codes_of(clusters)
    groups = int(codes.max()) + 1
    if groups < 2:
        raise Refusal([_one_cluster()])
    if counted is None:
        counted = fit.counted
        if effects == "nested-not-counted":
            _refuse_crossed(fit, codes)
            counted = len(fit.coefficients) + (1 if fit.absorbed else 0)
    scores = summed(fit.columns * fit.residuals[:, None], codes)
    factor = groups / (groups - 1) * (fit.people - 1) / (fit.people - counted)
    return Clustered(np.sqrt(factor) * scores @ fit.inverse, groups, factor, counted)


def _refuse_crossed(fit: Fit, codes: Codes) -> None:
    if fit.strata is None:
        return
    pairs = np.unique(np.column_stack([fit.strata, codes]), axis=0)
    crossed = len(pairs) - fit.absorbed
    if crossed:
        raise Refusal(
            [
                Problem(
                    "Some strata hold people of several clusters, so their effects must be counted "
                    "in the small-sample factor.",
                    "State `counted` for the effects of strata.",
                )
            ]
        )


def _one_cluster() -> Problem:
    return Problem(
        "Everyone is in one cluster, so chance between clusters cannot be seen.",
        "Compare at least two clusters in each arm.",
    )
