"""The error of a coefficient in the flavour a plan names: one door to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.bias_reduced import bias_reduced, refuse_forced
from payforsuccess.evaluation.regression.clustered import Effects, cluster_parts
from payforsuccess.evaluation.regression.least_squares import Codes, Fit, Floats
from payforsuccess.evaluation.regression.robust import WORDS, parts_alone

Flavour = Literal["classical", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2"]


@dataclass(frozen=True, eq=False)
class Errors:
    """A flavour of error as a plan states it: its name, and who hangs together.

    clusters: (n,) codes, for CR1 and CR2 alone (ValueError otherwise). effects: whether CR1's
    small-sample factor counts the effects of strata nested in clusters.
    """

    flavour: Flavour
    clusters: Codes | None = None
    effects: Effects = "counted"

    def __post_init__(self) -> None:
        """Refuse clusters where the flavour has none, and none where it needs them (ValueError)."""
        if (self.clusters is None) == (self.flavour in ("cr1", "cr2")):
            raise ValueError("CR1 and CR2 errors need clusters; the others have none")


@dataclass(frozen=True, eq=False)
class Parts:
    """What each person, or each cluster, adds to an error.

    values: (people,) or (clusters,); the sum of their squares is the variance. Two outcomes fitted
    to the same columns, with the same weights, have the sum of products as their covariance.
    """

    values: Floats
    freedom: float
    words: str

    @property
    def standard_error(self) -> float:
        """The root of the sum of squares."""
        return float(np.sqrt(self.values @ self.values))


def parts_of(fit: Fit, weights: Floats, errors: Errors) -> Parts:
    """The parts of the error of `weights` (k,) times the coefficients.

    Degrees of freedom: people less coefficients for classical and HC0 to HC3; clusters less one
    for CR1; Satterthwaite's for CR2.
    """
    flavour = errors.flavour
    if flavour != "cr1" and flavour != "cr2":
        return Parts(parts_alone(fit, weights, flavour), float(fit.freedom), WORDS[flavour])
    assert errors.clusters is not None
    if flavour == "cr2":
        reduced = bias_reduced(fit, errors.clusters, weights)
        return Parts(reduced.parts, reduced.freedom, reduced.words)
    found = cluster_parts(fit, errors.clusters, effects=errors.effects)
    return Parts(found.parts @ weights, float(found.clusters - 1), found.words)


def coefficient(fit: Fit, name: str, errors: Errors, *, method: str) -> Estimated:
    """One coefficient, by its column's name, with its error in the unit of the outcome.

    Refuses an error that is nothing but rounding: the model fits each cluster by force.
    """
    weights = unit_of(fit, name)
    parts = parts_of(fit, weights, errors)
    refuse_forced(fit, weights, parts.values)
    return Estimated(
        value=float(fit.coefficients[fit.at(name)]),
        standard_error=parts.standard_error,
        people=fit.people,
        method=f"{method}; {parts.words}; Student's t, {parts.freedom:.4g} degrees of freedom",
        freedom=parts.freedom,
    )


def covariance_of(fit: Fit, errors: Errors, names: Sequence[str] | None = None) -> Floats:
    """(k, k): of the coefficients named, all if none is; in squared units of the outcome."""
    chosen = fit.names if names is None else names
    if errors.flavour == "classical":
        places = [fit.at(name) for name in chosen]
        variance = float(fit.residuals @ fit.residuals) / fit.freedom
        return fit.inverse[np.ix_(places, places)] * variance
    each = [parts_of(fit, unit_of(fit, name), errors).values for name in chosen]
    return np.column_stack(each).T @ np.column_stack(each)


def unit_of(fit: Fit, name: str) -> Floats:
    """(k,): the weights that pick one coefficient."""
    weights = np.zeros(len(fit.coefficients))
    weights[fit.at(name)] = 1
    return weights
