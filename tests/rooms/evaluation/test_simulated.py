"""Made-up people fit every plan that this version computes, drawn from the plan alone (R146)."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import check_estimable, estimate_effect
from payforsuccess.evaluation.designs.secondary import OtherOutcome
from payforsuccess.evaluation.estimable import FORMULAS
from payforsuccess.evaluation.simulated import simulated_people
from tests.lib.studies import EVIDENCE
from tests.lib.studies import OF_SHARES as PLAN
from tests.rooms.evaluation.designs.plans import (
    BEFORE,
    CHANGES,
    COUNT,
    DURATIONS,
    MEASURE,
    PLACES,
    a_plan,
)

MATCHED: dict[str, Any] = {
    **{key: value for key, value in PLAN.items() if key not in ("assignment", "treated_share")},
    "design": "matched",
    "says": "People served and others like them.",
    "pool": "People on the waiting list",
    "estimand": "att",
    "covariates": ["age", "risk"],
    "test": "wald",
    "as": "difference",
}
SERVED = [
    {"unit": "North", "on": "2020-10-01"},
    {"unit": "South", "on": "2021-01-01"},
    {"unit": "West", "on": "2021-01-01"},
    {"unit": "East", "on": "2020-10-01"},
]
AT_ONCE = [{**each, "on": "2021-07-01"} for each in SERVED]
CHANCE = {"draws": "49", "seed": "1"}
MEANS = {"measure": MEASURE, "as": "difference", "test": "wald", "standard_errors": "hc2"}
STATED: dict[tuple[str, str], dict[str, Any]] = {
    ("randomised", "difference-in-proportions"): PLAN,
    ("randomised", "difference-in-means"): {
        **PLAN, **MEANS, "estimator": "difference-in-means", "assignment": "clustered",
        "cluster": "court", "standard_errors": "cr2",
    },
    ("randomised", "blocked-difference"): {
        **PLAN, **MEANS, "estimator": "blocked-difference", "assignment": "stratified",
        "strata": ["court", "sex"], "standard_errors": "unpooled",
    },
    ("randomised", "ancova"): {**PLAN, **MEANS, "estimator": "ancova", "covariates": ["age"]},
    ("randomised", "lin"): {**PLAN, **MEANS, "estimator": "lin", "covariates": ["age"]},
    ("randomised", "two-stage-least-squares"): {
        **PLAN, **MEANS, "estimator": "two-stage-least-squares", "estimand": "tot",
    },
    ("randomised", "kaplan-meier"): {**DURATIONS, "as": "difference"},
    ("randomised", "restricted-mean"): {
        **DURATIONS, "as": "difference", "estimator": "restricted-mean",
    },
    ("randomised", "cumulative-incidence"): {
        **DURATIONS, "as": "difference", "estimator": "cumulative-incidence", "test": "gray",
        "competing": ["death"],
    },
    ("randomised", "cox"): {
        **DURATIONS, "as": "hazard-ratio", "estimator": "cox", "standard_errors": "model",
        "changing": [{"name": "score"}, {"name": "home", "state": "housed"}],
    },
    ("matched", "matching"): {
        **MATCHED, "estimator": "matching", "matches_each": "1", "with_replacement": "true",
        "standard_errors": "abadie-imbens", "exact_on": ["sex"],
    },
    ("matched", "inverse-probability"): {
        **MATCHED, "estimator": "inverse-probability", "standard_errors": "influence",
    },
    ("matched", "entropy-balancing"): {
        **MATCHED, "estimator": "entropy-balancing", "standard_errors": "influence",
    },
    ("matched", "doubly-robust"): {
        **MATCHED, "estimator": "doubly-robust", "folds": "1", "standard_errors": "influence",
    },
    ("difference-in-differences", "change-in-means"): CHANGES,
    ("difference-in-differences", "doubly-robust"): {
        **CHANGES, "estimator": "doubly-robust", "covariates": ["age"],
        "standard_errors": "influence",
    },
    ("difference-in-differences", "repeated-cross-sections"): {
        **CHANGES, "estimator": "repeated-cross-sections", "since": "2020-01-01", "before": None,
    },
    ("staggered", "two-way-fixed-effects"): {
        **PLACES, "adopted": AT_ONCE, "estimator": "two-way-fixed-effects",
        "standard_errors": "cr1",
    },
    ("staggered", "event-study"): {
        **PLACES, "adopted": AT_ONCE, "estimator": "event-study", "standard_errors": "cr1",
    },
    ("staggered", "callaway-santanna"): {**PLACES, "adopted": SERVED},
    ("staggered", "synthetic-control"): {
        **PLACES, "adopted": AT_ONCE[:1], "estimator": "synthetic-control",
        "standard_errors": "placebo", "test": "placebo", **CHANCE,
    },
    ("staggered", "synthetic-difference-in-differences"): {
        **PLACES, "adopted": AT_ONCE, "estimator": "synthetic-difference-in-differences",
        "standard_errors": "placebo", **CHANCE,
    },
    ("pre-post", "change-in-means"): BEFORE,
    ("verified-count", "none"): COUNT,
}  # fmt: skip


def estimated(plan: EvaluationPlan, *, seed: int = 1) -> Any:
    people = simulated_people(plan, seed=seed)
    others = {name: OtherOutcome(rows, "day") for name, rows in people.secondary.items()}
    return estimate_effect(
        plan, people.rows, name="plan", evidence=EVIDENCE, unit="day", secondary_rows=others
    )


@pytest.mark.parametrize("formula", sorted(FORMULAS), ids="/".join)
def test_every_plan_that_is_computed_has_a_shell(formula: tuple[str, str]) -> None:
    plan = a_plan(STATED[formula])
    assert (plan.design, plan.estimator) == formula and not check_estimable(plan)

    estimate = estimated(plan)

    assert all(arm.known >= 20 for arm in estimate.arms)
    assert estimate.effect.interval is None or estimate.effect.interval[0] < estimate.effect.value


def test_a_plan_that_cannot_be_computed_is_told_before_launch() -> None:
    """Two starts, and a formula that takes one: no word of the plan's keys shows it."""
    plan = a_plan({**STATED["staggered", "two-way-fixed-effects"], "adopted": SERVED})

    assert not check_estimable(plan)
    with pytest.raises(Refusal, match="start in 2 different periods; this estimator takes one"):
        estimated(plan)


def test_the_same_seed_draws_the_same_people() -> None:
    plan = a_plan(PLAN)

    assert estimated(plan) == estimated(plan)
    assert estimated(plan) != estimated(plan, seed=2)


def test_the_made_up_effect_is_the_one_that_is_said() -> None:
    """50 without and 45 with: over 20 draws of 200 each, the mean difference is near to -5."""
    plan = a_plan({**PLAN, **MEANS, "estimator": "difference-in-means"})
    assert simulated_people(plan, seed=1).says == (
        "50 on average, in the measure's unit without the programme and 45 with it"
    )

    found = [float(estimated(plan, seed=seed).effect.value) for seed in range(20)]
    assert sum(found) / 20 == pytest.approx(-5, abs=3 * (2 / 200) ** 0.5 * 10 / 20**0.5)


def test_other_outcomes_and_facts_are_drawn_too() -> None:
    plan = a_plan(
        {
            **PLAN,
            "balance_on": ["age", "sex"],
            "secondary": [{"name": "days", "says": "Days held.", "measure": MEASURE}],
        }
    )
    estimate = estimated(plan)

    assert [row.trait for row in estimate.balance] == ["age", "sex"]
    assert [each.name for each in estimate.secondary] == ["days"]
