"""The workbook as written: inputs are the only constants, text stays text, bytes stay the same."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from payforsuccess.deal.contract import Ceilings
from payforsuccess.errors import Refusal
from payforsuccess.finance.summary import summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.workbook import workbook_of
from tests.lib.assumed import a_cost, a_number, assumed
from tests.lib.deals import a_deal, a_term
from tests.lib.workbook_deals import DEALS, KNOWN, financed
from tests.lib.workbooks import rows_of

SHEETS = [
    "Assumptions",
    "People",
    "Outcomes",
    "Payments",
    "Cash flow",
    "Waterfall",
    "Returns",
    "Budget",
    "Notes",
]


def written(deal: Any, assumptions: Any = None, **named: Any) -> bytes:
    """The workbook of a deal."""
    summary = summarise(
        DealHistory((deal,)), assumptions or assumed(), known=named.get("known", ())
    )
    return workbook_of(summary, **named)


@pytest.mark.parametrize("name", DEALS)
def test_every_figure_but_the_inputs_is_a_formula(name: str) -> None:
    book = load_workbook(BytesIO(written(*DEALS[name])))
    assert book.sheetnames == SHEETS
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                is_input = cell.fill.fgColor.rgb == "00FFF2CC" and cell.column > 1
                if cell.value is None or isinstance(cell.value, datetime):
                    continue
                assert not is_input or page.title == "Assumptions"
                assert is_input == (cell.data_type == "n")


def test_every_input_says_where_it_comes_from() -> None:
    page = load_workbook(BytesIO(written(*DEALS["unit price, one loan"])))["Assumptions"]
    told = {
        cell.value: (page.cell(cell.row, 2).value, page.cell(cell.row, 4).value)
        for (cell,) in page.iter_rows(max_col=1)
    }
    assert told["loan: interest"] == (0.04, "the deal")
    assert told["homes: units that one person earns each time"] == (0.5, "made up for a test")


def test_text_that_begins_like_a_formula_stays_text() -> None:
    traps = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"]
    costs = [
        {**a_cost(f"cost_{at}"), "amount": {**a_number("1"), "source": trap}}
        for at, trap in enumerate(traps)
    ]
    deal = financed(a_term(price="1000"), deal="=1+1")
    book = load_workbook(BytesIO(written(deal, assumed(costs=costs))))
    page = book["Assumptions"]
    found = [cell for row in page.iter_rows(min_col=4, max_col=4) for cell in row]
    for trap in traps:
        own = [cell for cell in found if cell.value == trap.strip("\t")]
        assert own
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in own)
    assert all(page.cell(1, 1).data_type == "s" for page in book.worksheets)


def test_the_same_forecast_gives_the_same_bytes() -> None:
    first, again = (written(*DEALS["unit price, one loan"]) for _ in range(2))
    assert first == again


def test_another_case_is_another_workbook() -> None:
    base, low = (written(*DEALS["unit price, one loan"], case=case) for case in ("base", "low"))
    reached = [
        rows_of(made)["Assumptions"].row("Part of the plan that is reached")[0]
        for made in (base, low)
    ]
    assert reached == [1, 0.8]


def test_a_result_that_is_determined_is_an_input_of_its_own() -> None:
    made = written(financed(a_term(price="1000")), known=KNOWN)
    told = rows_of(made)["Assumptions"].row("homes, period 1")
    assert told[:4] == (9, "person", "the record of determinations", "determined")


def test_what_a_workbook_cannot_say_is_refused() -> None:
    deal = a_deal(payments=[a_term(price="1000", ceiling_each_cohort="500")])
    with pytest.raises(Refusal, match="ceiling for each cohort"):
        written(deal)


def test_notes_say_that_nothing_is_certified_and_cite_the_clauses() -> None:
    notes = rows_of(written(*DEALS["unit price, one loan"]))["Notes"]
    assert "nothing here is certified" in notes.row("Standing")[0]
    assert notes.row("Terms")[0] == "illustrative"
    assert notes.row("unit-price")[1] == "section 4"


def test_every_ceiling_of_a_deal_is_known_to_the_workbook() -> None:
    """Two are written as formulas, those by person and by cohort are refused or left out, and told.

    A new kind of ceiling belongs into `over_lines`, or among what `workbook` refuses.
    """
    known = {"each_period", "return_on_capital", "each_person", "each_cohort", "cut"}
    assert set(Ceilings.model_fields) == known
