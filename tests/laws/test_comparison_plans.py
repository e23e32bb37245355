"""Laws of matched plans through the one door: what may not move an estimate does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from payforsuccess.deal.estimates import Estimate
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import estimate_effect
from tests.lib.compared import USUAL, a_matched_plan, changed, people_alike

seeds = st.integers(0, 10_000)
estimators = st.sampled_from(sorted(USUAL))


def estimated(rows: pa.Table, **changes: Any) -> Estimate:
    try:
        return estimate_effect(
            a_matched_plan(**changes), rows, name="days", evidence="sha256:" + "0" * 64
        )
    except Refusal:  # few people can be told apart without error; nothing is claimed of them
        assume(False)
        raise


def near(value: object, other: object) -> bool:
    return float(value) == pytest.approx(float(other), rel=1e-7, abs=1e-9)  # type: ignore[arg-type]


@settings(max_examples=20)
@given(seeds, estimators, st.sampled_from([0.01, 3.0, 1_000.0]))
def test_another_unit_scales_the_difference_and_leaves_the_percent(
    seed: int, estimator: str, unit: float
) -> None:
    rows = people_alike(120, seed=seed)
    scaled = changed(rows, quantity=unit * rows["quantity"].to_numpy())

    first, other = (estimated(r, estimator=estimator) for r in (rows, scaled))

    assert near(other.effect.value, unit * float(first.effect.value))
    assert near(other.effect.standard_error, unit * float(first.effect.standard_error or 0))
    (percent,), (again,) = first.also, other.also
    assert near(percent.value, again.value)
    assert near(percent.standard_error, again.standard_error)


@settings(max_examples=20)
@given(seeds, estimators)
def test_neither_outcomes_nor_other_columns_move_a_comparison_group(
    seed: int, estimator: str
) -> None:
    rows = people_alike(120, seed=seed)
    made = np.random.default_rng(seed).permutation(rows["quantity"].to_numpy())
    other = changed(rows, quantity=made, score=np.ones(120))

    first, again = (estimated(r, estimator=estimator) for r in (rows, other))

    assert first.overlap == again.overlap
    assert [row.after for row in first.balance] == [row.after for row in again.balance]


@settings(max_examples=20)
@given(seeds, estimators)
def test_neither_order_nor_labels_move_an_effect(seed: int, estimator: str) -> None:
    rows = people_alike(120, seed=seed)
    turned = rows.take(pa.array(np.random.default_rng(seed).permutation(120)))
    names = {"aid": "x", "pool": "a"}
    renamed = changed(turned, arm=[names[arm] for arm in turned["arm"].to_pylist()])

    first = estimated(rows, estimator=estimator).effect
    other = estimated(renamed, estimator=estimator, arms={"treated": "x", "control": "a"}).effect

    assert near(first.value, other.value)
    assert near(first.standard_error, other.standard_error)


@settings(max_examples=20)
@given(seeds, estimators)
def test_people_of_other_arms_are_told_and_change_nothing_else(seed: int, estimator: str) -> None:
    rows = people_alike(120, seed=seed)
    others = changed(people_alike(30, seed=seed + 1), arm=["elsewhere"] * 30)

    first = estimated(rows, estimator=estimator)
    more = estimated(pa.concat_tables([rows, others]), estimator=estimator)

    assert near(first.effect.value, more.effect.value)
    assert "30 people are in arms that this plan does not compare." in more.notes
