"""Rankings worked out by hand, for every method and every rule for ties (R56, R149)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from payforsuccess.selection.aggregate import cost_points, mean_ranks
from payforsuccess.selection.rank import ranking_of
from tests.lib.competitions import a_proposal, a_reviewer, a_solicitation, places, ranked, scores

# Totals: one gives a 70, b 75, c 40; two gives a 100, b 50, c 40; three gives a 40, b 75, c 65.
BY_HAND = scores(
    "one: a 4 2, b 3 3, c 1 2", "two: a 4 4, b 2 2, c 4 0", "three: a 1 2, b 3 3, c 2 3"
)


def test_the_plain_average_is_the_mean_of_the_reviewers_totals() -> None:
    """R56: all are scored on the same rubric and ranked. (70 + 100 + 40) / 3 = 70."""
    found = ranked(BY_HAND)
    assert [(one.place, one.proposal) for one in found.ranked] == [(1, "a"), (2, "b"), (3, "c")]
    assert [one.score for one in found.ranked] == [
        70,
        Fraction(75 + 50 + 75, 3),
        Fraction(145, 3),
    ]
    assert found.ranked[0].spread == 60


def test_the_highest_and_lowest_are_left_out_where_that_was_fixed() -> None:
    """The middle totals are a 70, b 75, c 40."""
    found = ranked(BY_HAND, drops_high_and_low=True)
    assert [(one.proposal, one.score) for one in found.ranked] == [("b", 75), ("a", 70), ("c", 40)]


def test_with_two_reviewers_nothing_is_left_out() -> None:
    given = scores("one: a 4 2, b 3 3, c 1 2", "two: a 4 4, b 2 2, c 4 0")
    assert ranked(given, drops_high_and_low=True).ranked[0].score == 85


def test_rank_sums_add_the_places_that_reviewers_give() -> None:
    """Places: one b a c; two a b c; three b c a: b 1+2+1 = 4, a 2+1+3 = 6, c 3+3+2 = 8."""
    found = ranked(BY_HAND, method="rank-sum")
    assert [(one.proposal, one.score) for one in found.ranked] == [("b", 4), ("a", 6), ("c", 8)]


def test_ties_of_one_reviewer_share_the_mean_rank() -> None:
    ranks = mean_ranks({"a": Fraction(2), "b": Fraction(5), "c": Fraction(2), "d": Fraction(1)})
    assert ranks == {"b": 1, "a": Fraction(5, 2), "c": Fraction(5, 2), "d": 4}


def test_standardised_scores_take_out_that_a_reviewer_is_severe() -> None:
    """One scores all high, two all low: by z both say b, a, c, though a's plain mean is higher."""
    given = scores("one: a 4 4, b 4 4, c 3 3", "two: a 1 1, b 2 2, c 0 0")
    found = ranked(given, method="standardised")
    assert [one.proposal for one in found.ranked] == ["b", "a", "c"]
    # one: mean 275/3, deviation 11.785: a .7071; two: mean 25, deviation 20.412: a 0.
    both = [100.0, 100.0, 75.0, 25.0, 50.0, 0.0]
    centre = sum(both) / 6
    deviation = (sum((each - centre) ** 2 for each in both) / 6) ** 0.5
    assert float(found.ranked[1].score) == pytest.approx(centre + deviation * 2**-0.5 / 2)


def test_a_reviewer_who_gives_all_the_same_says_nothing_when_standardised() -> None:
    given = scores("one: a 2 2, b 2 2, c 2 2", "two: a 1 1, b 2 2, c 0 0")
    assert [one.proposal for one in ranked(given, method="standardised").ranked] == ["b", "a", "c"]


def test_cost_becomes_points_by_the_lowest_cost() -> None:
    """Greatest points x lowest cost / this cost: 20 x 100/100, 20 x 100/200, 20 x 100/250."""
    solicitation = a_solicitation(
        criteria=[
            {"name": "need", "title": "Need", "points": 40},
            {"name": "plan", "title": "Plan", "points": 40},
            {"name": "price", "title": "Price", "points": 20, "is_cost": True},
        ],
        proposals=[
            a_proposal("a", cost=200),
            a_proposal("b", cost=100),
            a_proposal("c", cost=250),
        ],
    )
    assert cost_points(solicitation, ["a", "b", "c"]) == {"a": 10, "b": 20, "c": 8}
    assert cost_points(solicitation, ["a", "c"]) == {"a": 20, "c": 16}
    given = scores("one: a 4 4, b 3 3, c 4 4")
    found = ranking_of(solicitation, given, ())
    assert [(one.proposal, one.score) for one in found.ranked] == [("a", 90), ("c", 88), ("b", 80)]


