"""Draws keep to their design, and designs that leave nothing to chance are refused (R83)."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.chance import (
    Clustered,
    Complete,
    Design,
    Draws,
    PermutedBlocks,
    SequentialLottery,
    Simple,
    Stratified,
    blocks_in_order,
    clustered_as,
    complete_as,
    draw,
    randomisation_inference,
    stratified_as,
)

CODES = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 2])


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def arms(draws: Draws) -> np.ndarray:
    return np.array([draws.arms(at) for at in range(draws.times)])


@pytest.mark.parametrize(("people", "treated"), [(6, 3), (6, 2), (6, 1), (6, 5), (20, 1), (7, 3)])
def test_every_choice_of_so_many_is_equally_likely(people: int, treated: int) -> None:
    """Pearson's statistic over all choices, against a bound passed once in a million."""
    from math import comb

    from scipy.stats import chi2

    times = 60_000
    counts = Counter(map(bytes, draw(Complete(people, treated), times, rng()).bits))
    ways = comb(people, treated)

    expected = times / ways
    statistic = sum((found - expected) ** 2 / expected for found in counts.values())
    assert len(counts) == ways
    assert statistic < chi2.isf(1e-6, ways - 1)


@pytest.mark.parametrize("share", [0.5, 1 / 3, 0.9, 0.07])
def test_a_simple_draw_treats_each_person_with_its_chance(share: float) -> None:
    found = arms(draw(Simple(100, share), 4_000, rng()))

    assert found.mean() == pytest.approx(share, abs=5 * (share * (1 - share) / 4e5) ** 0.5)
    assert (found.any(axis=1) & ~found.all(axis=1)).all()


def test_a_simple_draw_without_one_arm_is_made_again() -> None:
    counts = arms(draw(Simple(3, 0.9), 2_000, rng())).sum(axis=1)

    assert set(counts) == {1, 2}


def test_random_block_sizes_are_kept_and_the_last_block_may_be_short() -> None:
    """R137: sizes 4, 2 and 6 as dealt; the last block of the first stratum holds three people."""
    strata = np.array([0] * 9 + [1] * 6)
    design = blocks_in_order(strata, [[4, 2, 6], [6]], treated=1, of=2)

    found = arms(draw(design, 2_000, rng()))

    assert (found[:, :4].sum(axis=1) == 2).all()
    assert (found[:, 4:6].sum(axis=1) == 1).all()
    assert set(found[:, 6:9].sum(axis=1)) == {0, 1, 2, 3}
    assert (found[:, 9:].sum(axis=1) == 3).all()
    # A short block takes places of a whole one: two of three, more often than by tosses.
    assert (found[:, 6:9].sum(axis=1) % 3 != 0).mean() == pytest.approx(0.9, abs=0.04)


def test_blocks_that_the_ratio_or_the_people_do_not_fit_are_refused() -> None:
    strata = np.zeros(9, np.int64)
    with pytest.raises(Refusal, match="cannot be split 2 of 3"):
        blocks_in_order(strata, [[4, 5]], treated=2, of=3)
    with pytest.raises(Refusal, match="8 places for 9 people"):
        blocks_in_order(strata, [[4, 4]], treated=1, of=2)


def test_people_go_with_their_cluster() -> None:
    design = Clustered(CODES, Complete(3, 1))

    found = arms(draw(design, 300, rng()))

    for cluster in range(3):
        members = found[:, cluster == CODES]
        assert (members == members[:, :1]).all()
    assert Counter(found[:, [0, 4, 9]].argmax(axis=1)).keys() == {0, 1, 2}


def test_clusters_are_drawn_within_their_strata() -> None:
    clusters = np.repeat(np.arange(8), 2)
    strata = np.repeat([0, 0, 0, 0, 1, 1, 1, 1], 2)
    treated = np.isin(clusters, [0, 4, 5])

    found = arms(draw(clustered_as(treated, clusters, strata), 200, rng()))

    assert (found[:, :8].sum(axis=1) == 2).all()
    assert (found[:, 8:].sum(axis=1) == 4).all()


