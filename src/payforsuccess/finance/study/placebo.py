"""The placebo of a plan: its own rule on made-up trials of people who had no programme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.evaluation.power.payment_placebo import Placebo, split_at_random
from payforsuccess.evaluation.power.payment_rule import PlannedRule
from payforsuccess.finance.study.rules import EXACT_TESTS, POOLED_TESTS, USUAL, level_of

FORMS = ("difference", "percent-reduction", "rate-ratio")


def placebo_of(
    plan: Randomised,
    known: Sequence[float],
    *,
    splits: int,
    seed: tuple[int, int],
    people: int | None,
) -> Placebo:
    """Made-up trials of the outcomes that are known, one a person, by the plan's decision rule.

    Refuses what `split_at_random` refuses.
    """
    values = numpy.array(known, dtype=numpy.float64)
    rng = numpy.random.Generator(numpy.random.SFC64(numpy.random.SeedSequence(seed)))
    return split_at_random(
        values,
        PlannedRule(
            pays_on=plan.decision.pays_on,
            confidence=float(plan.confidence or USUAL),
            level=float(level_of(plan)),
            pooled=plan.test in (*POOLED_TESTS, *EXACT_TESTS),
        ),
        plan.as_ or "difference",
        treated_share=float(plan.treated_share),
        as_share=bool(numpy.all((values == 0) | (values == 1))),
        splits=splits,
        rng=rng,
        people=None if people is None else (people, people),
    )


def why_no_placebo(plan: EvaluationPlan) -> str:
    """Why a cohort without programme cannot be split as this plan would; empty where it can."""
    if not isinstance(plan, Randomised):
        return f"people cannot be split at random for the design {plan.design}"
    if plan.assignment == "clustered":
        return "whole clusters are assigned, and the cohort has none that are made up"
    if plan.estimand != "itt":
        return "nobody in the cohort takes part, so no effect on those who do can be found"
    if plan.as_ not in FORMS:
        return f"the form {plan.as_} comes from times to an event"
    return ""
