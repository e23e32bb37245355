"""A voucher for an issued statement: what each payor pays out of which fund, as its books say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.finance.budget.payable import Payable, VoucherLine
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.finance.budget_files import has_budget
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.statement.approvals import standing_of
from payforsuccess.runs.statement.approve import superseded
from payforsuccess.runs.statement.provided import payable_from_budget
from payforsuccess.runs.statement.statements import Issued, show
from payforsuccess.units import CURRENCY_DIGITS, exact_text, from_minor, money_text

COLUMNS = (
    "payor",
    "fiscal_year",
    "fund",
    "unit",
    "account",
    "vendor",
    "encumbrance",
    "amount",
    "currency",
    "pay_on",
    "deal",
    "statement",
    "statement_fingerprint",
)


@dataclass(frozen=True, repr=False)
class Voucher:
    """The voucher's file, its statement, and what it asks for."""

    path: Path
    statement: int
    fingerprint: str
    currency: str
    pay_on: date
    lines: tuple[VoucherLine, ...]
    disputed: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        whole = sum(line.amount for line in self.lines)
        return "\n".join(
            [
                f"Wrote {self.path} for statement {self.statement}, to be paid on {self.pay_on}:",
                *coded(self.lines, self.currency),
                f"Total  {money_text(whole, self.currency, code=True)}",
                *_held_back(self.disputed, self.currency),
            ]
        )

    __repr__ = __str__


@dataclass(frozen=True, repr=False)
class CodedStatement:
    """How an issued statement is coded, or why it is not payable; no part of the statement."""

    pay_on: date
    currency: str
    found: Payable

    def __str__(self) -> str:
        lines = [f"Payable from budget.yaml, on {self.pay_on} (no part of the statement)"]
        lines += coded(self.found.lines, self.currency)
        lines += [f"  {each}" for each in _held_back(self.found.disputed, self.currency)]
        lines += [f"  NOT PAYABLE: {problem.what}" for problem in self.found.problems]
        if not (self.found.lines or self.found.problems or self.found.disputed):
            lines.append("  Nothing more is payable.")
        return "\n".join(lines)

    __repr__ = __str__


def voucher(path: DealPath, number: int | None, *, to: Path, on: date | None = None) -> Voucher:
    """Write the voucher of an issued statement as CSV or JSON, by the name of the file.

    `on` is the day of payment: the day on which the statement falls due if left out. Refuses a
    statement that is not approved, one that is paid, and one that is payable only in part: by
    payor and fiscal year where money appropriated or held is missing, by fund where coding is. What
    a payor disputes, in `initiative.yaml` beside the deal, is left out, and the rest is paid.
    """
    path, number = named_statement(path, number)
    folder = open_folder(path)
    issued = show(path, number)
    statement = issued.statement
    if to.suffix.lower() not in (".csv", ".json"):
        raise Refusal(
            Problem(
                sentence("A voucher is CSV or JSON."),
                sentence("Name a file .csv or .json."),
                Place(str(to)),
            )
        )
    reasons = why_not_approvable(statement)
    pay_on = _pay_on(statement, on)
    found = _payable(folder, statement, pay_on)
    problems = [
        Problem(
            sentence(
                "No payment on statement {number} can be approved: {reason}",
                number=statement.number,
                reason=reason,
            ),
            sentence("Mend that first; a voucher asks for money."),
            Place(str(issued.folder)),
        )
        for reason in reasons
    ]
    standing = standing_of(folder, statement)
    if not reasons and not standing.is_approved:
        problems.append(
            Problem(
                sentence(
                    "Statement {number} is not approved: {why_not}.",
                    number=statement.number,
                    why_not=standing.why_not,
                ),
                sentence(
                    "Have them say so: pfs statement approve DEAL {number} --by NAME --party "
                    "PAYOR.",
                    number=statement.number,
                ),
                Place(str(issued.folder)),
            )
        )
    problems += _too_early(folder, statement, pay_on)
    problems += found.problems
    if not problems and not found.lines and found.disputed:
        problems.append(
            Problem(
                sentence(
                    "All that is still payable on statement {number} is in dispute.",
                    number=statement.number,
                ),
                sentence("Settle the dispute first, and record it in initiative.yaml."),
                Place(str(issued.folder)),
            )
        )
    elif not problems and not found.lines:
        problems.append(
            Problem(
                sentence(
                    "Nothing on statement {number} is payable any more.", number=statement.number
                ),
                sentence(
                    "What was paid stands in payments.yaml and in the entries of budget.yaml."
                ),
                Place(str(issued.folder)),
            )
        )
    if problems:
        raise Refusal(problems)
    rows = [_row(line, statement, pay_on) for line in found.lines]
    write_whole(to, _csv(rows) if to.suffix.lower() == ".csv" else json_bytes({"voucher": rows}))
    return Voucher(
        to,
        statement.number,
        statement.fingerprint,
        statement.currency,
        pay_on,
        found.lines,
        found.disputed,
    )


