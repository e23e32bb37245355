"""A randomised comparison of two arms: everyone as assigned, or the effect of taking part."""

from __future__ import annotations

import numpy as np

from payforsuccess.deal.evaluation import Randomised
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.offered import FORMULAS
from payforsuccess.evaluation.designs.sample import Sample


def compare_randomised(
    plan: Randomised, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The plan's formula on the people whose outcome is known.

    Refuses shares of outcomes other than 0 and 1, and a percent reduction of a control arm without
    events; a cluster in both arms, where the plan says that chance sent whole clusters; what each
    formula refuses beside.
    """
    known = sample.known
    if plan.cluster is not None:
        _refuse_split(known, plan.cluster)
    if plan.estimator == "difference-in-proportions":
        _refuse_unfit(plan, known)
    return FORMULAS[plan.estimator](plan, known, unit)


def _refuse_split(known: Sample, fact: str) -> None:
    """Whole clusters were not what chance sent, so errors by cluster are not those of the draw."""
    clusters = known.codes((fact,), "clusters")
    both = set(clusters[known.treated].tolist()) & set(clusters[~known.treated].tolist())
    if both:
        raise Refusal(
            Problem(
                f"{len(both):,} of {len(np.unique(clusters)):,} clusters by {fact} hold people of "
                "both arms, and the plan says that chance sent whole clusters.",
                "State how people were drawn (`assignment`), or the fact by which clusters were "
                "(`cluster`).",
            )
        )


def _refuse_unfit(plan: Randomised, known: Sample) -> None:
    problems = []
    sides = ((plan.arms.treated, known.treated), (plan.arms.control, ~known.treated))
    for label, mask in sides:
        if not np.isin(known.outcome[mask], (0.0, 1.0)).all():
            problems.append(
                Problem(
                    f"A difference in proportions needs outcomes of 0 and 1; the arm {label} "
                    "has others.",
                    "Count each person at most once (`at_most_each_person: 1`), or use another "
                    "estimator.",
                )
            )
    if (
        not problems
        and plan.as_ in ("percent-reduction", "rate-ratio")
        and not known.outcome[~known.treated].any()
    ):
        problems.append(
            Problem(
                f"No one in the arm {plan.arms.control} had an event, so nothing can be a percent "
                "of its share.",
                "State the effect as a difference instead.",
            )
        )
    if problems:
        raise Refusal(problems)
