"""Percent reduction: by how many percent the treated arm's mean is below the control arm's."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.measures import PercentReduction
from payforsuccess.errors import Problem, Refusal
from payforsuccess.measures.arms import ArmCount
from payforsuccess.measures.mean_difference import known_arms


def percent_reduction(measure: PercentReduction, counts: Mapping[str, ArmCount]) -> Fraction:
    """100 x (control - treated) / control; refuses a control mean of 0 or less."""
    treated, control = known_arms(counts, measure.treated, measure.control)
    if control.mean <= 0:
        raise Refusal(
            Problem(
                f"The mean of the arm {control.arm} is not above 0, so nothing can be a percent "
                "of it.",
                "State the effect as a difference instead.",
            )
        )
    return 100 * (control.mean - treated.mean) / control.mean
