"""The effect of taking part, assignment as the instrument: Wald, and two-stage least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.clustered import Effects
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, coefficient
from payforsuccess.evaluation.regression.first_stage import FirstStage, first_stage_of
from payforsuccess.evaluation.regression.least_squares import (
    Codes,
    Fit,
    Floats,
    fit_least_squares,
    within,
)
from payforsuccess.evaluation.regression.rows import Arms, Rows, check_rows, refuse_perfect

TAKEN_UP = "taken up"
INSTRUMENT = "instrument"


@dataclass(frozen=True, eq=False)
class TwoStage:
    """A two-stage fit. first: the regression of the treatment on instruments and covariates.

    fit: the second stage; its columns are as the first stage predicts them, its residuals are of
    the treatment as it was. excluded: the instruments' names.
    """

    fit: Fit
    first: Fit
    excluded: tuple[str, ...]


@dataclass(frozen=True)
class EffectOfTakingPart(Estimated):
    """The effect on those whom assignment moved to take part, in the unit of the outcome.

    first_stage: how much assignment moved taking part, with its F statistic.
    """

    first_stage: FirstStage | None = None


def effect_of_taking_part(
    outcome: Floats,
    arms: Arms,
    took_part: NDArray[np.bool_],
    *,
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
    clusters: Codes | None = None,
    flavour: Flavour = "hc1",
    effects: Effects = "counted",
) -> EffectOfTakingPart:
    """The effect on compliers (Imbens and Angrist 1994): TOT where no control can take part.

    outcome (n,) float64; arms (n,) bool, as assigned; took_part (n,) bool; the rest as `ancova`.
    Without covariates and strata it is Wald's (1940): the difference in outcomes over the
    difference in take-up. Refuses what `ancova` refuses, and take-up that is the same in both arms.
    A first-stage F below about 10 makes the error too small: show `anderson_rubin` then.
    """
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    stages = two_stage_rows(rows, took_part.astype(np.float64))
    errors = Errors(flavour, clusters, effects)
    covered = "Two-stage least squares" if len(names) or strata is not None else "Wald's ratio"
    found = coefficient(stages.fit, TAKEN_UP, errors, method=f"{covered}, assignment as instrument")
    return EffectOfTakingPart(
        value=found.value,
        standard_error=found.standard_error,
        people=found.people,
        method=found.method,
        freedom=found.freedom,
        first_stage=first_stage_of(stages.first, stages.excluded, errors),
    )


def two_stage_rows(rows: Rows, treatment: Floats) -> TwoStage:
    """Both stages with assignment as the instrument; treatment (n,) as it was."""
    if treatment.shape != (rows.people,):
        raise ValueError("who took part is (n,)")
    return fit_two_stage(
        rows.outcome,
        treatment,
        rows.arms.astype(np.float64)[:, None],
        covariates=rows.covariates,
        names=rows.names,
        strata=rows.strata,
    )


def fit_two_stage(
    outcome: Floats,
    treatment: Floats,
    instruments: Floats,
    *,
    covariates: Floats,
    names: Sequence[str] = (),
    strata: Codes | None = None,
) -> TwoStage:
    """Two-stage least squares of one treatment (n,) on instruments (n, l) beside covariates (n, k).

    A constant is added unless strata (n,) are absorbed. Refuses collinear columns by name, and
    instruments that do not move the treatment at all. Missing values: ValueError (`check_rows`
    refuses them first).
    """
    excluded = [
        INSTRUMENT if instruments.shape[1] == 1 else f"{INSTRUMENT} {at + 1}"
        for at in range(instruments.shape[1])
    ]
    constant = [] if strata is not None else ["constant"]
    before = np.ones((len(outcome), len(constant)))
    if treatment.min() == treatment.max():
        raise Refusal([_not_moved()])
    first = fit_least_squares(
        treatment,
        np.hstack([before, instruments, covariates]),
        [*constant, *excluded, *names],
        strata=strata,
    )
    own = slice(len(constant), len(constant) + len(excluded))
    moved = first.columns[:, own] @ first.coefficients[own]
    spread = treatment if first.strata is None else within(treatment, first.strata)
    spread = spread - spread.mean()
    if float(moved @ moved) <= 1e-18 * float(spread @ spread):
        raise Refusal([_not_moved()])
    predicted = treatment - first.residuals
    second = fit_least_squares(
        outcome,
        np.column_stack([before, predicted, covariates]),
        [*constant, TAKEN_UP, *names],
        strata=strata,
    )
    # residuals are of the treatment as it was: predicted plus what the first stage left over
    residuals = second.residuals - first.residuals * second.coefficients[second.at(TAKEN_UP)]
    refuse_perfect(residuals, outcome)
    return TwoStage(replace(second, residuals=residuals), first, tuple(excluded))


def _not_moved() -> Problem:
    return Problem(
        "Taking part is as common in both arms, so its effect cannot be told from assignment.",
        "Check the records of who took part, or estimate the effect of the offer alone.",
    )
