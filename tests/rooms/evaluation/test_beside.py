"""What a plan shows beside its estimate: variations and other outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.evaluation import check_estimable, estimate_effect, payable_of
from payforsuccess.evaluation.designs.secondary import BY_P_VALUE, OtherOutcome
from tests.lib.studies import EVIDENCE
from tests.lib.studies import OF_SHARES as PLAN

MEANS: dict[str, Any] = {
    **PLAN,
    "estimator": "ancova",
    "covariates": ["age"],
    "standard_errors": "hc2",
    "test": "wald",
}
SECOND = {"name": "nights", "says": "Nights in shelter.", "measure": PLAN["measure"]}


def people(seed: int, effect: float = 2.0) -> pa.Table:
    """400 made-up people; the offer adds `effect`, age adds a tenth a year."""
    rng = np.random.default_rng(seed)
    treated = np.arange(400) % 2 == 0
    age = rng.integers(20, 60, 400).astype(float)
    outcome = rng.poisson(np.maximum(0.1, 5 + effect * treated + 0.1 * (age - 40)))
    return pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": pa.array(outcome, pa.int64()),
            "status": ["known"] * 400,
            "age": age,
            "died": np.arange(400) % 50 == 0,
            "score": np.where(np.arange(400) % 10 == 0, 0.8, 0.99),
        }
    )


def a_plan(**changes: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    return adapter.validate_python({**MEANS, **changes})


def found(table: pa.Table, *, rows: dict[str, Any] | None = None, **changes: Any) -> Estimate:
    return estimate_effect(
        a_plan(**changes),
        table,
        name="days",
        evidence=EVIDENCE,
        unit="day",
        varied_rows=(rows or {}).get("varied"),
        secondary_rows=(rows or {}).get("secondary"),
    )


def test_each_variation_changes_one_thing_and_leaves_the_estimate_alone() -> None:
    """Sensitivity is planned and labelled, and pays nothing."""
    table = people(1)
    varied = found(
        table,
        variations=[
            {"name": "plain", "without_covariates": "true"},
            {"name": "top", "top_coded_at": "90%"},
            {"name": "hc3", "standard_errors": "hc3"},
            {"name": "alive", "without_deaths": "true"},
            {"name": "sure", "match_score_at_least": "90%"},
            {"name": "poisson", "count_model": "poisson"},
            {"name": "half", "window": "26 weeks"},
        ],
        rows={"varied": {"half": people(2)}},
    )
    by_name = {one.name: one for one in varied.variations}

    assert varied.effect == found(table).effect
    assert [one.people for one in varied.variations] == [400, 400, 400, 392, 360, 400, 400]
    outcome = table["quantity"].to_numpy()
    treated = np.arange(400) % 2 == 0
    assert float(by_name["plain"].effect.value) == pytest.approx(
        outcome[treated].mean() - outcome[~treated].mean()
    )
    assert by_name["hc3"].effect.value == varied.effect.value
    assert by_name["hc3"].effect.standard_error > varied.effect.standard_error
    assert by_name["poisson"].effect.form == "rate-ratio"
    assert by_name["half"].effect == found(people(2)).effect


def test_a_variation_that_cannot_be_made_says_why() -> None:
    (one,) = found(people(1).drop(["score"]), variations=[
        {"name": "sure", "match_score_at_least": "90%"}
    ]).variations  # fmt: skip

    assert one.effect is None
    assert one.not_found == "These records were not matched, so no link has a score."


def test_a_poisson_model_without_covariates_is_the_ratio_of_means() -> None:
    table = people(3)
    (one,) = found(
        table,
        estimator="difference-in-means",
        covariates=[],
        variations=[{"name": "poisson", "count_model": "poisson"}],
    ).variations
    outcome, treated = table["quantity"].to_numpy(), np.arange(400) % 2 == 0

    ratio = outcome[treated].mean() / outcome[~treated].mean()
    assert float(one.effect.value) == pytest.approx(ratio, rel=1e-6)


@pytest.mark.parametrize("rule", ["bonferroni", "holm", "benjamini-hochberg", "westfall-young"])
def test_other_outcomes_are_adjusted_for_being_several(rule: str) -> None:
    nothing = people(5, effect=0.0)
    estimate = found(
        people(4),
        secondary=[SECOND],
        several_outcomes=rule,
        draws=999,
        seed=1,
        rows={"secondary": {"nights": OtherOutcome(nothing, "night")}},
    )
    (other,) = estimate.secondary

    assert other.effect.unit == "night"
    assert other.adjusted_p_value is not None
    if rule != "westfall-young":  # its own p-value comes from the draws
        assert other.adjusted_p_value >= other.p_value
    assert other.adjusted_p_value > 0.01


@pytest.mark.parametrize("rule", ["bonferroni", "holm", "benjamini-hochberg", "westfall-young"])
def test_the_own_p_value_is_adjusted_too_and_decides(rule: str) -> None:
    """A p-value below the level by itself, and not among several, pays nothing."""
    table = people(4, effect=-0.45)
    several = {
        "secondary": [SECOND, {**SECOND, "name": "weeks"}],
        "several_outcomes": rule,
        "draws": 999,
        "seed": 1,
    }
    others = {
        "nights": OtherOutcome(people(5, effect=0.0), "night"),
        "weeks": OtherOutcome(people(7, effect=0.0), "week"),
    }
    estimate = found(table, **several, rows={"secondary": others})
    test = estimate.test
    assert test is not None and test.adjusted_p_value is not None
    alone, adjusted = test.p_value, test.adjusted_p_value
    assert float(adjusted) > float(alone) + 0.001
    assert found(table).test == test.model_copy(update={"adjusted_p_value": None})
    p_values = np.array([float(alone), *(float(one.p_value) for one in estimate.secondary)])
    if rule in BY_P_VALUE:
        assert float(adjusted) == pytest.approx(BY_P_VALUE[rule](p_values)[0], abs=1e-9)

    between = f"{float(alone + adjusted) / 2:.6f}"
    decision = {"pays_on": "significance", "level": between}
    by_itself = payable_of(a_plan(decision=decision), found(table, decision=decision))
    among = found(table, **several, decision=decision, rows={"secondary": others})
    payable = payable_of(a_plan(**several, decision=decision), among)
    assert by_itself.value == estimate.effect.value != 0
    assert (payable.value, payable.p_value) == (0, adjusted)


def test_what_makes_another_p_value_is_not_stated_with_several_outcomes() -> None:
    several = {"secondary": [SECOND], "several_outcomes": "holm"}
    pooled = {
        "pooling": [{"plan": "a", "weight": "50%"}, {"plan": "b", "weight": "50%"}],
        "decision": {"pays_on": "significance", "level": "5%"},
    }
    looks = {
        "looks": [{"name": "half", "on": "2021-01-01", "can_stop": True, "pays": False}],
        "monitoring": {"board": "A board", "bounds": "pocock", "level": "5%", "people": "400"},
    }

    assert not check_estimable(a_plan(**several))
    for beside in (pooled, looks):
        (problem,) = check_estimable(a_plan(**several, **beside))
        assert problem.where.field == "several_outcomes"
        assert not check_estimable(a_plan(**beside))


def test_without_a_rule_nothing_is_adjusted() -> None:
    (other,) = found(
        people(4),
        secondary=[SECOND],
        rows={"secondary": {"nights": OtherOutcome(people(5), "night")}},
    ).secondary

    assert other.adjusted_p_value is None


def test_another_outcome_moves_no_draw_of_the_plans_own_test() -> None:
    chance = {"test": "randomisation", "draws": 199, "seed": 4}
    alone = found(people(4), **chance)
    beside = found(
        people(4),
        **chance,
        secondary=[SECOND],
        rows={"secondary": {"nights": OtherOutcome(people(5), "night")}},
    )

    assert alone.test == beside.test
