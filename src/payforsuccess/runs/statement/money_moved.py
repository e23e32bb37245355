"""Money that payments.yaml says has moved, held against what was approved and what was stated."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from payforsuccess.deal.results import Statement
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.statement.approvals import standing_of
from payforsuccess.units import CURRENCY_DIGITS, exact_money_text, money_text

if TYPE_CHECKING:
    from payforsuccess.runs.statement.statements import Issued


def money_on(path: DealPath, issued: Issued) -> tuple[str, ...]:
    """What a reader must know of the money on one issued statement."""
    path, _ = named_statement(path, issued.statement.number)
    return money_moved(open_folder(path), issued.statement)


def money_moved(folder: DealFolder, statement: Statement) -> tuple[str, ...]:
    """What a reader must know of the money on an issued statement; empty when it is in order.

    Money on a statement that is not approved, and more money than the statement asks for. What is
    on record is never refused for it: it moved.
    """
    paid = Fraction(0)
    for payment in folder.paid():
        if payment.statement == statement.number:
            paid += payment.amount if payment.kind == "paid" else -payment.amount
    if paid <= 0:
        return ()
    code = statement.currency
    moved = paid * 10 ** CURRENCY_DIGITS[code]
    said = []
    reasons = why_not_approvable(statement)
    standing = standing_of(folder, statement)
    if reasons or not standing.is_approved:
        why = reasons[0] if reasons else f"{standing.why_not}."
        said.append(
            f"{exact_money_text(moved, code)} was paid on statement {statement.number}, "
            f"which is not approved: {why}"
        )
    asked = max(statement.total, 0)
    if moved > asked:
        said.append(
            f"{exact_money_text(moved - asked, code)} more was paid on statement "
            f"{statement.number} than the {money_text(asked, code, code=True)} it asks for; the "
            "rest is set off against what falls due next, on a statement of its own."
        )
    return tuple(said)