def coding_of(
    path: DealPath, issued: Issued, *, on: date | None = None, before_paid: bool = False
) -> CodedStatement | None:
    """How an issued statement is coded in budget.yaml beside the deal; None without that file.

    on: the day of payment, that on which it falls due if left out. before_paid: as though nothing
    had been paid on it yet. A file that is wrong keeps the statement from being payable, not from
    being shown.
    """
    path, _ = named_statement(path, issued.statement.number)
    folder = open_folder(path)
    if not has_budget(folder):
        return None
    pay_on = _pay_on(issued.statement, on)
    try:
        found = (
            payable_from_budget(folder, issued.statement, pay_on, before_paid=True)
            if before_paid
            else _payable(folder, issued.statement, pay_on)
        )
    except Refusal as refusal:
        found = Payable((), refusal.problems)
    return CodedStatement(pay_on, issued.statement.currency, found)


def coded(lines: Sequence[VoucherLine], currency: str) -> list[str]:
    """Each line of a voucher as text."""
    if not lines:
        return []
    heads = ("payor", "year", "fund", "unit", "account", "vendor", "encumbrance", "amount")
    rows = [heads]
    rows += [
        (
            line.payor,
            str(line.fiscal_year),
            line.coded_fund,
            line.unit,
            line.account,
            line.vendor,
            line.encumbrance or "-",
            money_text(line.amount, currency),
        )
        for line in lines
    ]
    return [f"  {line}" for line in in_columns(rows, right=(7,))]


def _pay_on(statement: Statement, on: date | None) -> date:
    if on is not None:
        return on
    return statement.due_on if statement.due_on is not None else statement.as_of


def _payable(folder: DealFolder, statement: Statement, on: date) -> Payable:
    found = payable_from_budget(folder, statement, on)
    anew = _signed_anew(folder, statement, folder.statements())
    return replace(found, problems=(*anew, *found.problems))


def _signed_anew(
    folder: DealFolder, statement: Statement, statements: Sequence[Statement]
) -> tuple[Problem, ...]:
    """Results signed anew since, of which no later statement tells yet what they change."""
    if any(later.number > statement.number for later in statements):
        return ()
    return tuple(
        Problem(
            sentence(
                "Statement {number} is not paid as it stands: {note}",
                number=statement.number,
                note=note,
            ),
            sentence("Draft and issue that statement first, and have people look at both."),
            Place(str(folder.statement_folder(statement.number))),
        )
        for note in superseded(statement, folder.determinations())
    )


def _too_early(folder: DealFolder, statement: Statement, pay_on: date) -> tuple[Problem, ...]:
    """A day of payment before the statement was made, or before the last word on it."""
    approved = standing_of(folder, statement).approved
    first = max([statement.as_of, *(record.on for record in approved)])
    if pay_on >= first:
        return ()
    return (
        Problem(
            sentence(
                "Nothing on statement {number} can be paid on {pay_on}: it was made on {as_of}"
                "{approved}.",
                number=statement.number,
                pay_on=pay_on,
                as_of=statement.as_of,
                approved=sentence(" and approved on {day}", day=first) if approved else "",
            ),
            sentence("Give a day from {first} on.", first=first),
        ),
    )


def _held_back(held: Sequence[tuple[str, int]], currency: str) -> list[str]:
    return [
        f"Not paid yet, in dispute: {payor} {money_text(amount, currency, code=True)}"
        for payor, amount in held
    ]


def _row(line: VoucherLine, statement: Statement, pay_on: date) -> dict[str, str | int]:
    digits = CURRENCY_DIGITS[statement.currency]
    whole, _, decimals = exact_text(from_minor(line.amount, statement.currency)).partition(".")
    amount = f"{whole}.{decimals.ljust(digits, '0')}" if digits else whole
    values = (
        line.payor,
        line.fiscal_year,
        line.coded_fund,
        line.unit,
        line.account,
        line.vendor,
        line.encumbrance,
        amount,
        statement.currency,
        pay_on.isoformat(),
        statement.deal,
        statement.number,
        statement.fingerprint,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _csv(rows: Sequence[dict[str, str | int]]) -> bytes:
    return csv_text(COLUMNS, ([row[name] for name in COLUMNS] for row in rows)).encode()
