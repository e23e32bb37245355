"""A contract at every share of its pay tied to outcomes, as a page."""

from __future__ import annotations

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.finance.tied import Tied
from payforsuccess.reports.charts.tied import WorkingCapital, working_capital_figure
from payforsuccess.reports.document import Document, Heading, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import amount_text, day_text, percent_text


def tied_lines(found: Tied) -> Lines:
    """Share by share: pay in the base case, then working capital and the end, case by case."""
    currency = found.deal.currency

    def money(minor: int) -> str:
        return amount_text(minor, currency)

    cases = tuple(found.at[0].cases)
    rows: Lines = [
        (
            "tied",
            "base pay",
            "success payments",
            *(f"working capital, {case}" for case in cases),
            *(f"in the end, {case}" for case in cases),
        )
    ]
    for one in found.at:
        first = one.cases[cases[0]]
        rows.append(
            (
                percent_text(float(one.share), 0),
                money(first.base_pay),
                money(first.success),
                *(money(one.cases[case].working_capital) for case in cases),
                *(money(one.cases[case].in_the_end) for case in cases),
            )
        )
    return rows


def how_base_is_paid(found: Tied) -> str:
    """Where base pay comes from as the share moves."""
    if found.spreads_base:
        return (
            "The assumptions hold no base pay: what is not tied is paid at each period's end, in "
            "proportion to its costs."
        )
    return "Base pay moves line by line, on the days of the assumptions."


def tied_document(found: Tied, assumptions: Assumptions) -> Document:
    """The page: picture, table and what is held still."""
    deal = found.deal
    rows = tied_lines(found)
    cases = tuple(found.at[0].cases)
    capital = WorkingCapital(
        deal.currency,
        tuple(float(one.share) for one in found.at),
        tuple((case, tuple(one.cases[case].working_capital for one in found.at)) for case in cases),
        float(found.now),
        as_table("Share by share", rows),
    )
    return Document(
        title=f"{deal.deal}: pay tied to outcomes",
        language="en",
        subtitle=f"As assumed on {day_text(assumptions.as_of)}, in {deal.currency}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *assumed_notices(firmness_text(assumptions)),
        ),
        blocks=(
            Heading(2, "Working capital", "working-capital"),
            paragraph(
                f"As the deal stands, {percent_text(float(found.now))} of "
                f"{amount_text(found.total, deal.currency)} in the base case is tied to outcomes."
            ),
            working_capital_figure(capital),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "What the contract pays in all in the base case stays the same at every share. "
                f"{how_base_is_paid(found)} Working capital is the most that the provider is out "
                "of pocket on any day. In another case success payments move by the same factor, "
                "so worse results cost more where more is tied."
            ),
        ),
    )