def test_a_lottery_without_waiting_draws_each_day_among_those_who_came() -> None:
    arrived = np.array([0, 0, 0, 1, 1, 2])
    found = arms(draw(SequentialLottery(arrived, np.array([1, 3, 0])), 600, rng()))

    assert (found[:, :3].sum(axis=1) == 1).all()
    assert found[:, 3:5].all()
    assert not found[:, 5].any()
    assert found[:, :3].mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.1)


def test_a_lottery_with_waiting_gives_those_not_drawn_another_chance() -> None:
    """Three came on day 0 for one slot; on day 1 the two left and one more draw for one slot."""
    arrived = np.array([0, 0, 0, 1])
    design = SequentialLottery(arrived, np.array([1, 1, 0]), waits=1)

    found = arms(draw(design, 6_000, rng()))

    assert (found.sum(axis=1) == 2).all()
    assert found.mean(axis=0) == pytest.approx([5 / 9] * 3 + [1 / 3], abs=0.035)


def test_a_wait_ends() -> None:
    design = SequentialLottery(np.array([0, 0, 2]), np.array([1, 0, 2]), waits=1)

    found = arms(draw(design, 100, rng()))

    assert (found[:, :2].sum(axis=1) == 1).all()
    assert found[:, 2].all()


def test_the_same_generator_draws_the_same_assignments() -> None:
    design = stratified_as(CODES % 2 == 0, CODES)
    one, other = (draw(design, 50, rng(4)).bits for _ in range(2))
    assert (one == other).all()


def test_ten_thousand_people_take_a_bit_a_draw() -> None:
    draws = draw(Complete(10_000, 3_000), 200, rng())
    assert draws.bits.nbytes <= 200 * 10_000 / 8 * 1.01
    assert (np.bitwise_count(draws.bits).sum(axis=1, dtype=int) == 3_000).all()


@pytest.mark.parametrize(
    "design",
    [
        Complete(10, 0),
        Complete(10, 10),
        Simple(10, 0.0),
        Simple(10, 1.0),
        Stratified(np.array([0, 0, 1, 1]), np.array([0, 0])),
        PermutedBlocks(np.zeros(4, np.int64), np.array([4]), np.array([4])),
        SequentialLottery(np.array([0, 1]), np.array([1, 1])),
        SequentialLottery(np.array([0, 1]), np.array([0, 0]), waits=9),
    ],
)
def test_a_design_that_leaves_an_arm_empty_is_refused(design: Design) -> None:
    with pytest.raises(Refusal, match="arm without anyone"):
        draw(design, 10, rng())


@pytest.mark.parametrize(
    "design",
    [
        Complete(10, 4),
        stratified_as(np.arange(10) < 5, CODES),
        PermutedBlocks(np.repeat([0, 1], 5), np.array([5, 5]), np.array([2, 3])),
        SequentialLottery(np.repeat([0, 1], 5), np.array([2, 3])),
        SequentialLottery(np.repeat([0, 1], 5), np.array([2, 2]), waits=1),
    ],
)
def test_arms_that_the_design_could_not_have_given_are_refused(design: Design) -> None:
    """R83: the test uses the design that was used, or none."""
    treated = np.arange(10) % 2 == 0
    with pytest.raises(Refusal, match="could not have given these arms"):
        randomisation_inference(design, treated, np.arange(10.0), times=10, rng=rng())


def test_a_cluster_in_both_arms_is_refused() -> None:
    with pytest.raises(Refusal, match="2 clusters are in both arms"):
        clustered_as(np.arange(10) % 2 == 0, CODES)


def test_wrong_shapes_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="one row a person"):
        randomisation_inference(
            Complete(9, 5), np.arange(10) < 5, np.arange(10.0), times=5, rng=rng()
        )
    with pytest.raises(ValueError, match="at least once"):
        draw(complete_as(np.arange(10) < 5), 0, rng())
    with pytest.raises(ValueError, match="as many units as there are clusters"):
        draw(Clustered(CODES, Complete(4, 2)), 5, rng())
