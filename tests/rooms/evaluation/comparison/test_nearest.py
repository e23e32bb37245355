"""Who is matched with whom, by which rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import (
    ComparisonPool,
    Match,
    NearestRule,
    PropensityScore,
    fit_score,
    match_nearest,
    match_weights,
)
from tests.lib.pools import a_pool, pool_of

pytestmark = pytest.mark.filterwarnings("error")


def scored(pool: ComparisonPool, values: list[float]) -> PropensityScore:
    """A score with these values, as if fitted."""
    score = np.array(values)
    return PropensityScore(
        ("a",),
        np.zeros(2),
        score,
        np.log(score / (1 - score)),
        np.zeros((len(score), 2)),
        pool.fingerprint,
    )


def matched(treated: list[int], values: list[float], **said: Any) -> Match:
    pool = pool_of(treated, a=list(range(len(treated))))
    outside = {key: said.pop(key) for key in ("strata", "given_order") if key in said}
    return match_nearest(pool, NearestRule(**said), score=scored(pool, values), **outside)


def pairs(match: Match) -> list[tuple[int, int]]:
    return [(one, other) for one, other in match.pairs.tolist()]


SIDES, VALUES = [1, 1, 0, 0, 0], [0.50, 0.60, 0.55, 0.40, 0.90]


def test_the_largest_score_chooses_first() -> None:
    assert pairs(matched(SIDES, VALUES)) == [(0, 3), (1, 2)]


@pytest.mark.parametrize("order", ["smallest-first", "file-order"])
def test_others_can_choose_first(order: str) -> None:
    assert pairs(matched(SIDES, VALUES, order=order)) == [(0, 2), (1, 3)]


def test_an_order_can_be_given() -> None:
    given = matched(SIDES, VALUES, order="given", given_order=np.array([0, 1]))

    assert pairs(given) == pairs(matched(SIDES, VALUES, order="file-order"))


def test_with_replacement_both_take_the_nearest() -> None:
    match = matched(SIDES, VALUES, with_replacement=True)

    assert pairs(match) == [(0, 2), (1, 2)]
    assert match_weights(match).tolist() == [1, 1, 2, 0, 0]


def test_everyone_has_a_first_match_before_anyone_has_a_second() -> None:
    match = matched(SIDES, VALUES, per_treated=2)

    assert pairs(match) == [(0, 3), (1, 2), (1, 4)]
    assert match.short == 1
    assert match_weights(match).tolist() == [1, 1, 0.5, 1, 0.5]


def test_of_several_equally_near_the_first_in_the_file_is_taken() -> None:
    values = [0.5, 0.7, 0.4, 0.4, 0.6]

    assert pairs(matched([1, 0, 0, 0, 0], values)) == [(0, 2)]
    assert pairs(matched([1, 0, 0, 0, 0], [0.5, 0.7, 0.6, 0.4, 0.4])) == [(0, 2)]
    assert pairs(matched([1, 0, 0], [0.5, 0.4, 0.4], with_replacement=True)) == [(0, 1)]


def test_equal_scores_choose_in_file_order() -> None:
    assert pairs(matched([1, 1, 0, 0], [0.5, 0.5, 0.4, 0.52])) == [(0, 3), (1, 2)]


def test_ties_can_share() -> None:
    match = matched([1, 0, 0, 0], [0.5, 0.4, 0.4, 0.9], with_replacement=True, ties="all")

    assert match_weights(match).tolist() == [1, 0.5, 0.5, 0]


def test_a_tolerance_widens_what_counts_as_equal() -> None:
    said = {"with_replacement": True, "tie_within": 0.01}
    values = [0.5, 0.41, 0.4, 0.9]

    assert pairs(matched([1, 0, 0, 0], values, **said)) == [(0, 1)]
    assert pairs(matched([1, 0, 0, 0], values, ties="all", **said)) == [(0, 1)]
    wider = said | {"tie_within": 0.1, "ties": "all"}
    assert pairs(matched([1, 0, 0, 0], values, **wider)) == [(0, 1), (0, 2)]


def test_no_one_beyond_the_calliper_is_matched() -> None:
    spread = np.std(VALUES, ddof=1)

    match = matched(SIDES, VALUES, calliper=0.051 / spread)

    assert pairs(match) == [(1, 2)]
    assert match.unmatched.tolist() == [0]


def test_the_end_of_the_calliper_counts_in() -> None:
    values = [0.5, 0.25, 0.75, 0.0625]

    match = matched([1, 0, 0, 0], values, calliper=0.25 / np.std(values, ddof=1))

    assert pairs(match) == [(0, 1)]


def test_strata_are_not_crossed() -> None:
    match = matched(SIDES, VALUES, strata=np.array(["x", "y", "y", "x", "z"]))

    assert pairs(match) == [(0, 3), (1, 2)]
    with pytest.raises(Refusal, match="No one served has a match"):
        matched(SIDES, VALUES, strata=np.array([1, 1, 2, 2, 2]))


def test_log_odds_stretch_the_ends() -> None:
    values = [0.95, 0.99, 0.90]

    assert pairs(matched([1, 0, 0], values)) == [(0, 1)]
    assert pairs(matched([1, 0, 0], values, distance="logit")) == [(0, 2)]


def test_mahalanobis_takes_the_spread_and_the_correlation_out() -> None:
    """Against the distances of the formula, computed one by one."""
    pool, _ = a_pool(people=60, traits=3)
    turn = np.linalg.inv(np.cov(pool.traits.T))

    match = match_nearest(pool, NearestRule(distance="mahalanobis", with_replacement=True))

    for row, other in pairs(match):
        gaps = pool.traits - pool.traits[row]
        far = np.array([gap @ turn @ gap for gap in gaps])
        far[pool.treated] = np.inf
        assert other == far.argmin()


def test_neighbours_alike_are_of_the_same_group_and_stratum() -> None:
    values = [0.5, 0.45, 0.44, 0.1, 0.46]

    match = matched(
        [1, 0, 0, 0, 0],
        values,
        with_replacement=True,
        alike=1,
        strata=np.array([0, 0, 0, 0, 1]),
    )

    assert match.alike.tolist() == [[1, 2]]
    with pytest.raises(Refusal, match="too few to tell"):
        matched([1, 0, 0], [0.5, 0.4, 0.3], with_replacement=True, alike=2)


def test_the_fingerprint_holds_the_rule_and_every_pair() -> None:
    match = matched(SIDES, VALUES)
    others = [
        matched(SIDES, VALUES, order="file-order"),
        matched(SIDES, VALUES, calliper=50),
        matched(SIDES, VALUES, strata=np.zeros(5)),
    ]

    assert match.fingerprint == matched(SIDES, VALUES).fingerprint
    assert len({match.fingerprint, *(one.fingerprint for one in others)}) == 4


def test_a_match_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        matched(SIDES, VALUES).pairs[0, 1] = 4


def test_a_score_of_another_pool_is_refused() -> None:
    pool, _ = a_pool(seed=1)
    other, _ = a_pool(seed=2)

    with pytest.raises(Refusal, match="another pool"):
        match_nearest(pool, NearestRule(), score=fit_score(other))


@pytest.mark.parametrize(
    "said",
    [
        {"per_treated": 0},
        {"calliper": 0.0},
        {"calliper": float("nan")},
        {"alike": 1},
        {"ties": "all"},
    ],
)
def test_rules_that_do_not_hang_together(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"above 0|or more|belong"):
        NearestRule(**said)


def test_what_a_rule_needs_is_asked_for() -> None:
    pool, _ = a_pool()
    for rule in (
        NearestRule(),
        NearestRule(distance="mahalanobis"),
        NearestRule(distance="mahalanobis", with_replacement=True, calliper=0.2),
    ):
        with pytest.raises(ValueError, match="needs a score"):
            match_nearest(pool, rule)
    with pytest.raises(ValueError, match="only for it"):
        matched(SIDES, VALUES, order="given")
    with pytest.raises(ValueError, match="each row of a person served"):
        matched(SIDES, VALUES, order="given", given_order=np.array([0, 2]))
