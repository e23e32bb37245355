"""Savings shares, share thresholds, pots, coupons and withheld fees."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import paid


@pytest.mark.parametrize(
    ("saved", "cents"), [("0", 0), ("1000.01", 400_00), ("1000.02", 400_01), ("99.99", 40_00)]
)
def test_a_share_of_avoided_cost(saved: str, cents: int) -> None:
    assert paid(a_deal(payments=[a_term("savings-share")]), {"saved": [saved]}) == [cents]


@pytest.mark.parametrize(("saved", "cents"), [("100", 0), ("100.01", 0), ("350", 100_00)])
def test_savings_up_to_the_hurdle_earn_nothing(saved: str, cents: int) -> None:
    deal = a_deal(payments=[a_term("savings-share", hurdle="100")])
    assert paid(deal, {"saved": [saved]}) == [cents]


def test_a_second_share_starts_once_the_sum_is_paid() -> None:
    """Hurdle 100; half of the next 400 is the 200 that come back; then a quarter of the rest."""
    term = a_term(
        "savings-share",
        share="50%",
        hurdle="100",
        until_paid="200",
        then_share="25%",
        reads="to-date",
    )
    assert paid(a_deal(payments=[term]), {"saved": ["300", "200", "300"]}) == [
        100_00,
        100_00,
        75_00,
    ]


@pytest.mark.parametrize(
    ("passed", "served", "cents"),
    [("6", "10", 900_00), ("5", "9", 0), ("0", "0", 0), ("2", "3", 900_00)],
)
def test_a_sum_is_paid_only_from_a_share_of_the_cohort_on(
    passed: str, served: str, cents: int
) -> None:
    """60 percent exactly is reached; an empty cohort reaches nothing."""
    deal = a_deal(payments=[a_term("share-threshold")])
    assert paid(deal, {"homes": [passed], "served": [served]}) == [cents]


@pytest.mark.parametrize(("passed", "cents"), [("5", 0), ("6", 600_00), ("9", 900_00)])
def test_a_price_for_each_who_passed_is_due_from_the_share_on(passed: str, cents: int) -> None:
    deal = a_deal(payments=[a_term("share-threshold", amount=None, price="100")])
    assert paid(deal, {"homes": [passed], "served": ["10"]}) == [cents]


@pytest.mark.parametrize(
    ("homes", "reduction", "cents"),
    [
        ("0", "0", 0),
        ("20", "0", 2_500_00),
        ("40", "19", 5_000_00),
        ("40", "20", 10_000_00),
        ("7", "0", 875_00),
    ],
)
def test_a_pot_is_shared_out_by_weight(homes: str, reduction: str, cents: int) -> None:
    deal = a_deal(payments=[a_term("pot")])
    assert paid(deal, {"homes": [homes], "reduction": [reduction]}) == [cents]


def pot_of_arrests(between: str) -> Any:
    part = {"outcome": "arrests", "weight": "1", "none_at": "60", "all_at": "30"}
    return a_deal(payments=[a_term("pot", parts=[{**part, "between": between}])])


@pytest.mark.parametrize(
    ("arrests", "line", "nothing"),
    [
        ("70", 0, 0),
        ("60", 0, 0),
        ("45", 5_000_00, 0),
        ("31", 9_666_67, 0),
        ("30", 10_000_00, 10_000_00),
        ("0", 10_000_00, 10_000_00),
    ],
)
def test_a_pot_works_where_lower_is_better(arrests: str, line: int, nothing: int) -> None:
    assert paid(pot_of_arrests("line"), {"arrests": [arrests]}) == [line]
    assert paid(pot_of_arrests("nothing"), {"arrests": [arrests]}) == [nothing]


@pytest.mark.parametrize(
    ("rule", "quarters"),
    [
        # 100,000 x 5% x 90/365, 91/365, 92/365 and 92/365 of 2026
        ("actual/365", [1_232_88, 1_246_58, 1_260_27, 1_260_27]),
        # 90/360, 91/360, 92/360, 92/360
        ("actual/360", [1_250_00, 1_263_89, 1_277_78, 1_277_78]),
        # a quarter is a quarter
        ("30/360", [1_250_00, 1_250_00, 1_250_00, 1_250_00]),
    ],
)
def test_a_coupon_is_rate_times_balance_times_day_count(rule: str, quarters: list[int]) -> None:
    deal = a_deal(payments=[a_term("coupon", day_count=rule)])
    assert paid(deal, {"reduction": ["10"] * 4}) == quarters
    assert paid(deal, {"reduction": ["9"]}) == [0]


def test_the_rate_of_a_coupon_may_grow_and_may_be_negative() -> None:
    """1% + 5 x 0.1% of 100,000 for a quarter of a year; below 0 it takes 1%."""
    bands = [{"below": "0", "rate": "-1%"}, {"from": "0", "rate": "1%", "then_per_unit": "0.1%"}]
    term = a_term(
        "coupon",
        day_count="30/360",
        bands=bands,
        may_be_negative={"pays": "Cedar Homes", "to": "Alder County"},
    )
    assert paid(a_deal(payments=[term]), {"reduction": ["5", "-1"]}) == [375_00, -250_00]


@pytest.mark.parametrize(("homes", "cents"), [("9", 0), ("10", 2_000_00), ("40", 2_000_00)])
def test_the_withheld_part_of_a_fee_is_earned(homes: str, cents: int) -> None:
    """10 percent of 20,000."""
    assert paid(a_deal(payments=[a_term("withhold")]), {"homes": [homes]}) == [cents]


@pytest.mark.parametrize(
    ("homes", "cents"),
    [("0", 0), ("7", 600_00), ("20", 1_900_00), ("21", 2_000_00), ("40", 2_000_00)],
)
def test_no_more_is_earned_than_was_withheld(homes: str, cents: int) -> None:
    """From 1 home on 5 percent a home; from the twenty-first on it would pass the whole."""
    bands = [{"below": "1", "pays": "0"}, {"from": "1", "pays": "0", "then_per_unit": "0.05"}]
    outcome = an_outcome("homes", bounds=None)
    deal = a_deal(payments=[a_term("withhold", bands=bands)], outcomes={"homes": outcome})
    assert paid(deal, {"homes": [homes]}) == [cents]
