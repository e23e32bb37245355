"""Payment dates: interest, principal, and every other step, in order and as far as cash goes."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import PROJECT, Move, party, pool, tranche
from payforsuccess.finance.waterfall import Exact, steps_of
from tests.lib.capital import (
    SECOND,
    a_calendar,
    a_financed_deal,
    a_step,
    a_tranche,
    a_trigger,
    flows_of,
    told,
)
from tests.lib.deals import CITY, COUNTY, PROVIDER, a_deal, a_term, two_payors

SENIOR = a_tranche("senior-loan", amount="1000", rate="4%")
JUNIOR = a_tranche("junior-loan", amount="1000", rate="8%", party=SECOND)
FIRST, NEXT, LAST = "2026-05-01", "2026-08-01", "2028-02-01"
HOMES, DAYS = a_term(), a_term(name="days", pays_for="days", price="10")


def paid(deal: Any, pays: dict[Any, int], *kinds: str, cost: int = 200_000, **more: Any) -> Any:
    flows = flows_of(deal, costs={"2026-01-01": cost}, pays=pays, **more)
    return told(flows, a_calendar(deal), *kinds)


def test_interest_then_principal_of_each_place_in_turn() -> None:
    deal = a_financed_deal(SENIOR, JUNIOR)
    # Four months at 4 and 8 percent on 1,000.00 each.
    assert paid(deal, {(FIRST, "unit-price"): 102_000}, "interest", "principal") == [
        ("2026-05-01", "senior-loan", 1333),
        ("2026-05-01", "senior-loan", 100_000),
        ("2026-05-01", "junior-loan", 667),
    ]


@pytest.mark.parametrize(
    ("unpaid", "interest"), [("compounds", 1333 + 1013), ("waits", 1333 + 1000), ("lapses", 1000)]
)
def test_unpaid_interest_compounds_waits_or_lapses(unpaid: str, interest: int) -> None:
    loan = a_tranche(amount="1000", rate="4%", interest={"day_count": "30/360", "unpaid": unpaid})
    deal = a_financed_deal(loan, waterfall=(a_step("interest", "loan"),))
    flows = flows_of(deal, costs={"2026-01-01": 100_000}, pays={(NEXT, "unit-price"): 50_000})
    # Nothing is paid on 1 May; three months later 101,333, 100,000 or 100,000 bore interest.
    assert next(flows.of("interest")).amount == interest


def test_interest_runs_on_each_draw_from_its_own_day() -> None:
    loan = a_tranche(
        amount="1000", rate="4%", interest={"day_count": "actual/365", "unpaid": "waits"}
    )
    deal = a_financed_deal(loan, waterfall=(a_step("interest", "loan"),))
    flows = flows_of(
        deal,
        costs={"2026-01-01": 40_000, "2026-04-01": 60_000},
        pays={(FIRST, "unit-price"): 50_000},
    )
    # 40,000 for 90 days (394.52, rounded to 395), then 100,000 for 30 days (328.77, to 329).
    assert next(flows.of("interest")).amount == 395 + 329


def test_tranches_of_one_step_share_by_what_each_is_owed_and_lose_no_cent() -> None:
    deal = a_financed_deal(a_tranche(amount="2000"), a_tranche("program-related-investment"))
    assert paid(deal, {(FIRST, "unit-price"): 1000}, "principal", cost=120_001) == [
        ("2026-05-01", "loan", 167),
        ("2026-05-01", "program-related-investment", 833),
    ]


def test_cash_keeps_its_origin() -> None:
    tied = a_tranche(amount="1000", name="tied", repaid_from=["days"])
    free = a_tranche(amount="1000", name="free", party=SECOND)
    deal = a_financed_deal(tied, free, payments=[HOMES, DAYS])
    pays = {(FIRST, "unit-price"): 150_000, (FIRST, "days"): 30_000}
    flows = flows_of(deal, costs={"2026-01-01": 200_000}, pays=pays)
    assert told(flows, a_calendar(deal), "principal") == [
        ("2026-05-01", "free", 100_000),
        ("2026-05-01", "tied", 30_000),
    ]
    assert flows.balance(pool("unit-price")) == 50_000
    assert flows.balance(pool("days")) == 0


def test_who_may_be_paid_from_two_pools_leaves_the_shared_one_to_those_tied_to_it() -> None:
    tied = a_tranche(amount="1000", name="tied", repaid_from=["unit-price"])
    free = a_tranche(amount="1000", name="free", party=SECOND)
    deal = a_financed_deal(tied, free, payments=[HOMES, DAYS])
    pays = {(FIRST, "unit-price"): 100_000, (FIRST, "days"): 80_000}
    # Half of the first pool each; then the other repays `free`, as far as it goes.
    assert sorted(paid(deal, pays, "principal")) == [
        ("2026-05-01", "free", 20_000),
        ("2026-05-01", "free", 80_000),
        ("2026-05-01", "tied", 80_000),
    ]


def test_what_no_step_is_for_stays_in_its_pool() -> None:
    deal = a_financed_deal(a_tranche(amount="10"))
    flows = flows_of(deal, costs={"2026-01-01": 1000}, pays={(FIRST, "unit-price"): 1500})
    assert flows.balance(pool("unit-price")) == 500


def test_provider_equity_is_repaid_last_and_gets_what_is_left() -> None:
    equity = a_tranche("provider-equity", amount="10", party=PROVIDER)
    deal = a_financed_deal(a_tranche(amount="10"), equity)
    got = paid(deal, {(FIRST, "unit-price"): 3500}, "principal", "return", cost=2000)
    assert got == [
        ("2026-05-01", "loan", 1000),
        ("2026-05-01", "provider-equity", 1000),
        ("2026-05-01", "provider-equity", 1500),
    ]


def test_without_investors_success_payments_go_to_the_provider() -> None:
    deal = a_deal()
    flows = flows_of(deal, pays={(FIRST, "unit-price"): 1000})
    assert flows.balance(party(PROVIDER)) == 1000
    assert flows.balance(party(COUNTY)) == -1000
    assert [step.pays for step in steps_of(deal)] == ["return"]


def test_places_follow_the_order_and_then_the_kind() -> None:
    deal = a_financed_deal(
        JUNIOR,
        a_tranche("deferred-fee", party=PROVIDER),
        a_tranche("loan", order="1"),
        a_tranche("recoverable-grant"),
        SENIOR,
        a_tranche("grant"),
    )
    assert [(step.pays, step.to) for step in steps_of(deal)] == [
        ("principal", ("loan",)),
        ("interest", ("senior-loan",)),
        ("principal", ("senior-loan",)),
        ("interest", ("junior-loan",)),
        ("principal", ("junior-loan",)),
        ("principal", ("recoverable-grant",)),
        ("deferred-fee", ("deferred-fee",)),
    ]


def test_a_fee_is_paid_on_each_date_up_to_its_lifetime_limit_and_is_not_owed_later() -> None:
    deal = a_financed_deal(waterfall=(a_step("fee", COUNTY, each_date="5", at_most="12"),))
    pays = {(FIRST, "unit-price"): 300, (NEXT, "unit-price"): 5000, (LAST, "unit-price"): 50}
    assert [amount for *_, amount in paid(deal, pays, "fee")] == [300, 500, 400]


def test_a_return_takes_its_share_of_what_is_left_and_the_rest_goes_on() -> None:
    steps = (
        a_step("return", "loan", PROVIDER, shares=["0.5", "0.25"], at_most="8"),
        a_step("release", COUNTY),
    )
    deal = a_financed_deal(waterfall=steps)
    got = paid(deal, {(FIRST, "unit-price"): 801, (NEXT, "unit-price"): 1000}, "return", "release")
    assert got == [
        (FIRST, "loan", 401),
        (FIRST, PROVIDER, 200),
        (FIRST, COUNTY, 200),
        (NEXT, "loan", 133),
        (NEXT, PROVIDER, 66),
        (NEXT, COUNTY, 801),
    ]


def test_the_limit_of_a_return_bounds_what_it_pays_and_not_what_it_takes_a_share_of() -> None:
    steps = (a_step("return", PROVIDER, shares=["0.5"], at_most="4"), a_step("release", COUNTY))
    deal = a_financed_deal(waterfall=steps)
    got = paid(deal, {(FIRST, "unit-price"): 600, (NEXT, "unit-price"): 600}, "return")
    assert got == [(FIRST, PROVIDER, 300), (NEXT, PROVIDER, 100)]


def test_recycled_money_lowers_later_draws() -> None:
    deal = a_financed_deal(waterfall=(a_step("recycle", shares=["0.5"]),))
    flows = flows_of(
        deal,
        costs={"2026-01-01": 1000, "2026-07-01": 900},
        pays={(FIRST, "unit-price"): 1200},
    )
    assert told(flows, a_calendar(deal), "draw") == [
        ("2026-01-01", "loan", 1000),
        ("2026-07-01", "loan", 300),
    ]


def test_what_a_recyclable_tranche_is_repaid_funds_more_service() -> None:
    deal = a_financed_deal(a_tranche("recyclable-grant"))
    flows = flows_of(
        deal,
        costs={"2026-01-01": 1000, "2026-07-01": 900},
        pays={(FIRST, "unit-price"): 5000},
    )
    assert [(move.target, move.amount) for move in flows.of("recycle")] == [(PROJECT, 1000)]
    assert not list(flows.of("principal"))
    assert [move.amount for move in flows.of("draw")] == [1000]


def test_a_reserve_is_kept_from_later_steps_until_the_last_date() -> None:
    steps = (
        a_step("principal", "loan"),
        a_step("reserve", each_date="5"),
        a_step("release", COUNTY),
    )
    deal = a_financed_deal(waterfall=steps)
    pays = {(FIRST, "unit-price"): 1800, (NEXT, "unit-price"): 100}
    flows = flows_of(deal, costs={"2026-01-01": 1000, "2026-07-01": 300}, pays=pays)
    assert told(flows, a_calendar(deal), "principal", "release") == [
        (FIRST, "loan", 1000),
        (FIRST, COUNTY, 300),
        (NEXT, "loan", 300),
        (LAST, COUNTY, 300),
    ]


@pytest.mark.parametrize("met", [True, False])
def test_a_step_with_a_condition_is_taken_only_once_it_was_met(met: bool) -> None:
    deal = a_financed_deal(
        triggers=(a_trigger(),), waterfall=(a_step("release", COUNTY, if_met="on_track"),)
    )
    pays = {(FIRST, "unit-price"): 100}
    got = paid(deal, pays, "release", met={"on_track": met})
    assert got == ([("2027-02-01", COUNTY, 100)] if met else [])


def test_a_step_uses_only_the_cash_it_names() -> None:
    deal = a_financed_deal(
        payments=[HOMES, DAYS], waterfall=(a_step("release", COUNTY, **{"from": ["days"]}),)
    )
    pays = {(FIRST, "unit-price"): 100, (FIRST, "days"): 40}
    assert paid(deal, pays, "release") == [(FIRST, COUNTY, 40)]


def test_a_payment_below_zero_is_taken_back_from_the_tranche_of_the_party_that_pays() -> None:
    term = a_term(may_be_negative={"pays": SECOND, "to": COUNTY})
    deal = a_financed_deal(SENIOR, JUNIOR, payments=[term])
    flows = flows_of(deal, costs={"2026-01-01": 200_000}, pays={(FIRST, "unit-price"): -700})
    assert told(flows, a_calendar(deal), "take-back") == [(FIRST, COUNTY, 700)]
    assert flows.balance(tranche("junior-loan")) == -100_700


@pytest.mark.parametrize(
    ("rule", "arrives", "back"),
    [("credit", [1000, 100], 0), ("forgive", [1000, 400], 0), ("recover", [1000, 400], 300)],
)
def test_an_overpayment_is_credited_recovered_or_forgiven_as_the_deal_says(
    rule: str, arrives: list[int], back: int
) -> None:
    deal = overpaying(rule)
    pays = {(FIRST, "days"): 1000, (NEXT, "days"): -300, (LAST, "unit-price"): 400}
    flows = flows_of(deal, pays=pays)
    assert [move.amount for move in flows.of("success-payment")] == arrives
    assert flows.total(flows.of("take-back")) == back
    assert flows.paid - flows.open_credit - flows.forgiven == 1100


@pytest.mark.parametrize("rule", ["credit", "forgive", "recover"])
def test_what_is_taken_back_is_first_set_off_against_what_falls_due_on_the_day(rule: str) -> None:
    pays = {(FIRST, "days"): -300, (FIRST, "unit-price"): 1000, (NEXT, "days"): 150}
    flows = flows_of(overpaying(rule), pays=pays)
    assert [move.amount for move in flows.of("success-payment")] == [700, 150]
    assert flows.total(flows.of("take-back")) == 0


@pytest.mark.parametrize("rule", ["forgive", "recover"])
def test_only_money_that_was_paid_is_recovered_or_forgiven(rule: str) -> None:
    pays = {(FIRST, "days"): 200, (NEXT, "days"): -300, (LAST, "unit-price"): 400}
    flows = flows_of(overpaying(rule), pays=pays)
    assert [move.amount for move in flows.of("success-payment")] == [200, 300]
    assert flows.total(flows.of("take-back")) + flows.forgiven == 200


def test_what_is_recovered_goes_to_the_payors_by_their_shares_and_leaves_room_again() -> None:
    deal = overpaying("recover", **two_payors(share="60%", ceiling="6"))
    pays = {(FIRST, "days"): 1000, (NEXT, "days"): -500, (LAST, "days"): 500}
    flows = flows_of(deal, pays=pays)
    back = [(move.target, move.amount) for move in flows.of("take-back")]
    assert back == [(party(COUNTY), 300), (party(CITY), 200)]
    assert flows.paid == 1000


def overpaying(rule: str, **changes: Any) -> Deal:
    """A deal of two terms whose overpayments go by a rule."""
    paid_by = PROVIDER if rule == "recover" else None
    usual = {"payments": [HOMES, DAYS], "overpayment": rule, "overpayment_paid_by": paid_by}
    return a_deal(**{**usual, **changes})


def test_a_credit_that_one_day_does_not_use_up_waits_for_the_next() -> None:
    flows = flows_of(a_deal(), pays={(FIRST, "unit-price"): -300, (NEXT, "unit-price"): 1000})
    assert [move.amount for move in flows.of("success-payment")] == [700]


def test_payors_pay_their_shares_and_one_steps_in_where_another_is_at_its_ceiling() -> None:
    deal = a_deal(**two_payors(share="60%", ceiling="10", steps_in=CITY))
    flows = flows_of(deal, pays={(FIRST, "unit-price"): 1001, (NEXT, "unit-price"): 1000})
    assert [(move.source, move.amount) for move in flows.of("success-payment")] == [
        (party(COUNTY), 601),
        (party(CITY), 400),
        (party(COUNTY), 399),
        (party(CITY), 601),
    ]


def test_what_no_payor_takes_over_does_not_arrive() -> None:
    deal = a_deal(**two_payors(share="60%", ceiling="3"))
    flows = flows_of(deal, pays={(FIRST, "unit-price"): 1000})
    assert flows.balance(party(PROVIDER)) == 700


def test_moves_are_told_in_the_order_in_which_they_happen() -> None:
    deal = a_financed_deal()
    flows = flows_of(deal, costs={"2026-01-01": 1000}, pays={(FIRST, "unit-price"): 300})
    assert [(move.kind, move.why) for move in flows.moves] == [
        ("draw", "loan"),
        ("cost", "service"),
        ("success-payment", "unit-price"),
        ("principal", "step 1"),
    ]


GUARANTEE = a_tranche("guarantee", amount="72", guarantees=["loan"])


@pytest.mark.parametrize(
    ("covers", "repaid", "called"),
    [(None, 0, 7200), ("50%", 0, 5000), ("50%", 4000, 3000), (None, 9000, 1000), (None, 10_000, 0)],
)
def test_a_guarantee_makes_good_its_share_of_principal_drawn_and_not_repaid(
    covers: str | None, repaid: int, called: int
) -> None:
    guarantee = a_tranche("guarantee", amount="72", guarantees=["loan"], covers=covers)
    deal = a_financed_deal(
        a_tranche(rate="5%"), guarantee, waterfall=(a_step("principal", "loan"),)
    )
    flows = flows_of(deal, costs={"2026-01-01": 10_000}, pays={(FIRST, "unit-price"): repaid})
    assert flows.total(flows.of("guarantee")) == called
    assert flows.balance(tranche("guarantee")) == -called
    assert flows.balance(tranche("loan")) == called + repaid - 10_000


def test_two_guarantees_never_make_good_more_than_was_lost() -> None:
    other = a_tranche("guarantee", name="second", guarantees=["loan"])
    deal = a_financed_deal(a_tranche(), GUARANTEE, other)
    flows = flows_of(deal, costs={"2026-01-01": 10_000})
    assert [move.amount for move in flows.of("guarantee")] == [7200, 2800]


def test_a_cost_of_nothing_makes_no_move() -> None:
    flows = flows_of(a_financed_deal(), needs=[Move(0, "own-cost", "a", "b", 0)], numbers=Exact())
    assert flows.moves == ()
