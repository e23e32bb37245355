"""Ceilings, floors and carry-forward, in the order in which they act."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import (
    a_result,
    a_statement,
    an_amendment,
    columns,
    paid,
    problems_of,
    replayed,
    rows,
)

TEN = {"price": "10"}
WIDE = {"value": {"least": "-40", "most": "40"}}


def test_a_line_never_pays_past_its_ceiling_and_nothing_is_carried() -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling="100")])
    assert paid(deal, {"homes": ["6", "6", "6"]}) == [60_00, 40_00, 0]


def test_a_ceiling_of_a_period_cuts_each_period_alone() -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_period="50")])
    assert paid(deal, {"homes": ["6", "2", "9"]}) == [50_00, 20_00, 50_00]


def test_what_a_period_ceiling_cut_is_carried_oldest_first_until_its_day() -> None:
    """150 cut to 50 (100 wait), 60 to 50 (110 wait), 0 pays 50; after the day the rest is lost."""
    term = a_term(**TEN, ceiling_each_period="50", carry_until="2026-07-01")
    found = replayed(a_deal(payments=[term]), {"homes": ["15", "6", "0", "1"]})
    assert [found.amount(n, term.name) for n in range(1, 5)] == [50_00, 50_00, 50_00, 10_00]
    assert [found.lines[(n, term.name)].carried for n in range(1, 5)] == [100_00, 110_00, 0, 0]


def test_carried_money_still_stops_at_the_lines_ceiling() -> None:
    term = a_term(**TEN, ceiling_each_period="50", carry_until="2027-12-31", ceiling="120")
    assert paid(a_deal(payments=[term]), {"homes": ["15", "0", "0", "0"]}) == [
        50_00,
        50_00,
        20_00,
        0,
    ]


def test_what_a_deal_ceiling_cuts_of_a_line_is_not_used_up_by_the_line() -> None:
    """The line may pay 100; the deal lets 30 a period through: 30, 30, 30, 10."""
    deal = a_deal(payments=[a_term(**TEN, ceiling="100")], ceilings={"each_period": "30"})
    assert paid(deal, {"homes": ["6"] * 5}) == [30_00, 30_00, 30_00, 10_00, 0]


def test_a_ceiling_for_each_person_stops_each_person() -> None:
    """a: 60 then 40 of 60; b: 30."""
    term = a_term(**TEN, round_each="person", ceiling_each_person="100")
    people = rows(
        """homes 1 a 6
           homes 1 b 3
           homes 2 a 6"""
    )
    assert paid(a_deal(payments=[term]), people=people) == [90_00, 40_00]


def test_the_deals_ceiling_for_each_person_holds_over_lines() -> None:
    """a earns 60 on one line, then only 40 of 90 on the other."""
    one = a_term(**TEN, name="one", round_each="person")
    other = a_term(pays_for="kept", price="30", name="other", round_each="person")
    deal = a_deal(payments=[one, other], ceilings={"each_person": "100"})
    people = rows(
        """homes 1 a 6
           kept 1 a 3
           kept 1 b 2"""
    )
    assert paid(deal, people=people, term="one") == [60_00]
    assert paid(deal, people=people, term="other") == [40_00 + 60_00]


COHORTS = {
    "says": "Adults",
    "start_event": "release",
    "cohorts": [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ],
}


def by_cohort(*values: tuple[str, str]) -> Any:
    found = []
    for period, pair in enumerate(values, 1):
        for cohort, value in zip(("First", "Second"), pair, strict=True):
            found.append(a_result(value=value, period=period, cohort=cohort))
    return columns({}, *found)


def test_a_ceiling_for_each_cohort_holds_over_periods() -> None:
    """First: 60, then 40 of 60. Second: 30, 60."""
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_cohort="100")], people=COHORTS)
    assert paid(deal, by_cohort(("6", "3"), ("6", "6"))) == [90_00, 100_00]


def test_the_deals_ceiling_for_each_cohort_holds_over_lines() -> None:
    one, other = a_term(**TEN, name="one"), a_term(**TEN, name="other")
    deal = a_deal(payments=[one, other], people=COHORTS, ceilings={"each_cohort": "100"})
    results = by_cohort(("6", "3"))
    assert paid(deal, results, term="one") == [90_00]
    assert paid(deal, results, term="other") == [40_00 + 30_00]


def test_rows_by_person_tell_their_cohorts_where_a_ceiling_needs_them() -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_cohort="100")], people=COHORTS)
    people = rows(
        """homes 1 a 12 - First
           homes 1 b 3 - Second
           homes 2 b 9 - Second"""
    )
    assert paid(deal, people=people) == [130_00, 70_00]


@pytest.mark.parametrize("people", [None, "homes 1 a 12"])
def test_a_ceiling_for_each_cohort_refuses_results_that_tell_none_apart(people: str | None) -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_cohort="100")], people=COHORTS)
    with pytest.raises(Refusal) as refusal:
        paid(
            deal,
            {"homes": ["12"]} if people is None else None,
            people=None if people is None else rows(people),
        )
    assert "do not tell cohorts apart" in problems_of(refusal.value)


def test_rows_of_which_some_name_a_cohort_are_refused() -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_cohort="100")], people=COHORTS)
    with pytest.raises(Refusal) as refusal:
        paid(deal, people=rows("homes 1 a 2 - First\nhomes 1 b 2"))
    assert "Some rows by person" in problems_of(refusal.value)


FALLING = {"homes": an_outcome(reported_as="to-date")}


@pytest.mark.parametrize(
    ("then", "comes"),
    [(("8", "7"), -50_00), (("12", "7"), -10_00), (("8", "13"), 10_00), (("10", "10"), 0)],
)
@pytest.mark.parametrize("each", [{}, {"ceiling_each_cohort": "1000"}])
def test_what_cohorts_give_back_is_counted_once(
    then: tuple[str, str], comes: int, each: dict[str, str]
) -> None:
    """A ceiling that no cohort reaches changes nothing, whichever of them fell."""
    term = a_term(**TEN, reads="to-date", claws_back="true", **each)
    deal = a_deal(payments=[term], people=COHORTS, outcomes=FALLING)
    assert paid(deal, by_cohort(("10", "10"), then)) == [200_00, comes]


def test_what_a_cohort_gave_back_is_room_under_its_ceiling_again() -> None:
    term = a_term(**TEN, reads="to-date", claws_back="true", ceiling_each_cohort="100")
    deal = a_deal(payments=[term], people=COHORTS, outcomes=FALLING)
    assert paid(deal, by_cohort(("10", "1"), ("4", "1"), ("9", "1"))) == [110_00, -60_00, 50_00]


def test_a_floor_is_paid_as_far_as_a_cohort_has_room_for_it() -> None:
    """20 earned and a floor of 50: all of it, and then only what is left under the ceilings."""
    term = a_term(**TEN, floor_each_period="50", ceiling_each_cohort="60")
    deal = a_deal(payments=[term], people=COHORTS)
    found = paid(deal, by_cohort(("1", "1"), ("1", "1"), ("1", "1")))
    assert found == [50_00, 50_00, 20_00]


def test_what_the_deals_ceiling_cuts_uses_nothing_of_a_cohorts() -> None:
    """60 earned and 50 let through: 50 are left of 100 for the cohort."""
    term = a_term(**TEN, ceiling_each_cohort="100")
    deal = a_deal(payments=[term], people=COHORTS, ceilings={"each_period": "50"})
    assert paid(deal, by_cohort(("6", "0"), ("6", "0"), ("6", "0"))) == [50_00, 50_00, 0]


def two(**changes: Any) -> Any:
    lines = [a_term(**TEN, name="one"), a_term(pays_for="kept", price="10", name="other")]
    return a_deal(payments=lines, **changes)


@pytest.mark.parametrize(
    ("cut", "one", "other"),
    [("last-first", 60_00, 40_00), ("pro-rata", 40_00, 60_00)],
)
def test_a_deal_ceiling_cuts_the_last_first_or_all_in_proportion(
    cut: str, one: int, other: int
) -> None:
    """60 and 90 under 100: the last gives 50, or 20 and 30 are shared."""
    deal = two(ceiling="100", ceilings={"cut": cut})
    results = {"homes": ["6", "5"], "kept": ["9", "5"]}
    assert paid(deal, results, term="one") == [one, 0]
    assert paid(deal, results, term="other") == [other, 0]


def test_a_cut_in_proportion_leaves_no_cent_over() -> None:
    """0.10 and 0.20 under 0.25: 1.67 and 3.33 cents are taken, so 2 and 3."""
    lines = [a_term(price="0.10", name="one"), a_term(price="0.20", name="other")]
    deal = a_deal(payments=lines, ceiling="0.25", ceilings={"cut": "pro-rata"})
    assert paid(deal, {"homes": ["1"]}, term="one") == [8]
    assert paid(deal, {"homes": ["1"]}, term="other") == [17]


def test_the_periods_ceiling_of_the_deal_comes_before_its_lifetime_ceiling() -> None:
    deal = two(ceiling="150", ceilings={"each_period": "100"})
    assert paid(deal, {"homes": ["6"] * 3, "kept": ["9"] * 3}) == [100_00, 50_00, 0]


CAPITAL = {
    "name": "loan",
    "party": "Elm Fund",
    "kind": "loan",
    "amount": "1000",
}


def with_capital(ceiling: dict[str, str], *moved: tuple[str, str, str]) -> Any:
    draws = [{"on": on, "amount": amount, "kind": kind} for on, amount, kind in moved]
    parties = [
        {"name": "Alder County", "roles": ["payor"]},
        {"name": "Elm Fund", "roles": ["investor"]},
        {"name": "Cedar Homes", "roles": ["provider"]},
        {"name": "Dogwood University", "roles": ["evaluator"]},
    ]
    return a_deal(
        payments=[a_term()],
        parties=parties,
        capital=[{**CAPITAL, "moved": draws}],
        ceilings={"return_on_capital": ceiling},
    )


def test_a_return_multiple_counts_capital_drawn_to_date() -> None:
    """1.2 x 500 = 600; from the second draw on 1.2 x 800 = 960."""
    deal = with_capital(
        {"multiple": "1.2"}, ("2025-12-01", "500", "drawn"), ("2026-07-15", "300", "drawn")
    )
    assert paid(deal, {"homes": ["4", "4", "4", "4"]}) == [400_00, 200_00, 360_00, 0]


def test_a_return_rate_is_compounded_on_whole_periods_and_rounded_down() -> None:
    """8% a year is 2% a quarter: 333.33 drawn before -> 339.9966, so 339.99 can be paid."""
    deal = with_capital({"rate": "8%"}, ("2025-12-01", "333.33", "drawn"))
    assert paid(deal, {"homes": ["4"]}) == [339_99]


def test_what_was_stated_but_not_yet_repaid_uses_the_return_ceiling_too() -> None:
    """Drawn 300 in the first quarter and 200 stated: 306 - 200 are left."""
    deal = with_capital({"rate": "8%"}, ("2026-01-15", "300", "drawn"))
    assert paid(deal, {"homes": ["2", "4"]}) == [200_00, 106_00]


def test_what_was_repaid_no_longer_bears_a_return() -> None:
    """300 less 200 repaid in the second quarter is 106 of 306; 1.02 x 106 = 108.12."""
    deal = with_capital(
        {"rate": "8%"}, ("2026-01-15", "300", "drawn"), ("2026-05-15", "200", "repaid")
    )
    assert paid(deal, {"homes": ["2", "0", "4"]}) == [200_00, 0, 108_12]


def test_a_floor_is_the_least_a_due_line_pays() -> None:
    deal = a_deal(payments=[a_term(**TEN, floor_each_period="30", ceiling_each_period="50")])
    assert paid(deal, {"homes": ["0", "4", "9"]}) == [30_00, 40_00, 50_00]


def test_a_floor_stops_at_the_lifetime_ceiling() -> None:
    deal = a_deal(payments=[a_term(**TEN, floor_each_period="30", ceiling="50")])
    assert paid(deal, {"homes": ["0", "0", "0"]}) == [30_00, 20_00, 0]


def test_a_floor_stops_at_the_deals_ceiling() -> None:
    deal = a_deal(payments=[a_term(**TEN, floor_each_period="30")], ceiling="50")
    assert paid(deal, {"homes": ["0", "0", "0"]}) == [30_00, 20_00, 0]


@pytest.mark.parametrize("otherwise", ["lost", "held"])
def test_a_floor_does_not_pay_what_a_condition_keeps_back(otherwise: str) -> None:
    """A line that is not due has no least amount."""
    condition = {"outcome": "kept", "at_least": "1", "otherwise": otherwise}
    term = a_term(**TEN, floor_each_period="30", conditions=[condition])
    released = 10_00 if otherwise == "held" else 0
    assert paid(a_deal(payments=[term]), {"homes": ["1", "4"], "kept": ["0", "1"]}) == [
        0,
        40_00 + released,
    ]


def test_a_ceiling_lowered_below_what_was_earned_takes_nothing_back_and_pays_no_more() -> None:
    first = a_deal(payments=[a_term(**TEN, ceiling="100")])
    second = an_amendment(payments=[a_term(**TEN, ceiling="50")])
    assert paid([first, second], {"homes": ["6", "2", "3", "3"]}) == [60_00, 20_00, 0, 0]


def test_a_raised_ceiling_counts_what_was_paid_under_the_old_one() -> None:
    first = a_deal(payments=[a_term(**TEN, ceiling="100")])
    second = an_amendment(payments=[a_term(**TEN, ceiling="150")])
    assert paid([first, second], {"homes": ["6", "6", "3", "3"]}) == [60_00, 40_00, 30_00, 20_00]


def test_the_ceilings_that_bound_and_what_they_cut_are_shown() -> None:
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_period="50")], ceiling="40")
    (line,) = a_statement(deal, {"homes": ["6"]}).lines
    assert (line.amount, line.cut) == (40_00, 20_00)
    assert line.bound_by == ("the ceiling of the period", "the deal's ceiling")
    assert line.steps[0].says == "kept to the deal's ceiling, which has room for USD 40.00 in all"


def test_entitlement_to_date_is_never_below_0() -> None:
    """A count to date that falls takes back what it gave, and no more."""
    outcome = an_outcome(reported_as="to-date", bounds=WIDE)
    deal = a_deal(payments=[a_term(**TEN)], outcomes={"homes": outcome})
    assert paid(deal, {"homes": ["5", "2", "-4", "1"]}) == [50_00, -30_00, -20_00, 50_00]


def test_what_a_ceiling_cut_is_not_taken_back() -> None:
    """100 cut to 40; a fall by 60 takes back the 40 that were due."""
    outcome = an_outcome(reported_as="to-date", bounds=WIDE)
    deal = a_deal(
        payments=[a_term(**TEN)], outcomes={"homes": outcome}, ceilings={"each_period": "40"}
    )
    assert paid(deal, {"homes": ["10", "4"]}) == [40_00, -40_00]
