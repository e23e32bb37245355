"""Laws of comparison groups: what must not matter does not, and planted effects are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import (
    ComparedEffect,
    ComparisonPool,
    NearestRule,
    Outcomes,
    PropensityScore,
    balance_by_entropy,
    deal_folds,
    differences,
    doubly_robust,
    effect_of_entropy,
    effect_of_inverse,
    effect_of_match,
    fit_score,
    match_nearest,
)
from tests.lib.pools import a_pool

seeds = st.integers(0, 10_000)

RULES: dict[str, NearestRule] = {
    "pairs": NearestRule(calliper=0.5),
    "several": NearestRule(distance="logit", per_treated=2),
    "again": NearestRule(with_replacement=True, per_treated=2),
    "mahalanobis": NearestRule(distance="mahalanobis", with_replacement=True),
}


def matched(pool: ComparisonPool, outcomes: Outcomes, rule: NearestRule) -> ComparedEffect:
    match = match_nearest(pool, rule, score=fit_score(pool))
    errors: Any = "abadie-imbens" if rule.with_replacement else "pairs"
    return effect_of_match(match, outcomes, frozen=match.fingerprint, errors=errors)


def cross_fitted(pool: ComparisonPool, outcomes: Outcomes, whom: Any) -> ComparedEffect:
    fold = deal_folds(pool.treated, 2, np.random.default_rng(3))
    return doubly_robust(pool, outcomes, whom=whom, fold=fold)


ESTIMATORS: dict[str, Callable[[ComparisonPool, Outcomes], ComparedEffect]] = {
    "pairs": lambda pool, outcomes: matched(pool, outcomes, RULES["pairs"]),
    "matched again": lambda pool, outcomes: matched(pool, outcomes, RULES["again"]),
    "inverse att": lambda p, o: effect_of_inverse(p, fit_score(p), o, whom="att"),
    "inverse ate": lambda p, o: effect_of_inverse(p, fit_score(p), o, whom="ate"),
    "entropy": lambda p, o: effect_of_entropy(p, balance_by_entropy(p), o),
    "doubly robust att": lambda p, o: cross_fitted(p, o, "att"),
    "doubly robust ate": lambda p, o: cross_fitted(p, o, "ate"),
}


@pytest.mark.parametrize("name", ESTIMATORS)
@given(seed=seeds, shift=st.floats(-1000, 1000), scale=st.floats(0.01, 100))
def test_shifting_all_outcomes_moves_no_effect_and_units_carry_through(
    name: str, seed: int, shift: float, scale: float
) -> None:
    pool, outcomes = a_pool(people=80, seed=seed)
    plain = ESTIMATORS[name](pool, outcomes)

    moved = ESTIMATORS[name](pool, Outcomes(pool.keys, shift + scale * outcomes.values))

    size = 1e-8 * (1 + abs(shift) + scale)
    assert moved.value == pytest.approx(scale * plain.value, abs=size)
    assert moved.standard_error == pytest.approx(scale * plain.standard_error, rel=1e-6, abs=size)


@pytest.mark.parametrize("name", ESTIMATORS)
@given(seed=seeds, gain=st.floats(-5, 5))
def test_the_same_gain_for_everyone_served_is_found_in_full(
    name: str, seed: int, gain: float
) -> None:
    pool, outcomes = a_pool(people=80, seed=seed)
    more = Outcomes(pool.keys, outcomes.values + gain * pool.treated)

    plain, found = ESTIMATORS[name](pool, outcomes), ESTIMATORS[name](pool, more)

    assert found.value - plain.value == pytest.approx(gain, abs=1e-8)


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_where_no_two_people_are_equal(
    rule: str, seed: int, order: Any
) -> None:
    pool, _ = a_pool(people=60, seed=seed)
    rows = np.array(order.sample(range(60), 60))
    turned = ComparisonPool(pool.keys[rows], pool.treated[rows], pool.names, pool.traits[rows])

    found = [
        {
            (int(one.keys[row]), int(one.keys[other]))
            for row, other in match_nearest(one, RULES[rule], score=fit_score(one)).pairs
        }
        for one in (pool, turned)
    ]

    assert found[0] == found[1]


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds, scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_units_of_traits_do_not_matter(rule: str, seed: int, scale: float, shift: float) -> None:
    pool, _ = a_pool(people=60, seed=seed)
    turned = ComparisonPool(pool.keys, pool.treated, pool.names, shift + scale * pool.traits)

    found = [
        match_nearest(one, RULES[rule], score=fit_score(one)).pairs.tolist()
        for one in (pool, turned)
    ]

    assert found[0] == found[1]


@given(
    seed=seeds,
    many=st.integers(1, 3),
    kinds=st.integers(2, 6),
    strata=st.integers(1, 3),
    ties=st.sampled_from(["first", "all"]),
)
def test_the_nearest_among_many_equals_are_those_of_a_search_one_by_one(
    seed: int, many: int, kinds: int, strata: int, ties: Any
) -> None:
    rng = np.random.default_rng(seed)
    people = 40
    treated = rng.random(people) < 0.3
    treated[:2] = [True, False]
    score = rng.integers(1, kinds + 1, people) / 10
    groups = rng.integers(0, strata, people)
    groups[:2] = 0
    pool = ComparisonPool(np.arange(people), treated, ("a",), score[:, None])
    said = PropensityScore(
        ("a",), np.zeros(2), score, np.log(score), np.zeros((people, 2)), pool.fingerprint
    )
    rule = NearestRule(with_replacement=True, per_treated=many, ties=ties)

    match = match_nearest(pool, rule, score=said, strata=groups)

    for row in np.flatnonzero(treated).tolist():
        others = [one for one in np.flatnonzero(~treated) if groups[one] == groups[row]]
        ranked = sorted((round(abs(score[one] - score[row]), 9), int(one)) for one in others)
        last = ranked[min(many, len(ranked)) - 1][0] if ranked else 0
        wanted = [one for far, one in ranked if far <= last]
        wanted = wanted if ties == "all" else wanted[:many]
        assert match.pairs[match.pairs[:, 0] == row, 1].tolist() == sorted(wanted)


@given(seed=seeds)
def test_identical_sides_differ_in_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    traits, half = rng.normal(size=(30, 2)), rng.normal(size=30)
    treated = np.repeat([True, False], 30)
    pool = ComparisonPool(np.arange(60), treated, ("a", "b"), np.vstack([traits, traits]))
    outcomes = Outcomes(pool.keys, np.concatenate([half, half]))
    score = fit_score(pool)
    weights = balance_by_entropy(pool)

    assert all(one.standardised == 0 for one in differences(pool.traits, pool.names, treated))
    assert np.abs(score.value - 0.5).max() < 1e-12
    assert np.abs(weights.weights - 1).max() < 1e-9
    assert effect_of_inverse(pool, score, outcomes, whom="ate").value == pytest.approx(0, abs=1e-9)
    assert effect_of_entropy(pool, weights, outcomes).value == pytest.approx(0, abs=1e-9)


@given(seed=seeds, traits=st.integers(1, 4))
def test_entropy_weights_reproduce_the_means_of_people_served(seed: int, traits: int) -> None:
    pool, _ = a_pool(people=150, traits=traits, seed=seed)

    found = balance_by_entropy(pool)

    others = np.average(pool.traits[~pool.treated], axis=0, weights=found.weights[~pool.treated])
    assert others == pytest.approx(pool.traits[pool.treated].mean(axis=0), abs=1e-9)


def _small(seed: int) -> ComparisonPool:
    """A few people, of normal, skewed or yes-or-no traits, often out of each other's reach."""
    rng = np.random.default_rng(seed)
    traits, served = int(rng.integers(1, 6)), int(rng.integers(2, 25))
    people = served + int(rng.integers(traits + 2, 60))
    columns = rng.normal(size=(people, traits))
    columns[:served] += 0.8 * rng.normal(size=traits)
    kind = rng.integers(0, 3)
    if kind:
        columns = np.exp(2 * columns) if kind == 1 else (columns > 0).astype(float)
    return ComparisonPool(
        np.arange(people), np.arange(people) < served, tuple("abcde"[:traits]), columns
    )


