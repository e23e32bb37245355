"""The workbook recalculated by another program says what the forecast says, to the cent."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.finance.summary import Summary, summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.workbook import workbook_of
from tests.lib.workbook_deals import DEALS, changed
from tests.lib.workbooks import PACKAGE, PROGRAM, Rows, recalculated, with_inputs_of

RETYPED = ", other inputs typed in"
"""A workbook in which somebody typed other inputs than it was written with."""
NAMES = [*DEALS, *(f"{name}{RETYPED}" for name in DEALS)]
LOWEST = -0.99
"""Rates below this are not looked for in a workbook; it says so."""
pytestmark = pytest.mark.needs(program=PROGRAM, package=PACKAGE)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Summary, dict[str, Rows]]]:
    """Every deal's forecast, and its workbook as LibreOffice works it out."""
    summaries = {
        name: summarise(DealHistory((deal,)), assumptions)
        for name, (deal, assumptions) in DEALS.items()
    }
    made = {name: workbook_of(summary) for name, summary in summaries.items()}
    for name, (deal, assumptions) in DEALS.items():
        other, otherwise = changed(deal, assumptions)
        summaries[f"{name}{RETYPED}"] = summary = summarise(DealHistory((other,)), otherwise)
        made[f"{name}{RETYPED}"] = with_inputs_of(made[name], workbook_of(summary))
    found = recalculated(made, tmp_path_factory.mktemp("workbooks"))
    return {name: (summaries[name], found[name]) for name in made}


@pytest.mark.parametrize("name", NAMES)
def test_payments_are_those_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    case = summary.cases["base"].forecast
    for term in summary.forecast.deal.payments:
        told = sheets["Payments"].row(term.name, under="Due for the period")[1:]
        for period in summary.forecast.calendar.periods:
            said = told[period.number - 1] or 0
            assert cents(said) == case.amount(period.number, term.name)


@pytest.mark.parametrize("name", NAMES)
def test_returns_are_those_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    for one in summary.cases["base"].returns:
        label = one.name if one.kind != "pooled" else "All who gave capital"
        drawn, back, lost, multiple, _, rate, worth = sheets["Returns"].row(label)[:7]
        assert (cents(drawn), cents(back), cents(lost)) == (one.drawn, one.came_back, one.loss)
        if one.rate is None or LOWEST > one.rate > -1:
            assert isinstance(rate, str)
            continue
        assert rate == pytest.approx(one.rate, abs=1e-9)
        if one.recycles:
            assert multiple is None
        else:
            assert multiple == pytest.approx(float(one.multiple or 0), abs=1e-9)
        assert worth == 0 or one.lost


@pytest.mark.parametrize("name", NAMES)
def test_cash_by_period_is_that_of_the_forecast(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    table = sheets["Cash flow"]
    for row in summary.cases["base"].periods:
        told = table.row(row.says, under="Cash by payment period")
        said = [cents(cell) for cell in told if isinstance(cell, int | float)]
        assert said[-1] == row.left
        assert [cell for cell in said[:-1] if cell] == [cell for cell in row.amounts if cell]


@pytest.mark.parametrize("name", NAMES)
def test_the_budget_is_the_liability_by_fiscal_year(name: str, opened: Any) -> None:
    summary, sheets = opened[name]
    for year in summary.liability.years:
        due, earned, provided = sheets["Budget"].row(str(year.fiscal_year), under="Success")[:3]
        told = (cents(due), cents(earned), cents(provided))
        assert told == (year.paid["base"], year.earned["base"], year.provided)
    worth = sheets["Budget"].row("All success payments, on the first day of the first period")[0]
    assert cents(worth) == summary.cases["base"].present_value


@pytest.mark.parametrize("name", NAMES)
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
