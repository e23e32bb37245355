"""A forecast on page and terminal where there is little to show: no capital, cost or success."""

from __future__ import annotations

from payforsuccess.finance.summary import Summary, summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports import write_html
from payforsuccess.reports.forecast import forecast_document
from payforsuccess.reports.forecast_words import risk_sentences
from payforsuccess.runs.finance.forecast_text import forecast_lines
from tests.lib.assumed import a_count, a_number, assumed
from tests.lib.deals import a_deal, a_term


def nothing_much() -> Summary:
    """A deal without capital or costs, in whose low case nothing succeeds."""
    count = {**a_count(), "each_person": a_number("0.5", low="0")}
    return summarise(
        DealHistory((a_deal(payments=[a_term()]),)), assumed(costs=[], outcomes={"homes": count})
    )


def test_a_case_in_which_no_cash_moves_is_said_and_not_drawn() -> None:
    page = write_html(forecast_document(nothing_much())).decode()
    assert "In the low case no cash moves." in page
    assert "Cash by period in the base case" in page
    assert "  No cash moves." in forecast_lines(nothing_much(), is_full=True)


def test_without_costs_or_capital_the_page_says_what_it_cannot_tell() -> None:
    page = write_html(forecast_document(nothing_much())).decode()
    assert "No cost is assumed" in page
    said = " ".join(risk_sentences(nothing_much()))
    assert "Nobody gives capital" in said
    assert "No cost that public bodies bear besides success payments is assumed." in said


def test_every_row_of_sources_and_uses_says_its_side_and_its_amount() -> None:
    page = write_html(forecast_document(nothing_much())).decode()
    told = page.partition('id="sources"')[2].partition("</table>")[0]
    assert "Sources in all" in told
    assert "Uses in all" in told
    assert ">none<" not in told


def test_the_page_of_a_deal_that_states_no_provision_speaks_of_none() -> None:
    page = write_html(forecast_document(nothing_much())).decode()
    assert "by fiscal year: expected, and at most" in page
    assert " provided." not in page
