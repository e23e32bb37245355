"""The chance of being served, given traits: a logit fitted by maximum likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.pool import ComparisonPool, refuse_dependent

STEPS, CLOSE = 60, 1e-10
FLATTEST = 1e13
"""A curvature with a condition number above this is flat in some direction."""


@dataclass(frozen=True, eq=False)
class PropensityScore:
    """A fitted logit (Rosenbaum and Rubin 1983).

    names: the covariates. coefficients: (k + 1,) the constant first, each per unit of its trait.
    value: (n,) the chance of being served, between 0 and 1. logit: (n,) its log-odds. influence:
    (n, k + 1) what each person moves the coefficients by, to first order. pool: the fingerprint
    of the pool it was fitted on.
    """

    names: tuple[str, ...]
    coefficients: NDArray[np.float64]
    value: NDArray[np.float64]
    logit: NDArray[np.float64]
    influence: NDArray[np.float64]
    pool: str


def fit_score(pool: ComparisonPool, covariates: Sequence[str] | None = None) -> PropensityScore:
    """The score from these traits of the pool, or from all.

    Newton's method on standardised traits until no log-odds moves by more than 1e-10. Refuses
    collinear traits by name, more coefficients than people on a side, and traits that tell people
    served from others without error (perfect or nearly perfect separation), by name.
    """
    names = tuple(pool.names if covariates is None else covariates)
    columns = pool.columns(names)
    fitted = logit_of(columns, names, pool.treated)
    design = fitted.design(columns)
    logit = design @ fitted.coefficients
    value = chance(logit)
    bread = np.linalg.inv((design * (value * (1 - value))[:, None]).T @ design)
    influence = ((pool.treated - value)[:, None] * design) @ bread
    back = _to_units(fitted.middle, fitted.spread)
    return PropensityScore(
        names, back @ fitted.coefficients, value, logit, influence @ back.T, pool.fingerprint
    )


@dataclass(frozen=True, eq=False)
class FittedLogit:
    """Coefficients (k + 1,) on traits less `middle` (k,) over `spread` (k,), the constant first."""

    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    coefficients: NDArray[np.float64]

    def design(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """(m, k + 1) the standardised traits of any people, with a constant."""
        return np.column_stack([np.ones(len(columns)), (columns - self.middle) / self.spread])

    def log_odds(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """(m,) of any people with these traits."""
        return self.design(columns) @ self.coefficients


def logit_of(
    columns: NDArray[np.float64], names: tuple[str, ...], treated: NDArray[np.bool_]
) -> FittedLogit:
    """The logit on these traits; refuses what `fit_score` refuses."""
    if not names:
        raise ValueError("a score needs at least one covariate")
    _refuse_few(treated, len(names) + 1)
    refuse_dependent(columns, names)
    middle, spread = columns.mean(axis=0), columns.std(axis=0)
    design = np.column_stack([np.ones(len(columns)), (columns - middle) / spread])
    coefficients = fit_logit(design, treated)
    if coefficients is None:
        raise Refusal(_separated(columns, names, treated))
    return FittedLogit(middle, spread, coefficients)


def chance(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance with this log-odds."""
    return 1 / (1 + np.exp(-np.clip(logit, -700, 700)))


def fit_logit(
    design: NDArray[np.float64], treated: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    """(k,) coefficients of the logit on a design with its constant; None where none exist.

    Where traits separate the sides the likelihood has no highest point: each step of Newton's
    method then moves on by about one, instead of shrinking.
    """
    found = np.zeros(design.shape[1])
    log_odds = design @ found
    for _ in range(STEPS):
        value = chance(log_odds)
        curvature = (design * (value * (1 - value))[:, None]).T @ design
        slope = design.T @ (treated - value)
        if not np.linalg.cond(curvature) <= FLATTEST:  # a curvature of zeros has none at all
            return None
        step = np.linalg.solve(curvature, slope)
        before = _likelihood(log_odds, treated)
        for _ in range(30):
            moved = design @ (found + step)
            if _likelihood(moved, treated) >= before - 1e-12 * abs(before):
                break
            step = step / 2
        move = float(np.abs(moved - log_odds).max())
        found, log_odds = found + step, moved
        if move < CLOSE:
            return found if _likelihood(log_odds, treated) < -1e-6 else None
    return None


def _likelihood(log_odds: NDArray[np.float64], treated: NDArray[np.bool_]) -> float:
    return float(-np.logaddexp(0.0, np.where(treated, -log_odds, log_odds)).sum())


def _to_units(middle: NDArray[np.float64], spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k + 1, k + 1) from coefficients of standardised traits to those of the traits."""
    back = np.diag(np.concatenate([[1.0], 1 / spread]))
    back[0, 1:] = -middle / spread
    return back


def _refuse_few(treated: NDArray[np.bool_], coefficients: int) -> None:
    fewest = int(min(treated.sum(), (~treated).sum()))
    if fewest < coefficients:
        raise Refusal(
            Problem(
                f"A score with {coefficients} coefficients needs at least as many people on each "
                f"side; one side has {fewest:,}.",
                "Use fewer covariates, or wait for more people.",
            )
        )


def _separated(
    columns: NDArray[np.float64], names: tuple[str, ...], treated: NDArray[np.bool_]
) -> Problem:
    """Name the traits that tell the sides apart alone, or all of them together."""
    alone = []
    for index, name in enumerate(names):
        served, others = columns[treated, index], columns[~treated, index]
        values = np.unique(columns[:, index])
        halves = len(values) == 2 and (len(np.unique(served)) == 1 or len(np.unique(others)) == 1)
        if served.min() >= others.max() or others.min() >= served.max() or halves:
            alone.append(name)
    which = ", ".join(alone) if alone else f"{', '.join(names)} (together)"
    return Problem(
        f"Covariates tell everyone served from others without error: {which}.",
        "Leave such a covariate out, or restrict the pool to people who could have been served: "
        "no one else is there to compare with.",
    )
