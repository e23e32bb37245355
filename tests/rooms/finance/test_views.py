"""What is told about a forecast's cash: both sides close, and every view tells the same moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.finance.break_even import break_even
from payforsuccess.finance.by_period import COLUMNS, cash_by_period
from payforsuccess.finance.coverage import coverage_of, who_bears
from payforsuccess.finance.forecast import Forecast, forecast
from payforsuccess.finance.liability import liability_by_year
from payforsuccess.finance.return_limit import over_the_limit
from payforsuccess.finance.sources import sources_and_uses
from payforsuccess.finance.summary import summarise
from payforsuccess.finance.tranches import (
    TrancheReturn,
    provider_cash,
    spending_of,
    tranche_returns,
)
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_cost, a_count, assumed
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, PROVIDER, a_deal, a_term

LOAN = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "6000",
    "order": "1",
    "rate": "4%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
JUNIOR = {**LOAN, "name": "junior", "kind": "junior-loan", "amount": "4000", "order": "2"}
GUARANTEE = {
    "name": "backing",
    "party": COUNTY,
    "kind": "guarantee",
    "amount": "3000",
    "covers": "75%",
    "guarantees": ["loan"],
}
PROVIDED = [{"fiscal_year": "2027", "amount": "9000", "kind": "appropriation"}]


def history(**changes: Any) -> DealHistory:
    """The small deal with two loans and a guarantee."""
    usual = {
        "parties": [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        "capital": [LOAN, JUNIOR, GUARANTEE],
        "payments": [a_term(price="1000")],
        "budget": {"provided": PROVIDED},
    }
    return DealHistory((a_deal(**{**usual, **changes}),))


def test_a_trigger_that_is_not_met_is_told_with_what_follows() -> None:
    test = {
        "name": "enough",
        "says": "enough people",
        "on": "2026-09-30",
        "not_met": "ends-services",
    }
    short = history(triggers=[{**test, "enrolled_at_least": "25"}])
    told = [f.what for f in summarise(short, assumed()).findings if "trigger" in f.what]
    assert told == [
        "In the low case, the trigger `enough` is not met on 2026-09-30, and enrolment, services "
        "and planned draws end then."
    ]


def test_years_that_can_owe_more_than_is_provided_are_told() -> None:
    short = [f.what for f in summarise(history(), assumed()).findings if f.topic == "liability"]
    assert short == [
        "By the days of this forecast less is provided than can fall due at most: "
        "2026 by USD 40,000.00, 2027 by USD 151,000.00, 2028 by USD 120,000.00."
    ]
    silent = summarise(history(budget={"provided": []}), assumed())
    assert not any(f.topic == "liability" for f in silent.findings)


def looked_ahead(assumptions: Any = None, **changes: Any) -> Forecast:
    """Its forecast."""
    return forecast(history(**changes), assumptions or assumed())


def returns(found: Forecast, case: Any = "base") -> dict[str, TrancheReturn]:
    """The returns of a case by tranche."""
    flows = found.cases[case].flows
    told = tranche_returns(found.deal, found.calendar, flows, digits=100)
    return {one.name: one for one in told}


@pytest.mark.parametrize("each_person", ["0", "0.2", "0.5", "1"])
def test_sources_equal_uses(each_person: str) -> None:
    found = looked_ahead(assumed(outcomes={"homes": a_count(each_person)}))
    for case in found.cases.values():
        told = sources_and_uses(found.deal, found.assumptions, case.flows)
        assert told.closes, told


def test_the_last_row_by_period_leaves_what_sources_and_uses_leave() -> None:
    found = looked_ahead()
    case = found.cases["base"]
    rows = cash_by_period(found.calendar, case.flows)
    left = sources_and_uses(found.deal, found.assumptions, case.flows).uses[-1]
    assert rows[-1].left == left.amount > 0
    drawn = [says for says, _ in COLUMNS].index("capital drawn")
    assert sum(row.amounts[drawn] for row in rows) == 10_000_00


def test_a_tranche_that_is_repaid_with_interest_has_one_rate_near_its_coupon() -> None:
    told = returns(looked_ahead())
    for name in ("loan", "junior", "all"):
        assert told[name].roots == "one"
        assert told[name].rate == pytest.approx(0.0406, abs=2e-4)  # 4% paid within the year
        assert told[name].loss == 0
    assert told["all"].drawn == told["loan"].drawn + told["junior"].drawn


def test_without_success_the_guarantee_is_called_and_the_rest_is_lost() -> None:
    told = returns(looked_ahead(assumed(outcomes={"homes": a_count("0")})))
    assert (
        told["loan"].stake.made_good == told["backing"].drawn == 3_000_00
    )  # 75% of 6,000, at most 3,000
    assert told["loan"].loss == 3_000_00
    assert (told["junior"].rate, told["junior"].lost) == (-1.0, True)
    assert told["junior"].multiple == 0


def test_coverage_counts_what_is_owed_before() -> None:
    found = looked_ahead()
    flows = found.cases["base"].flows
    told = {c.tranche: c for c in coverage_of(found.deal, flows, tuple(returns(found).values()))}
    assert told["loan"].available == told["junior"].available == 15_000_00
    assert told["loan"].owed < told["junior"].owed
    assert (told["junior"].ratio or 0) > 1


def test_a_tranche_that_was_never_drawn_has_no_coverage() -> None:
    found = looked_ahead()
    undrawn = {
        name: replace(one, stake=replace(one.stake, given=0, interest=0))
        if name == "junior"
        else one
        for name, one in returns(found).items()
    }
    flows = found.cases["base"].flows
    told = {c.tranche: c for c in coverage_of(found.deal, flows, tuple(undrawn.values()))}

    assert told["junior"].ratio is None
    assert told["loan"].ratio is not None


def test_liability_is_by_the_payors_own_fiscal_year_on_both_bases() -> None:
    told = {year.fiscal_year: year for year in liability_by_year(looked_ahead()).years}
    # the first quarter is paid on 30 April 2026, in the fiscal year that ends in June 2026
    assert told[2026].paid["base"] == 5_000_00
    assert told[2026].earned["base"] == 10_000_00
    assert told[2027].provided == 9_000_00
    assert all(year.most is not None and year.most >= year.paid["high"] for year in told.values())


def test_what_everyone_is_left_with_adds_up_to_nothing_but_what_was_spent() -> None:
    found = looked_ahead(assumed(costs=[a_cost(), a_cost("evaluation", "30", to=COUNTY)]))
    case = found.cases["base"]
    spends = {
        one.name: sum(spending_of(one.name, found.calendar, case.flows))
        for one in found.deal.parties
    }
    told = who_bears(found.deal, case.flows, spends=spends)
    assert sum(one.net for one in told) == -sum(spends.values())


def test_a_provider_paid_only_on_success_needs_working_capital() -> None:
    own = assumed(costs=[a_cost(borne_by="provider")])
    found = looked_ahead(own, capital=[], parties=PARTIES)
    flows = found.cases["base"].flows
    spends = spending_of(PROVIDER, found.calendar, flows)
    cash = provider_cash(found.deal, found.calendar, flows, name=PROVIDER, spends=spends)
    assert cash.to_date[0] == -1_000_00  # ten people served before anything is paid
    assert cash.working_capital == 3_000_00
    assert cash.to_date[-1] == found.cases["base"].paid - sum(spends)


def test_break_even_is_the_smallest_success_at_which_all_principal_is_repaid() -> None:
    found = break_even(history(), assumed())
    assert found.part is not None
    for part, lost in ((found.part, False), (found.part - Fraction(2, 1000), True)):
        case = forecast(history(), assumed(), cases=("base",), success=part).cases["base"]
        drawn = case.flows.total(case.flows.of("draw"))
        back = case.flows.total(case.flows.of("principal"))
        assert (back < drawn) is lost


def test_break_even_is_out_of_reach_when_the_ceiling_is_below_the_capital() -> None:
    found = break_even(history(ceiling="1000"), assumed())
    assert found.part is None
    assert found.unpaid_at_most > 0


LIMITED = {"jurisdiction": {"name": COUNTY, "return_rate_limit": "3%"}}


def test_a_return_above_the_limit_is_a_problem_until_it_is_waived() -> None:
    found = looked_ahead(**LIMITED)
    problems = list(over_the_limit(found.deal, returns(found).values(), where="the base case"))
    assert len(problems) == 3  # both loans, and all together
    assert "above 3.00%" in problems[0].what
    waiver = {
        "rate": "5%",
        "by": "Board",
        "on": "2026-01-05",
        "reference": "item 12",
        "reason": "the only offer",
    }
    waived = looked_ahead(**LIMITED, governance={"return_waiver": waiver})
    assert not list(over_the_limit(waived.deal, returns(waived).values(), where="the base case"))


def test_a_fee_that_is_put_off_is_no_cash_until_it_is_paid() -> None:
    fee = {"name": "fee", "party": PROVIDER, "kind": "deferred-fee", "amount": "5000", "order": "9"}
    put_off = a_cost(deferred="50%", deferred_to="fee")
    none = assumed(costs=[put_off], outcomes={"homes": a_count("0")})
    found = looked_ahead(none, capital=[LOAN, fee])
    flows = found.cases["base"].flows
    spends = spending_of(PROVIDER, found.calendar, flows)
    cash = provider_cash(found.deal, found.calendar, flows, name=PROVIDER, spends=spends)
    assert cash.to_date[-1] == -sum(spends) // 2 + min(0, 6_000_00 - sum(spends) // 2)
    assert cash.working_capital == -cash.to_date[-1]


def test_what_a_term_takes_back_straight_from_who_owes_it_is_no_use_of_the_project() -> None:
    sign = {"may_be_negative": {"pays": PROVIDER, "to": COUNTY}}
    bands = [{"below": "1", "pays": "-100"}, {"from": "1", "pays": "100"}]
    term = a_term("schedule", pays_for="homes", bands=bands, **sign)
    found = looked_ahead(assumed(outcomes={"homes": a_count("0")}), payments=[term])
    told = sources_and_uses(found.deal, found.assumptions, found.cases["base"].flows)
    assert told.closes
    assert any(entry.kind == "take-back" for entry in told.outside)


def test_counts_that_rounding_adds_or_takes_are_told() -> None:
    few = assumed(outcomes={"homes": a_count("0.05")})  # half a person each quarter
    told = [finding.what for finding in summarise(history(), few).findings]
    assert any("`homes` counts 3.00 where 1.50 are expected" in what for what in told)
    usual = [finding.what for finding in summarise(history(), assumed()).findings]
    assert not any("are expected" in what for what in usual)
