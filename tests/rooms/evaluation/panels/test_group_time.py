"""Effects by cohort and period: what is compared with what, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    aggregate,
    group_time_effects,
    uniform_bands,
)
from tests.lib.staggered import a_staggered_panel

MADE = a_staggered_panel(200, 6, (2, 4), seed=3)
PANEL = Panel(MADE.outcomes, MADE.first_treated)


def starting(*first: int, periods: int = 4) -> Panel:
    rng = np.random.Generator(np.random.PCG64(4))
    return Panel(rng.normal(size=(len(first), periods)), np.array(first))


def test_a_cell_is_the_cohort_change_less_that_of_the_never_treated() -> None:
    cells = group_time_effects(PANEL, controls="never-treated")
    change = MADE.outcomes[:, 5] - MADE.outcomes[:, 1]
    expected = change[MADE.first_treated == 2].mean() - change[MADE.first_treated == NEVER].mean()
    at = (cells.cohorts == 2) & (cells.periods == 5)
    assert cells.values[at] == pytest.approx(expected)


def test_those_not_yet_treated_serve_as_controls_until_they_start() -> None:
    cells = group_time_effects(PANEL, controls="not-yet-treated")
    change = MADE.outcomes[:, 3] - MADE.outcomes[:, 1]
    expected = change[MADE.first_treated == 2].mean() - change[MADE.first_treated != 2].mean()
    assert cells.values[(cells.cohorts == 2) & (cells.periods == 3)] == pytest.approx(expected)


def test_a_universal_base_compares_every_period_with_the_last_before_the_start() -> None:
    cells = group_time_effects(PANEL, controls="never-treated", base="universal")
    mine = cells.cohorts == 4
    assert cells.periods[mine].tolist() == [0, 1, 2, 4, 5]
    change = MADE.outcomes[:, 0] - MADE.outcomes[:, 3]
    expected = change[MADE.first_treated == 4].mean() - change[MADE.first_treated == NEVER].mean()
    assert cells.values[mine][0] == pytest.approx(expected)


def test_influences_add_up_to_nothing_and_to_the_error() -> None:
    cells = group_time_effects(PANEL, MADE.covariates, controls="never-treated", by="doubly-robust")
    assert np.abs(cells.influence.mean(axis=0)).max() < 1e-8
    errors = np.sqrt((cells.influence**2).sum(axis=0)) / 200
    np.testing.assert_allclose(errors, cells.standard_errors)


def test_clusters_of_one_unit_change_no_error_and_real_ones_do() -> None:
    alone = Panel(MADE.outcomes, MADE.first_treated, np.arange(200))
    joined = Panel(MADE.outcomes, MADE.first_treated, MADE.clusters)
    plain, same, other = (
        aggregate(group_time_effects(panel, controls="never-treated"), "simple").overall
        for panel in (PANEL, alone, joined)
    )
    assert same.standard_error == pytest.approx(plain.standard_error)
    assert other.value == pytest.approx(plain.value)
    assert other.standard_error != pytest.approx(plain.standard_error)
    assert "clusters" in other.method


def test_without_never_treated_units_the_last_cohort_has_no_effect_of_its_own() -> None:
    panel = starting(1, 1, 1, 3, 3, 3)
    cells = group_time_effects(panel, controls="not-yet-treated")
    assert cells.left_out == 4  # the last period of both, and the last cohort's earlier ones
    assert cells.periods.max() == 2
    assert set(cells.cohorts[cells.is_after].tolist()) == {1}
    assert "4 cells left out" in aggregate(cells, "simple").overall.method


def test_a_known_effect_is_found_by_every_aggregate() -> None:
    made = a_staggered_panel(4000, 5, (2, 3), seed=8, noise=0.5)
    panel = Panel(made.outcomes, made.first_treated)
    cells = group_time_effects(panel, made.covariates, controls="never-treated", by="doubly-robust")
    found = aggregate(cells, "event")
    # the planted effect is 1, and a quarter more in each period since the start
    planted = np.where(found.keys >= 0, 1 + 0.25 * found.keys, 0.0)
    assert (np.abs(found.values - planted) < 4 * found.standard_errors).all()


def test_bands_are_the_same_from_the_same_stream_and_no_narrower_than_one_interval() -> None:
    cells = group_time_effects(PANEL, controls="never-treated")
    drawn = [
        uniform_bands(
            cells.values,
            cells.influence,
            rng=np.random.Generator(np.random.PCG64(7)),
            confidence=0.9,
            clusters=MADE.clusters,
        )
        for _ in range(2)
    ]
    np.testing.assert_array_equal(drawn[0].low, drawn[1].low)
    assert drawn[0].critical >= 1.6448
    np.testing.assert_allclose((drawn[0].low + drawn[0].high) / 2, cells.values)


def test_bands_of_an_effect_without_spread_are_refused() -> None:
    rng = np.random.Generator(np.random.PCG64(7))
    with pytest.raises(Refusal, match="do not vary"):
        uniform_bands(np.ones(1), np.zeros((20, 1)), rng=rng, confidence=0.95)


@pytest.mark.parametrize(
    ("panel", "says"),
    [
        (starting(NEVER, NEVER, NEVER), "No unit of the panel is ever treated"),
        (starting(NEVER, NEVER, 0, 0), "treated from the first period"),
        (starting(NEVER, NEVER, 2, 2, 3), "one unit alone"),
        (starting(NEVER, 2, 2, 3, 3), "1 units are never treated"),
    ],
)
def test_panels_that_nothing_can_be_told_from_are_refused(panel: Panel, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        group_time_effects(panel, controls="never-treated")


def test_unknown_outcomes_are_refused_with_their_count() -> None:
    outcomes = MADE.outcomes.copy()
    outcomes[3, 1:3] = np.nan
    with pytest.raises(Refusal, match="2 of 1,200 outcomes"):
        group_time_effects(Panel(outcomes, MADE.first_treated), controls="never-treated")
    outcomes[3, 1:3] = np.inf
    with pytest.raises(Refusal, match="without end"):
        group_time_effects(Panel(outcomes, MADE.first_treated), controls="never-treated")


def test_outcomes_that_do_not_vary_are_refused() -> None:
    with pytest.raises(Refusal, match="same outcome in every period"):
        group_time_effects(Panel(np.ones((200, 6)), MADE.first_treated), controls="never-treated")
    exact = Panel(np.arange(6.0) + 2 * PANEL.is_treated, MADE.first_treated)
    cells = group_time_effects(exact, controls="never-treated")
    with pytest.raises(Refusal, match="follow from the groups"):
        aggregate(cells, "simple")


def test_one_cluster_on_a_side_is_refused() -> None:
    lone = np.where(MADE.first_treated == NEVER, 0, MADE.clusters + 1)
    with pytest.raises(Refusal, match="never-treated units are all of one cluster"):
        group_time_effects(Panel(MADE.outcomes, MADE.first_treated, lone), controls="never-treated")


def test_anticipation_of_more_periods_than_there_are_is_refused() -> None:
    with pytest.raises(Refusal, match="no period before the effect may begin"):
        group_time_effects(PANEL, controls="never-treated", anticipated=2)


def test_shapes_that_do_not_fit_are_mistakes() -> None:
    for first in (np.array([1]), np.full(200, 6), np.full(200, 1.0)):
        with pytest.raises(ValueError, match=r"first treated|whole numbers"):
            Panel(MADE.outcomes, first)
    with pytest.raises(ValueError, match="cluster"):
        Panel(MADE.outcomes, MADE.first_treated, np.zeros(3, np.int64))
    with pytest.raises(ValueError, match="needs covariates"):
        group_time_effects(PANEL, controls="never-treated", by="doubly-robust")
