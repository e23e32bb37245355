"""From a plan and the rows of its people to an Estimate: one file a design.

`compare` is the one door to every formula: an estimate, its variations, its other outcomes and the
draws of a bootstrap all go through it, so that they differ in nothing but their people.
"""

from __future__ import annotations

import numpy as np

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.randomised import compare_randomised
from payforsuccess.evaluation.designs.sample import Sample


def compare(
    plan: EvaluationPlan, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """What the plan's formula finds in a sample. Refuses what the formula refuses."""
    match plan:
        case Randomised():
            return compare_randomised(plan, sample, unit=unit, rng=rng)
        case _:
            raise AssertionError(f"check_estimable let the design {plan.design} pass")
