"""Inverse weights, entropy weights and doubly robust estimates: by hand, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import (
    Outcomes,
    balance_by_entropy,
    deal_folds,
    doubly_robust,
    effect_of_entropy,
    effect_of_inverse,
    fit_score,
)
from tests.lib.pools import a_pool, outcomes_of, pool_of

pytestmark = pytest.mark.filterwarnings("error")

WORKS = pool_of([1, 1, 1, 0, 1, 0, 0, 0, 0], works=[1, 1, 1, 1, 0, 0, 0, 0, 0])
VALUES = [6.0, 5.0, 7.0, 4.0, 2.0, 1.0, 2.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("whom", "value"),
    [("att", (3 * (6 - 4) + (2 - 1)) / 4), ("ate", (4 * (6 - 4) + 5 * (2 - 1)) / 9)],
)
def test_with_one_yes_or_no_trait_weighting_is_averaging_over_its_two_groups(
    whom: Any, value: float
) -> None:
    """Means are 6 and 4 with work, 2 and 1 without."""
    found = effect_of_inverse(WORKS, fit_score(WORKS), outcomes_of(WORKS, VALUES), whom=whom)

    assert found.value == pytest.approx(value)
    if whom == "att":
        outcomes = outcomes_of(WORKS, VALUES)
        weights = balance_by_entropy(WORKS)
        assert effect_of_entropy(WORKS, weights, outcomes).value == pytest.approx(value)


def test_trimming_leaves_people_out_and_says_so() -> None:
    pool, outcomes = a_pool()
    score = fit_score(pool)

    found = effect_of_inverse(pool, score, outcomes, whom="att", keep=(0.2, 0.6))

    kept = (score.value >= 0.2) & (score.value <= 0.6)
    odds = score.value / (1 - score.value)
    served, others = pool.treated & kept, ~pool.treated & kept
    value = outcomes.values[served].mean() - np.average(
        outcomes.values[others], weights=odds[others]
    )
    assert found.people == kept.sum() < len(kept)
    assert found.value == pytest.approx(value)
    assert "0.2 to 0.6 kept" in found.method


def test_counting_the_estimated_score_changes_the_error() -> None:
    """With a trait that drives the outcome, it makes the error smaller (Hirano and others)."""
    pool, outcomes = a_pool(people=500)
    score = fit_score(pool)
    found = effect_of_inverse(pool, score, outcomes, whom="ate")
    weight = np.where(pool.treated, 1 / score.value, 1 / (1 - score.value))
    known = 0.0
    for side in (pool.treated, ~pool.treated):
        left = outcomes.values - np.average(outcomes.values[side], weights=weight[side])
        known += float(((weight * left)[side] ** 2).sum() / weight[side].sum() ** 2)

    assert found.standard_error < np.sqrt(known)


def test_a_resampled_error_is_close_to_the_formulas() -> None:
    """500 draws of people with replacement; their spread has an error of its own of 3 percent."""
    pool, outcomes = a_pool(people=300, seed=3)
    rng = np.random.default_rng(5)
    named = dict(zip(pool.names, pool.traits.T, strict=True))
    found: dict[str, list[float]] = {"inverse": [], "entropy": []}
    for _ in range(500):
        rows = rng.integers(0, 300, 300)
        drawn = pool_of(
            pool.treated[rows].astype(int).tolist(),
            **{name: column[rows].tolist() for name, column in named.items()},
        )
        values = outcomes_of(drawn, outcomes.values[rows].tolist())
        score = fit_score(drawn)
        found["inverse"].append(effect_of_inverse(drawn, score, values, whom="att").value)
        weights = balance_by_entropy(drawn)
        found["entropy"].append(effect_of_entropy(drawn, weights, values).value)

    inverse = effect_of_inverse(pool, fit_score(pool), outcomes, whom="att")
    entropy = effect_of_entropy(pool, balance_by_entropy(pool), outcomes)
    assert inverse.standard_error == pytest.approx(np.std(found["inverse"]), rel=0.12)
    assert entropy.standard_error == pytest.approx(np.std(found["entropy"]), rel=0.12)


def test_entropy_weights_of_others_add_up_to_the_people_served() -> None:
    pool, _ = a_pool()

    found = balance_by_entropy(pool)

    assert found.weights[~pool.treated].sum() == pytest.approx(pool.treated.sum())
    assert (found.weights > 0).all()


@pytest.mark.parametrize(
    ("treated", "traits", "said"),
    [
        ([1, 1, 0, 0, 0], {"age": [60, 70, 20, 30, 40]}, "lies beyond everyone.*: age"),
        (  # each mean within reach, but not both at once
            [1, 0, 0, 0],
            {"a": [0.9, 1, 0, 0], "b": [0.9, 0, 1, 0]},
            "No weights give.*; a, b stay apart",
        ),
        (
            [1, 1, 0, 0, 0],
            {"age": [20, 30, 20, 30, 40], "flat": [1, 1, 1, 1, 1]},
            "comparison group has the same value of flat",
        ),
        (
            [1, 1, 0, 0, 0],
            {"age": [20, 30, 20, 30, 40], "months": [240, 360, 240, 360, 480]},
            "follow from the others: months",
        ),
    ],
)
def test_means_that_no_weights_reach_are_refused(
    treated: list[int], traits: dict[str, list[float]], said: str
) -> None:
    """Never weights that leave traits apart, whatever the algorithm says of itself."""
    with pytest.raises(Refusal, match=said):
        balance_by_entropy(pool_of(treated, **traits))


def test_a_trait_that_no_one_served_has_takes_all_weight_from_who_has_it() -> None:
    pool = pool_of([1, 1, 0, 0, 0, 0], has=[0, 0, 0, 0, 0, 1], age=[30, 35, 20, 33, 45, 33])

    weights = balance_by_entropy(pool).weights

    assert weights[5] < 1e-9
    assert weights[2:5] @ pool.traits[2:5, 1] == pytest.approx(65)


def test_balancing_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one"):
        balance_by_entropy(a_pool()[0], [])


def test_weights_and_scores_of_another_pool_are_refused() -> None:
    pool, outcomes = a_pool(seed=1)
    other, _ = a_pool(seed=2)

    with pytest.raises(Refusal, match="another pool"):
        effect_of_entropy(pool, balance_by_entropy(other), outcomes)
    with pytest.raises(Refusal, match="another pool"):
        effect_of_inverse(pool, fit_score(other), outcomes, whom="att")


def test_trimming_that_leaves_no_one_is_refused() -> None:
    pool, outcomes = a_pool()

    with pytest.raises(Refusal, match="left after trimming"):
        effect_of_inverse(pool, fit_score(pool), outcomes, whom="att", keep=(0.99, 1))
    with pytest.raises(ValueError, match="to a larger one"):
        effect_of_inverse(pool, fit_score(pool), outcomes, whom="att", keep=(0.5, 0.4))


def test_unknown_outcomes_and_other_people_are_refused_by_every_estimator() -> None:
    pool, outcomes = a_pool()
    values = np.array(outcomes.values)
    values[np.flatnonzero(~pool.treated)[:3]] = np.nan
    score, weights = fit_score(pool), balance_by_entropy(pool)
    fold = np.arange(200) % 2

    for bad, said in (
        (Outcomes(pool.keys, values), "0 people served and 3"),
        (Outcomes(pool.keys + 1, outcomes.values), "other people"),
        (Outcomes(pool.keys, np.zeros(200)), "no variation"),
    ):
        with pytest.raises(Refusal, match=said):
            effect_of_inverse(pool, score, bad, whom="ate")
        with pytest.raises(Refusal, match=said):
            effect_of_entropy(pool, weights, bad)
        with pytest.raises(Refusal, match=said):
            doubly_robust(pool, bad, whom="ate", fold=fold)


def test_folds_are_dealt_evenly_within_each_side_and_follow_the_generator() -> None:
    pool, _ = a_pool()

    fold = deal_folds(pool.treated, 5, np.random.default_rng(7))

    for side in (pool.treated, ~pool.treated):
        counts = np.bincount(fold[side], minlength=5)
        assert counts.max() - counts.min() <= 1
    assert (fold == deal_folds(pool.treated, 5, np.random.default_rng(7))).all()
    assert (fold != deal_folds(pool.treated, 5, np.random.default_rng(8))).any()
    with pytest.raises(Refusal, match="cannot be dealt into 300"):
        deal_folds(pool.treated, 300, np.random.default_rng(7))


def test_a_fold_without_enough_people_is_refused() -> None:
    pool, outcomes = a_pool(people=12, traits=3)

    with pytest.raises(Refusal, match=r"at least as many people|too few|without error"):
        doubly_robust(pool, outcomes, whom="att", fold=np.arange(12) % 2)


def test_doubly_robust_keeps_a_straight_line_whatever_the_score() -> None:
    """Outcomes on a line within each side are foretold, and weighting has nothing to mend."""
    pool, _ = a_pool()
    line = pool.traits @ np.array([2.0, -1.0]) + 5
    values = np.where(pool.treated, line + 3 + pool.traits[:, 0], line)
    outcomes = Outcomes(pool.keys, values)
    fold = deal_folds(pool.treated, 4, np.random.default_rng(1))

    on_served = doubly_robust(pool, outcomes, whom="att", fold=fold)
    on_all = doubly_robust(pool, outcomes, whom="ate", fold=fold, normalised=False)

    assert on_served.value == pytest.approx(3 + pool.traits[pool.treated, 0].mean())
    assert on_all.value == pytest.approx(3 + pool.traits[:, 0].mean())
