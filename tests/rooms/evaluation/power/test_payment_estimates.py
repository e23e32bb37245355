"""Studies drawn at a given truth: as often wrong as their test says, and as far as their error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.power.payment import draw_estimates
from payforsuccess.evaluation.power.payment_rule import (
    DrawnEstimates,
    PlannedFallback,
    PlannedRule,
)
from payforsuccess.evaluation.power.payment_size import minimum_detectable, power_at
from payforsuccess.evaluation.power.payment_study import (
    PlannedStudy,
    no_effect,
    standard_error,
)
from tests.lib.studies import a_study

WORLDS = 40_000
WITHIN = 4 * (0.05 * 0.95 / WORLDS) ** 0.5
POINT = PlannedRule("point-estimate")
A_SHARE = {"outcome": "share", "control_mean": 0.4, "sd": None}
DESIGNS: dict[str, PlannedStudy] = {
    "individual": a_study(),
    "share": a_study(**A_SHARE, treated=600, control=600),
    "covariates": a_study(explained=0.3),
    "clusters": a_study(cluster_size=10.0, within_cluster=0.05),
    "uneven clusters": a_study(cluster_size=10.0, cluster_variation=0.5, within_cluster=0.05),
    "takers": a_study(take_up=0.7, crossover=0.1, of_takers=True),
    "changes": a_study(before_after=0.6),
    "before and after alone": a_study(control=None, before_after=0.6),
    "attrition": a_study(attrition=0.2),
    "hazards": a_study(
        outcome="time-to-event", form="hazard-ratio", control_mean=0.5, sd=None, treated=400
    ),
}


def drawn(
    study: PlannedStudy, truth: float, rule: PlannedRule = POINT, **more: Any
) -> DrawnEstimates:
    rng = np.random.Generator(np.random.SFC64(7))
    return draw_estimates(study, rule, truth, worlds=WORLDS, rng=rng, **more)


@pytest.mark.parametrize("study", DESIGNS.values(), ids=DESIGNS)
def test_without_effect_the_test_rejects_as_often_as_its_level(study: PlannedStudy) -> None:
    found = drawn(study, no_effect(study.form))

    assert np.mean(found.p_value < 0.05) == pytest.approx(0.05, abs=WITHIN + 0.002)


@pytest.mark.parametrize("study", DESIGNS.values(), ids=DESIGNS)
def test_at_the_smallest_effect_it_rejects_as_often_as_its_power(study: PlannedStudy) -> None:
    toward = 0.7 if study.form == "hazard-ratio" else 10.0
    smallest = minimum_detectable(study, level=0.05, power=0.8, toward=toward)
    assert smallest is not None

    found = drawn(study, smallest)

    # what was drawn of take-up and of people known adds a little that the formula leaves out
    assert np.mean(found.p_value < 0.05) == pytest.approx(0.8, abs=0.015)


@pytest.mark.parametrize("study", DESIGNS.values(), ids=DESIGNS)
def test_estimates_lie_around_the_truth_by_their_standard_error(study: PlannedStudy) -> None:
    truth = 0.8 if study.form == "hazard-ratio" else 6.0

    found = drawn(study, truth)

    error = standard_error(study, truth)
    assert np.median(found.value) == pytest.approx(truth, abs=0.06 * error)
    assert np.std(found.value) == pytest.approx(error, rel=0.05)


def test_ratios_are_stated_in_the_plans_form() -> None:
    reduction = drawn(a_study(form="percent-reduction", treated=5_000, control=5_000), 20.0)
    ratio = drawn(a_study(form="rate-ratio", treated=5_000, control=5_000), 0.8)

    assert np.mean(reduction.value) == pytest.approx(20, abs=0.1)
    assert np.allclose(reduction.value, 100 * (1 - ratio.value))


def test_significance_pays_no_effect_unless_the_test_rejects() -> None:
    found = drawn(a_study(), 5.0, PlannedRule("significance", level=0.05))

    shown = found.p_value < 0.05
    assert np.array_equal(found.payable[shown], found.value[shown])
    assert not np.any(found.payable[~shown])
    ratio = drawn(a_study(form="rate-ratio"), 0.9, PlannedRule("significance", level=0.05))
    assert np.all(ratio.payable[ratio.p_value >= 0.05] == 1)


def test_the_lower_bound_pays_the_end_nearer_to_no_effect() -> None:
    study = a_study()
    found = drawn(study, -5.0, PlannedRule("lower-bound", confidence=0.95))

    reach = stats.t.ppf(0.975, study.freedom) * found.standard_error
    nearer = np.minimum(found.value + reach, 0)
    assert np.allclose(found.payable, np.where(found.value - reach > 0, found.payable, nearer))
    counted = drawn(a_study(**A_SHARE, form="percent-reduction"), 40.0, PlannedRule("lower-bound"))
    assert np.all(counted.payable < np.maximum(counted.value, 0) + 1e-9)
    assert np.all(np.isfinite(counted.payable))


def test_a_share_without_anyone_counts_as_no_effect() -> None:
    found = drawn(a_study(**{**A_SHARE, "control_mean": 0.01}, form="percent-reduction"), 50.0)

    assert np.all(np.isfinite(found.value))
    none = drawn(
        a_study(**{**A_SHARE, "control_mean": 0.01}, form="percent-reduction"),
        50.0,
        PlannedRule("lower-bound"),
    )
    assert np.all(np.isfinite(none.payable))


def test_a_fallback_pays_nothing_where_it_is_set_off() -> None:
    rule = PlannedRule("point-estimate", fallbacks=(PlannedFallback("attrition-above", 0.2),))
    found = drawn(a_study(attrition=0.2), 6.0, rule)

    assert 0.3 < np.mean(found.fell_back) < 0.7
    assert not np.any(found.payable[found.fell_back])
    assert np.array_equal(found.payable[~found.fell_back], found.value[~found.fell_back])


def test_the_floor_and_crossover_set_off_their_rules() -> None:
    floor = PlannedRule("point-estimate", fallbacks=(PlannedFallback("sample-below-floor", 201),))
    crossed = PlannedRule("point-estimate", fallbacks=(PlannedFallback("crossover-above", 0.1),))

    assert np.all(drawn(a_study(), 6.0, floor).fell_back)
    assert not np.any(drawn(a_study(), 6.0, crossed).fell_back)
    assert 0.3 < np.mean(drawn(a_study(crossover=0.1), 6.0, crossed).fell_back) < 0.7


def test_a_pool_weighs_both_estimates() -> None:
    other = drawn(a_study(), 6.0)
    pool = PlannedFallback("always", 0, "pool", "did")
    rule = PlannedRule("point-estimate", fallbacks=(pool,), own_weight=0.8)

    found = drawn(a_study(), 6.0, rule, others={"did": other})

    assert np.allclose(found.payable, 0.8 * found.value + 0.2 * other.value)
    instead = PlannedRule(
        "point-estimate", fallbacks=(PlannedFallback("always", 0, "other-plan", "did"),)
    )
    assert np.array_equal(
        drawn(a_study(), 6.0, instead, others={"did": other}).payable, other.payable
    )


def test_the_same_seed_draws_the_same() -> None:
    assert np.array_equal(drawn(a_study(), 5.0).value, drawn(a_study(), 5.0).value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": "time-to-event", "sd": None, "control_mean": 0.4}, "ratio of hazards"),
        ({"form": "hazard-ratio"}, "how soon an event comes"),
        (
            {
                "outcome": "time-to-event",
                "form": "hazard-ratio",
                "control": None,
                "sd": None,
                "control_mean": 0.4,
            },
            "between two groups",
        ),
        ({"form": "rate-ratio", "of_takers": True}, "planned as a difference"),
    ],
)
def test_what_no_study_is_planned_as_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        a_study(**changes)

    assert says in refusal.value.problems[0].what


def test_wrong_numbers_are_mistakes() -> None:
    with pytest.raises(ValueError, match="two people"):
        a_study(treated=1)
    with pytest.raises(ValueError, match="standard deviation"):
        a_study(sd=None)


@pytest.mark.parametrize(
    ("study", "truth", "says"),
    [
        (a_study(**A_SHARE), 70.0, "a share of 110.0%"),
        (a_study(**A_SHARE), -50.0, "a share of -10.0%"),
        (DESIGNS["hazards"], 0.0, "no hazard at all"),
    ],
)
def test_an_effect_that_cannot_be_is_refused(study: PlannedStudy, truth: float, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        power_at(study, truth, level=0.05)

    assert says in refusal.value.problems[0].what
