"""What outcomes are worth to each budget, as a page: matrix, pockets, what was found, offset."""

from __future__ import annotations

from datetime import date
from math import isnan
from textwrap import shorten

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Finding
from payforsuccess.finance.value import CaseValue, Value
from payforsuccess.finance.value.odds import Interval, ValueOdds
from payforsuccess.reports.charts.value import Budget, PaysAndSaves, pays_and_saves_figure
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import counted, day_text, percent_text
from payforsuccess.reports.table import Table
from payforsuccess.reports.value_tables import (
    READINGS,
    cost_lines,
    evidence_lines,
    found_lines,
    holder_lines,
    is_made_up,
    matrix_lines,
    offset_lines,
    pocket_lines,
    rests_text,
)

NAME_LETTERS = 34


def values_text(file: ValueFile) -> str:
    """How many lines rest on a number that was made up."""
    made_up = sum(is_made_up(line) for line in file.lines)
    of = counted(len(file.lines), "line")
    if not made_up:
        return f"no number of its {of} is made up"
    return f"{made_up} of its {of} rest on at least one made-up number"


def signs_text() -> str:
    """How signs and sums are to be read."""
    return (
        "Above 0 a budget spends less, below 0 it spends more. Budgets stand side by side and are "
        "never netted with each other."
    )


def worlds_text(odds: ValueOdds) -> str:
    """What the ranges come from."""
    return (
        f"Ranges come from {odds.scrambles} scrambles of {odds.worlds:,} worlds around the base "
        f"case, in which {counted(odds.varies, 'thing')} vary; ± is the error between scrambles."
    )


def projected_text(assumed_on: date) -> str:
    """The day and the method of what is projected."""
    return (
        f"Projected: as assumed on {day_text(assumed_on)}, base case, at the marginal cost of each "
        "line, by the deal's fiscal year in which it shows. Verified: as entered, else the "
        "determined results on issued statements at the same units and cost. Realised: taken out "
        "of a budget, as entered."
    )


def value_document(
    deal: Deal,
    assumptions: Assumptions,
    file: ValueFile,
    value: Value,
    odds: ValueOdds,
    findings: tuple[Finding, ...],
) -> Document:
    """The page: the same numbers as `pfs value` prints."""
    base, money = value.cases["base"], deal.currency
    return Document(
        title=f"{deal.deal}: value to each budget",
        language="en",
        subtitle=f"As assumed on {day_text(assumptions.as_of)}, in {money}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *assumed_notices(firmness_text(assumptions)),
            *_values_notice(file),
        ),
        blocks=(
            *_key_figures(value, odds),
            Heading(2, "Who pays and who saves", "pockets"),
            paragraph(f"{signs_text()} {_unpaid(base)}"),
            pays_and_saves_figure(
                _picture(base, money),
                _of(
                    "Each budget: avoided, cashable and paid, base case",
                    holder_lines(base, money),
                    3,
                ),
            ),
            paragraph(worlds_text(odds)),
            _of(
                "Who pays against who saves, base case",
                pocket_lines(base, odds, money),
                3,
            ),
            Heading(2, "Outcomes by budget holder", "matrix"),
            _of("Each outcome and budget holder, base case", matrix_lines(base, money), 5),
            paragraph(rests_text(base)),
            paragraph(
                "The marginal cost is what one unit more or less "
                "really changes; a cost in steps changes only where so many units fall into one "
                "fiscal year."
            ),
            _of("What a unit costs, as stated", cost_lines(file.lines), 6),
            *_found(value, assumptions, money),
            Heading(2, "How far the programme's cost is offset", "offset"),
            paragraph(
                "The value of all lines, each with its sign, over what the programme costs, "
                "whoever bears it. It is the one figure in which budgets are added up: it never "
                "says that a budget pays itself back."
            ),
            _of("Offset ratio", offset_lines(value, odds), 1),
            *_listed("Where the numbers come from", "sources", _sources(file)),
            *_listed("Findings", "findings", [finding.what for finding in findings]),
        ),
    )


def _values_notice(file: ValueFile) -> tuple[Notice, ...]:
    if not any(is_made_up(line) for line in file.lines):
        return ()
    return (
        Notice(
            "Illustrative values",
            f"Of the value of outcomes, {values_text(file)}. The table of unit costs says which; "
            "the rest is as its source says.",
        ),
    )


def _key_figures(value: Value, odds: ValueOdds) -> list[Block]:
    base = value.cases["base"]
    figures = []
    if base.offsets is not None and odds.offsets:
        figures = [
            KeyFigure(
                f"Offset of the programme's cost, {READINGS[name]}",
                percent_text(float(getattr(base.offsets, name)), 0),
                (f"base case; in 90% of worlds {_between(odds.offsets[name])}",),
            )
            for name in ("average", "marginal", "cashable")
        ]
    return [KeyFigures(tuple(figures))] if figures else []


def _unpaid(base: CaseValue) -> str:
    """How many budgets save and do not pay: the others' pockets."""
    saving = [row for row in base.holders if row.marginal > 0]
    unpaid = sum(not row.paid for row in saving)
    return f"Of {counted(len(base.holders), 'budget')}, {unpaid} save and pay nothing on success."


def _between(interval: Interval) -> str:
    low, high = interval.low, interval.high
    errors = [each.error for each in (low, high) if not isnan(each.error)]
    error = f" (± {percent_text(max(errors), 2)})" if errors else ""
    return f"{percent_text(low.value, 0)} to {percent_text(high.value, 0)}{error}"


def _picture(base: CaseValue, currency: str) -> PaysAndSaves:
    return PaysAndSaves(
        "Each budget: avoided, cashable and paid on success, base case",
        currency,
        tuple(
            Budget(
                shorten(row.holder, NAME_LETTERS, placeholder=" ..."),
                row.marginal,
                row.cashable,
                row.paid,
            )
            for row in base.holders
        ),
    )


def _found(value: Value, assumptions: Assumptions, currency: str) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, "Projected, verified and realised", "found"),
        paragraph(projected_text(assumptions.as_of)),
    ]
    if value.found:
        rows = found_lines(value, currency)
        blocks.append(_of("By agency, line and fiscal year", rows, 3))
    evidence = evidence_lines(value, currency)
    if len(evidence) > 1:
        blocks.append(as_table("What was found, and how", evidence, texts=(0, 1, 2, 4, 5, 6, 7)))
    else:
        blocks.append(paragraph("Nothing has been verified or realised yet."))
    return blocks


def _sources(file: ValueFile) -> list[str]:
    return [
        f"{line.name}: {line.says}. The line: {line.source}. Average: {line.average.source} "
        f"({line.average.standing}). Marginal: {line.marginal.source} ({line.marginal.standing}). "
        f"Cashable: {line.cashable.reason}; {_confirmed(line.cashable.confirmed_by)}."
        for line in file.lines
    ]


def _confirmed(by: str | None) -> str:
    return "not confirmed" if by is None else f"confirmed by {by}"


def _listed(title: str, anchor: str, items: list[str]) -> list[Block]:
    if not items:
        return []
    return [Heading(2, title, anchor), ItemList(tuple(with_names(item) for item in items))]


def _of(caption: str, rows: Lines, words: int) -> Table:
    """A table whose first columns are words."""
    return as_table(caption, rows, texts=range(words))
