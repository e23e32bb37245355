"""What an estimator of this folder hands over, and the same effect as a percent reduction."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.overlap import WeightSpread
from payforsuccess.evaluation.estimated import Estimated


@dataclass(frozen=True, eq=False, kw_only=True)
class ComparedEffect(Estimated):
    """A difference in means, treated less comparison, in the unit of the outcome.

    treated_mean, control_mean: what it is the difference of; the second is what would have been
    without the programme. treated_part, control_part: (n,) what each person of the pool adds to
    the error of either mean; the effect's own error is the root of the sum of squares of their
    difference. For weights they are influences to first order, and two estimates on one pool can
    be joined by them; for matches only their squares mean anything, and for matches of everyone
    they have twice as many places. treated_weights,
    control_weights: what the weights of either side come to. weights: (n,) of the pool, 0 for who
    is left out; those of either side need not add up to the same.
    """

    treated_mean: float
    control_mean: float
    treated_weights: WeightSpread
    control_weights: WeightSpread
    treated_part: NDArray[np.float64]
    control_part: NDArray[np.float64]
    weights: NDArray[np.float64]


def percent_reduction(effect: ComparedEffect) -> Estimated:
    """100 x (1 - treated mean / control mean), in percent, its error by the delta method.

    Refuses a control mean of 0.
    """
    if not effect.control_mean:
        raise Refusal(
            Problem(
                "The comparison group's mean is 0, so nothing can be a percent of it.",
                "State the effect as a difference instead.",
            )
        )
    ratio = effect.treated_mean / effect.control_mean
    parts = (effect.treated_part - ratio * effect.control_part) / effect.control_mean
    return Estimated(
        100 * (1 - ratio),
        100 * math.sqrt(float(parts @ parts)),
        effect.people,
        f"Percent reduction, delta method; {effect.method}",
        effect.freedom,
    )


def error_of(parts: NDArray[np.float64]) -> float:
    """The root of the sum of squares. Refuses parts that are all 0: outcomes without variation."""
    error = math.sqrt(float(parts @ parts))
    if error == 0:
        raise Refusal(
            Problem(
                "The outcomes leave no variation by which to say how sure an effect is.",
                "Check the outcome, and that people differ in it.",
            )
        )
    return error
