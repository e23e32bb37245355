"""From a plan and its people to an Estimate, with every problem told at the plan's place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan, TwoArmBase
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.designs import compare
from payforsuccess.evaluation.designs.assembled import Asked, estimate_from
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.designs.secondary import OtherOutcome, secondary
from payforsuccess.evaluation.designs.varied import varied
from payforsuccess.evaluation.estimable import check_estimable

NO_PLACE = Place()


def estimate_effect(
    plan: EvaluationPlan,
    rows: pa.Table,
    *,
    name: str,
    evidence: str,
    unit: str = "event",
    where: Place = NO_PLACE,
    varied_rows: Mapping[str, pa.Table] | None = None,
    secondary_rows: Mapping[str, OtherOutcome] | None = None,
) -> Estimate:
    """What the plan finds in the rows: one an enrolment, without keys (see `designs.Sample`).

    name: the plan's, under `evaluation`. evidence: the fingerprint of the people's results. unit:
    of the measure's quantity. varied_rows: people as other windows show them, by the variation's
    name; secondary_rows: the same people's other outcomes, by name.

    Refuses, at the plan's place, a plan that this version does not compute, an arm without anyone
    whose outcome is known, a sample below the plan's floor unless a fall-back says what then, and
    what the plan's formula refuses.
    """
    problems = check_estimable(plan, where=where)
    if problems:
        raise Refusal(problems)
    asked = Asked(name, evidence, unit, plan.seed or 0)
    assert isinstance(plan, TwoArmBase)
    sample = Sample.of(rows, treated=plan.arms.treated, control=plan.arms.control)
    refuse_thin(plan, sample, where)
    try:
        found = compare(plan, sample, unit=unit, rng=asked.rng(0))
        estimate = estimate_from(plan, sample, found, asked, elsewhere=rows.num_rows - len(sample))
        return estimate.model_copy(
            update={
                "variations": varied(
                    plan,
                    sample,
                    varied_rows or {},
                    lambda other, people, rng: compare(other, people, unit=unit, rng=rng),
                    lambda use: asked.rng(1_000 + use),
                ),
                "secondary": secondary(
                    plan,
                    sample,
                    1.0 if estimate.test is None else float(estimate.test.p_value),
                    secondary_rows or {},
                    lambda other, people, rng, of: compare(other, people, unit=of, rng=rng),
                    lambda use: asked.rng(2_000 + use),
                ),
            }
        )
    except Refusal as refusal:
        raise Refusal([_at(problem, where) for problem in refusal.problems]) from refusal


def refuse_thin(plan: TwoArmBase, sample: Sample, where: Place) -> None:
    """Refuse an arm without anyone known, and one below a floor without a fall-back."""
    problems = []
    says_what_then = any(rule.when == "sample-below-floor" for rule in plan.fallback)
    sides = ((plan.arms.treated, sample.treated), (plan.arms.control, ~sample.treated))
    for label, mask in sides:
        known = int((mask & ~np.isnan(sample.outcome)).sum())
        if not known:
            problems.append(
                Problem(
                    f"No one with a known outcome is in the arm {label}.",
                    "Correct the arm's label, or wait until the windows are over.",
                    where,
                )
            )
        if plan.sample_floor is not None and known < plan.sample_floor and not says_what_then:
            problems.append(
                Problem(
                    f"The plan needs at least {plan.sample_floor:,} people with a known outcome in "
                    f"each arm; the arm {label} has fewer.",
                    "Wait for more people, or state under `fallback` what then holds.",
                    where,
                )
            )
    if problems:
        raise Refusal(problems)


def _at(problem: Problem, where: Place) -> Problem:
    if problem.where != NO_PLACE:
        return problem
    return problem.at(where)
