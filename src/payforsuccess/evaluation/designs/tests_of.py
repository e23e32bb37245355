"""The tests of no effect that a plan can name, of what a formula found in a sample."""

from __future__ import annotations

import numpy as np

from payforsuccess.deal.estimates import TestOfNoEffect
from payforsuccess.deal.evaluation import Randomised, Test
from payforsuccess.deal.evaluation.plan import PlanBase
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import (
    Design,
    clustered_as,
    complete_as,
    stratified_as,
)
from payforsuccess.evaluation.chance.inference import randomisation_inference
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.offered import strata_of, two_by_two
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.no_effect import COMPUTED_TESTS, run_test
from payforsuccess.evaluation.regression.wild import wild_cluster_bootstrap


def test_of(
    test: Test,
    plan: PlanBase,
    sample: Sample,
    found: Compared,
    *,
    rng: np.random.Generator,
    is_exploratory: bool,
) -> TestOfNoEffect:
    """One two-sided test. sample: the people with a known outcome.

    Refuses a test that does not fit the formula or the outcome.
    """
    if test in found.tests:
        return found.tests[test].model_copy(update={"is_exploratory": is_exploratory})
    if test == "wald" and found.found is not None:
        return _made(test, found.found.statistic, found.found.p_value, is_exploratory)
    if test in COMPUTED_TESTS and sample.is_yes_no:
        value = run_test(test, two_by_two(sample))
        return _made(test, value.statistic, value.p_value, is_exploratory)
    if isinstance(plan, Randomised):
        if test == "welch":
            from payforsuccess.evaluation.regression.means import difference_in_means

            welch = difference_in_means(sample.outcome, sample.treated, flavour="unpooled")
            return _made(test, welch.statistic, welch.p_value, is_exploratory)
        if test == "randomisation":
            return _by_chance(plan, sample, rng, is_exploratory)
        if test == "wild-cluster" and plan.cluster is not None:
            return _wild(plan, sample, rng, is_exploratory)
    raise Refusal(
        Problem(
            f"The test {test} cannot be made of this outcome by this formula.",
            "Name another in the plan, such as wald, before results are known.",
        )
    )


def design_of(plan: Randomised, sample: Sample) -> Design:
    """How these people could have been drawn: by the plan, with the arms as large as they are.

    Blocks are taken as strata unless they are known: fewer draws are then held to be possible than
    within blocks, and none that the draw excluded by its strata.
    """
    strata = strata_of(plan, sample)
    if plan.cluster is not None:
        return clustered_as(sample.treated, sample.codes((plan.cluster,), "clusters"), strata)
    if strata is not None:
        return stratified_as(sample.treated, strata)
    return complete_as(sample.treated)


def _by_chance(
    plan: Randomised, sample: Sample, rng: np.random.Generator, is_exploratory: bool
) -> TestOfNoEffect:
    covariates = sample.covariates(plan.covariates)[0] if plan.covariates else None
    (found,) = randomisation_inference(
        design_of(plan, sample),
        sample.treated,
        sample.outcome[:, None],
        times=plan.draws or 0,
        rng=rng,
        strata=strata_of(plan, sample),
        covariates=covariates,
    )
    return TestOfNoEffect(
        test="randomisation",
        statistic=decimal_of(found.value),
        p_value=decimal_of(found.p_value),
        is_exploratory=is_exploratory,
        chance_error=decimal_of(found.p_error),
    )


def _wild(
    plan: Randomised, sample: Sample, rng: np.random.Generator, is_exploratory: bool
) -> TestOfNoEffect:
    covariates, names = sample.covariates(plan.covariates)
    found = wild_cluster_bootstrap(
        sample.outcome,
        sample.treated,
        sample.codes((plan.cluster or "",), "clusters"),
        rng=rng,
        draws=plan.draws or 0,
        covariates=covariates,
        names=names,
        strata=strata_of(plan, sample),
    )
    return _made("wild-cluster", found.statistic, found.p_value, is_exploratory)


def _made(
    test: Test, statistic: float | None, p_value: float, is_exploratory: bool
) -> TestOfNoEffect:
    finite = statistic if statistic is not None and np.isfinite(statistic) else None
    return TestOfNoEffect(
        test=test,
        statistic=optional_decimal(finite),
        p_value=decimal_of(min(1.0, p_value)),
        is_exploratory=is_exploratory,
    )
