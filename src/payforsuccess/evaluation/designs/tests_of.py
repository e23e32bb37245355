"""The tests of no effect that a plan can name, of what a formula found in a sample."""

from __future__ import annotations

import numpy as np

from payforsuccess.deal.estimates import TestOfNoEffect
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised, Test
from payforsuccess.deal.evaluation.plan import PlanBase
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import (
    Clustered,
    Design,
    PermutedBlocks,
    by_cluster,
    clustered_as,
    complete_as,
    stratified_as,
)
from payforsuccess.evaluation.chance.inference import randomisation_inference
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.offered import strata_of, two_by_two
from payforsuccess.evaluation.designs.sample import BLOCK, BLOCK_PLACES, BLOCK_TREATED, Sample
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

    Where a sealed list tells the blocks or rounds, they are drawn as then. Blocks not known
    are left out of account, within strata: `blocks_unknown` says so.
    """
    strata = strata_of(plan, sample)
    if knows_blocks(sample):
        return _in_blocks(plan, sample)
    if plan.cluster is not None:
        return clustered_as(sample.treated, sample.codes((plan.cluster,), "clusters"), strata)
    if strata is not None:
        return stratified_as(sample.treated, strata)
    return complete_as(sample.treated)


def knows_blocks(sample: Sample) -> bool:
    """Whether everyone's block or round is known."""
    return sample.has(BLOCK) and not sample.rows[BLOCK].null_count


def blocks_unknown(plan: EvaluationPlan, sample: Sample) -> tuple[str, ...]:
    """What a reader should know of a test that draws again people whose blocks are not known."""
    if not isinstance(plan, Randomised) or knows_blocks(sample):
        return ()
    draws_again = "randomisation" in (plan.test, *plan.sensitivity)
    is_in_rounds = plan.lottery is not None and plan.lottery.draws == "as-places-open"
    if not (draws_again or plan.several_outcomes == "westfall-young"):
        return ()
    if plan.assignment != "blocked" and not is_in_rounds:
        return ()
    within = "within strata" if plan.strata else "among everyone"
    return (
        f"People were drawn in {'rounds' if is_in_rounds else 'blocks'} that are not known here, "
        f"so the randomisation test draws {within}. The sealed list of the lottery tells them, "
        "once both shares are revealed (`pfs assign reveal`).",
    )


def _in_blocks(plan: Randomised, sample: Sample) -> Design:
    _, first, blocks = np.unique(
        sample.rows[BLOCK].to_numpy(), return_index=True, return_inverse=True
    )
    codes = blocks.astype(np.int64)
    places = sample.rows[BLOCK_PLACES].to_numpy()[first].astype(np.int64)
    treated = sample.rows[BLOCK_TREATED].to_numpy()[first].astype(np.int64)
    if plan.cluster is None:
        return PermutedBlocks(codes, places, treated)
    clusters = sample.codes((plan.cluster,), "clusters")
    return Clustered(
        clusters, PermutedBlocks(by_cluster(codes, clusters, "in two blocks"), places, treated)
    )


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
