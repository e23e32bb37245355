"""The estimate with one thing done otherwise: what the plan lists under `variations`.

Each is the plan's own formula on other people or with one choice changed, so that a reader sees
how far the result hangs on that choice. Nothing rests on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from payforsuccess.deal.estimates import Varied
from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    EvaluationPlan,
    Matched,
    Randomised,
    Staggered,
    TwoArmBase,
    Variation,
)
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.counts import rate_ratio_of_counts
from payforsuccess.evaluation.designs.people import order_of, sample_of
from payforsuccess.evaluation.designs.sample import Sample, with_column
from payforsuccess.evaluation.estimable import check_estimable

Compare = Callable[[EvaluationPlan, Sample, np.random.Generator], Compared]


def varied(
    plan: EvaluationPlan,
    sample: Sample,
    others: Mapping[str, pa.Table],
    compare: Compare,
    rng_of: Callable[[int], np.random.Generator],
) -> tuple[Varied, ...]:
    """Each variation in the plan's order; one that cannot be computed says why.

    others: the rows of people for variations that need others, such as another window, by name.
    """
    return tuple(
        _one(plan, sample, others, variation, compare, rng_of(at))
        for at, variation in enumerate(plan.variations)
    )


def _one(
    plan: EvaluationPlan,
    sample: Sample,
    others: Mapping[str, pa.Table],
    variation: Variation,
    compare: Compare,
    rng: np.random.Generator,
) -> Varied:
    says = in_words(variation)
    try:
        _refuse_unlike(plan, variation)
        if variation.count_model is not None:
            effect, people = rate_ratio_of_counts(plan, sample.known, variation.count_model)
            return Varied(name=variation.name, says=says, effect=effect, people=people)
        changed_plan, changed = _changed(plan, sample, others, variation)
        problems = check_estimable(changed_plan)
        if problems:
            raise Refusal(problems)
        found = compare(changed_plan, changed, rng)
        return Varied(
            name=variation.name,
            says=says,
            effect=found.in_form(plan.as_),
            people=found.people,
        )
    except Refusal as refusal:
        why = " ".join(problem.what for problem in refusal.problems)
        return Varied(name=variation.name, says=says, not_found=why)


def _refuse_unlike(plan: EvaluationPlan, variation: Variation) -> None:
    """Refuse what would change nothing of this design, or compare something else."""
    is_duration = plan.estimator in DURATION_ESTIMATORS
    if variation.top_coded_at is not None and is_duration:
        raise Refusal(Problem("Days until an event are not outcomes that can be cut at a top."))
    if variation.count_model is not None and (
        is_duration or not isinstance(plan, Matched | Randomised)
    ):
        raise Refusal(Problem("A model of counts compares two arms after the start, and no more."))
    changing = plan.changing if isinstance(plan, Randomised) else ()
    has_index = isinstance(plan, TwoArmBase) and plan.index is not None
    if has_index and variation.count_model is not None:
        raise Refusal(Problem("An index is no count."))
    if variation.without_covariates and not (plan.covariates or changing):
        raise Refusal(Problem("The plan adjusts for nothing."))


def _changed(
    plan: EvaluationPlan, sample: Sample, others: Mapping[str, pa.Table], variation: Variation
) -> tuple[EvaluationPlan, Sample]:
    if variation.window is not None:
        rows = others.get(variation.name)
        if rows is None:
            raise Refusal(Problem("Some windows of this length are not yet seen to their end."))
        measure = plan.measure.model_copy(update={"window": variation.window})
        again = plan.model_copy(update={"measure": measure})
        return again, sample_of(again, rows.take(order_of(rows)))
    if variation.without_covariates:
        return _unadjusted(plan), sample
    if variation.standard_errors is not None:
        return plan.model_copy(update={"standard_errors": variation.standard_errors}), sample
    if variation.top_coded_at is not None:
        return plan, _top_coded(sample, float(variation.top_coded_at))
    if variation.without_deaths:
        return plan, sample.take(~sample.flags("died"))
    return plan, _well_linked(sample, float(variation.match_score_at_least or 0))


def _unadjusted(plan: EvaluationPlan) -> EvaluationPlan:
    """The same without covariates; regressions on them become differences in means."""
    if isinstance(plan, Matched):
        raise Refusal(Problem("Without covariates there is nothing to make people alike in."))
    changes: dict[str, object] = {"covariates": (), "variations": ()}
    if isinstance(plan, Randomised) and plan.estimator in ("ancova", "lin"):
        changes["estimator"] = "difference-in-means"
    if isinstance(plan, Staggered):
        changes["adjusted_by"] = None
    if isinstance(plan, Randomised):
        changes["changing"] = ()
    return plan.model_copy(update=changes)


def _top_coded(sample: Sample, share: float) -> Sample:
    known = sample.outcome[~np.isnan(sample.outcome)]
    top = float(np.quantile(known, share))
    cut = np.minimum(sample.outcome, top)
    rows = with_column(sample.rows, "quantity", pa.array(cut, pa.float64(), from_pandas=True))
    if sample.has("before"):
        before = np.minimum(sample.numbers("before"), top)
        rows = with_column(rows, "before", pa.array(before, pa.float64(), from_pandas=True))
    return Sample(rows, sample.treated_arm, sample.control_arm)


def _well_linked(sample: Sample, least: float) -> Sample:
    if not sample.has("score"):
        raise Refusal(Problem("These records were not matched, so no link has a score."))
    scores = sample.numbers("score")
    return sample.take(np.isnan(scores) | (scores >= least))


def in_words(variation: Variation) -> str:
    """What is done otherwise, in a sentence."""
    if variation.window is not None:
        return f"People are watched for {variation.window}."
    if variation.without_covariates:
        return "Nothing is adjusted for."
    if variation.top_coded_at is not None:
        return f"Outcomes above the quantile {float(variation.top_coded_at):g} are set to it."
    if variation.count_model is not None:
        return f"A {variation.count_model} model of counts, with robust errors."
    if variation.standard_errors is not None:
        return f"Standard errors of the flavour {variation.standard_errors}."
    if variation.without_deaths:
        return "People who died in the window are left out."
    return f"Only people whose links score at least {float(variation.match_score_at_least or 0):g}."
