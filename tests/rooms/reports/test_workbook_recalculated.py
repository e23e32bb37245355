"""The workbook recalculated by another program says what the forecast says, to the cent."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.finance.summary import Summary, summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.workbook import workbook_of
from tests.lib.assumed import a_count, an_effect, assumed
from tests.lib.deals import INVESTOR, PARTIES, a_deal, a_term
from tests.lib.workbooks import PACKAGE, PROGRAM, Rows, recalculated

pytestmark = pytest.mark.needs(program=PROGRAM, package=PACKAGE)

LOAN: dict[str, Any] = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "10000",
    "order": "1",
    "rate": "4%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
JUNIOR: dict[str, Any] = {
    **LOAN,
    "name": "junior",
    "kind": "junior-loan",
    "amount": "4321.07",
    "order": "2",
    "rate": "7.25%",
    "interest": {"day_count": "30/360", "unpaid": "waits"},
}
BACKED: dict[str, Any] = {
    "name": "backing",
    "party": INVESTOR,
    "kind": "guarantee",
    "amount": "3000",
    "covers": "50%",
    "guarantees": ["loan", "junior"],
}
BANDED = {
    "pays_for": "homes",
    "bands": [
        {"below": "3", "pays": "0"},
        {"from": "3", "pays": "1000.50", "then_per_unit": "333.33"},
        {"from": "5", "pays": "2700"},
    ],
}


def financed(*payments: Any, capital: Any = (LOAN,), **changes: Any) -> Any:
    """The small deal with capital."""
    parties = [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}]
    return a_deal(payments=[*payments], parties=parties, capital=[*capital], **changes)


DEALS: dict[str, tuple[Any, Assumptions]] = {
    "unit price, one loan": (financed(a_term(price="1000")), assumed()),
    "milestones, two tranches": (
        financed(a_term("milestones"), a_term(name="more", price="987.65"), capital=(LOAN, JUNIOR)),
        assumed(outcomes={"homes": a_count("0.55"), "kept": a_count("0.35", after="6 months")}),
    ),
    "schedule with bands, guarantee": (
        financed(a_term("schedule", **BANDED), capital=(LOAN, JUNIOR, BACKED)),
        assumed(outcomes={"homes": a_count("0.4")}),
    ),
    "ceilings": (
        financed(
            a_term(price="1000.01", ceiling="9000", ceiling_each_period="4000"),
            a_term(name="second", price="333.33"),
            ceiling="12345.67",
        ),
        assumed(outcomes={"homes": a_count("0.55")}),
    ),
    "an effect, no investor": (
        a_deal(payments=[a_term("effect-price")]),
        assumed(outcomes={"reduction": an_effect("25"), "served": a_count("1")}),
    ),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Summary, dict[str, Rows]]]:
    """Every deal's forecast, and its workbook as LibreOffice works it out."""
    summaries = {
        name: summarise(DealHistory((deal,)), assumptions)
        for name, (deal, assumptions) in DEALS.items()
    }
    made = {name: workbook_of(summary) for name, summary in summaries.items()}
    folder = tmp_path_factory.mktemp("workbooks")
    found = recalculated(made, folder)
    return {name: (summaries[name], found[name]) for name in DEALS}


@pytest.mark.parametrize("name", DEALS)
def test_payments_are_those_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    case = summary.cases["base"].forecast
    for term in summary.forecast.deal.payments:
        told = sheets["Payments"].row(term.name, under="Due for the period")[2:]
        for period in summary.forecast.calendar.periods:
            said = told[period.number - 1] or 0
            assert cents(said) == case.amount(period.number, term.name)


@pytest.mark.parametrize("name", DEALS)
def test_returns_are_those_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    for one in summary.cases["base"].returns:
        label = one.name if one.kind != "pooled" else "All who gave capital"
        drawn, back, lost, multiple, _, rate, worth = sheets["Returns"].row(label)[:7]
        assert (cents(drawn), cents(back), cents(lost)) == (one.drawn, one.came_back, one.loss)
        if one.rate is None:
            assert isinstance(rate, str)
            continue
        assert rate == pytest.approx(one.rate, abs=1e-9)
        assert multiple == pytest.approx(float(one.multiple or 0), abs=1e-9)
        assert worth == 0 or one.lost


@pytest.mark.parametrize("name", DEALS)
def test_cash_by_period_is_that_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    table = sheets["Cash flow"]
    for row in summary.cases["base"].periods:
        told = table.row(row.says, under="Cash by payment period")
        said = [cents(cell) for cell in told if isinstance(cell, int | float)]
        assert said[-1] == row.left
        assert [cell for cell in said[:-1] if cell] == [cell for cell in row.amounts if cell]


@pytest.mark.parametrize("name", DEALS)
def test_the_budget_is_the_liability_by_fiscal_year(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    for year in summary.liability.years:
        due, earned, provided = sheets["Budget"].row(str(year.fiscal_year), under="Success")[:3]
        told = (cents(due), cents(earned), cents(provided))
        assert told == (year.paid["base"], year.earned["base"], year.provided)
    worth = sheets["Budget"].row("All success payments, on the first day of the first period")[0]
    assert cents(worth) == summary.cases["base"].present_value


@pytest.mark.parametrize("name", DEALS)
def test_no_cell_is_an_error(name: str, opened: Any) -> None:
    _, sheets = opened[name]
    errors = [
        cell
        for rows in sheets.values()
        for cells in rows.cells
        for cell in cells
        if isinstance(cell, str) and cell.startswith("#")
    ]
    assert errors == []


def cents(amount: Any) -> int:
    """An amount of the workbook in minor units; whatever is not whole in them is a fault."""
    assert amount == pytest.approx(round(amount * 100) / 100, abs=1e-6)
    return round(amount * 100)
