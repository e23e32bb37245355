"""A price for each unit: counts, deductions, limits for one person, subgroups, share caps."""

from __future__ import annotations

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import a_result, columns, paid, problems_of, rows


@pytest.mark.parametrize(
    ("price", "count", "cents"),
    [
        ("15.12", "41070", 620_978_40),  # Denver, first payment: 41,070 days
        ("100", "0", 0),
        ("0.005", "1", 1),  # half a cent goes up
        ("1/3", "1", 33),
        ("1/3", "2", 67),
        ("10/3", "3", 10_00),
        ("0.000001", "40", 0),
    ],
)
def test_the_price_times_the_count_is_rounded_once(price: str, count: str, cents: int) -> None:
    homes = an_outcome(bounds={"value": {"least": "0", "most": "50000"}})
    assert paid(
        a_deal(payments=[a_term(price=price)], outcomes={"homes": homes}), {"homes": [count]}
    ) == [cents]


@pytest.mark.parametrize(("rule", "cents"), [("half-up", 1_85), ("down", 1_84)])
def test_the_rule_of_rounding_is_the_terms(rule: str, cents: int) -> None:
    """15 x 0.123 = 1.845."""
    deal = a_deal(payments=[a_term(price="0.123", rounding=rule)])
    assert paid(deal, {"homes": ["15"]}) == [cents]


def test_an_amount_that_is_not_whole_is_refused_where_the_deal_says_so() -> None:
    deal = a_deal(payments=[a_term(price="0.123", rounding="refuse")])
    assert paid(deal, {"homes": ["0"]}) == [0]
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"homes": ["15"]})
    assert "unit-price" in problems_of(refusal.value)
    assert "cannot be rounded" in problems_of(refusal.value)


@pytest.mark.parametrize(
    ("days", "jail", "cents"), [("100", "30", 1_058_40), ("100", "0", 1_512_00), ("30", "45", 0)]
)
def test_deductions_come_off_before_the_price_and_never_below_0(
    days: str, jail: str, cents: int
) -> None:
    """(100 - 30) x 15.12 = 1,058.40."""
    term = a_term(pays_for="days", deduct="jail_days", price="15.12")
    assert paid(a_deal(payments=[term]), {"days": [days], "jail_days": [jail]}) == [cents]


def test_a_limit_for_each_person_counts_over_the_life_of_the_deal() -> None:
    """a: 2, then 1 of 4 (limit 3); b: 3 of 5, then none. 5 + 1 claims at 10."""
    deal = a_deal(payments=[a_term(price="10", limit_each_person="3")])
    people = rows(
        """homes 1 a 2
           homes 1 b 5
           homes 2 a 4
           homes 2 b 1"""
    )
    assert paid(deal, people=people) == [50_00, 10_00]


def test_a_limit_for_each_person_holds_for_a_count_to_date_too() -> None:
    deal = a_deal(payments=[a_term(price="10", limit_each_person="3", reads="to-date")])
    people = rows(
        """homes 1 a 2
           homes 2 a 4
           homes 2 b 1"""
    )
    assert paid(deal, people=people) == [20_00, 20_00]


def test_a_limit_for_each_person_needs_rows_by_person() -> None:
    deal = a_deal(payments=[a_term(limit_each_person="3")])
    assert paid(deal, {"homes": ["0"]}) == [0]
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"homes": ["4"]})
    assert "no rows by person for period 1" in problems_of(refusal.value)


def test_a_deduction_known_only_in_total_cannot_be_taken_off_person_by_person() -> None:
    term = a_term(pays_for="days", deduct="jail_days", price="1", limit_each_person="300")
    with pytest.raises(Refusal) as refusal:
        paid(
            a_deal(payments=[term]),
            {"days": ["50"], "jail_days": ["10"]},
            people=rows("days 1 a 50"),
        )
    assert "`jail_days` has a total but no rows by person" in problems_of(refusal.value)


PEOPLE = {
    "says": "Adults",
    "start_event": "release",
    "subgroups": ["veterans", "over-sixty"],
}


def test_a_subgroup_multiplies_its_part_of_the_price() -> None:
    """10 homes at 100, 4 of them veterans at 1.2: 1,000 + 4 x 20 = 1,080."""
    term = a_term(subgroups=[{"group": "veterans", "times": "1.2"}])
    deal = a_deal(payments=[term], people=PEOPLE)
    groups = [{"group": "veterans", "value": "4"}]
    assert paid(deal, columns({}, a_result(value="10", groups=groups))) == [1_080_00]


def test_a_subgroup_may_be_paid_less() -> None:
    term = a_term(subgroups=[{"group": "veterans", "times": "0.5"}])
    deal = a_deal(payments=[term], people=PEOPLE)
    groups = [{"group": "veterans", "value": "4"}]
    assert paid(deal, columns({}, a_result(value="10", groups=groups))) == [800_00]


def test_a_subgroup_comes_from_rows_by_person_where_there_are_some() -> None:
    term = a_term(subgroups=[{"group": "veterans", "times": "1.2"}])
    deal = a_deal(payments=[term], people=PEOPLE)
    people = rows(
        """homes 1 a 3 veterans
           homes 1 b 2"""
    )
    assert paid(deal, people=people) == [560_00]


def test_a_subgroup_of_a_count_to_date_is_what_the_period_added() -> None:
    """Period 2 adds 6 homes, 3 of them of veterans: 600 + 60, not the veterans of both periods."""
    term = a_term(subgroups=[{"group": "veterans", "times": "1.2"}])
    deal = a_deal(
        payments=[term], people=PEOPLE, outcomes={"homes": an_outcome(reported_as="to-date")}
    )
    results = columns(
        {},
        a_result(value="4", groups=[{"group": "veterans", "value": "2"}]),
        a_result(value="10", period=2, groups=[{"group": "veterans", "value": "5"}]),
    )
    assert paid(deal, results) == [440_00, 660_00]


def test_a_subgroup_without_its_part_is_refused() -> None:
    term = a_term(subgroups=[{"group": "veterans", "times": "1.2"}])
    with pytest.raises(Refusal) as refusal:
        paid(a_deal(payments=[term], people=PEOPLE), {"homes": ["10"]})
    assert "does not state its part" in problems_of(refusal.value)


@pytest.mark.parametrize(
    ("whole", "old", "counted"),
    [
        ("10", "2", 10),
        ("10", "5", 10),
        ("10", "6", 8),  # 4 others leave room for 4
        ("10", "10", 0),
        ("0", "0", 0),
    ],
)
def test_a_share_cap_cuts_a_group_to_its_share_of_what_is_paid(
    whole: str, old: str, counted: int
) -> None:
    term = a_term(price="1", share_caps=[{"group": "over-sixty", "at_most": "50%"}])
    groups = [{"group": "over-sixty", "value": old}]
    deal = a_deal(payments=[term], people=PEOPLE)
    assert paid(deal, columns({}, a_result(value=whole, groups=groups))) == [counted * 100]


def test_a_share_cap_rounds_the_room_down_to_whole_units() -> None:
    """At most 30 percent: 5 others leave room for 2.14, so 2."""
    term = a_term(price="1", share_caps=[{"group": "over-sixty", "at_most": "30%"}])
    groups = [{"group": "over-sixty", "value": "4"}]
    deal = a_deal(payments=[term], people=PEOPLE)
    assert paid(deal, columns({}, a_result(value="9", groups=groups))) == [7_00]
