"""Covariance of coefficients for people who are independent: classical, and HC0 to HC3."""

from __future__ import annotations

from typing import Literal

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.regression.least_squares import Fit, Floats

Independent = Literal["classical", "hc0", "hc1", "hc2", "hc3"]

WORDS: dict[Independent, str] = {
    "classical": "classical errors, one variance for all, divided by n - k",
    "hc0": "HC0 errors, no small-sample factor",
    "hc1": "HC1 errors, times n / (n - k)",
    "hc2": "HC2 errors, squared residuals over 1 - leverage, no further factor",
    "hc3": "HC3 errors, squared residuals over (1 - leverage) squared, no further factor",
}
"""Each flavour with its small-sample factor. MacKinnon and White 1985."""

_WHOLE = 1e-9


def parts_alone(fit: Fit, weights: Floats, flavour: Independent) -> Floats:
    """(n,): what each person adds to the error of `weights` (k,) times the coefficients.

    The sum of their squares is the variance; of two outcomes fitted to the same columns with the
    same weights, the sum of products is the covariance. HC2 and HC3 as MacKinnon and White (1985)
    have them, without a factor n / (n - k) on top. Where strata were absorbed, k counts their
    effects and the leverage is that of the whole model. Refuses HC2 and HC3 where somebody has a
    leverage of 1: the model fits that person by force.
    """
    lean = fit.columns @ (fit.inverse @ weights)
    if flavour == "classical":
        return fit.residuals * np.sqrt(float(lean @ lean) / fit.freedom)
    parts = lean * fit.residuals
    if flavour == "hc1":
        return parts * np.sqrt(fit.people / fit.freedom)
    if flavour == "hc0":
        return parts
    free = 1 - leverage_of(fit)
    alone = int((free < _WHOLE).sum())
    if alone:
        raise Refusal([_alone(alone, flavour)])
    return parts / (np.sqrt(free) if flavour == "hc2" else free)


def leverage_of(fit: Fit) -> Floats:
    """(n,): how much of each person's fitted value is their own outcome, between 0 and 1."""
    leverage = np.square(np.linalg.solve(fit.triangle.T, fit.columns.T)).sum(axis=0)
    if fit.strata is not None:
        leverage = leverage + (1 / np.bincount(fit.strata))[fit.strata]
    return leverage


def _alone(people: int, flavour: Independent) -> Problem:
    whom = "One person is" if people == 1 else f"{people:,} people are each"
    return Problem(
        f"{whom} the only one of a kind in the model, so {flavour.upper()} errors are not defined.",
        "Merge small strata, leave out the covariate that marks them, or state another error.",
    )
