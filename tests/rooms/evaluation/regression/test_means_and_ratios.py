"""Differences and ratios of means by hand, and what each result says of itself."""

from __future__ import annotations

import math

import numpy as np
import pytest

from payforsuccess.evaluation import regression as room

TREATED, CONTROL = np.array([1.0, 2, 3, 6]), np.array([4.0, 6, 8])
OUTCOME = np.concatenate([TREATED, CONTROL])
ARMS = np.arange(7) < 4


def test_difference_in_means_by_hand() -> None:
    """Means 3 and 6; squares 14 and 8."""
    pooled = math.sqrt((14 + 8) / 5 * (1 / 4 + 1 / 3))
    apart = math.sqrt(14 / 3 / 4 + 8 / 2 / 3)
    expected = {
        "classical": (pooled, 5),
        "hc0": (math.sqrt(14 / 16 + 8 / 9), 5),
        "hc1": (math.sqrt((14 / 16 + 8 / 9) * 7 / 5), 5),
        "hc2": (apart, 5),
        "hc3": (math.sqrt(14 / 9 + 8 / 4), 5),
        "unpooled": (apart, apart**4 / ((14 / 12) ** 2 / 3 + (8 / 6) ** 2 / 2)),
    }
    for flavour, (error, freedom) in expected.items():
        found = room.difference_in_means(OUTCOME, ARMS, flavour=flavour)  # type: ignore[arg-type]
        assert (found.value, found.people) == (pytest.approx(-3), 7)
        assert found.standard_error == pytest.approx(error)
        assert found.freedom == pytest.approx(freedom)
        named = flavour.upper() if flavour.startswith("hc") else flavour
        assert named in found.method


def test_ratio_of_means_by_hand() -> None:
    found = room.ratio_of_means(OUTCOME, ARMS, flavour="hc2")
    error = math.sqrt(14 / 3 / 4 / 3**2 + 8 / 2 / 3 / 6**2)

    assert (found.treated_mean, found.control_mean) == (3, 6)
    assert (found.ratio, found.percent_reduction) == (0.5, 50)
    assert found.log.standard_error == pytest.approx(error)
    assert found.ratio_error == pytest.approx(error / 2)
    ratio, reduction = found.ratio_interval(0.9), found.reduction_interval(0.9)
    assert math.sqrt(ratio.low * ratio.high) == pytest.approx(0.5)
    assert reduction.low == pytest.approx(100 * (1 - ratio.high))
    assert reduction.high == pytest.approx(100 * (1 - ratio.low))


def test_a_rate_divides_by_the_time_watched() -> None:
    watched = np.array([1.0, 2, 3, 6, 2, 2, 2])
    found = room.ratio_of_means(OUTCOME, ARMS, exposure=watched)

    assert (found.treated_mean, found.control_mean) == (1, 3)
    # each treated person has one event a unit of time: only the control arm varies
    alone = math.sqrt(8 / 2 / 3) / 6
    assert found.log.standard_error == pytest.approx(alone)
    assert "rates" in found.log.method


def test_blocks_by_hand() -> None:
    """Strata of 4 and 6 people with differences 2 and 7: 0.4 x 2 + 0.6 x 7."""
    outcome = np.array([1.0, 3, 4, 4, 0, 2, 4, 8, 9, 10])
    arms = np.array([0, 0, 1, 1, 0, 0, 0, 1, 1, 1]) == 1
    strata = np.array([7, 7, 7, 7, 2, 2, 2, 2, 2, 2])
    found = room.blocked_difference(outcome, arms, strata)

    assert found.value == pytest.approx(0.4 * 2 + 0.6 * 7)
    small, large = 2 / 2, 4 / 3 + 1 / 3
    assert found.standard_error == pytest.approx(math.sqrt(0.16 * small + 0.36 * large))
    assert (found.strata, found.freedom) == (2, 6)


@pytest.mark.parametrize("clustered", [False, True])
def test_the_bootstrap_agrees_with_the_delta_method(clustered: bool) -> None:
    rng = np.random.default_rng(4)
    groups = np.arange(1200) // 20
    arms = groups % 2 == 0
    outcome = rng.poisson(np.exp(0.3 * rng.normal(size=60))[groups] * (2 - 0.5 * arms)) * 1.0
    how = {"clusters": groups} if clustered else {}
    drawn = room.bootstrap_ratio(outcome, arms, rng=rng, confidence=0.95, draws=3_999, **how)
    delta = room.ratio_of_means(
        outcome, arms, flavour="cr2" if clustered else "hc2", **how
    ).ratio_interval(0.95)

    assert drawn.ratio.low == pytest.approx(delta.low, rel=0.03)
    assert drawn.ratio.high == pytest.approx(delta.high, rel=0.03)
    assert drawn.reduction.low == pytest.approx(100 * (1 - drawn.ratio.high))
    assert ("clusters" if clustered else "people") in drawn.method


def test_resampling_within_strata_narrows_what_strata_explain() -> None:
    rng = np.random.default_rng(6)
    strata = np.arange(400) // 100
    arms = rng.permutation(np.arange(400) % 2 == 0)
    outcome = strata * 10.0 + rng.random(400)
    apart = room.bootstrap_ratio(outcome, arms, rng=rng, confidence=0.95, draws=499, strata=strata)
    together = room.bootstrap_ratio(outcome, arms, rng=rng, confidence=0.95, draws=499)

    assert (apart.ratio.high - apart.ratio.low) < 0.1 * (together.ratio.high - together.ratio.low)


def test_the_same_seed_gives_the_same_interval() -> None:
    def drawn() -> room.BootstrapRatio:
        rng = np.random.default_rng(11)
        return room.bootstrap_ratio(OUTCOME, ARMS, rng=rng, confidence=0.8, draws=199)

    assert drawn() == drawn()
