"""Every formula a plan can name finds an effect that was planted, and says how sure it is.

Cohorts are made up with fixed seeds. A mean further from the truth than chance would take it once
in a million times fails, and so does a share of intervals that hold it. benchmarks/recovery.py
does the same with many more cohorts.
"""

from __future__ import annotations

import math

import pytest

from payforsuccess.evaluation.estimable import FORMULAS, check_estimable
from tests.lib.planted import ALSO_PLANTED, PLANTED, recover
from tests.rooms.evaluation.designs.plans import a_plan

COHORTS = 60
ONCE_IN_A_MILLION = 4.9
"""Standard deviations of the normal distribution, two-sided."""
# A ratio of hazards leans by the curvature of its logarithm; a placebo interval by its few units.
LEANS: dict[tuple[str, ...], float] = {
    ("randomised", "cox"): 0.01,
    ("randomised", "cox", "changing"): 0.01,
}
EVERY = {**PLANTED, **ALSO_PLANTED}


def test_every_formula_has_a_planted_cohort() -> None:
    assert set(PLANTED) == set(FORMULAS)


@pytest.mark.parametrize("formula", EVERY, ids=" ".join)
def test_the_planted_plan_is_computed(formula: tuple[str, ...]) -> None:
    assert check_estimable(a_plan(EVERY[formula].plan)) == ()


@pytest.mark.parametrize("formula", EVERY, ids=" ".join)
def test_a_planted_effect_is_found(formula: tuple[str, ...]) -> None:
    """R83, R84: on average the truth, within chance; intervals hold it about as often as said."""
    found = recover(EVERY[formula], COHORTS, seed=20261122)

    reach = ONCE_IN_A_MILLION * found.spread / math.sqrt(COHORTS) + LEANS.get(formula, 0.0)
    assert abs(found.mean - found.truth) <= reach + 1e-12
    if found.covered is not None and formula[0] != "verified-count":
        # of 60 intervals that each hold the truth 95 times of 100, fewer than 44 do once in 1e7
        assert found.covered >= 44 / COHORTS
