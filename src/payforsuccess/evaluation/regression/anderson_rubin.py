"""The Anderson-Rubin set: effects that the data do not reject, however weak the instrument."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.evaluation.proportions import Interval
from payforsuccess.evaluation.regression.bias_reduced import refuse_forced
from payforsuccess.evaluation.regression.clustered import Effects
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, parts_of, unit_of
from payforsuccess.evaluation.regression.instruments import (
    INSTRUMENT,
    TwoStage,
    fit_two_stage,
)
from payforsuccess.evaluation.regression.least_squares import (
    Codes,
    Floats,
    within,
)
from payforsuccess.evaluation.regression.rows import Arms, check_rows

Shape = Literal["bounded", "half-bounded", "disjoint", "unbounded", "empty"]

SAYS: dict[Shape, str] = {
    "bounded": "The effects not rejected lie between two ends.",
    "half-bounded": "The effects not rejected have no end on one side: the instrument is weak.",
    "disjoint": "The effects not rejected lie on both sides of a gap, without end: the instrument "
    "is weak.",
    "unbounded": "No effect at all is rejected: the instrument is too weak to say anything.",
    "empty": "Every effect is rejected: the instruments contradict each other.",
}


@dataclass(frozen=True)
class AndersonRubin:
    """The set of effects not rejected; interval is None unless the set is bounded.

    statistic: F of no effect, with instruments and freedom as its degrees of freedom.
    least_first_stage: with one instrument, the first-stage F below which the set has no two ends.
    """

    shape: Shape
    interval: Interval | None
    statistic: float
    instruments: int
    freedom: float
    method: str
    least_first_stage: float

    @property
    def says(self) -> str:
        """What the shape means, in a sentence."""
        return SAYS[self.shape]

    @property
    def p_value(self) -> float:
        """Of no effect; not weakened by a weak instrument."""
        from scipy.special import fdtrc

        return float(fdtrc(self.instruments, self.freedom, self.statistic))


def anderson_rubin(
    outcome: Floats,
    arms: Arms,
    took_part: NDArray[np.bool_],
    *,
    confidence: float,
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
    clusters: Codes | None = None,
    flavour: Flavour = "hc1",
    effects: Effects = "counted",
) -> AndersonRubin:
    """The set of effects of taking part that are not rejected; inputs as `effect_of_taking_part`.

    An effect b is rejected where assignment still moves outcome - b x taking part (Anderson and
    Rubin 1949), by the F of the flavour named. Refuses what `effect_of_taking_part` refuses.
    """
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    return set_of(
        rows.outcome,
        took_part.astype(np.float64),
        rows.arms.astype(np.float64)[:, None],
        Errors(flavour, clusters, effects),
        confidence=confidence,
        covariates=rows.covariates,
        names=rows.names,
        strata=strata,
    )


def set_of(
    outcome: Floats,
    treatment: Floats,
    instruments: Floats,
    errors: Errors,
    *,
    confidence: float,
    covariates: Floats,
    names: Sequence[str] = (),
    strata: Codes | None = None,
) -> AndersonRubin:
    """The set for any treatment (n,) and instruments (n, l); several take classical errors alone.

    The rejected effects are where a quadratic is above 0, so the set has one of five shapes.
    """
    stages = fit_two_stage(
        outcome, treatment, instruments, covariates=covariates, names=names, strata=strata
    )
    count = len(stages.excluded)
    if count == 1:
        moved, spread, freedom, words = _with_one(outcome, stages, errors)
    elif errors.flavour == "classical":
        moved, spread, freedom, words = _with_several(outcome, treatment, stages)
    else:
        raise ValueError("with several instruments only classical errors are computed")
    limit = _limit(count, freedom, confidence)
    form = moved - limit * spread
    shape, interval = _solved(
        float(form[1, 1]), float(-2 * form[0, 1]), float(form[0, 0]), float(moved[1, 1])
    )
    return AndersonRubin(
        shape=shape,
        interval=interval,
        statistic=float(moved[0, 0] / spread[0, 0]),
        instruments=count,
        freedom=freedom,
        method=f"Anderson-Rubin set, F with {count} and {freedom:.4g} degrees of freedom; {words}",
        least_first_stage=limit,
    )


def _with_one(
    outcome: Floats, stages: TwoStage, errors: Errors
) -> tuple[Floats, Floats, float, str]:
    """(2, 2) products of the instrument's effects on outcome and treatment, and their covariance.

    Both are fitted to the same columns, so what each person adds to the one error and the other
    multiplies into the covariance.
    """
    first = stages.first
    weights = unit_of(first, INSTRUMENT)
    basis = first.columns @ np.linalg.inv(first.triangle)
    seen = outcome if first.strata is None else within(outcome, first.strata)
    fitted: Floats = np.linalg.solve(first.triangle, basis.T @ seen).astype(np.float64)
    reduced = replace(first, coefficients=fitted, residuals=seen - first.columns @ fitted)
    parts = [parts_of(fit, weights, errors) for fit in (reduced, first)]
    refuse_forced(reduced, weights, parts[0].values)
    effects = np.array([fit.coefficients[fit.at(INSTRUMENT)] for fit in (reduced, first)])
    values = np.column_stack([part.values for part in parts])
    return np.outer(effects, effects), values.T @ values, parts[0].freedom, parts[0].words


def _with_several(
    outcome: Floats, treatment: Floats, stages: TwoStage
) -> tuple[Floats, Floats, float, str]:
    """What instruments explain of outcome and treatment, each, and what nothing explains."""
    first, count = stages.first, len(stages.excluded)
    both = np.column_stack([outcome, treatment])
    if first.strata is not None:
        both = within(both, first.strata)
    places = [first.at(name) for name in stages.excluded]
    beside = np.linalg.qr(np.delete(first.columns, places, axis=1))[0]
    both = both - beside @ (beside.T @ both)
    instruments = first.columns[:, places]
    own = np.linalg.qr(instruments - beside @ (beside.T @ instruments))[0]
    explained = own.T @ both
    left = both - own @ explained
    freedom = float(first.freedom)
    return (
        explained.T @ explained / count,
        left.T @ left / freedom,
        freedom,
        "classical errors, one variance for all, divided by n - k",
    )


def _limit(instruments: int, freedom: float, confidence: float) -> float:
    """The F that chance alone passes with one less confidence."""
    from scipy.special import fdtri

    return float(fdtri(instruments, freedom, confidence))


def _solved(a: float, b: float, c: float, scale: float) -> tuple[Shape, Interval | None]:
    """Where a x squared + b x + c is at most 0; a within rounding of 0, against scale, is 0."""
    inside = b * b - 4 * a * c
    if abs(a) <= 1e-12 * scale:
        if b:
            return "half-bounded", None
        return ("unbounded" if c <= 0 else "empty"), None
    if a < 0:
        return ("disjoint" if inside > 0 else "unbounded"), None
    if inside < 0:
        return "empty", None
    root = math.sqrt(inside)
    far = -(b + math.copysign(root, b)) / 2  # without subtracting two numbers that are nearly equal
    ends = sorted((far / a, c / far if far else 0.0))
    return "bounded", Interval(ends[0], ends[1])
