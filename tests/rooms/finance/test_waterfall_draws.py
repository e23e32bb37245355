"""Draws, costs and what lacks: capital comes in as the project needs it, or as planned."""

from __future__ import annotations

import pytest

from payforsuccess.deal.assumptions import PlannedDraw
from payforsuccess.finance.moves import PROJECT, Move, party, tranche
from tests.lib.capital import (
    SECOND,
    a_calendar,
    a_cost,
    a_financed_deal,
    a_tranche,
    a_trigger,
    flows_of,
    told,
)
from tests.lib.deals import COUNTY, PROVIDER

LOAN = a_tranche(amount="300")
OTHER = a_tranche("grant", amount="100", party=SECOND)


def planned(name: str, on: str, amount: str) -> PlannedDraw:
    return PlannedDraw.model_validate(
        {"tranche": name, "on": on, "amount": amount, "source": "test", "standing": "illustrative"}
    )


def test_capital_is_drawn_for_the_costs_of_each_day_in_proportion_to_what_is_left() -> None:
    deal = a_financed_deal(LOAN, OTHER)
    flows = flows_of(deal, costs={"2026-01-01": 10_001, "2026-04-01": 20_000})
    assert told(flows, a_calendar(deal), "draw") == [
        ("2026-01-01", "loan", 7501),
        ("2026-01-01", "grant", 2500),
        ("2026-04-01", "loan", 15_000),
        ("2026-04-01", "grant", 5000),
    ]
    assert flows.balance(PROJECT) == 0
    assert flows.balance(party(PROVIDER)) == 30_001


def test_a_period_start_brings_the_money_for_all_costs_up_to_the_next() -> None:
    deal = a_financed_deal(LOAN)
    calendar = a_calendar(deal, "2026-02-15")
    flows = flows_of(deal, costs={"2026-01-01": 100, "2026-02-15": 50}, calendar=calendar)
    assert told(flows, calendar, "draw") == [("2026-01-01", "loan", 150)]


def test_a_cost_beyond_all_capital_falls_on_those_listed_last() -> None:
    deal = a_financed_deal(LOAN)
    calendar = a_calendar(deal)
    needs = [
        a_cost(calendar, "2026-01-01", 20_000),
        a_cost(calendar, "2026-01-01", 15_000, to=COUNTY),
    ]
    flows = flows_of(deal, needs=needs)
    assert told(flows, calendar, "shortfall") == [("2026-01-01", COUNTY, 5000)]
    assert told(flows, calendar, "cost") == [
        ("2026-01-01", PROVIDER, 20_000),
        ("2026-01-01", COUNTY, 15_000),
    ]
    assert flows.balance(PROJECT) == 0
    assert flows.balance(party(COUNTY)) == 10_000


@pytest.mark.parametrize("met", [True, False])
def test_a_trigger_that_stops_draws_stops_them_from_its_day_on(met: bool) -> None:
    deal = a_financed_deal(LOAN, triggers=(a_trigger(not_met="stops-draws"),))
    costs = {"2026-10-01": 1000, "2027-01-01": 2000, "2027-04-01": 500}
    flows = flows_of(deal, costs=costs, met={"on_track": met})
    drawn = [amount for _, _, amount in told(flows, a_calendar(deal), "draw")]
    assert drawn == ([1000, 2000, 500] if met else [1000])
    assert flows.total(flows.of("shortfall")) == (0 if met else 2500)


@pytest.mark.parametrize("met", [True, False])
def test_a_tranche_with_a_condition_is_open_only_once_it_was_met(met: bool) -> None:
    late = a_tranche("junior-loan", amount="300", draws_if="on_track")
    deal = a_financed_deal(LOAN, late, triggers=(a_trigger(),))
    flows = flows_of(
        deal, costs={"2026-01-01": 10_000, "2027-01-01": 10_000}, met={"on_track": met}
    )
    after = [("2027-01-01", "loan", 4000), ("2027-01-01", "junior-loan", 6000)]
    assert told(flows, a_calendar(deal), "draw") == [
        ("2026-01-01", "loan", 10_000),
        *(after if met else [("2027-01-01", "loan", 10_000)]),
    ]


def test_planned_draws_come_on_their_days_and_what_is_not_used_goes_back() -> None:
    deal = a_financed_deal(LOAN, OTHER)
    calendar = a_calendar(deal)
    flows = flows_of(
        deal,
        costs={"2026-01-01": 10_000, "2026-07-01": 9000},
        draws=[
            planned("loan", "2026-01-01", "150"),
            planned("grant", "2026-04-01", "250"),
        ],
    )
    assert told(flows, calendar, "draw") == [
        ("2026-01-01", "loan", 15_000),
        ("2026-04-01", "grant", 10_000),
    ]
    # 6,000 of 25,000 was not used: it goes back by what each still has out.
    assert told(flows, calendar, "principal") == [
        ("2028-02-01", "loan", 3600),
        ("2028-02-01", "grant", 2400),
    ]
    assert flows.balance(PROJECT) == 0
    assert flows.balance(tranche("loan")) == -15_000 + 3600


def test_planned_draws_stop_when_services_end() -> None:
    deal = a_financed_deal(LOAN, triggers=(a_trigger(not_met="ends-services"),))
    flows = flows_of(deal, draws=[planned("loan", "2027-01-01", "150")], met={"on_track": False})
    assert not flows.moves


def test_base_pay_to_the_project_is_used_before_capital_and_never_goes_to_investors() -> None:
    deal = a_financed_deal(LOAN)
    pay = Move(0, "base-pay", party(COUNTY), PROJECT, 5000, "fee")
    flows = flows_of(deal, needs=[pay], costs={"2026-01-01": 3000, "2026-04-01": 1000})
    assert not list(flows.of("draw", "principal"))
    assert flows.balance(PROJECT) == 1000


def test_a_cost_put_off_is_owed_up_to_the_amount_of_the_deferred_fee() -> None:
    fee = a_tranche("deferred-fee", amount="50", party=PROVIDER)
    deal = a_financed_deal(LOAN, fee)
    calendar = a_calendar(deal)
    put_off = [
        Move(0, "deferred-cost", tranche("deferred-fee"), party(PROVIDER), 4000, "service"),
        Move(1, "deferred-cost", tranche("deferred-fee"), party(PROVIDER), 4000, "service"),
    ]
    flows = flows_of(deal, needs=put_off, pays={("2028-02-01", "unit-price"): 100_000})
    assert [move.amount for move in flows.of("deferred-cost")] == [4000, 1000]
    assert [(move.kind, move.amount) for move in flows.of("cost")] == [("cost", 3000)]
    assert told(flows, calendar, "deferred-fee") == [("2028-02-01", "deferred-fee", 5000)]
    assert flows.balance(tranche("deferred-fee")) == 0
