"""The effect from a frozen match, small enough to follow by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import (
    ComparedEffect,
    Match,
    NearestRule,
    Outcomes,
    average_effect,
    effect_of_match,
    fit_score,
    match_both_ways,
    match_nearest,
    percent_reduction,
)
from payforsuccess.evaluation.comparison.matched import MatchedError
from tests.lib.pools import a_pool, outcomes_of, pool_of

pytestmark = pytest.mark.filterwarnings("error")

POOL = pool_of([1, 1, 1, 0, 0, 0, 0], age=[20, 30, 41, 21, 33, 50, 70])
VALUES = [5.0, 9.0, 4.0, 3.0, 4.0, 8.0, 1.0]


def by_age(**said: Any) -> Match:
    order = {"order": "file-order"}
    return match_nearest(POOL, NearestRule(distance="mahalanobis", **(order | said)))


def effect(match: Match, errors: MatchedError, **said: Any) -> ComparedEffect:
    outcomes = said.pop("outcomes", outcomes_of(POOL, VALUES))
    return effect_of_match(match, outcomes, frozen=match.fingerprint, errors=errors, **said)


def test_pairs_without_replacement() -> None:
    """Ages 20-21, 30-33, 41-50: gaps 2, 5 and -4."""
    found = effect(by_age(), "pairs")

    assert found.value == pytest.approx(1.0)
    assert found.standard_error == pytest.approx(np.std([2, 5, -4], ddof=1) / np.sqrt(3))
    assert (found.treated_mean, found.control_mean) == (6.0, 5.0)
    assert (found.people, found.freedom) == (6, 2.0)
    assert found.method.startswith("Matching, 1:1 nearest by Mahalanobis distance without")


def test_one_variance_for_all_with_replacement() -> None:
    """Ages 20-21, 30-33, 41-33: gaps 2, 5, 0, one person used twice.

    Abadie and Imbens 2006: ((gaps - 7/3)^2 + K (K - 1) s^2) / 3^2, s^2 half the mean square of
    the gaps less the effect.
    """
    found = effect(by_age(with_replacement=True), "abadie-imbens")

    squares = sum((gap - 7 / 3) ** 2 for gap in (2, 5, 0))
    assert found.value == pytest.approx(7 / 3)
    assert found.standard_error == pytest.approx(np.sqrt(squares + 2 * squares / 6) / 3)
    assert found.control_weights.effective == pytest.approx(9 / 5)
    assert found.freedom is None


def test_variances_among_people_alike() -> None:
    """The person of 33 is used twice; the nearest of the group is 21, with outcomes 4 and 3."""
    found = effect(by_age(with_replacement=True, alike=1), "abadie-imbens-robust")

    squares = sum((gap - 7 / 3) ** 2 for gap in (2, 5, 0))
    alike = 1 / 2 * (4 - 3) ** 2
    assert found.standard_error == pytest.approx(np.sqrt(squares + 2 * alike) / 3)


def test_several_matches_with_replacement() -> None:
    """Two each: 21 and 33 for all of 20 and 30; 33 and 50 for 41. K is 1, 3/2 and 1/2."""
    found = effect(by_age(with_replacement=True, per_treated=2), "abadie-imbens")

    gaps = np.array([5 - 3.5, 9 - 3.5, 4 - 6])
    tau = gaps.mean()
    every = np.array([[5 - 3, 5 - 4], [9 - 3, 9 - 4], [4 - 4, 4 - 8]]) - tau
    one = (every**2).mean(axis=1).sum() / 6
    reuse = (1**2 - 2 / 4) + (1.5**2 - 3 / 4) + (0.5**2 - 1 / 4)
    assert found.value == pytest.approx(tau)
    assert found.standard_error == pytest.approx(
        np.sqrt(((gaps - tau) ** 2).sum() + reuse * one) / 3
    )


def test_everyone_with_the_other_side() -> None:
    """Gaps 2, 5, 0 of people served; 2, 5, -4, 3 of the others, of 20, 30, 41 and 41.

    21, 20 and 30 are used once, 33 and 41 twice: K (K + 1) is 2 and 6.
    """
    rule = NearestRule("mahalanobis", with_replacement=True)
    both = match_both_ways(POOL, rule)
    outcomes = outcomes_of(POOL, VALUES)

    found = average_effect(both, outcomes, frozen=both.fingerprint, errors="abadie-imbens")

    tau = 13 / 7
    squares = sum((gap - tau) ** 2 for gap in (2, 5, 0, 2, 5, -4, 3))
    assert found.value == pytest.approx(tau)
    assert found.standard_error == pytest.approx(
        np.sqrt(squares + (3 * 2 + 2 * 6) * squares / 14) / 7
    )
    assert found.treated_mean - found.control_mean == pytest.approx(tau)
    assert found.weights.tolist() == [2, 2, 3, 2, 3, 1, 1]
    assert (found.people, both.unmatched) == (7, 0)


def test_everyone_with_variances_among_people_alike() -> None:
    """The nearest in the same group: 20-30, 30-20, 41-30 and 21-33, 33-21."""
    rule = NearestRule("mahalanobis", with_replacement=True, alike=1)
    both = match_both_ways(POOL, rule)
    outcomes = outcomes_of(POOL, VALUES)

    found = average_effect(both, outcomes, frozen=both.fingerprint, errors="abadie-imbens-robust")

    tau = 13 / 7
    squares = sum((gap - tau) ** 2 for gap in (2, 5, 0, 2, 5, -4, 3))
    alike = 2 * (16 + 16) / 2 + 6 * 25 / 2 + (2 + 6) * 1 / 2
    assert found.standard_error == pytest.approx(np.sqrt(squares + alike) / 7)


def test_everyone_is_matched_with_replacement_and_frozen() -> None:
    with pytest.raises(ValueError, match="with replacement"):
        match_both_ways(POOL, NearestRule("mahalanobis", order="file-order"))
    both = match_both_ways(POOL, NearestRule("mahalanobis", with_replacement=True))
    with pytest.raises(Refusal, match="frozen before outcomes"):
        average_effect(
            both,
            outcomes_of(POOL, VALUES),
            frozen=both.served.fingerprint,
            errors="abadie-imbens",
        )


def test_bias_adjustment_takes_a_straight_line_out() -> None:
    """Where outcomes are 3 + 2 x age, and 10 more for people served, nothing else is left."""
    age = POOL.traits[:, 0]
    noise = np.array([0.5, -0.5, 0, 0, 0, 0, 0])  # some variation must be left
    outcomes = outcomes_of(POOL, (3 + 2 * age + 10 * POOL.treated + noise).tolist())
    match = by_age()

    plain = effect(match, "pairs", outcomes=outcomes)
    adjusted = effect(match, "pairs", outcomes=outcomes, adjust=POOL)

    assert plain.value == pytest.approx(10 - 2 * (1 + 3 + 9) / 3)
    assert adjusted.value == pytest.approx(10.0)
    assert "bias adjusted" in adjusted.method


def test_percent_reduction_of_a_matched_effect() -> None:
    found = effect(by_age(), "pairs")

    reduction = percent_reduction(found)

    ratio = 6 / 5
    lines = [(y - ratio * z) / 5 for y, z in ((5, 3), (9, 4), (4, 8))]
    assert reduction.value == pytest.approx(-20.0)
    assert reduction.standard_error == pytest.approx(100 * np.std(lines, ddof=1) / np.sqrt(3))
    with pytest.raises(Refusal, match="mean is 0"):
        percent_reduction(replace(found, control_mean=0.0))


def test_another_match_than_the_frozen_one_is_refused() -> None:
    with pytest.raises(Refusal, match="frozen before outcomes were known"):
        effect_of_match(
            by_age(),
            outcomes_of(POOL, VALUES),
            frozen=by_age(per_treated=2).fingerprint,
            errors="pairs",
        )


def test_a_match_changed_after_the_seal_is_refused() -> None:
    match = by_age()
    pairs = np.array(match.pairs)
    pairs[0, 1] = 6

    with pytest.raises(Refusal, match="frozen before outcomes were known"):
        effect_of_match(
            replace(match, pairs=pairs),
            outcomes_of(POOL, VALUES),
            frozen=match.fingerprint,
            errors="pairs",
        )


def test_outcomes_in_another_order_are_refused() -> None:
    with pytest.raises(Refusal, match="another order"):
        effect(by_age(), "pairs", outcomes=Outcomes(POOL.keys[::-1], np.array(VALUES)))


def test_only_outcomes_that_are_used_must_be_known() -> None:
    without = [*VALUES[:-1], np.nan]
    gone = [np.nan, *VALUES[1:]]

    assert effect(by_age(), "pairs", outcomes=outcomes_of(POOL, without)).value == 1.0
    with pytest.raises(Refusal, match="1 people served and 0"):
        effect(by_age(), "pairs", outcomes=outcomes_of(POOL, gone))


@pytest.mark.parametrize(
    ("match", "errors", "said"),
    [
        (by_age(), "abadie-imbens", "without replacement"),
        (by_age(with_replacement=True), "pairs", "with replacement"),
        (by_age(with_replacement=True), "abadie-imbens-robust", "keeps no people alike"),
    ],
)
def test_errors_that_do_not_belong_to_the_match(
    match: Match, errors: MatchedError, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        effect(match, errors)


def test_one_pair_is_no_estimate() -> None:
    pool = pool_of([1, 0, 0], age=[1, 2, 3])
    one = match_nearest(pool, NearestRule(distance="mahalanobis", order="file-order"))

    with pytest.raises(Refusal, match="Fewer than two people served"):
        effect_of_match(one, outcomes_of(pool, [1, 2, 3]), frozen=one.fingerprint, errors="pairs")


def test_outcomes_without_variation_give_no_number() -> None:
    with pytest.raises(Refusal, match="no variation"):
        effect(by_age(), "pairs", outcomes=outcomes_of(POOL, [1.0] * 7))


def test_an_adjustment_by_too_much_or_by_other_people_is_refused() -> None:
    pool, outcomes = a_pool(people=12, traits=2)
    match = match_nearest(pool, NearestRule(), score=fit_score(pool, ["trait-1"]))
    few = pool_of([1, 1, 0, 0, 0], a=[1, 2, 1, 2, 3], b=[3, 2, 9, 4, 4])
    narrow = match_nearest(few, NearestRule(distance="mahalanobis", order="file-order"))

    with pytest.raises(Refusal, match="another pool"):
        effect_of_match(match, outcomes, frozen=match.fingerprint, errors="pairs", adjust=POOL)
    with pytest.raises(Refusal, match="2 people compared with are too few"):
        effect_of_match(
            narrow,
            outcomes_of(few, [1, 2, 3, 4, 5]),
            frozen=narrow.fingerprint,
            errors="pairs",
            adjust=few,
        )


def test_an_adjustment_can_use_some_traits_alone() -> None:
    pool, outcomes = a_pool()
    match = match_nearest(pool, NearestRule(), score=fit_score(pool))
    frozen = match.fingerprint

    both = effect_of_match(match, outcomes, frozen=frozen, errors="pairs", adjust=pool)
    one = effect_of_match(
        match, outcomes, frozen=frozen, errors="pairs", adjust=pool, adjust_on=["trait-1"]
    )

    assert both.value != one.value