@given(seed=seeds)
def test_means_are_refused_exactly_where_no_weights_reach_them(seed: int) -> None:
    """Whether weights exist is a linear programme, which another method answers."""
    pool = _small(seed)
    others, aim = pool.traits[~pool.treated], pool.traits[pool.treated].mean(axis=0)
    assume((others.std(axis=0) > 0).all())
    sums = np.vstack([((others - aim) / others.std(axis=0)).T, np.ones(len(others))])
    known = linprog(np.zeros(len(others)), A_eq=sums, b_eq=[*[0] * len(aim), 1])

    try:
        balance_by_entropy(pool)
        reached = True
    except Refusal as refusal:
        assume("follow from" not in str(refusal))
        reached = False

    assert reached == (known.status == 0)


@given(seed=seeds)
def test_scores_are_refused_exactly_where_traits_separate_the_sides(seed: int) -> None:
    """Albert and Anderson 1984: a plane with no one on its wrong side, and not all upon it."""
    pool = _small(seed)
    spread = pool.traits.std(axis=0)
    assume((spread > 0).all())
    assume(min(pool.treated.sum(), (~pool.treated).sum()) > len(spread))
    design = np.column_stack(
        [np.ones(len(pool.keys)), (pool.traits - pool.traits.mean(0)) / spread]
    )
    signed = design * np.where(pool.treated, 1, -1)[:, None]
    best = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1))

    try:
        fit_score(pool)
        separated = False
    except Refusal as refusal:
        assume("follow from" not in str(refusal))
        separated = True

    assert separated == (best.fun < -1e-7)


