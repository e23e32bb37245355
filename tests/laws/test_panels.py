"""What must hold for every panel, whatever its outcomes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    aggregate,
    difference_in_changes,
    event_study,
    group_time_effects,
    synthetic_control,
    synthetic_difference,
    two_way_effect,
)
from payforsuccess.evaluation.panels.convex_weights import convex_weights
from payforsuccess.evaluation.panels.synthetic_differences import even_weights, weighted_difference

seeds = st.integers(0, 2**32 - 1)
shifts = st.floats(-1e3, 1e3)


def stream(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def a_panel(seed: int, *, units: int = 14, periods: int = 7, start: int | None = 5) -> Panel:
    """Of normal outcomes, some units treated from one period on, or cohorts where start is None."""
    rng = stream(seed)
    outcomes = rng.normal(size=(units, periods)) + rng.normal(size=(units, 1))
    kind = np.arange(units) % 3
    if start is not None:
        return Panel(outcomes, np.where(kind == 0, start, NEVER))
    return Panel(outcomes, np.array([NEVER, 2, 4])[kind])


def values_of(panel: Panel) -> list[float]:
    """Every estimate of a panel with one start, by every estimator of differences."""
    cells = group_time_effects(panel, controls="never-treated")
    mixed = synthetic_difference(panel, error="jackknife")
    return [
        difference_in_changes(panel, flavour="hc2").effect.value,
        two_way_effect(panel, flavour="cr1").value,
        *(effect.value for effect in event_study(panel).effects),
        *cells.values.tolist(),
        aggregate(cells, "simple").overall.value,
        mixed.effect.value,
    ]


@given(seeds)
def test_one_cohort_and_two_periods_equal_the_two_by_two(seed: int) -> None:
    panel = a_panel(seed, periods=2, start=1)
    cells = group_time_effects(panel, controls="never-treated")
    plain = difference_in_changes(panel, flavour="hc0").effect
    for over in ("simple", "cohort", "event", "calendar"):
        found = aggregate(cells, over).overall
        assert found.value == pytest.approx(plain.value)
        assert found.standard_error == pytest.approx(plain.standard_error)  # HC0: no factor
    assert two_way_effect(panel, flavour="cr1").value == pytest.approx(plain.value)


@given(seeds)
def test_even_weights_equal_differences_in_differences(seed: int) -> None:
    panel = a_panel(seed)
    pool = panel.outcomes[panel.is_never_treated]
    treated = panel.outcomes[~panel.is_never_treated]
    found = weighted_difference(pool, treated, 5, even_weights(len(pool), 5))
    assert found == pytest.approx(difference_in_changes(panel, flavour="hc2").effect.value)


@given(seeds, shifts)
def test_shifting_outcomes_by_a_constant_units_or_periods_moves_no_difference(
    seed: int, shift: float
) -> None:
    panel = a_panel(seed)
    rng = stream(seed + 1)
    by_unit, by_period = rng.normal(size=(14, 1)) * 10, rng.normal(size=7) * 10
    moved = Panel(panel.outcomes + shift + by_unit, panel.first_treated)
    np.testing.assert_allclose(values_of(moved), values_of(panel), atol=2e-6)
    # Synthetic differences come last: how much periods move all units is part of the noise that
    # scales the ridge on its weights, so they are another mix, and only nearly the same value.
    later = Panel(panel.outcomes + by_period, panel.first_treated)
    np.testing.assert_allclose(values_of(later)[:-1], values_of(panel)[:-1], atol=1e-9)


@given(seeds)
def test_a_shift_by_periods_moves_no_cell_of_any_cohort(seed: int) -> None:
    panel = a_panel(seed, units=18, start=None)
    moved = Panel(panel.outcomes + stream(seed + 1).normal(size=7) * 10, panel.first_treated)
    for controls in ("never-treated", "not-yet-treated"):
        before = group_time_effects(panel, controls=controls)
        after = group_time_effects(moved, controls=controls)
        np.testing.assert_allclose(after.values, before.values, atol=1e-9)
        np.testing.assert_allclose(after.standard_errors, before.standard_errors, atol=1e-9)


@given(seeds)
def test_relabelling_groups_flips_the_sign(seed: int) -> None:
    panel = a_panel(seed)
    other = Panel(panel.outcomes, np.where(panel.is_never_treated, 5, NEVER))
    np.testing.assert_allclose(
        values_of(other)[:-1], [-v for v in values_of(panel)[:-1]], atol=1e-9
    )


@given(seeds, st.permutations(range(14)))
def test_the_order_of_units_does_not_matter(seed: int, order: list[int]) -> None:
    panel = a_panel(seed)
    shuffled = Panel(panel.outcomes[order], panel.first_treated[order])
    np.testing.assert_allclose(values_of(shuffled), values_of(panel), atol=1e-6)


@given(seeds, st.integers(2, 12), st.integers(2, 12), st.floats(0, 2))
def test_convex_weights_are_a_mix_that_no_single_step_betters(
    seed: int, rows: int, columns: int, ridge: float
) -> None:
    rng = stream(seed)
    given_columns, target = rng.normal(size=(rows, columns)), rng.normal(size=rows)
    weights = convex_weights(given_columns, target, ridge=ridge).weights
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    slopes = given_columns.T @ (given_columns @ weights - target) + ridge * weights
    # Frank and Wolfe's gap bounds how far from the least the loss is
    assert slopes @ weights - slopes.min() <= 1e-8


@given(seeds, shifts)
def test_a_synthetic_control_moves_with_neither_level_nor_unit_of_measure(
    seed: int, shift: float
) -> None:
    panel = a_panel(seed, units=9, periods=9, start=7)
    one = Panel(panel.outcomes[:8], np.array([7] + [NEVER] * 7))
    found = synthetic_control(one)
    assume(found.is_unique)
    moved = synthetic_control(Panel(3 * one.outcomes + shift, one.first_treated))
    assert moved.value == pytest.approx(3 * found.value, abs=1e-5)


DRAWS = 400
"""Simulated panels; a coverage of 95 percent then strays by 1.1 points (one standard error)."""


def planted(seed: int, *, units: int = 150) -> Panel:
    """Two cohorts and never-treated units, levels and noise normal, an effect of exactly 1."""
    panel = a_panel(seed, units=units, periods=6, start=None)
    return Panel(panel.outcomes + panel.is_treated, panel.first_treated)


def planted_once(seed: int, *, units: int = 40) -> Panel:
    panel = a_panel(seed, units=units, periods=8, start=6)
    return Panel(panel.outcomes + panel.is_treated, panel.first_treated)


def cohorts(seed: int) -> Estimated:
    cells = group_time_effects(planted(seed), controls="not-yet-treated")
    return aggregate(cells, "simple").overall


def changes(seed: int) -> Estimated:
    return difference_in_changes(planted_once(seed), flavour="hc2").effect


def two_way(seed: int) -> Estimated:
    return two_way_effect(planted_once(seed), flavour="cr2")


def mixed(seed: int) -> Estimated:
    return synthetic_difference(planted_once(seed), error="jackknife").effect


@pytest.mark.parametrize("estimate", [cohorts, changes, two_way, mixed])
def test_intervals_of_95_percent_cover_a_planted_effect_about_as_often(
    estimate: Callable[[int], Estimated],
) -> None:
    found = [estimate(seed) for seed in range(DRAWS)]
    intervals = [one.interval(0.95) for one in found]
    share = np.mean([one.low <= 1 <= one.high for one in intervals])
    bias = np.mean([one.value for one in found]) - 1
    spread = np.std([one.value for one in found])
    assert abs(bias) < 3 * spread / DRAWS**0.5
    # the jackknife holds the weights, and its authors find it to err on the safe side
    assert 0.92 <= share <= (1.0 if estimate is mixed else 0.98)
