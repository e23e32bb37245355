"""An outcome's unit against the form of the effect that it rests on."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.checks.effect_units import can_be
from tests.lib.deals import EVALUATOR, a_deal, an_outcome
from tests.lib.evaluated import MEASURE, a_plan, feeds

SHARES = {
    "estimator": "difference-in-proportions",
    "standard_errors": "unpooled",
    "measure": {**MEASURE, "kind": "event-absent", "counts": None},
}
DURATION = {"standard_errors": "greenwood", "test": "log-rank"}
EARNED = {**MEASURE, "kind": "money-sum", "amounts_of": "wages", "event": None, "counts": None}


def told(unit: str, **plans: dict[str, Any]) -> list[str]:
    deal = a_deal(
        data=feeds(),
        outcomes={"reduction": an_outcome("reduction", unit=unit, estimate="arrests")},
        evaluation=plans,
    )
    return [p.what for p in check_deal(deal) if p.where.field == "outcomes.reduction.unit"]


@pytest.mark.parametrize(
    ("plan", "unit"),
    [
        ({"as": "percent-reduction"}, "percent"),
        ({"as": "rate-ratio"}, "ratio"),
        ({**DURATION, "estimator": "cox", "as": "hazard-ratio"}, "ratio"),
        ({**DURATION, "estimator": "restricted-mean"}, "day"),
        ({**DURATION, "estimator": "kaplan-meier"}, "percentage point"),
        (SHARES, "percentage point"),
        ({**SHARES, "estimator": "difference-in-means"}, "percentage point"),
        ({}, "day"),
        ({"measure": {**MEASURE, "counts": "each"}}, "event"),
        ({"measure": EARNED}, "USD"),
    ],
)
def test_an_outcome_is_in_the_unit_of_its_effect(plan: dict[str, Any], unit: str) -> None:
    stated = a_plan(**plan)

    assert told(unit, arrests=stated) == []
    for other in {"percent", "percentage point", "ratio", "share", "day", "USD"} - {unit}:
        (problem,) = told(other, arrests=stated)
        assert f"gives its effect in {unit}: one would be paid as if it were the other" in problem


@pytest.mark.parametrize(
    ("unit", "effect"),
    [
        ("days", "day"),
        ("jail day", "day"),
        ("booking days", "day"),
        ("days per person", "day"),
        ("Percentage points", "percentage point"),
        ("point", "percentage point"),
        ("per cent", "percent"),
        ("percent fewer days", "percent"),
        ("hazard ratio", "ratio"),
        ("usd", "USD"),
        ("arrest", "event"),
        ("man", "person"),
        ("people", "person"),
        ("course", "unit"),
        ("bed night", "day"),
    ],
)
def test_a_deal_may_use_its_own_words_for_a_unit(unit: str, effect: str) -> None:
    assert can_be(unit, effect)


def test_what_a_plan_can_fall_to_is_in_the_same_unit() -> None:
    falls = {"when": "sample-below-floor", "then": "other-plan", "plan": "ratio", "says": "Few."}
    first = a_plan(fallback=[falls], sample_floor=10)

    assert told("day", arrests=first, ratio=a_plan()) == []
    (problem,) = told("day", arrests=first, ratio=a_plan(**{"as": "rate-ratio"}))
    assert "the plan `ratio`, which `arrests` can fall to, gives its effect in ratio" in problem


COUNT = {
    "says": "A count that the evaluator verifies.",
    "design": "verified-count",
    "estimator": "none",
    "estimand": "att",
    "measure": MEASURE,
    "verified_by": EVALUATOR,
    "decision": {"pays_on": "point-estimate"},
}


@pytest.mark.parametrize("then", ["verified-count", "other-plan"])
def test_a_count_of_everyone_never_stands_in_for_an_effect_on_each(then: str) -> None:
    """Both are in days; a total of all people would be paid as days for each of them."""
    rule = {
        "when": "crossover-above",
        "limit": "5%",
        "then": then,
        "plan": "counted",
        "says": "The count is paid.",
    }

    def problems(**plans: dict[str, Any]) -> list[str]:
        deal = a_deal(
            data=feeds(),
            outcomes={"reduction": an_outcome("reduction", unit="day", estimate="arrests")},
            evaluation=plans,
        )
        return [p.what for p in check_deal(deal) if "count of everyone" in p.what]

    (problem,) = problems(arrests=a_plan(fallback=[rule]), counted=COUNT)
    assert "`arrests`, which falls back to `counted` or pools it" in problem
    assert problems(arrests=COUNT) == []
