"""Effects of units and of periods: gaps, starts, and whether groups parted before."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    difference_in_changes,
    event_study,
    two_way_effect,
)
from payforsuccess.evaluation.panels.event_study import joint_test
from payforsuccess.evaluation.panels.two_way import fit_two_way
from payforsuccess.evaluation.regression.errors_of import Errors, coefficient

RNG = np.random.Generator(np.random.PCG64(12))
FIRST = np.where(np.arange(40) % 2 == 0, 3, NEVER)
OUTCOMES = RNG.normal(size=(40, 5)) + RNG.normal(size=(40, 1)) + np.arange(5)
PANEL = Panel(OUTCOMES, FIRST)


def test_with_one_start_and_no_gap_it_is_the_difference_of_mean_changes() -> None:
    found = two_way_effect(PANEL, flavour="cr2")
    changes = difference_in_changes(PANEL, flavour="hc2").effect
    assert found.value == pytest.approx(changes.value)
    assert found.standard_error == pytest.approx(changes.standard_error, rel=1e-6)
    assert found.people == 40


def test_one_value_a_unit_gives_the_error_and_freedom_of_the_whole_regression() -> None:
    panel = Panel(OUTCOMES, FIRST, np.arange(40) % 7)
    fit, clusters = fit_two_way(panel, panel.is_treated[..., None].astype(float), ["treated"])
    whole = coefficient(fit, "treated", Errors("cr2", clusters), method="")
    found = two_way_effect(panel, flavour="cr2")
    assert found.value == pytest.approx(whole.value, rel=1e-12)
    assert found.standard_error == pytest.approx(whole.standard_error, rel=1e-12)
    assert found.freedom == pytest.approx(whole.freedom, rel=1e-12)


def test_with_gaps_it_is_the_regression_on_dummies() -> None:
    outcomes = OUTCOMES.copy()
    outcomes[RNG.random(outcomes.shape) < 0.15] = np.nan
    panel = Panel(outcomes, FIRST)
    known = ~np.isnan(outcomes)
    unit, period = np.nonzero(known)
    dummies = [unit[:, None] == np.arange(40), period[:, None] == np.arange(1, 5)]
    columns = np.hstack([panel.is_treated[known][:, None], *dummies]).astype(float)
    by_hand = np.linalg.lstsq(columns, outcomes[known], rcond=None)[0][0]
    assert two_way_effect(panel, flavour="cr1").value == pytest.approx(by_hand)


def test_clusters_of_the_panel_are_used() -> None:
    joined = two_way_effect(Panel(OUTCOMES, FIRST, np.arange(40) // 4), flavour="cr1")
    assert "10 clusters" in joined.method
    assert joined.freedom == 9


def test_one_treated_cluster_is_refused_unless_allowed_and_then_said() -> None:
    clusters = np.where(FIRST == 3, 0, np.arange(40))
    lone = Panel(OUTCOMES, FIRST, clusters)
    with pytest.raises(Refusal, match="treated units are all of one cluster"):
        two_way_effect(lone, flavour="cr1")
    with pytest.raises(Refusal, match="treated units are all of one cluster"):
        event_study(lone)
    found = two_way_effect(lone, flavour="cr1", allows_lone_cluster=True)
    assert "error may be far too small" in found.method
    with pytest.raises(Refusal, match="one cluster"):
        two_way_effect(
            Panel(OUTCOMES, FIRST, np.zeros(40, np.int64)), flavour="cr1", allows_lone_cluster=True
        )


def test_several_starts_are_refused_unless_allowed_and_then_said() -> None:
    first = FIRST.copy()
    first[:10:2] = 2
    panel = Panel(OUTCOMES, first)
    with pytest.raises(Refusal, match="start in 2 different periods"):
        two_way_effect(panel, flavour="cr1")
    allowed = two_way_effect(panel, flavour="cr1", allows_several_starts=True)
    assert "2 starts, treated units among the controls" in allowed.method
    with pytest.raises(Refusal, match="start in 2 different periods"):
        event_study(panel)


def test_periods_and_units_that_show_nothing_are_refused() -> None:
    outcomes = OUTCOMES.copy()
    outcomes[:, 1] = np.nan
    with pytest.raises(Refusal, match="1 periods have no known outcome"):
        two_way_effect(Panel(outcomes, FIRST), flavour="cr1")
    outcomes = OUTCOMES.copy()
    outcomes[FIRST == 3, :3] = np.nan
    with pytest.raises(Refusal, match="both before and after its start"):
        two_way_effect(Panel(outcomes, FIRST), flavour="cr1")


def test_outcomes_without_anything_left_over_are_refused() -> None:
    level = np.arange(40.0)[:, None] + np.arange(5)
    with pytest.raises(Refusal, match="exactly"):
        two_way_effect(Panel(level, FIRST), flavour="cr1")


def test_an_effect_after_the_start_is_the_change_from_the_period_before_it() -> None:
    found = event_study(PANEL)
    assert found.since.tolist() == [-3, -2, 0, 1]
    change = OUTCOMES[:, 4] - OUTCOMES[:, 2]
    expected = change[FIRST == 3].mean() - change[FIRST == NEVER].mean()
    assert found.effects[-1].value == pytest.approx(expected)
    assert found.before is not None
    assert found.before.effects == 2


def test_groups_that_part_before_the_start_are_told() -> None:
    parting = OUTCOMES + np.where(FIRST == 3, 1.0, 0.0)[:, None] * np.arange(5)
    together, apart = event_study(PANEL).before, event_study(Panel(parting, FIRST)).before
    assert together is not None
    assert apart is not None
    assert together.p_value > 0.05
    assert apart.p_value < 0.001


def test_a_start_in_the_second_period_leaves_nothing_to_test_before_it() -> None:
    found = event_study(Panel(OUTCOMES, np.where(FIRST == 3, 1, NEVER)))
    assert found.before is None
    assert found.since.tolist() == [0, 1, 2, 3]


def test_more_effects_than_clusters_can_show_are_refused() -> None:
    with pytest.raises(Refusal, match="2 effects cannot be tested together"):
        joint_test(np.ones(2), np.eye(2), freedom=1.0)
    with pytest.raises(Refusal, match="cannot be tested together"):
        joint_test(np.ones(2), np.ones((2, 2)), freedom=9.0)
