"""A forecast as a page: cases side by side, who bears what, liability, cash, what is assumed."""

from __future__ import annotations

from payforsuccess.finance.by_period import COLUMNS, PeriodCash
from payforsuccess.finance.summary import CaseSummary, Summary
from payforsuccess.reports.charts.cash import CashByPeriod, Layer, cash_figure
from payforsuccess.reports.charts.liability import LiabilityByYear, Year, liability_figure
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.forecast_tables import (
    as_table,
    assumed,
    borne,
    liability,
    periods,
    side_by_side,
    sources_table,
    tranches,
)
from payforsuccess.reports.forecast_words import break_even_text, firmness_text, risk_sentences
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import amount_text, day_text

# Which columns of `finance.by_period.COLUMNS` are drawn as one kind of cash.
_IN = (
    ("capital drawn", ("capital drawn",)),
    ("success payments", ("success payments",)),
    ("found by bearers, made good", ("found by bearers", "made good by guarantors")),
)
_OUT = (
    ("costs", ("costs paid", "fees")),
    ("principal, deferred fees", ("principal", "deferred fees")),
    ("interest, returns, releases", ("interest", "returned", "released to payors", "taken back")),
)


def forecast_document(summary: Summary) -> Document:
    """The page for payors, investors and provider alike; the same numbers for each."""
    deal, assumptions = summary.forecast.deal, summary.forecast.assumptions
    return Document(
        title=f"{deal.deal}: looked ahead",
        language="en",
        subtitle=f"As assumed on {day_text(assumptions.as_of)}, in {deal.currency}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *assumed_notices(firmness_text(assumptions)),
        ),
        blocks=(
            *_cases(summary),
            *_risk(summary),
            *_liability(summary),
            *_cash(summary),
            *_capital(summary),
            *_sources(summary),
            *_findings(summary),
            Heading(2, "What is assumed", "assumed"),
            as_table(
                "Assumptions with their cases, standing and source",
                assumed(assumptions),
                texts=(0, 4, 5),
            ),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "A case is a story, not a bound: things may turn out worse than low and better "
                "than high. Success payments are computed by the deal's own payment terms, period "
                "by period, as statements will be, and cash goes out in the deal's own order of "
                "repayment. Results that are determined already stand in place of what is assumed."
            ),
            paragraph(
                "What came back is principal, interest, what was left, and what guarantors made "
                "good. Lost is principal alone, that the deal never repaid and nobody made good; "
                "of a guarantor, all that it made good. A grant is not owed back, and not lost. "
                "For all together, a guarantee is a move among those who gave."
            ),
            paragraph(
                "A multiple is what came back for each unit drawn. A rate is the yearly rate of "
                "return of the dated flows, by actual days over 365. A fiscal year is named by the "
                "year in which it ends. The most that can fall due is proved from the payment "
                "terms, whatever the outcomes are."
            ),
        ),
    )


def _cases(summary: Summary) -> list[Block]:
    deal = summary.forecast.deal

    def span(of: dict[str, int]) -> tuple[str, ...]:
        low, high = amount_text(of["low"], deal.currency), amount_text(of["high"], deal.currency)
        return (f"base case; {low} low, {high} high",)

    paid = {case: one.forecast.paid for case, one in summary.cases.items()}
    figures = [
        KeyFigure(
            "Success payments",
            amount_text(paid["base"], deal.currency),
            span({str(case): amount for case, amount in paid.items()}),
        )
    ]
    most = summary.liability.most_in_all
    if most is not None:
        figures.append(
            KeyFigure(
                "Most that can fall due", amount_text(most, deal.currency), ("over the whole deal",)
            )
        )
    if deal.capital:
        lost = {
            str(case): sum(amount for _, amount in one.risk.lost)
            for case, one in summary.cases.items()
        }
        figures.append(
            KeyFigure("Capital lost", amount_text(lost["base"], deal.currency), span(lost))
        )
        nothing = summary.without_success
        if nothing is not None:
            figures.append(
                KeyFigure(
                    "Capital lost if nothing more succeeds"
                    if summary.forecast.determined
                    else "Capital lost if nothing succeeds",
                    amount_text(sum(amount for _, amount in nothing.risk.lost), deal.currency),
                    ("people and costs as in the base case",),
                )
            )
    blocks: list[Block] = [
        Heading(2, "Cases side by side", "cases"),
        KeyFigures(tuple(figures)),
        as_table("Figures of each case", side_by_side(summary)),
    ]
    if summary.break_even is not None:
        blocks.append(paragraph(break_even_text(summary.break_even, deal.currency)))
    if summary.stopped:
        blocks.append(Heading(3, "What stops it", "stopped"))
        blocks.append(
            ItemList(tuple(with_names(f"{each.what} {each.do}") for each in summary.stopped))
        )
    return blocks


