"""Small samples that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.evaluation.durations import (
    counts_at_risk,
    gray_test,
    incidence_difference,
    proportional_hazards,
    restricted_means,
    survival_curve,
)

TIMES = np.array([1.0, 2.0, 2.0, 3.0, 1.0, 2.0, 4.0, 4.0])
EVENTS = np.array([1, 1, 0, 1, 1, 0, 1, 0])
ARMS = np.array([1, 1, 1, 1, 0, 0, 0, 0])


def test_who_is_censored_at_the_time_of_an_event_counts_as_at_risk() -> None:
    curve = survival_curve(TIMES[:4], EVENTS[:4], confidence=0.95)

    assert list(curve.exits.at_risk) == [4, 3, 1]
    assert list(curve.survival) == pytest.approx([3 / 4, 3 / 4 * 2 / 3, 0])
    assert (curve.at(0.5), curve.at(2.9), curve.at(9)) == pytest.approx((1, 0.5, 0))


def test_the_interval_of_a_curve_stays_within_0_and_1_to_the_end() -> None:
    curve = survival_curve(TIMES[:4], EVENTS[:4], confidence=0.95)

    assert np.isfinite(curve.low).all() and np.isfinite(curve.high).all()
    assert (curve.low[-1], curve.high[-1]) == (0.0, curve.high[-2])


def test_the_table_below_the_curves() -> None:
    table = counts_at_risk(TIMES, EVENTS, ARMS, at=[0, 2, 4])

    assert (list(table.treated), list(table.control)) == ([4, 3, 0], [4, 3, 2])
    assert list(table.treated_events + table.treated_censored) == [0, 3, 4]
    assert list(table.control_events) == [0, 1, 2]


def test_an_arm_in_which_everyone_had_an_event_has_a_mean_at_any_horizon() -> None:
    found = restricted_means([1, 2, 5, 9, 9], [1, 1, 1, 1, 0], [1, 1, 0, 0, 0], horizon=9)

    assert found.treated.value == pytest.approx(1.5)
    assert found.control.value == pytest.approx(23 / 3)
    assert found.ratio == pytest.approx(1.5 / (23 / 3))
    ends = found.ratio_interval(0.95)
    assert ends.low < found.ratio < ends.high


def test_a_death_does_not_make_re_arrest_likelier_as_censoring_would() -> None:
    """Of four, one dies on day 1 and one is arrested on day 2: a quarter was, not a third."""
    times, causes = [1, 2, 5, 5, 1, 2, 3, 5], [2, 1, 0, 0, 0, 1, 1, 0]

    found = incidence_difference(times, causes, [1, 1, 1, 1, 0, 0, 0, 0], cause=1, at=5)

    assert found.value == pytest.approx(1 / 4 - 2 / 3)
    assert found.people == 8


def test_the_method_says_ties_errors_and_strata() -> None:
    strata = [0, 0, 1, 1, 0, 0, 1, 1]
    found = proportional_hazards(TIMES, EVENTS, ARMS[:, None], strata=strata, clusters=range(8))

    assert found.method == (
        "Cox proportional hazards, ties by Efron, errors robust to 8 clusters (Lin and Wei 1989), "
        "no small-sample factor, normal interval, stratified (2 strata)"
    )


def test_when_everyone_has_had_an_event_grays_test_still_has_a_value() -> None:
    found = gray_test([3, 5, 4, 2, 6, 1], [1, 1, 1, 1, 1, 2], [0, 1, 1, 0, 0, 1], cause=1)

    assert 0 < found.p_value < 1
