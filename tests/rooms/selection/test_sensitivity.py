"""How often each comes first, against arithmetic by hand and single draws."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from payforsuccess.selection import sensitivity
from payforsuccess.selection.rank import ranking_of
from payforsuccess.selection.scores import Given
from payforsuccess.selection.sensitivity import Bounds, Firmness, firmness_of
from tests.lib.competitions import DAY, a_proposal, a_reviewer, a_solicitation, scores

STILL = Bounds(weight=0, score=0)
METHODS = (
    ("plain-average", False),
    ("plain-average", True),
    ("informed-average", True),
    ("standardised", False),
    ("rank-sum", False),
)


def firm(
    given: tuple[Given, ...], names: str = "abc", *, bounds: Bounds = STILL, **changes: Any
) -> Firmness:
    draws = changes.pop("draws", 500)
    solicitation = a_solicitation(**changes)
    return firmness_of(solicitation, given, list(names), bounds=bounds, seed=1, draws=draws)


CLOSE = scores("one: a 4 2, b 3 3, c 1 2", "two: a 4 4, b 2 2, c 4 0", "three: a 1 2, b 3 3, c 2 3")


@pytest.mark.parametrize(("method", "drops"), METHODS)
def test_without_any_movement_the_first_of_the_ranking_always_wins(
    method: str, drops: bool
) -> None:
    changes = {"method": method, "drops_high_and_low": drops}
    ranking = ranking_of(a_solicitation(**changes), CLOSE, ())
    wins = dict(firm(CLOSE, **changes).wins)
    assert wins[ranking.ranked[0].proposal] == 1


def test_a_tie_without_movement_is_shared() -> None:
    given = scores("one: a 4 2, b 1 4, c 0 0")
    assert dict(firm(given).wins) == {"a": 0.5, "b": 0.5, "c": 0.0}


def test_weights_alone_decide_between_need_and_plan_as_often_as_by_hand() -> None:
    """a has 4, 3 and b 3, 4 at weights of 50 each: whoever's weight is drawn higher wins, half."""
    criteria = [
        {"name": "need", "title": "Need", "points": 50},
        {"name": "plan", "title": "Plan", "points": 50},
    ]
    found = firm(
        scores("one: a 4 3, b 3 4, c 0 0"),
        bounds=Bounds(weight=0.2, score=0),
        criteria=criteria,
        draws=20_000,
    )
    assert dict(found.wins)["a"] == pytest.approx(0.5, abs=0.02)


def test_scores_alone_move_as_a_triangle_by_hand() -> None:
    """One criterion, a 2.5 and b 2, each moved by up to .5: b wins with the chance .5 ** 2 / 2."""
    criteria = [{"name": "need", "title": "Need", "points": 100}]
    given = tuple(
        Given("one", name, "need", score, DAY)
        for name, score in (("a", Fraction(5, 2)), ("b", Fraction(2)))
    )
    found = firm(given, "ab", bounds=Bounds(weight=0, score=0.5), criteria=criteria, draws=40_000)
    assert dict(found.wins)["b"] == pytest.approx(0.125, abs=0.01)


def test_scores_stay_on_their_scale() -> None:
    """a has 4 and can only fall, to 4 + min(0, u); b rises to 3.5 + v; u, v even on -.5 to .5.

    For u above 0, half the time, b never wins; else it does with the chance -u, 1/4 on average.
    """
    criteria = [{"name": "need", "title": "Need", "points": 100}]
    given = tuple(
        Given("one", name, "need", score, DAY)
        for name, score in (("a", Fraction(4)), ("b", Fraction(7, 2)))
    )
    found = firm(given, "ab", bounds=Bounds(weight=0, score=0.5), criteria=criteria, draws=40_000)
    assert dict(found.wins)["b"] == pytest.approx(0.125, abs=0.01)