def _risk(summary: Summary) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, "Who bears what", "risk"),
        ItemList(tuple((sentence,) for sentence in risk_sentences(summary))),
    ]
    if len(borne(summary)) < 2:
        return [*blocks, paragraph("No money moves in any case.")]
    return [
        *blocks,
        as_table(
            "What each is left with after all; below zero, it bears",
            borne(summary),
            first="Who",
            texts=(0, 1),
        ),
    ]


def _liability(summary: Summary) -> list[Block]:
    told = summary.liability
    states = bool(summary.forecast.deal.budget.provided)
    blocks: list[Block] = [Heading(2, "Liability of the payors", "liability")]
    if not told.years:
        return [*blocks, paragraph("No payment falls into any fiscal year.")]
    years = tuple(
        Year(
            str(year.fiscal_year),
            year.paid.get("low", 0),
            year.paid.get("base", 0),
            year.paid.get("high", 0),
            year.most,
            year.provided if states else None,
        )
        for year in told.years
    )
    picture = LiabilityByYear(
        "Success payments by fiscal year: expected, at most, and provided"
        if states
        else "Success payments by fiscal year: expected, and at most",
        summary.forecast.deal.currency,
        years,
    )
    table = as_table("Liability by fiscal year of payment", liability(summary))
    return [*blocks, liability_figure(picture, table)]


def _cash(summary: Summary) -> list[Block]:
    currency = summary.forecast.deal.currency
    blocks: list[Block] = [Heading(2, "Cash by period", "cash")]
    for one in sorted(summary.cases.values(), key=lambda one: one.case != "base"):
        if not one.periods:
            blocks.append(paragraph(f"In the {one.case} case no cash moves."))
            continue
        table = as_table(f"Cash by period in the {one.case} case", periods(one, currency))
        is_drawn = one.case == "base"
        blocks.append(cash_figure(_picture(one, currency), table) if is_drawn else table)
    return blocks


def _picture(one: CaseSummary, currency: str) -> CashByPeriod:
    at = {says: number for number, (says, _) in enumerate(COLUMNS)}

    def layers(kinds: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Layer, ...]:
        found = (
            Layer(says, tuple(sum(row.amounts[at[name]] for name in names) for row in one.periods))
            for says, names in kinds
        )
        return tuple(layer for layer in found if any(layer.amounts))

    return CashByPeriod(
        "Cash by period in the base case: in above the line, out below it",
        currency,
        tuple(_short(row) for row in one.periods),
        layers(_IN),
        layers(_OUT),
        tuple(row.left for row in one.periods),
    )


def _short(row: PeriodCash) -> str:
    words = row.says.split()
    return words[1] if words[0] == "period" else "after"


def _capital(summary: Summary) -> list[Block]:
    if not summary.forecast.deal.capital:
        return []
    currency = summary.forecast.deal.currency
    return [
        Heading(2, "Capital", "capital"),
        *(
            as_table(
                f"What each tranche gives and gets back in the {one.case} case",
                tranches(one, currency),
            )
            for one in summary.cases.values()
        ),
    ]


def _sources(summary: Summary) -> list[Block]:
    currency = summary.forecast.deal.currency
    blocks: list[Block] = [Heading(2, "Sources and uses", "sources")]
    for one in summary.cases.values():
        blocks.append(sources_table(one, currency))
        if one.sources.outside:
            told = (
                (f"{entry.says}: {amount_text(entry.amount, currency)}",)
                for entry in one.sources.outside
            )
            blocks.append(paragraph(f"Outside the project's own money, {one.case} case:"))
            blocks.append(ItemList(tuple(told)))
    return blocks


def _findings(summary: Summary) -> list[Block]:
    if not summary.findings:
        return []
    return [
        Heading(2, "Findings", "findings"),
        ItemList(tuple(with_names(finding.what) for finding in summary.findings)),
    ]
