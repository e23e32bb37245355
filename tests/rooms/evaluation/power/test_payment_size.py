"""How many people, how much power, how small an effect: against published and other figures."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from payforsuccess.evaluation.power.clustered import Clustered
from payforsuccess.evaluation.power.differences import BeforeAfter
from payforsuccess.evaluation.power.payment_size import (
    minimum_detectable,
    power_at,
    times_needed,
)
from payforsuccess.evaluation.power.payment_study import standard_error
from payforsuccess.evaluation.power.solving import solve
from payforsuccess.evaluation.power.survival import FixedWindow
from payforsuccess.evaluation.power.take_up import TakeUp
from payforsuccess.evaluation.power.two_arms import TwoMeans, TwoProportions
from tests.lib.studies import a_study


@pytest.mark.parametrize(("effect", "people"), [(0.5, 63.76561), (0.2, 393.40569)])
def test_two_means_need_the_people_that_statsmodels_finds(effect: float, people: float) -> None:
    study = a_study(treated=100, control=100, control_mean=0.0, sd=1.0)

    times = times_needed(study, effect, level=0.05, power=0.8)

    assert times is not None
    assert 100 * times == pytest.approx(people, rel=1e-6)


def test_the_smallest_effect_is_that_of_statsmodels() -> None:
    study = a_study(treated=216, control=216, control_mean=0.0, sd=1.0)

    found = minimum_detectable(study, level=0.05, power=0.8, toward=1.0)

    assert found == pytest.approx(0.27018628, rel=1e-6)


def test_clusters_show_less_by_their_design_effect() -> None:
    """40 clusters of 25, correlation 0.1, half treated: 0.3353 with Bloom's multiplier."""
    study = a_study(
        treated=500, control=500, control_mean=0.0, sd=1.0, cluster_size=25.0, within_cluster=0.1
    )

    found = minimum_detectable(study, level=0.05, power=0.8, toward=1.0)

    assert study.freedom == 38
    assert study.design_effect == pytest.approx(1 + 24 * 0.1)
    assert found == pytest.approx(0.33534701, rel=2e-3)


def test_hazards_need_schoenfelds_events() -> None:
    study = a_study(
        outcome="time-to-event", form="hazard-ratio", control_mean=0.5, sd=None,
        treated=1_000, control=1_000,
    )  # fmt: skip
    times = times_needed(study, 0.69, level=0.05, power=0.8)

    assert times is not None
    treated = 1 - 0.5**0.69
    # the far tail of the two-sided test, which Schoenfeld leaves out, changes the seventh digit
    assert 1_000 * times * (treated + 0.5) == pytest.approx(228.01886, rel=1e-5)


def test_taking_part_widens_the_error_by_take_up() -> None:
    whole, takers = a_study(), a_study(take_up=0.6, of_takers=True)

    assert standard_error(takers, 0.0) == pytest.approx(standard_error(whole, 0.0) / 0.6)


def test_power_is_the_level_without_effect_and_grows_to_one() -> None:
    study = a_study()

    assert power_at(study, 0.0, level=0.05) == pytest.approx(0.05, rel=1e-9)
    assert power_at(study, 50.0, level=0.05) == pytest.approx(1.0)
    assert math.isclose(
        power_at(study, 5.0, level=0.05), power_at(study, -5.0, level=0.05), rel_tol=1e-9
    )


@pytest.mark.parametrize("people", [3, 10, 200, 100_000])
def test_power_is_a_number_that_never_falls_at_every_distance(people: int) -> None:
    study = a_study(treated=people, control=people, control_mean=0.0)
    error = standard_error(study, 0.0)

    found = [power_at(study, error * step / 4, level=0.05) for step in range(1_000)]

    assert all(a <= b + 1e-8 for a, b in pairwise(found))
    assert 0.05 - 1e-9 <= found[0] <= found[-1] <= 1


def test_each_design_has_the_power_of_its_own_formula() -> None:
    """The general way, held against the formula of each design."""
    mean = a_study(explained=0.3)
    share = a_study(outcome="share", sd=None, control_mean=0.4, treated=300, control=150)
    clusters = a_study(
        treated=400, control=400, cluster_size=20.0, cluster_variation=0.5, within_cluster=0.05
    )
    changes = a_study(before_after=0.6)
    hazards = a_study(
        outcome="time-to-event", form="hazard-ratio", control_mean=0.5, sd=None, treated=300
    )
    takers = a_study(take_up=0.7, crossover=0.1, of_takers=True)
    means = TwoMeans(spread=20.0)
    for study, truth, design, size, effect in (
        (mean, 4.0, TwoMeans(spread=20.0, explained=0.3), 400, 4.0),
        (share, -10.0, TwoProportions(0.4, treated_share=2 / 3), 450, -0.1),
        (clusters, 5.0, Clustered(20, 0.05, spread=20.0, size_variation=0.5), 40, 5.0),
        (changes, 4.0, BeforeAfter(1, 1, 0.6, spread=20.0), 400, 4.0),
        (hazards, 0.7, FixedWindow(0.5, treated_share=0.6), 500, math.log(0.7)),
        (takers, 6.0, TakeUp(means, 0.7, 0.1), 400, 6.0),
    ):
        own = power_at(study, truth, level=0.05)
        assert own == pytest.approx(solve(design, size=size, effect=effect).power, rel=1e-6)


def test_no_number_of_people_shows_no_effect() -> None:
    assert times_needed(a_study(), 0.0, level=0.05, power=0.8) is None


def test_a_share_too_near_its_end_has_no_smallest_effect() -> None:
    study = a_study(outcome="share", sd=None, control_mean=0.99, treated=50, control=50)

    assert minimum_detectable(study, level=0.05, power=0.8, toward=1.0) is None
