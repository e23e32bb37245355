"""From a plan and its people to an Estimate, with every problem told at the plan's place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pyarrow as pa

from payforsuccess.deal.estimates import Estimate, TestOfNoEffect
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.designs import compare
from payforsuccess.evaluation.designs.assembled import Asked, estimate_from
from payforsuccess.evaluation.designs.people import (
    order_of,
    refuse_few_compared,
    refuse_numberless,
    refuse_thin,
    sample_of,
)
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
    name; secondary_rows: the same people's other outcomes, by name. The order of rows is
    nothing, unless people are matched: it then settles ties.

    Refuses, at the plan's place, a plan that this version does not compute, an arm without anyone
    whose outcome is known, a sample below the plan's floor unless a fall-back says what then, and
    what the plan's formula refuses.
    """
    problems = check_estimable(plan, where=where)
    if problems:
        raise Refusal(problems)
    asked = Asked(name, evidence, unit, plan.seed or 0)
    try:
        refuse_numberless(rows)
        rows, secondary_rows = _in_order(plan, rows, secondary_rows or {})
        sample = sample_of(plan, rows)
        refuse_thin(plan, sample, where)
        found = compare(plan, sample, unit=unit, rng=asked.rng(0))
        estimate = estimate_from(plan, sample, found, asked, elsewhere=rows.num_rows - len(sample))
        refuse_few_compared(plan, estimate.arms, where)
        several = secondary(
            plan,
            sample,
            None if estimate.test is None else float(estimate.test.p_value),
            secondary_rows,
            lambda other, people, rng, of: compare(other, people, unit=of, rng=rng),
            lambda use: asked.rng(2_000 + use),
        )
        return estimate.model_copy(
            update={
                "test": _adjusted(estimate.test, several.own_adjusted),
                "variations": varied(
                    plan,
                    sample,
                    varied_rows or {},
                    lambda other, people, rng: compare(other, people, unit=unit, rng=rng),
                    lambda use: asked.rng(1_000 + use),
                ),
                "secondary": several.found,
            }
        )
    except Refusal as refusal:
        raise Refusal([_at(problem, where) for problem in refusal.problems]) from refusal


def _adjusted(test: TestOfNoEffect | None, p_value: Fraction | None) -> TestOfNoEffect | None:
    """The plan's test with its p-value adjusted for several outcomes, where the plan adjusts."""
    if test is None or p_value is None:
        return test
    return test.model_copy(update={"adjusted_p_value": p_value})


def _in_order(
    plan: EvaluationPlan, rows: pa.Table, others: Mapping[str, OtherOutcome]
) -> tuple[pa.Table, dict[str, OtherOutcome]]:
    """The rows in an order of their own, and the same people's other outcomes in the same.

    A match keeps the order of the file, which settles its ties: an order by all that is known of
    people would let outcomes settle them.
    """
    if plan.estimator == "matching":
        return rows, dict(others)
    order = order_of(rows, *(other.rows["quantity"] for _, other in sorted(others.items())))
    return rows.take(order), {
        name: OtherOutcome(other.rows.take(order), other.unit) for name, other in others.items()
    }


def _at(problem: Problem, where: Place) -> Problem:
    if problem.where != NO_PLACE:
        return problem
    return problem.at(where)