@pytest.mark.parametrize(("method", "drops"), METHODS)
def test_moves_drawn_as_their_sum_agree_with_moves_one_by_one(
    monkeypatch: pytest.MonkeyPatch, method: str, drops: bool
) -> None:
    rng = np.random.default_rng(4)
    reviewers = [f"r{number}" for number in range(9)]
    criteria = [{"name": f"c{at}", "title": "C", "points": 10 + at} for at in range(6)]
    given = tuple(
        Given(reviewer, name, each["name"], Fraction(int(rng.integers(1, 5))), DAY)  # type: ignore[arg-type]
        for reviewer in reviewers
        for name in "abcd"
        for each in criteria
        if (reviewer, name) != ("r3", "b")
    )
    changes: dict[str, Any] = {
        "method": method,
        "drops_high_and_low": drops,
        "criteria": criteria,
        "panel": [a_reviewer(name) for name in reviewers],
        "proposals": [a_proposal(name) for name in "abcd"],
        "draws": 10_000,
    }
    one_by_one = firm(given, "abcd", bounds=Bounds(0.2, 0.5), **dict(changes))
    monkeypatch.setattr(sensitivity, "EACH_MOVED", 0)
    as_sums = firm(given, "abcd", bounds=Bounds(0.2, 0.5), **dict(changes))
    assert one_by_one.is_each_moved
    assert not as_sums.is_each_moved
    for name, share in one_by_one.wins:
        assert dict(as_sums.wins)[name] == pytest.approx(share, abs=0.03)


def test_the_moments_of_a_moved_score_are_those_of_a_million_draws() -> None:
    rng = np.random.default_rng(5)
    given = scores("one: a 4 0, b 3.8 0.1, c 2 1")
    case = sensitivity._case(a_solicitation(), given, ["a", "b", "c"], ["one"])
    mean, variance = sensitivity._moments(case, Bounds(0, 0.5))
    moved = np.clip(case.scores + rng.uniform(-0.5, 0.5, (1_000_000, 1, 1, 1)), 0, 4)
    assert mean == pytest.approx(moved.mean(axis=0), abs=0.002)
    assert variance == pytest.approx(moved.var(axis=0), abs=0.001)


def test_rank_sums_of_many_draws_are_those_of_the_ranking() -> None:
    given = scores("one: a 4 2, b 1 4, c 0 0", "two: a 3 3, b 3 3, c 3 3")
    case = sensitivity._case(
        a_solicitation(method="rank-sum"), given, ["a", "b", "c"], ["one", "two"]
    )
    found = sensitivity._by_method(case, (case.scores @ case.points)[None])[0]
    ranking = ranking_of(a_solicitation(method="rank-sum"), given, ())
    assert dict(zip("abc", -found, strict=True)) == {
        one.proposal: float(one.score) for one in ranking.ranked
    }


def test_one_reviewer_who_decides_is_named() -> None:
    """Without three, who gives a the lowest, b no longer wins: a 85 against b 62.5."""
    given = scores("one: a 3 3, b 3 2", "two: a 3 3, b 3 2", "three: a 0 0, b 4 4")
    found = firm(given, "ab", proposals=[a_proposal("a"), a_proposal("b")])
    assert found.without == (("three", ("a",)),)
    assert found.one_reviewer_decides


def test_where_none_decides_it_is_said() -> None:
    assert not firm(scores("one: a 4 4, b 1 1", "two: a 4 4, b 1 1"), "ab").one_reviewer_decides


def test_the_same_seed_gives_the_same_draws_in_any_order() -> None:
    turned = tuple(reversed(CLOSE))
    assert firm(CLOSE, bounds=Bounds(0.2, 0.5)) == firm(turned, "cab", bounds=Bounds(0.2, 0.5))


def test_points_for_cost_count_in_every_draw() -> None:
    criteria = [
        {"name": "need", "title": "Need", "points": 50},
        {"name": "price", "title": "Price", "points": 50, "is_cost": True},
    ]
    given = scores("one: a 3, b 3", criteria=("need",))
    found = firm(
        given,
        "ab",
        bounds=Bounds(weight=0.2, score=0),
        criteria=criteria,
        proposals=[a_proposal("a", cost=20), a_proposal("b", cost=10)],
    )
    assert dict(found.wins) == {"b": 1.0, "a": 0.0}