TIED = scores("one: a 4 2, b 1 4, c 0 0", "two: a 4 2, b 1 4, c 0 0")
"""a and b both have 70 points: a on need, b on plan."""


def test_a_tie_is_settled_by_the_criterion_that_was_fixed() -> None:
    found = ranked(TIED, tie="highest-on-criterion", tie_criterion="plan")
    assert places(found) == {"b": 1, "a": 2, "c": 3}
    assert "settled by the score on plan" in found.ranked[0].tie
    assert not found.is_open


def test_a_tie_is_settled_by_the_lower_cost() -> None:
    costs = [a_proposal("a", cost=2), a_proposal("b", cost=1), a_proposal("c", cost=3)]
    assert places(ranked(TIED, tie="lowest-cost", proposals=costs)) == {"b": 1, "a": 2, "c": 3}
    unknown = [a_proposal("a", cost=2), a_proposal("b"), a_proposal("c")]
    assert ranked(TIED, tie="lowest-cost", proposals=unknown).is_open


def test_a_lot_is_drawn_from_the_seed_and_anyone_can_draw_it_again() -> None:
    """`printf 'heads\\na' | sha256sum` begins with b0, and of b with 51: b comes first."""
    found = ranked(TIED, tie="lot", tie_lot_seed="heads")
    assert places(found) == {"b": 1, "a": 2, "c": 3}
    assert "lot" in found.ranked[0].tie


def test_a_tie_left_to_the_panel_stays_open_and_shares_the_place() -> None:
    found = ranked(TIED)
    assert places(found) == {"a": 1, "b": 1, "c": 3}
    assert found.is_open
    assert found.first == ("a", "b")


def test_a_tie_of_three_is_settled_as_far_as_the_rule_goes() -> None:
    """All have 50 points; c has most on plan, a and b the same: c first, a and b open behind."""
    given = scores("one: a 2 2, b 2 2, c 1/2 3")
    found = ranked(given, tie="highest-on-criterion", tie_criterion="plan")
    assert places(found) == {"c": 1, "a": 2, "b": 2}
    assert not found.is_open


def test_a_tie_further_down_does_not_keep_the_first_open() -> None:
    given = scores("one: a 4 4, b 2 2, c 2 2")
    assert not ranked(given).is_open


def test_scores_of_a_reviewer_with_a_tie_do_not_count() -> None:
    tied = {"on": "2026-02-03", "conflicts_with": ["a"]}
    panel = [a_reviewer("one"), a_reviewer("two", declared=tied), a_reviewer("three")]
    found = ranked(BY_HAND, panel=panel)
    assert found.taken_out == 2
    assert {one.proposal: one.score for one in found.ranked}["a"] == Fraction(70 + 40, 2)


def test_what_fails_a_check_came_late_or_was_not_scored_is_left_out_with_its_reason() -> None:
    found = ranked(
        scores("one: a 4 2, c 1 2"),
        checks=[{"name": "signed", "says": "It is signed."}, {"name": "whole", "says": "Whole."}],
        proposals=[
            a_proposal("a", passes=["signed"], fails=["whole"]),
            a_proposal("b", passes=["signed", "whole"]),
            a_proposal("c", passes=["whole"], received_on="2026-02-03"),
        ],
    )
    assert {each.proposal: each.reason for each in found.left_out} == {
        "a": "does not pass: Whole.",
        "b": "nobody without a tie scored it",
        "c": "came in on 2026-02-03, after the last day, 2026-02-02; "
        "not checked yet: It is signed.",
    }
    assert found.ranked == ()


def test_a_spread_above_the_limit_asks_for_a_note_until_there_is_one() -> None:
    assert ranked(BY_HAND, spread_limit=50).wide == ("a",)
    noted = [a_proposal("a", discussion="Talked over on 10 February."), *map(a_proposal, "bc")]
    assert ranked(BY_HAND, spread_limit=50, proposals=noted).wide == ()


@pytest.mark.parametrize("sought", ["concept", "evaluator", "intermediary", "provider", "capital"])
def test_every_kind_of_competition_is_ranked_the_same(sought: str) -> None:
    """R149: a competition for a concept, an evaluator, an intermediary, a provider or capital."""
    assert places(ranked(BY_HAND, **{"for": sought})) == {"a": 1, "b": 2, "c": 3}
