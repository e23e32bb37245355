"""Rows that no effect can rest on: each has a problem, none yields a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation import regression as room

OUTCOME = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
ARMS = np.arange(12) % 2 == 0
CLUSTERS = np.arange(12) // 2
AGE = np.arange(12.0)[:, None] ** 2
NONE = np.empty((12, 0))


def told(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        work()
    assert all(problem.do for problem in refused.value.problems)
    return " ".join(problem.what for problem in refused.value.problems)


ESTIMATORS: dict[str, Callable[[Any, Any], object]] = {
    "means": lambda y, a: room.difference_in_means(y, a),
    "welch": lambda y, a: room.difference_in_means(y, a, flavour="unpooled"),
    "ancova": lambda y, a: room.ancova(y, a, covariates=AGE, names=["age"]),
    "lin": lambda y, a: room.lin(y, a, covariates=AGE, names=["age"]),
    "blocked": lambda y, a: room.blocked_difference(y, a, np.zeros(12, np.int64)),
    "ratio": lambda y, a: room.ratio_of_means(y, a),
    "bootstrap": lambda y, a: room.bootstrap_ratio(
        y, a, rng=np.random.default_rng(1), confidence=0.95
    ),
    "wald": lambda y, a: room.effect_of_taking_part(y, a, ARMS),
    "anderson-rubin": lambda y, a: room.anderson_rubin(y, a, ARMS, confidence=0.95),
    "compliers": lambda y, a: room.compliers(y, a, ARMS),
    "wild": lambda y, a: room.wild_cluster_bootstrap(y, a, CLUSTERS, rng=np.random.default_rng(1)),
}


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_an_arm_with_no_one_or_one_person(estimator: str) -> None:
    run = ESTIMATORS[estimator]
    assert "The control arm has no one in it." in told(lambda: run(OUTCOME, np.full(12, True)))
    assert "The treated arm has one person" in told(lambda: run(OUTCOME, np.arange(12) == 3))


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_missing_outcomes_are_counted_by_arm(estimator: str) -> None:
    outcome = OUTCOME.copy()
    outcome[[0, 2, 3]] = [np.nan, np.inf, np.nan]

    said = told(lambda: ESTIMATORS[estimator](outcome, ARMS))

    assert "3 outcomes are missing or not a number: 2 in the treated arm, 1 in the control" in said


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_outcomes_that_do_not_vary(estimator: str) -> None:
    said = told(lambda: ESTIMATORS[estimator](np.full(12, 7.0), ARMS))
    assert "Everyone has the same outcome" in said


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_outcomes_that_the_arm_gives_exactly(estimator: str) -> None:
    """Perfect separation: no chance is left from which an error could be told."""
    said = told(lambda: ESTIMATORS[estimator](ARMS * 1.0 + 1, ARMS))
    assert "cannot be told" in said or "do not vary" in said


def test_problems_are_told_together() -> None:
    outcome, age = OUTCOME.copy(), AGE.copy()
    outcome[0], age[1] = np.nan, np.nan

    said = told(lambda: room.lin(outcome, np.arange(12) == 3, covariates=age, names=["age"]))

    assert "one person" in said
    assert "1 outcomes" in said
    assert "1 values of age" in said


@pytest.mark.parametrize("estimate", [room.ancova, room.lin])
def test_covariates_that_others_give_are_named(estimate: Any) -> None:
    rng = np.random.default_rng(3)
    age, score = rng.normal(40, 9, 12), rng.normal(0, 1, 12)
    columns = np.column_stack([age, score, 2 * age - score, np.ones(12)])

    said = told(
        lambda: estimate(OUTCOME, ARMS, covariates=columns, names=["age", "score", "sum", "one"])
    )

    assert "already give sum, one" in said
    assert "age," not in said


@pytest.mark.parametrize("flags", [ARMS, ~ARMS])
def test_a_covariate_that_is_the_arm_is_named(flags: Any) -> None:
    columns = flags.astype(float)[:, None]
    said = told(lambda: room.ancova(OUTCOME, ARMS, covariates=columns, names=["offered"]))
    assert "already give offered" in said


def test_more_coefficients_than_people() -> None:
    rng = np.random.default_rng(3)
    columns = rng.normal(size=(12, 11))
    names = [f"c{at}" for at in range(11)]
    assert "12 people for 13 coefficients" in told(
        lambda: room.ancova(OUTCOME, ARMS, covariates=columns, names=names)
    )


def test_someone_alone_of_a_kind_has_no_hc2_error() -> None:
    alone = (np.arange(12) == 5).astype(float)[:, None]
    for flavour in ("hc2", "hc3"):
        said = told(
            lambda f=flavour: room.ancova(
                OUTCOME, ARMS, covariates=alone, names=["alone"], flavour=f
            )
        )
        assert "One person is the only one of a kind" in said
    found = room.ancova(OUTCOME, ARMS, covariates=alone, names=["alone"], flavour="hc1")
    assert np.isfinite(found.standard_error)


def test_one_cluster_in_an_arm() -> None:
    clusters = np.where(ARMS, 1, CLUSTERS + 2)
    for flavour in ("cr1", "cr2"):
        said = told(
            lambda f=flavour: room.difference_in_means(OUTCOME, ARMS, flavour=f, clusters=clusters)
        )
        assert "The treated arm is one cluster" in said
    assert "one cluster" in told(
        lambda: room.wild_cluster_bootstrap(OUTCOME, ARMS, clusters, rng=np.random.default_rng(1))
    )


def test_more_coefficients_than_clusters() -> None:
    """The model then fits each cluster's mean by force, and the error would be rounding."""
    clusters = np.arange(40) // 10
    arms = clusters % 2 == 0
    rng = np.random.default_rng(2)
    rural = np.column_stack([clusters < 2, rng.normal(size=4)[clusters]]).astype(float)
    outcome = rng.normal(size=40)
    known = {"covariates": rural, "names": ["rural", "income"], "clusters": clusters}
    for flavour in ("cr1", "cr2"):
        said = told(lambda f=flavour: room.ancova(outcome, arms, flavour=f, **known))
        assert "Too few clusters are left" in said
    assert "Too few clusters are left" in told(
        lambda: room.wild_cluster_bootstrap(outcome, arms, rng=rng, **known)
    )


