"""Tables for CSV and Parquet: statements' lines, payments, results, redactions, comparators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from payforsuccess.deal.record import Record
from payforsuccess.reports.open_data.shown import Opened
from payforsuccess.units import exact_text, from_minor

ColumnType = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True)
class OpenColumn:
    """A column: its name, its type in a table schema, and what it holds."""

    name: str
    type: ColumnType
    says: str
    is_required: bool = True


@dataclass(frozen=True)
class OpenTable:
    """A table with its columns; a cell is text in the form of its column's type, or empty."""

    name: str
    says: str
    columns: tuple[OpenColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def _column(
    name: str, says: str, type_: ColumnType = "string", *, may_be_empty: bool = False
) -> OpenColumn:
    return OpenColumn(name, type_, says, is_required=not may_be_empty)


_CURRENCY = _column("currency", "The currency, by ISO 4217.")
_LINES = (
    _column("statement", "The number of the statement, from 1.", "integer"),
    _column("payment_term", "The payment term, by its name in the deal."),
    _column("period", "The payment period, from 1.", "integer"),
    _column("kind", "line, released or correction."),
    _column("clause", "The clause of the contract."),
    _column(
        "payor",
        "Who owes this part of the line; empty where the amount is not shown.",
        may_be_empty=True,
    ),
    _column(
        "amount",
        "Whole units of the currency; empty where it is not shown.",
        "number",
        may_be_empty=True,
    ),
    _CURRENCY,
)
_PAYMENTS = (
    _column("statement", "The number of the statement that was paid.", "integer"),
    _column("on", "The day the money moved.", "date"),
    _column("kind", "paid or recovered."),
    _column(
        "amount",
        "Whole units of the currency; empty where it is not shown.",
        "number",
        may_be_empty=True,
    ),
    _CURRENCY,
    _column("reference", "The number of the payment, where one is recorded.", may_be_empty=True),
)
_RESULTS = (
    _column("statement", "The statement that first used the value, or changed it.", "integer"),
    _column("outcome", "The outcome, by its name in the deal."),
    _column("slot", "The payment period or the measurement point."),
    _column("cohort", "The cohort, where the deal tells them apart.", may_be_empty=True),
    _column(
        "value",
        "Exactly as stated; a ratio such as 10/3 where the decimals do not end. Empty where it "
        "is not shown.",
        may_be_empty=True,
    ),
    _column("unit", "What one of it is."),
    _column(
        "people",
        "How many people it rests on; empty where it is not stated or not shown.",
        "integer",
        may_be_empty=True,
    ),
    _column("standing", "determined or provisional."),
)
_REDACTIONS = (_column("what", "What is not shown."), _column("because", "Why."))
_COMPARATORS = (
    _column("id", "The name of the deal in the library."),
    _column("name", "Its full name."),
    _column("place", "Where."),
    _column("countries", "The countries, separated by semicolons."),
    _column("first_year", "The year in which delivery began.", "integer"),
    _column("last_year", "The year in which it ended.", "integer", may_be_empty=True),
    _column("policy_areas", "Separated by semicolons.", may_be_empty=True),
    _column("population", "Whom it served."),
    _column("outcomes", "Separated by semicolons."),
    _column("payment_terms", "Separated by semicolons.", may_be_empty=True),
    _column("capital", "Who put in how much, separated by semicolons.", may_be_empty=True),
    _column("designs", "How it was evaluated, separated by semicolons."),
    _column("evaluators", "Separated by semicolons.", may_be_empty=True),
    _column("state", "Where it stands."),
    _column("result", "Whether success payments were made."),
    _column("result_says", "One sentence on how it came out."),
    _column("currency", "The currency, by ISO 4217."),
    _column(
        "lessons",
        "What stalled, what was amended and the like, each with its sources.",
        may_be_empty=True,
    ),
    _column("gaps", "What was looked for and not found.", may_be_empty=True),
    _column("sources", "The ids of its sources.", may_be_empty=True),
)


def deal_tables(shown: Opened) -> tuple[OpenTable, ...]:
    """What may be shown of a deal's statements, results and payments, and what is not shown."""
    currency = shown.deal.currency
    return (
        OpenTable(
            "statement-lines",
            "Lines of the issued statements, one row a line and payor.",
            _LINES,
            tuple(_line_rows(shown)),
        ),
        OpenTable(
            "payments",
            "Money that moved on the statements.",
            _PAYMENTS,
            tuple(
                (
                    str(one.statement),
                    one.on.isoformat(),
                    one.kind,
                    "" if one.amount is None else exact_text(one.amount),
                    currency,
                    one.reference,
                )
                for one in shown.payments
            ),
        ),
        OpenTable(
            "results",
            "Results that statements rest on; nothing about any person.",
            _RESULTS,
            tuple(
                (
                    str(one.statement),
                    one.outcome,
                    one.slot,
                    one.cohort,
                    "" if one.value is None else exact_text(one.value),
                    one.unit,
                    "" if one.people is None else str(one.people),
                    one.standing,
                )
                for one in shown.results
            ),
        ),
        OpenTable(
            "redactions",
            "What is not shown, and why.",
            _REDACTIONS,
            tuple((one.what, one.because) for one in shown.redactions),
        ),
    )


def _line_rows(shown: Opened) -> Iterable[tuple[str, ...]]:
    currency = shown.deal.currency
    for statement in shown.statements:
        for line in statement.lines:
            head = (str(line.statement), line.term, str(line.period), line.kind, line.clause)
            for payor, amount in line.payors or (("", line.amount),):
                shown_as = "" if amount is None else exact_text(from_minor(amount, currency))
                yield (*head, payor, shown_as, currency)


def comparator_table(records: Iterable[Record]) -> OpenTable:
    """The library of deals, one row a deal."""
    return OpenTable(
        "comparators",
        "What the public record says of real deals; each figure has its sources in the library.",
        _COMPARATORS,
        tuple(_comparator(record) for record in records),
    )


def _comparator(record: Record) -> tuple[str, ...]:
    parts = (*record.facts, *record.capital, *record.payment_terms, *record.figures)
    cited = [source for part in parts for source in part.sources]
    cited += [source for lesson in record.lessons for source in lesson.sources]
    capital = [
        f"{one.party}{'' if one.kind is None else f', {one.kind}'}"
        f"{'' if one.amount is None else f', {exact_text(one.amount)} {record.currency}'}"
        for one in record.capital
    ]
    return (
        record.id,
        record.name,
        record.place,
        _joined(record.countries),
        str(record.years.from_),
        "" if record.years.to is None else str(record.years.to),
        _joined(record.policy_areas),
        record.population,
        _joined(record.outcomes),
        _joined(f"{term.kind}: {term.says}" for term in record.payment_terms),
        _joined(capital),
        _joined(record.designs),
        _joined(record.parties_as("evaluator")),
        record.state,
        record.result.kind,
        record.result.says,
        record.currency,
        _joined(f"{one.about}: {one.says} [{', '.join(one.sources)}]" for one in record.lessons),
        _joined(record.gaps),
        _joined(dict.fromkeys(cited)),
    )


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
