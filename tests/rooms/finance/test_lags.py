"""Lags and the discount rate: each case has its own, and what they move is seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from payforsuccess.deal.reading import read_assumptions
from payforsuccess.errors import Refusal
from payforsuccess.finance.calendar import cash_calendar
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.liability import liability_by_year
from payforsuccess.finance.simulate.sensitivity import sensitivity
from payforsuccess.finance.simulate.simulate import simulate
from payforsuccess.finance.summary import summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.workbook import workbook_of
from tests.lib.assumed import a_count, a_number, assumed
from tests.lib.deals import a_deal, a_term
from tests.lib.workbook_deals import financed

SMALL: dict[str, Any] = {"seed": 1, "worlds": 2, "scrambles": 1}
LATE = assumed(determined_after_days=a_number("60", low="300", high="10"))
COUNTED = {"homes": a_count(after=a_number("3 months", low="9 months", high="1 month"))}


def a_history() -> DealHistory:
    return DealHistory((financed(a_term(price="1000")),))


def moved(figure: str, **changes: Any) -> dict[str, Any]:
    found = sensitivity(a_history(), assumed(**changes), figure=figure, **SMALL)
    return {one.path: one for one in found.moved}


def test_each_case_is_paid_on_its_own_days_and_days_are_common() -> None:
    deal = a_deal()
    base, low, high = (cash_calendar(deal, LATE, case=case) for case in ("base", "low", "high"))
    assert (low.paid_on[0] - base.paid_on[0]).days == 240
    assert (base.paid_on[0] - high.paid_on[0]).days == 30
    assert base.days == low.days == high.days
    assert {*base.paid_on, *low.paid_on, *high.paid_on} <= set(base.days)


def test_one_lag_for_all_cases_adds_no_day() -> None:
    plain = cash_calendar(a_deal(), assumed(determined_after_days="30"))
    told = cash_calendar(a_deal(), assumed(determined_after_days=a_number("30")))
    assert plain == told


def test_a_forecast_pays_each_case_after_its_own_lag() -> None:
    found = forecast(a_history(), LATE)
    days = found.calendar.days
    first = {
        case: min(days[move.day] for move in one.flows.of("success-payment"))
        for case, one in found.cases.items()
    }
    assert first["low"] > first["base"] > first["high"]


def test_a_year_at_most_holds_in_the_slowest_case_too() -> None:
    found = forecast(a_history(), LATE)
    for year in liability_by_year(found).years:
        assert year.most is None or all(paid <= year.most for paid in year.paid.values())


def test_what_is_counted_later_is_earned_later() -> None:
    found = forecast(a_history(), assumed(outcomes=COUNTED))
    first = {
        case: min(period for (period, _), line in one.lines.items() if line.amount)
        for case, one in found.cases.items()
    }
    assert first == {"low": 4, "base": 2, "high": 1}


@pytest.mark.parametrize("case", ["low", "base", "high"])
def test_a_workbook_of_a_case_has_its_own_lags(case: Any) -> None:
    both = assumed(determined_after_days=a_number("30", low="300", high="10"), outcomes=COUNTED)
    assert workbook_of(summarise(a_history(), both), case=case)


def test_later_payment_is_worth_less_and_no_less_is_paid() -> None:
    lag = {"determined_after_days": a_number("30", low="300", high="10")}
    path = "determined_after_days"
    paid, worth = (moved(figure, **lag)[path] for figure in ("paid", "worth"))
    assert paid.values == (300, 30, 10)
    assert paid.low.value == paid.high.value
    assert worth.low.value < worth.high.value


def test_a_longer_way_to_measurement_moves_what_is_paid() -> None:
    found = moved("paid", outcomes=COUNTED)["outcomes.homes.after"]
    assert [str(value) for value in found.values] == ["9 months", "3 months", "1 month"]
    assert found.low.value <= found.high.value
    worth = moved("worth", outcomes=COUNTED)["outcomes.homes.after"]
    assert worth.low.value < worth.high.value


def test_the_discount_rate_moves_what_payments_are_worth_and_nothing_else() -> None:
    rate = {"discount_rate": a_number("0.03", low="0.08", high="0")}
    assert moved("paid", **rate)["discount_rate"].width == 0
    worth = moved("worth", **rate)["discount_rate"]
    assert worth.low.value < worth.high.value == moved("paid", **rate)["discount_rate"].high.value


def test_what_a_simulation_is_worth_is_what_a_forecast_is_worth_without_chance() -> None:
    found = simulate(a_history(), assumed(), seed=1, worlds=2, scrambles=1)
    told = summarise(a_history(), assumed()).cases["base"].present_value
    assert round(float(found.columns("worth")[0][0])) == told


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("determined_after_days", {"base": "30", "low": "-1"}, "0 or more"),
        ("determined_after_days", {"base": "30", "high": "999999"}, "999,999 days are more"),
        ("stated_after_days", "soon", "not a number"),
    ],
)
def test_a_lag_that_is_none_is_refused_with_its_place(key: str, value: Any, said: str) -> None:
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sourced = {"source": "made up", "standing": "illustrative"}
    plain[key] = {**value, **sourced} if isinstance(value, dict) else value
    with pytest.raises(Refusal) as refused:
        read_assumptions(yaml.safe_dump(plain).encode(), a_deal(), file="assumptions.yaml")
    (problem,) = refused.value.problems
    assert said in f"{problem.what} {problem.do}"
    assert problem.where.line


def test_day_of_payment_is_on_its_own_lag() -> None:
    deal = a_deal(pays_within_days={"days": "30", "of": "statement"})
    assert cash_calendar(deal, assumed(determined_after_days="0")).paid_on[0] == date(2026, 4, 30)
