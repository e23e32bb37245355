"""The price at which a target is met, and which assumption matters most."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.terms import UnitPrice
from payforsuccess.errors import Refusal
from payforsuccess.finance.repriced import prices_of, repriced
from payforsuccess.finance.simulate.price import Target, solve_price
from payforsuccess.finance.simulate.sensitivity import assumed_in, sensitivity
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import ENROLMENT, a_count, a_number, assumed
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, TERMS, a_deal, a_term

LOAN = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "loan",
    "amount": "20000",
    "order": "1",
}
STEPS = [
    {"pays": "principal", "to": ["loan"]},
    {"pays": "return", "to": ["loan"]},
]
SMALL: dict[str, Any] = {"seed": 3, "worlds": 256, "scrambles": 2}


def history(**changes: Any) -> DealHistory:
    """The small deal with a loan that also gets what is left."""
    usual = {
        "parties": [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        "capital": [LOAN],
        "waterfall": STEPS,
        "payments": [a_term(price="1000")],
    }
    return DealHistory((a_deal(**{**usual, **changes}),))


def varied() -> Assumptions:
    """Assumptions in which the count varies."""
    count = a_count("0.5", spread={"shape": "beta", "sd": "0.1"}, chance="binomial")
    return assumed(outcomes={"homes": count})


@pytest.mark.parametrize("kind", TERMS)
def test_every_kind_of_price_is_multiplied(kind: str) -> None:
    deal = a_deal(payments=[a_term(kind)])
    half = repriced(deal, Fraction(1, 2))
    before, after = (prices_of(version.payments[0]) for version in (deal, half))
    assert before
    assert [value / 2 for _, value in before] == [value for _, value in after]


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(Refusal, match="would be 120"):
        repriced(a_deal(payments=[a_term("savings-share")]), Fraction(3))


def test_the_mean_paid_is_met_at_the_price_that_closed_form_gives() -> None:
    still = assumed(outcomes={"homes": a_count("0.5")})
    found = solve_price(history(), still, Target("paid", 30_000_00), **SMALL)
    assert found.factor == 2  # 15 homes at 1,000 come to 15,000
    assert found.prices[0].new == 2000
    assert found.reached.value == 30_000_00


def test_a_price_that_meets_the_multiple_meets_it_and_the_step_below_does_not() -> None:
    target = Target("multiple", 1.05)
    found = solve_price(history(), varied(), target, **SMALL)
    assert found.factor is not None
    assert found.reached.value >= 1.05
    assert found.evaluations < 40
    (term,) = repriced(history().latest, found.factor - Fraction(1, 10_000)).payments
    assert isinstance(term, UnitPrice)
    below = solve_price(history(payments=[term]), varied(), Target("multiple", 1.05), **SMALL)
    assert below.factor is not None
    assert below.factor > 1


def test_a_ceiling_that_keeps_the_target_out_of_reach_is_said_not_raised() -> None:
    found = solve_price(history(ceiling="5000"), varied(), Target("multiple", 1.05), **SMALL)
    assert found.factor is None
    assert "No price does" in found.why
    assert "It no longer grows there: ceilings" in found.why
    assert found.reached.value < 1.05
    assert found.prices == ()


def test_a_loan_that_gets_no_more_than_it_is_owed_is_why_no_price_gives_more() -> None:
    owed = history(waterfall=[*STEPS[:1], {"pays": "release", "to": [COUNTY]}])
    found = solve_price(owed, varied(), Target("multiple", 1.05), **SMALL)
    assert found.factor is None
    assert "order of repayment give no more of it" in found.why
    assert found.reached.value <= 1
    kept = history(waterfall=STEPS[:1], payments=[a_term(price="1000", name="all")])
    stays = solve_price(kept, varied(), Target("multiple", 1.05), **SMALL)
    assert stays.why == found.why


def test_results_that_earn_too_little_are_why_no_price_up_to_ten_times_does() -> None:
    found = solve_price(history(), varied(), Target("paid", 900_000_00), **SMALL)
    assert found.factor is None
    assert "It still grows there: results earn too little." in found.why


def test_a_target_above_the_deals_ceiling_is_said_to_be_so() -> None:
    found = solve_price(history(ceiling="50000"), varied(), Target("paid", 900_000_00), **SMALL)
    assert found.factor is None
    assert found.why == "No price does: the deal's ceiling is USD 50,000.00 in all."


def test_what_a_limit_holds_in_most_worlds_is_not_said_to_earn_too_little() -> None:
    limited = history(payments=[a_term(price="1000", ceiling="40000")])
    found = solve_price(limited, varied(), Target("paid", 41_000_00), **SMALL)
    assert found.factor is None
    assert "ceilings and conditions" in found.why or "It no longer grows" in found.why


def test_a_target_that_is_met_already_has_no_least_price() -> None:
    found = solve_price(history(), varied(), Target("paid", 1.0), **SMALL)
    assert (found.factor, found.why[:25]) == (None, "The target is met already")


@pytest.mark.parametrize(
    ("changes", "target", "said"),
    [
        ({"capital": [], "waterfall": []}, Target("rate", 0.05), "The deal has no capital"),
        ({}, Target("rate", 0.05, "lone"), "There is no tranche `lone`"),
    ],
)
def test_targets_of_nothing_are_refused(changes: Any, target: Target, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        solve_price(history(**changes), varied(), target, **SMALL)


def test_every_number_with_cases_is_found_with_its_path() -> None:
    found = dict(assumed_in(assumed()))
    assert ("enrolment", "reached") in found
    assert ("costs", "services", "amount") in found
    assert ("outcomes", "homes", "each_person") in found


def test_the_widest_assumption_comes_first_and_others_do_not_move() -> None:
    moving = assumed(
        enrolment={**ENROLMENT, "reached": a_number("1", low="0.9")},
        outcomes={"homes": {**a_count(), "each_person": a_number("0.5", low="0.2", high="0.6")}},
    )
    found = sensitivity(history(), moving, **SMALL)
    assert [one.path for one in found.moved] == ["outcomes.homes.each_person", "enrolment.reached"]
    widest = found.moved[0]
    assert (widest.low.value, widest.high.value) == (6_000_00, 18_000_00)
    assert found.base.value == 15_000_00