@given(seed=seeds)
def test_entropy_balancing_is_doubly_robust_with_the_same_linear_terms(seed: int) -> None:
    """Zhao and Percival 2017: any line fitted to the outcomes cancels out."""
    pool, outcomes = a_pool(people=120, seed=seed)
    weights = balance_by_entropy(pool)
    shares = weights.weights[~pool.treated] / weights.weights[~pool.treated].sum()
    design = np.column_stack([np.ones(120), pool.traits])
    values = outcomes.values

    for rows in (~pool.treated, np.ones(120, dtype=bool)):
        line = design @ np.linalg.lstsq(design[rows], values[rows], rcond=None)[0]
        without = line[pool.treated].mean() + shares @ (values - line)[~pool.treated]
        found = effect_of_entropy(pool, weights, outcomes)
        assert found.value == pytest.approx(values[pool.treated].mean() - without, abs=1e-9)


@given(seed=seeds, count=st.integers(3, 20))
def test_exact_pairs_give_the_mean_of_their_differences(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    traits = rng.permutation(100)[:count].astype(float)
    pool = ComparisonPool(
        np.arange(2 * count),
        np.repeat([True, False], count),
        ("a",),
        np.concatenate([traits, traits])[:, None],
    )
    values = rng.normal(size=2 * count)
    match = match_nearest(pool, NearestRule(distance="mahalanobis", order="file-order"))

    found = effect_of_match(
        match, Outcomes(pool.keys, values), frozen=match.fingerprint, errors="pairs"
    )

    gaps = values[:count] - values[count:]
    assert found.value == pytest.approx(gaps.mean())
    assert found.standard_error == pytest.approx(gaps.std(ddof=1) / np.sqrt(count))


@pytest.mark.parametrize(
    "name", ["inverse att", "inverse ate", "entropy", "doubly robust att", "doubly robust ate"]
)
def test_intervals_cover_a_planted_effect(name: str) -> None:
    """150 cohorts of 300: coverage of 95% intervals within 91% to 99%, about 2.2 of its errors.

    The mean of the estimates lies within four of its own errors of the truth.
    """
    errors, covered = [], 0
    for seed in range(150):
        pool, outcomes = a_pool(people=300, seed=seed, effect=0.5)
        found = ESTIMATORS[name](pool, outcomes)
        interval = found.interval(0.95)
        covered += interval.low <= 0.5 <= interval.high
        errors.append(found.value - 0.5)

    assert 0.91 <= covered / 150 <= 0.99
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(150)
