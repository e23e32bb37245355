"""Mixes of units: that weights are the best there are, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    synthetic_control,
    synthetic_difference,
)
from payforsuccess.evaluation.panels.convex_weights import convex_weights

RNG = np.random.Generator(np.random.PCG64(31))
OTHERS, START, PERIODS = 12, 8, 12
TREND = RNG.normal(size=(2, PERIODS)).cumsum(axis=1)
POOL = RNG.normal(size=(OTHERS, 2)) @ TREND + 0.1 * RNG.normal(size=(OTHERS, PERIODS))
MIX = np.array([0.5, 0.3, 0.2])
TREATED = MIX @ POOL[:3] + 2.0 * (np.arange(PERIODS) >= START)
LAST = np.array([NEVER] * OTHERS + [START])
PANEL = Panel(np.vstack([POOL, TREATED]), LAST)


def stream() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(1))


def test_weights_are_no_worse_than_any_others_tried() -> None:
    columns, target = RNG.normal(size=(9, 6)), RNG.normal(size=9)
    found = convex_weights(columns, target, ridge=0.3)
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)

    def loss(weights: np.ndarray) -> np.ndarray:
        left = columns @ weights - target[:, None]
        return np.asarray((left**2).sum(axis=0) + 0.3 * (weights**2).sum(axis=0))

    tried = RNG.dirichlet(np.full(6, 0.5), size=20_000).T
    assert loss(found.weights[:, None])[0] <= loss(tried).min()


def test_weights_at_the_optimum_have_one_slope_where_they_are_positive() -> None:
    columns, target = RNG.normal(size=(30, 20)), RNG.normal(size=30)
    weights = convex_weights(columns, target).weights
    slopes = columns.T @ (columns @ weights - target)
    least = slopes.min()
    np.testing.assert_allclose(slopes[weights > 1e-9], least, atol=1e-9)


def test_a_mix_that_is_there_is_found_with_its_effect() -> None:
    found = synthetic_control(PANEL)
    np.testing.assert_allclose(found.weights[:3], MIX, atol=1e-6)
    assert found.value == pytest.approx(2.0)
    assert found.error_before == pytest.approx(0, abs=1e-7)
    assert found.p_value == pytest.approx(1 / 13)


def test_fewer_periods_than_units_may_fit_in_many_ways_and_it_says_so() -> None:
    assert not convex_weights(POOL[:, :2].T, MIX @ POOL[:3, :2]).is_unique
    assert convex_weights(POOL[:, :2].T, MIX @ POOL[:3, :2], ridge=0.1).is_unique
    assert synthetic_control(Panel(PANEL.outcomes + RNG.normal(size=(13, 12)), LAST)).is_unique


def test_several_treated_units_are_taken_together_without_a_p_value() -> None:
    both = Panel(np.vstack([PANEL.outcomes, TREATED + 0.5]), np.append(LAST, START))
    found = synthetic_control(both)
    assert found.p_value is None
    assert found.gaps.shape == (PERIODS,)


def test_synthetic_differences_find_the_effect_by_both_errors() -> None:
    noisy = PANEL.outcomes + 0.05 * RNG.normal(size=(13, 12))
    found = synthetic_difference(Panel(noisy, LAST), error="placebo", rng=stream())
    assert abs(found.effect.value - 2) < 0.3
    assert 0.2 < found.effect.standard_error < 2
    again = synthetic_difference(Panel(noisy, LAST), error="placebo", rng=stream())
    assert again.effect == found.effect
    both = Panel(np.vstack([noisy, TREATED + 3]), np.append(LAST, START))
    jackknifed = synthetic_difference(both, error="jackknife")
    assert abs(jackknifed.effect.value - 2) < 0.3
    assert "jackknife" in jackknifed.effect.method


@pytest.mark.parametrize(
    ("panel", "says"),
    [
        (Panel(PANEL.outcomes[:, 4:], np.where(LAST > 0, 4, LAST)), "4 periods before"),
        (Panel(PANEL.outcomes[-2:], LAST[-2:]), "1 never-treated units"),
        (Panel(PANEL.outcomes, np.where(np.arange(13) == 0, 9, LAST)), "2 different periods"),
        (Panel(PANEL.outcomes * np.nan, LAST), "156 of 156 outcomes"),
        (
            Panel(np.where(np.arange(12) < START, 1.0, PANEL.outcomes), LAST),
            r"varies before|changes before",
        ),
    ],
)
def test_panels_that_no_mix_can_be_trusted_for_are_refused(panel: Panel, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        synthetic_control(panel)
    with pytest.raises(Refusal, match=says):
        synthetic_difference(panel, error="placebo", rng=stream())


def test_errors_that_cannot_be_had_are_refused() -> None:
    with pytest.raises(Refusal, match="there is only one"):
        synthetic_difference(PANEL, error="jackknife")
    many = Panel(PANEL.outcomes, np.where(np.arange(13) < 5, NEVER, START))
    with pytest.raises(Refusal, match="8 units are treated and 5 never"):
        synthetic_difference(many, error="placebo", rng=stream())
    with pytest.raises(ValueError, match="need rng"):
        synthetic_difference(PANEL, error="placebo")
