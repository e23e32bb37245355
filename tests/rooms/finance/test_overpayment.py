"""A term that goes below 0: every figure of what is paid is the same, and says why it differs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy
import pytest

from payforsuccess.finance.budget.budget import budget_of
from payforsuccess.finance.budget.parts import parts_of
from payforsuccess.finance.budget.provision import years_of_payors
from payforsuccess.finance.forecast import CaseForecast, Forecast, forecast
from payforsuccess.finance.liability import liability_by_year
from payforsuccess.finance.simulate.price import Target, solve_price
from payforsuccess.finance.simulate.simulate import simulate
from payforsuccess.finance.sources import sources_and_uses
from payforsuccess.finance.summary import summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.proofs.liability_words import CASH_NOT_PROVED
from payforsuccess.reports.forecast_tables import side_by_side
from tests.lib.assumed import MADE_UP, a_cost, a_number, assumed
from tests.lib.budgets import a_budget
from tests.lib.capital import a_financed_deal, a_tranche
from tests.lib.deals import COUNTY, PROVIDER, a_term, an_outcome
from tests.rooms.governance.test_votes import rules

RULES = ("credit", "recover", "forgive")
LISTED = {"1": "20", "3": "-15", "4": "30", "6": "-40"}
"""Homes by period, at 100.00 each: 2,000, -1,500, 3,000, and -3,500: no more than was earned."""
PAID = {"credit": 3_500_00, "recover": 0, "forgive": 5_000_00}
NAMED = {"credit": "still credited in the end", "recover": "taken back", "forgive": "forgiven"}


def history(rule: str) -> DealHistory:
    """The small deal over homes that can be taken back, with a loan."""
    bounds = {"value": {"least": "-50", "most": "120"}}
    deal = a_financed_deal(
        a_tranche(amount="500"),
        payments=[a_term()],
        outcomes={"homes": an_outcome("homes", bounds=bounds)},
        overpayment=rule,
        overpayment_paid_by=PROVIDER if rule == "recover" else None,
    )
    return DealHistory((deal,))


def listing() -> Any:
    """Assumptions in which nothing varies."""
    values = [{"period": at, "value": a_number(value)} for at, value in LISTED.items()]
    return assumed(
        costs=[a_cost(amount="10")],
        outcomes={"homes": {"kind": "listed", **MADE_UP, "values": values}},
    )


def looked_ahead(rule: str) -> tuple[Forecast, CaseForecast]:
    """The forecast and its base case."""
    found = forecast(history(rule), listing())
    return found, found.cases["base"]


@pytest.mark.parametrize("rule", RULES)
def test_the_total_is_the_payors_cash_and_the_statements_say_what_is_earned(rule: str) -> None:
    _, one = looked_ahead(rule)
    assert one.earned == 0
    assert one.paid == PAID[rule]
    assert one.paid - one.flows.open_credit - one.flows.forgiven + one.flows.unfunded == one.earned
    assert -one.flows.balance(f"party:{COUNTY}") == one.paid


@pytest.mark.parametrize("rule", RULES)
def test_the_years_of_forecast_and_budget_add_up_to_the_total(rule: str) -> None:
    found, one = looked_ahead(rule)
    years = liability_by_year(found).years
    assert sum(year.paid["base"] for year in years) == one.paid
    assert sum(year.earned["base"] for year in years) == one.earned
    parts = {case: parts_of(found.deal, each) for case, each in found.cases.items()}
    rows = years_of_payors(found, a_budget(), parts)
    assert sum(row.paid["base"] for row in rows) == one.paid
    assert sum(row.earned["base"] for row in rows) == one.earned


@pytest.mark.parametrize("rule", RULES)
def test_sources_and_uses_close_over_the_cash_and_tell_what_goes_straight_back(rule: str) -> None:
    found, one = looked_ahead(rule)
    told = sources_and_uses(found.deal, found.assumptions, one.flows)
    assert told.closes
    came = sum(entry.amount for entry in told.sources if entry.kind == "success-payment")
    back = sum(entry.amount for entry in told.outside if entry.kind == "take-back")
    assert came - back == one.paid


@pytest.mark.parametrize("rule", RULES)
def test_a_simulation_in_which_nothing_varies_says_what_the_forecast_says(rule: str) -> None:
    _, one = looked_ahead(rule)
    found = simulate(history(rule), listing(), seed=1, worlds=2, scrambles=1)
    for name, amount in (("paid", one.paid), ("earned", one.earned)):
        assert numpy.allclose(found.columns(name)[0], amount, atol=1e-6)
    years = sum(found.columns(name)[0] for name in found.names if name.startswith("year:"))
    assert numpy.allclose(years, one.paid, atol=1e-6)


@pytest.mark.parametrize("rule", ["credit", "forgive"])
def test_a_price_is_solved_on_what_is_paid(rule: str) -> None:
    target = Target("paid", 2.0 * PAID[rule])
    found = solve_price(history(rule), listing(), target, seed=1, worlds=2, scrambles=1)
    assert found.factor == 2
    assert found.reached.value == pytest.approx(target.value)


@pytest.mark.parametrize("rule", RULES)
def test_the_cases_name_what_is_earned_beside_what_is_paid(rule: str) -> None:
    rows = [row[0] for row in side_by_side(summarise(history(rule), listing()))]
    assert any("earned, by the statements" in says for says in rows) is (rule != "recover")
    assert any(says.endswith(NAMED[rule]) for says in rows)


@pytest.mark.parametrize("rule", RULES)
def test_where_overpayments_are_forgiven_no_most_is_said_to_bound_cash(rule: str) -> None:
    found, one = looked_ahead(rule)
    told = summarise(history(rule), listing()).findings
    nothing = forecast(history(rule), listing(), cases=("base",), success=Fraction(0))
    budget = budget_of(found, nothing, a_budget(), rules())
    for findings in (told, budget.findings):
        said = [each.what for each in findings if each.topic == "liability"]
        assert said == ([CASH_NOT_PROVED] if rule == "forgive" else [])
    if rule == "forgive":
        # why: 5,000 is paid where nothing is due once all is corrected
        assert (one.earned, one.paid) == (0, 5_000_00)