@pytest.mark.parametrize("level", [1e9, 1e-9])
def test_outcomes_given_exactly_at_any_size(level: float) -> None:
    strata = np.arange(40) % 4
    arms = np.arange(40) // 4 % 2 == 0
    outcome = level * (1 + 0.1 * strata) + 0.3 * min(level, 1.0) * arms
    none = np.empty((40, 0))
    for run in (
        lambda: room.ancova(outcome, arms, covariates=none, names=[], strata=strata),
        lambda: room.lin(outcome, arms, strata=strata),
        lambda: room.blocked_difference(outcome, arms, strata),
    ):
        assert "cannot be told" in told(run)


def test_strata_without_both_arms() -> None:
    strata = np.repeat([1, 2, 3], 4)
    arms = np.array([1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1]) == 1
    assert "2 of 3 strata have fewer than 2 people" in told(
        lambda: room.blocked_difference(OUTCOME, arms, strata)
    )
    assert "1 of 3 strata has no one" in told(lambda: room.lin(OUTCOME, arms, strata=strata))


def test_an_arm_that_never_varies_within_strata() -> None:
    strata = ARMS.astype(np.int64)
    said = told(lambda: room.ancova(OUTCOME, ARMS, covariates=NONE, names=[], strata=strata))
    assert "already give arm" in said


def test_effects_across_clusters_must_be_counted() -> None:
    strata = np.arange(12) // 6
    crossed = np.array([0, 1, 2, 3, 4, 5] * 2)
    said = told(
        lambda: room.ancova(
            OUTCOME,
            ARMS,
            covariates=NONE,
            names=[],
            strata=strata,
            clusters=crossed,
            flavour="cr1",
            effects="nested-not-counted",
        )
    )
    assert "must be counted" in said


def test_ratios_of_what_has_none() -> None:
    zeros = np.where(ARMS, 0.0, OUTCOME)
    rng = np.random.default_rng(1)
    assert "Every outcome in the treated arm is 0" in told(lambda: room.ratio_of_means(zeros, ARMS))
    assert "below 0" in told(lambda: room.ratio_of_means(OUTCOME - 4, ARMS))
    assert "watched for no time" in told(
        lambda: room.ratio_of_means(OUTCOME, ARMS, exposure=np.arange(12.0))
    )
    rare = np.where(ARMS, 0.0, OUTCOME)
    rare[0] = 1.0
    assert "too many draws" in told(
        lambda: room.bootstrap_ratio(rare, ARMS, rng=rng, confidence=0.95)
    )
    assert "single person" in told(
        lambda: room.bootstrap_ratio(
            OUTCOME, ARMS, rng=rng, confidence=0.95, strata=np.array([7] + [8] * 11)
        )
    )


@pytest.mark.parametrize("took", [ARMS & False, ARMS | True, np.arange(12) % 4 < 2])
def test_taking_part_as_often_in_both_arms(took: Any) -> None:
    for run in (
        lambda: room.effect_of_taking_part(OUTCOME, ARMS, took),
        lambda: room.anderson_rubin(OUTCOME, ARMS, took, confidence=0.95),
        lambda: room.compliers(OUTCOME, ARMS, took),
    ):
        assert "as common in both arms" in told(run)


def test_shapes_and_flavours_that_do_not_fit_are_mistakes_of_the_caller() -> None:
    for mistake in (
        lambda: room.difference_in_means(OUTCOME, ARMS[:-1]),
        lambda: room.difference_in_means(OUTCOME, ARMS.astype(int)),  # type: ignore[arg-type]
        lambda: room.ancova(OUTCOME, ARMS, covariates=AGE, names=["age", "more"]),
        lambda: room.difference_in_means(OUTCOME, ARMS, flavour="cr2"),
        lambda: room.difference_in_means(OUTCOME, ARMS, flavour="hc2", clusters=CLUSTERS),
        lambda: room.blocked_difference(OUTCOME, ARMS, CLUSTERS.astype(float)),  # type: ignore[arg-type]
        lambda: room.bootstrap_ratio(
            OUTCOME, ARMS, rng=np.random.default_rng(1), confidence=0.95, draws=9
        ),
        lambda: room.fit_least_squares(OUTCOME, np.ones((12, 2)), ["same", "same"]),
    ):
        with pytest.raises(ValueError):
            mistake()
