"""Laws of designs through the whole door: what must not matter to an estimate does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.evaluation.designs.plans import BEFORE, CHANGES, COUNT, DURATIONS, found, shuffled

SEEDS = st.integers(0, 10_000)
MEANS: dict[str, Any] = {
    **DURATIONS,
    "estimator": "difference-in-means",
    "standard_errors": "hc2",
    "test": "wald",
}


def people(seed: int, shift: float = 0.0) -> pa.Table:
    rng = np.random.default_rng(seed)
    treated = np.arange(40) % 2 == 0
    before = rng.normal(10, 3, 40)
    days = rng.integers(1, 365, 40)
    days[:4] = 364
    ended = rng.choice(["event", "window", "death"], 40)
    ended[:4], ended[4:8] = "window", "event"
    return pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": before + 2 * treated + rng.normal(0, 1, 40) + shift,
            "status": ["known"] * 40,
            "before": before,
            "days": pa.array(days, pa.int64()),
            "ended": ended.tolist(),
        }
    )


@settings(max_examples=8)
@given(SEEDS, SEEDS)
def test_no_estimate_hangs_on_the_order_of_the_rows(seed: int, order: int) -> None:
    table = people(seed)
    for plan in (DURATIONS, CHANGES, BEFORE, COUNT, MEANS):
        assert found(plan, shuffled(table, order)) == found(plan, table)


@settings(max_examples=15)
@given(SEEDS)
def test_a_randomisation_test_does_not_hang_on_the_order_of_the_rows(seed: int) -> None:
    table = people(seed)
    chance = {"test": "randomisation", "draws": "99", "seed": "3"}

    assert found(MEANS, shuffled(table), **chance) == found(MEANS, table, **chance)


@settings(max_examples=15)
@given(SEEDS, st.floats(-50, 50))
def test_shifting_all_outcomes_moves_no_difference_in_changes(seed: int, shift: float) -> None:
    here, there = found(CHANGES, people(seed)), found(CHANGES, people(seed, shift))

    assert float(there.effect.value) == pytest.approx(float(here.effect.value), abs=1e-8)


@settings(max_examples=15)
@given(SEEDS)
def test_relabelling_the_arms_flips_the_sign(seed: int) -> None:
    table, swapped = people(seed), {"arms": {"treated": "none", "control": "aid"}}
    for plan in (DURATIONS, CHANGES):
        here, there = found(plan, table), found(plan, table, **swapped)
        assert float(there.effect.value) == pytest.approx(-float(here.effect.value), abs=1e-9)


@settings(max_examples=15)
@given(SEEDS)
def test_with_the_same_past_for_all_changes_differ_as_means_do(seed: int) -> None:
    table = people(seed)
    alike = table.set_column(3, "before", pa.array([5.0] * 40))
    means = found(MEANS, table, standard_errors="hc1")
    changes = found(CHANGES, alike)

    assert float(changes.effect.value) == pytest.approx(float(means.effect.value), abs=1e-9)
    assert float(changes.effect.standard_error or 0) == pytest.approx(
        float(means.effect.standard_error or 0), rel=1e-9
    )


@settings(max_examples=15)
@given(SEEDS)
def test_a_difference_in_changes_is_one_arms_change_less_the_others(seed: int) -> None:
    table = people(seed)
    arms = np.array(table["arm"].to_pylist())
    mine, theirs = (
        float(found(BEFORE, table.filter(pa.array(arms == arm))).effect.value)
        for arm in ("aid", "none")
    )

    assert float(found(CHANGES, table).effect.value) == pytest.approx(mine - theirs, abs=1e-9)
