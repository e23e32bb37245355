"""Draws of very large competitions: the same numbers as by the exact way, from the same totals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from payforsuccess.selection import sensitivity
from payforsuccess.selection.aggregate import FEWEST_TO_DROP
from payforsuccess.selection.many_draws import (
    dropped_averages,
    moments_of,
    moved,
    normals,
    rank_sums,
    standardised,
)
from payforsuccess.selection.sensitivity import Floats, _Case
from tests.lib.competitions import a_solicitation, scores

NOT_ALL = [False, True]


def a_case(method: str, proposals: int, *, leaves_out: bool, drops: bool = False) -> _Case:
    rng = np.random.default_rng(7)
    counts = np.ones((proposals, 6))
    if leaves_out:
        counts[1:4, 2] = 0
        counts[5, :4] = 0
    empty = sensitivity._case(a_solicitation(), scores("one: a 4 2"), ["a"], ["one"])
    return replace(
        empty,
        scores=rng.uniform(0, 4, (proposals, 6, 2)) * counts[:, :, None],
        counts=counts,
        cost=rng.random(proposals),
        cost_points=10.0,
        method=method,
        drops=drops,
    )


def both_ways(case: _Case) -> tuple[Floats, Floats]:
    """By draws by proposals: as of large competitions, and by the exact way, of the same totals."""
    rng = np.random.default_rng(8)
    weights = rng.uniform(5, 20, (4, 3))
    moves = np.where(case.counts > 0, rng.uniform(0.1, 0.5, case.counts.shape), 0)
    variance = np.stack([moves, moves], axis=2)
    is_centred = case.method != "plain-average"
    moments = moments_of(case.scores, variance, case.counts, case.cost, is_centred=is_centred)
    totals = moved(moments, weights, normals(), np.random.Generator(np.random.PCG64(3)))
    exact = totals.transpose(0, 2, 1).astype(np.float64)
    by_exact = sensitivity._by_method(case, exact)
    match case.method:
        case "rank-sum":
            return rank_sums(totals, moments), by_exact
        case "standardised":
            return standardised(totals, moments), by_exact
        case _:
            return dropped_averages(totals, moments, FEWEST_TO_DROP), by_exact


@pytest.mark.parametrize("leaves_out", NOT_ALL)
@pytest.mark.parametrize("proposals", [7, 300, 3_000])
def test_rank_sums_are_those_of_the_exact_way(proposals: int, leaves_out: bool) -> None:
    """R57: also of 3,000 proposals, whose places take more bits than 32 leave."""
    many, exact = both_ways(a_case("rank-sum", proposals, leaves_out=leaves_out))
    # Two totals nearer than 32 bits tell may change places.
    assert many == pytest.approx(exact, abs=0 if proposals < 1_000 else 2)


@pytest.mark.parametrize("leaves_out", NOT_ALL)
def test_standardised_means_are_those_of_the_exact_way(leaves_out: bool) -> None:
    many, exact = both_ways(a_case("standardised", 300, leaves_out=leaves_out))
    assert many == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("leaves_out", NOT_ALL)
def test_means_without_the_highest_and_lowest_are_those_of_the_exact_way(leaves_out: bool) -> None:
    many, exact = both_ways(a_case("plain-average", 300, leaves_out=leaves_out, drops=True))
    assert many == pytest.approx(exact, abs=1e-4)


def test_a_reviewer_who_scores_all_the_same_says_nothing() -> None:
    """A deviation of nothing is divided by by nobody."""
    case = replace(a_case("standardised", 5, leaves_out=False), cost=np.zeros(5))
    same = replace(case, scores=np.full_like(case.scores, 2.0))
    moments = moments_of(
        same.scores, np.zeros_like(same.scores), same.counts, same.cost, is_centred=True
    )
    weights = np.full((3, 3), 10.0)
    totals = moved(moments, weights, normals(), np.random.Generator(np.random.PCG64(3)))
    assert standardised(totals, moments) == pytest.approx(np.zeros((3, 5)))


def test_the_values_for_a_normal_number_have_its_mean_and_variance() -> None:
    values = normals().astype(np.float64)
    assert values.mean() == pytest.approx(0, abs=1e-6)
    assert values.var() == pytest.approx(1, abs=1e-5)
    assert (values**4).mean() == pytest.approx(3, abs=0.01)
