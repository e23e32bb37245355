"""Rows of people to an Estimate: one file a design, numbers in free functions, no identifier."""

from __future__ import annotations

import pyarrow as pa

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.errors import Place, Refusal
from payforsuccess.evaluation.estimable import NO_PLACE, check_estimable
from payforsuccess.evaluation.proportions import interval_of_share
from payforsuccess.evaluation.randomised import estimate_randomised


def estimate_effect(
    plan: EvaluationPlan,
    rows: pa.Table,
    *,
    name: str,
    evidence: str,
    where: Place = NO_PLACE,
) -> Estimate:
    """What the plan finds in the rows; see the design's own function for what they hold.

    name: the plan's, under `evaluation`. evidence: the fingerprint of the people's results.
    Refuses a plan that this version does not compute.
    """
    problems = check_estimable(plan, where=where)
    if problems:
        raise Refusal(problems)
    if isinstance(plan, Randomised):
        return estimate_randomised(plan, rows, name=name, evidence=evidence, where=where)
    raise AssertionError(f"check_estimable let the design {plan.design} pass")


__all__ = ["check_estimable", "estimate_effect", "estimate_randomised", "interval_of_share"]
