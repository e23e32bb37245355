"""A forecast on the terminal: the cases side by side, or every table of every case."""

from __future__ import annotations

from payforsuccess.finance.summary import CaseSummary, Summary
from payforsuccess.reports.forecast_tables import (
    Lines,
    borne,
    liability,
    periods,
    side_by_side,
    sources_and_uses,
    tranches,
)
from payforsuccess.reports.forecast_words import break_even_text, firmness_text, risk_sentences
from payforsuccess.reports.numbers import amount_text
from payforsuccess.runs.columns import in_columns


def forecast_lines(summary: Summary, *, is_full: bool) -> list[str]:
    """The text: the cases side by side, then what is bigger than a case; in full, every table."""
    deal, assumptions = summary.forecast.deal, summary.forecast.assumptions
    lines = [
        f"{deal.deal}, looked ahead as of {assumptions.as_of}, in {deal.currency}",
        f"The terms are {deal.standing}; what is assumed is {firmness_text(assumptions)}.",
        "",
        *_rows(side_by_side(summary)),
    ]
    if is_full:
        for one in summary.cases.values():
            lines += ["", *_case(one, deal.currency)]
    lines += ["", "Liability of the payors by fiscal year", *_rows(liability(summary))]
    lines += ["", "Left with, after all: who bears what", *_rows(borne(summary), texts=2)]
    lines += [f"  {sentence}" for sentence in risk_sentences(summary)]
    if summary.break_even is not None:
        lines += ["", break_even_text(summary.break_even, deal.currency)]
    if summary.findings:
        lines += ["", "Findings", *(f"  {finding}" for finding in summary.findings)]
    return [line.replace("\N{MINUS SIGN}", "-") for line in lines]


def _case(one: CaseSummary, currency: str) -> list[str]:
    lines = [f"{one.case.capitalize()} case", "  Sources and uses"]
    lines += _indented(sources_and_uses(one, currency)[1:])
    if one.sources.outside:
        lines.append("  Outside the project's own money")
        told: Lines = [
            (entry.says, amount_text(entry.amount, currency)) for entry in one.sources.outside
        ]
        lines += _indented(told)
    if one.periods:
        lines += ["  Cash by period", *_indented(periods(one, currency))]
    else:
        lines.append("  No cash moves.")
    if one.returns:
        lines += ["  Capital", *_indented(tranches(one, currency))]
    for cash in one.providers:
        lines.append(
            f"  {cash.party}: out of pocket by up to "
            f"{amount_text(cash.working_capital, currency)}, "
            f"{amount_text(cash.to_date[-1], currency)} in the end"
        )
    return lines


def _rows(rows: Lines, *, texts: int = 1) -> list[str]:
    return [f"  {line}" for line in in_columns(rows, right=range(texts, len(rows[0])))]


def _indented(rows: Lines) -> list[str]:
    return [f"  {line}" for line in _rows(rows)]
