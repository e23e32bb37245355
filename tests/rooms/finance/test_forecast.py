"""A forecast: each case goes through the deal's own terms and order of repayment (R58)."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.results import Result
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import Forecast, forecast
from payforsuccess.finance.moves import PROJECT, party, pool, tranche
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_cost, a_count, an_effect, assumed
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, PROVIDER, a_deal, a_term, an_outcome

LOAN = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "10000",
    "order": "1",
    "rate": "4%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
FINANCED: dict[str, Any] = {
    "parties": [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
    "capital": [LOAN],
}


def looked_ahead(assumptions: Any = None, **changes: Any) -> Forecast:
    """The forecast of the small deal with a loan."""
    deal = a_deal(**{"payments": [a_term(price="1000")], **FINANCED, **changes})
    return forecast(DealHistory((deal,)), assumptions or assumed())


def test_payments_are_what_the_statements_would_say() -> None:
    found = looked_ahead()
    base, low = found.cases["base"], found.cases["low"]
    # 10 people a quarter for three quarters, half of them in a home; four fifths in the low case
    assert [base.amount(number, "unit-price") for number in (1, 2, 3, 4)] == [500_000] * 3 + [0]
    assert low.people.started[:3] == (8, 8, 8)
    assert low.paid == 4_000_00 * 3
    assert base.lines[(1, "unit-price")].steps()[0].gives == "5,000.00 USD"


def test_every_account_closes() -> None:
    for case in looked_ahead().cases.values():
        flows = case.flows
        for account in (PROJECT, pool("unit-price")):
            assert flows.balance(account) >= 0
        everyone = {move.source for move in flows.moves} | {move.target for move in flows.moves}
        assert sum(flows.balance(account) for account in everyone) == 0


def test_the_lender_is_repaid_from_success_payments_with_interest() -> None:
    base = looked_ahead().cases["base"]
    drawn = base.flows.total(base.flows.of("draw"))
    assert drawn == 10_000_00  # the loan's own limit; services cost 12,000
    assert base.flows.total(base.flows.of("principal")) == drawn
    assert base.flows.total(base.flows.of("interest")) > 0
    assert base.flows.balance(tranche("loan")) == base.flows.total(base.flows.of("interest"))


def test_nothing_is_paid_and_nothing_comes_back_without_success() -> None:
    none = assumed(outcomes={"homes": a_count("0")})
    for case in looked_ahead(none).cases.values():
        assert case.paid == 0
        assert case.flows.total(case.flows.of("success-payment", "principal", "interest")) == 0


def test_what_is_determined_already_stands_in_place_of_what_is_assumed() -> None:
    known = [Result.model_validate({"outcome": "homes", "period": "1", "value": "9"})]
    deal = a_deal(payments=[a_term(price="1000")], **FINANCED)
    base = forecast(DealHistory((deal,)), assumed(), known=known).cases["base"]
    assert [base.amount(number, "unit-price") for number in (1, 2)] == [900_000, 500_000]


def test_without_investors_the_provider_is_paid_and_bears_the_costs() -> None:
    costs = [a_cost(borne_by="provider")]
    found = looked_ahead(assumed(costs=costs), capital=[], parties=PARTIES).cases["base"]
    assert found.flows.balance(party(COUNTY)) == -found.paid
    received = found.flows.total(m for m in found.flows.of("return") if m.target == party(PROVIDER))
    assert received == found.paid


GATE = {"name": "gate", "says": "Twenty people by mid-2026", "on": "2026-06-30"}


@pytest.mark.parametrize(("wanted", "starts"), [("20", 30), ("21", 20)])
def test_a_trigger_that_is_not_met_ends_services(wanted: str, starts: int) -> None:
    trigger = {**GATE, "enrolled_at_least": wanted, "not_met": "ends-services"}
    base = looked_ahead(triggers=[trigger]).cases["base"]
    assert base.met == {"gate": wanted == "20"}
    assert sum(base.people.started) == starts
    assert (base.people.in_service[2] > 0) == base.met["gate"]


def test_a_trigger_looks_at_the_last_result_determined_by_its_day() -> None:
    trigger = {**GATE, "outcome": "homes", "at_least": "5", "on": "2026-04-20"}
    assert looked_ahead(triggers=[trigger]).cases["base"].met == {"gate": True}
    earlier = {**trigger, "on": "2026-04-19"}  # determined on the 20th
    assert looked_ahead(triggers=[earlier]).cases["base"].met == {"gate": False}


def test_an_effect_at_a_point_is_paid_in_the_period_of_its_determination() -> None:
    point = {"name": "final", "determined_by": "2027-05-31"}
    found = looked_ahead(
        assumed(outcomes={"reduction": an_effect("25")}),
        payments=[a_term("schedule", reads="points", points=[point])],
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
    )
    assert {key: line.amount for key, line in found.cases["base"].lines.items()} == {
        (6, "schedule"): 400_000
    }


def test_limits_for_each_person_are_left_out_and_said_so() -> None:
    found = looked_ahead(payments=[a_term(price="1000", ceiling_each_person="500")])
    assert found.cases["base"].paid == 15_000_00
    assert "limits or rounding for each person" in found.notes[0]


def test_a_rate_without_a_rule_for_interest_is_refused() -> None:
    bare = {key: value for key, value in LOAN.items() if key != "interest"}
    with pytest.raises(Refusal, match="does not say how interest is counted"):
        looked_ahead(capital=[bare])
