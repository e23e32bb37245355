"""A price for each unit of effect on each person treated."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.results import Result
from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import a_result, columns, paid, problems_of


def effect(term: dict[str, Any], value: str, served: str = "50", **outcomes: Any) -> list[int]:
    return paid(
        a_deal(payments=[a_term("effect-price", **term)], outcomes=outcomes),
        {"reduction": [value], "served": [served]},
    )


@pytest.mark.parametrize(("value", "cents"), [("0", 0), ("12", 1_200_00), ("-12", 0)])
def test_price_times_effect_times_people_and_never_below_0(value: str, cents: int) -> None:
    """12 x 50 x 2."""
    assert effect({}, value) == [cents]


def test_an_effect_may_be_a_total_already() -> None:
    term = a_term("effect-price", treated=None, price="0.335")
    assert paid(a_deal(payments=[term]), {"reduction": ["3"]}) == [1_01]


@pytest.mark.parametrize(("value", "cents"), [("9", 0), ("10", 1_000_00), ("11", 1_100_00)])
def test_from_the_smallest_effect_on_the_whole_effect_is_paid(value: str, cents: int) -> None:
    assert effect({"minimum_effect": "10"}, value) == [cents]


@pytest.mark.parametrize(
    ("arrests", "cents"), [("60", 0), ("61", 0), ("45", 1_500_00), ("0", 6_000_00)]
)
def test_where_lower_is_better_the_fall_below_no_success_counts(arrests: str, cents: int) -> None:
    """(60 - 45) x 50 x 2."""
    deal = a_deal(payments=[a_term("effect-price", pays_for="arrests")])
    assert paid(deal, {"arrests": [arrests], "served": ["50"]}) == [cents]


def test_a_difference_where_lower_is_better_counts_downwards() -> None:
    outcome = an_outcome("reduction", better="lower")
    assert effect({}, "-12", reduction=outcome) == [1_200_00]
    assert effect({}, "12", reduction=outcome) == [0]


@pytest.mark.parametrize(("value", "cents"), [("-5", -500_00), ("5", 500_00)])
def test_it_may_be_negative_where_the_term_says_who_pays(value: str, cents: int) -> None:
    negative = {"pays": "Cedar Homes", "to": "Alder County"}
    assert effect({"may_be_negative": negative}, value) == [cents]


def significant(p_value: str | None) -> list[int]:
    deal = a_deal(payments=[a_term("effect-price", treated=None, significant_at="0.05")])
    result: Result = a_result("reduction", "12", p_value=p_value)
    return paid(deal, columns({}, result))


@pytest.mark.parametrize(("p_value", "cents"), [("0.049", 24_00), ("0.05", 0), ("0.2", 0)])
def test_only_a_p_value_below_the_limit_is_significant(p_value: str, cents: int) -> None:
    assert significant(p_value) == [cents]


def test_a_significance_rule_needs_a_p_value() -> None:
    with pytest.raises(Refusal) as refusal:
        significant(None)
    assert "states no p-value" in problems_of(refusal.value)


def test_a_recorded_reset_changes_the_baseline_in_its_periods_only() -> None:
    """Baseline 60; 40 in period 2: (60-30) x 2, (40-30) x 2, (60-30) x 2."""
    excused = [
        {
            "from": "2026-04-01",
            "to": "2026-06-30",
            "says": "Courts were closed",
            "decision": "Board, 2026-03-20",
            "effect": "baseline-reset",
            "outcomes": ["arrests"],
            "baseline": "40",
        }
    ]
    deal = a_deal(
        payments=[a_term("effect-price", pays_for="arrests", treated=None)], excused=excused
    )
    assert paid(deal, {"arrests": ["30", "30", "30"]}) == [60_00, 20_00, 60_00]
