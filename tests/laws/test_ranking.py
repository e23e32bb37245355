"""Laws of ranking: no order matters, a better score never hurts, ties and ranks add up (R56)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.selection.aggregate import rank_sums, totals_of
from payforsuccess.selection.conflicts import barred_of, bars
from payforsuccess.selection.rank import Ranking, ranking_of
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import AVERAGES
from tests.lib.competitions import CRITERIA, DAY, a_proposal, a_reviewer, a_solicitation

METHODS = (*AVERAGES, "standardised", "rank-sum")


@st.composite
def competitions(draw: st.DrawFn, methods: Sequence[str] = METHODS) -> dict[str, Any]:
    """Up to five proposals and four reviewers, each of whom scored everything, in halves."""
    proposals = list("abcde")[: draw(st.integers(1, 5))]
    reviewers = ["one", "two", "three", "four"][: draw(st.integers(1, 4))]
    method = draw(st.sampled_from(methods))
    return {
        "terms": {
            "method": method,
            "drops_high_and_low": method in AVERAGES and draw(st.booleans()),
            "panel": [a_reviewer(name) for name in reviewers],
            "proposals": [a_proposal(name, cost=draw(st.integers(1, 9))) for name in proposals],
            **draw(
                st.sampled_from(
                    [
                        {"tie": "panel-vote"},
                        {"tie": "lowest-cost"},
                        {"tie": "lot", "tie_lot_seed": "heads"},
                        {"tie": "highest-on-criterion", "tie_criterion": "plan"},
                    ]
                )
            ),
        },
        "given": tuple(
            Given(reviewer, proposal, criterion, Fraction(draw(st.integers(0, 8)), 2), DAY)
            for reviewer in reviewers
            for proposal in proposals
            for criterion in CRITERIA
        ),
    }


def rank(competition: dict[str, Any]) -> Ranking:
    solicitation = a_solicitation(**competition["terms"])
    return ranking_of(solicitation, competition["given"], ())


@given(competitions(), st.randoms(use_true_random=False))
def test_no_order_of_scores_reviewers_or_proposals_changes_anything(
    competition: dict[str, Any], random: Any
) -> None:
    def turned(values: Any) -> list[Any]:
        return random.sample(list(values), len(values))

    terms = competition["terms"]
    other = {
        "terms": terms | {name: turned(terms[name]) for name in ("panel", "proposals")},
        "given": tuple(turned(competition["given"])),
    }
    assert rank(competition).ranked == rank(other).ranked


@given(competitions(AVERAGES), st.data())
def test_a_better_score_never_lowers_a_place_under_the_average(
    competition: dict[str, Any], data: st.DataObject
) -> None:
    """With a tie rule that no score settles otherwise; extremes left out or not."""
    competition["terms"] |= {"tie": "lot", "tie_lot_seed": "x", "tie_criterion": None}
    scored = competition["given"]
    at = data.draw(st.integers(0, len(scored) - 1))
    better = replace(
        scored[at], score=max(scored[at].score, Fraction(data.draw(st.integers(0, 4))))
    )
    raised = competition | {"given": (*scored[:at], better, *scored[at + 1 :])}
    before, after = (rank(each).place_of(scored[at].proposal) for each in (competition, raised))
    assert before is not None
    assert after is not None
    assert after.place <= before.place


@given(competitions(["rank-sum"]))
def test_rank_sums_add_up(competition: dict[str, Any]) -> None:
    """Each reviewer shares out 1 + 2 + ... + n."""
    solicitation = a_solicitation(**competition["terms"])
    names = [each.name for each in solicitation.proposals]
    sums = rank_sums(totals_of(competition["given"], solicitation, names))
    count = len(names)
    assert sum(sums.values()) == Fraction(len(solicitation.panel) * count * (count + 1), 2)


@given(competitions())
def test_places_are_those_that_a_list_of_winners_has(competition: dict[str, Any]) -> None:
    """Every proposal has one place; a shared place is followed by the place after all who share."""
    ranking = rank(competition)
    found = [one.place for one in ranking.ranked]
    assert sorted(one.proposal for one in ranking.ranked) == sorted(
        each["name"] for each in competition["terms"]["proposals"]
    )
    assert all(place == 1 + sum(other < place for other in found) for place in found)


@given(competitions(), st.data())
def test_a_declared_tie_only_removes(competition: dict[str, Any], data: st.DataObject) -> None:
    """R20: the ranking is the one without the scores that the tie takes out, and none is added."""
    terms, scored = competition["terms"], competition["given"]
    reviewer = data.draw(st.sampled_from(terms["panel"]))["name"]
    proposal = data.draw(st.sampled_from(terms["proposals"]))["name"]
    declared = {"on": "2026-02-03", "conflicts_with": [proposal]}
    panel = [
        each | {"declared": declared} if each["name"] == reviewer else each
        for each in terms["panel"]
    ]
    found = rank({"terms": terms | {"panel": panel}, "given": scored})
    left = tuple(one for one in scored if (one.reviewer, one.proposal) != (reviewer, proposal))
    assert found.ranked == rank({"terms": terms, "given": left}).ranked
    assert found.taken_out == len(scored) - len(left)


@given(competitions(AVERAGES), st.data())
def test_a_bar_only_removes(competition: dict[str, Any], data: st.DataObject) -> None:
    """R19: what is left keeps its score and its order."""
    terms = competition["terms"]
    who = data.draw(st.sampled_from(terms["proposals"]))
    barred = [{"who": who["by"], "why": "drafted", "says": "It wrote the scope."}]
    solicitation = a_solicitation(**terms, barred=barred)
    found = ranking_of(
        solicitation, competition["given"], bars(solicitation, barred_of(solicitation))
    )
    before = rank(competition)
    assert [(one.proposal, one.score) for one in found.ranked] == [
        (one.proposal, one.score) for one in before.ranked if one.proposal != who["name"]
    ]
    assert [each.proposal for each in found.left_out] == [who["name"]]
