"""Ranking methods against SciPy, and the draws against the exact ranking of single moved cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.stats import rankdata, zscore

from payforsuccess.selection.aggregate import rank_sums, standardised, totals_of
from payforsuccess.selection.rank import ranking_of
from payforsuccess.selection.scores import Given
from payforsuccess.selection.sensitivity import Bounds, firmness_of
from tests.lib.competitions import DAY, a_proposal, a_reviewer, a_solicitation

PROPOSALS = [f"p{number}" for number in range(12)]
REVIEWERS = [f"r{number}" for number in range(5)]
POINTS = {"need": 40, "plan": 60}


def a_case(seed: int, proposals: list[str]) -> tuple[dict[str, Any], Any]:
    """Terms of a competition, and scores as proposals by reviewers by criteria, in halves."""
    values = np.random.default_rng(seed).integers(0, 9, (len(proposals), len(REVIEWERS), 2)) / 2
    terms = {
        "panel": [a_reviewer(name) for name in REVIEWERS],
        "proposals": [a_proposal(name) for name in proposals],
    }
    return terms, values


def as_given(values: Any, proposals: list[str]) -> tuple[Given, ...]:
    return tuple(
        Given(reviewer, proposal, criterion, Fraction(float(values[at, by, of])), DAY)
        for at, proposal in enumerate(proposals)
        for by, reviewer in enumerate(REVIEWERS)
        for of, criterion in enumerate(POINTS)
    )


@pytest.mark.parametrize("seed", range(5))
def test_rank_sums_are_those_of_scipy(seed: int) -> None:
    terms, values = a_case(seed, PROPOSALS)
    totals = totals_of(as_given(values, PROPOSALS), a_solicitation(**terms), PROPOSALS)
    ours = rank_sums(totals)
    theirs = rankdata(-(values @ [10, 15]), method="average", axis=0).sum(axis=1)
    assert [float(ours[name]) for name in PROPOSALS] == theirs.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_standardised_scores_are_those_of_scipy(seed: int) -> None:
    terms, values = a_case(seed, PROPOSALS)
    totals = totals_of(as_given(values, PROPOSALS), a_solicitation(**terms), PROPOSALS)
    ours = standardised(totals)
    points = values @ [10, 15]
    theirs = points.mean() + points.std() * zscore(points, axis=0).mean(axis=1)
    assert [ours[name] for name in PROPOSALS] == pytest.approx(theirs.tolist())


@pytest.mark.parametrize(
    ("method", "drops"),
    [
        ("plain-average", False),
        ("plain-average", True),
        ("standardised", False),
        ("rank-sum", False),
    ],
)
def test_the_draws_are_those_of_ranking_each_moved_case_exactly(method: str, drops: bool) -> None:
    """1,500 cases moved here and ranked by the exact engine, against 20,000 draws in arrays."""
    proposals, rng = PROPOSALS[:4], np.random.default_rng(8)
    terms, values = a_case(3, proposals)
    terms |= {"method": method, "drops_high_and_low": drops}
    found = firmness_of(
        a_solicitation(**terms),
        as_given(values, proposals),
        proposals,
        bounds=Bounds(0.4, 1.0),
        seed=2,
        draws=20_000,
    )
    cases, wins = 1_500, dict.fromkeys(proposals, 0.0)
    for _ in range(cases):
        weights = np.array(list(POINTS.values())) * rng.uniform(0.6, 1.4, 2)
        criteria = [
            {"name": name, "title": "C", "points": Fraction(float(weight))}
            for name, weight in zip(POINTS, weights, strict=True)
        ]
        moved = np.clip(values + rng.uniform(-1, 1, values.shape), 0, 4)
        ranking = ranking_of(
            a_solicitation(**terms, criteria=criteria), as_given(moved, proposals), ()
        )
        for name in ranking.first:
            wins[name] += 1 / len(ranking.first) / cases
    assert dict(found.wins) == pytest.approx(wins, abs=0.045)
