"""Correct the warrant or payment number under which a payment was put on record."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.reconciliation import CorrectedNumber, ReconciliationRecord
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.reconciled import payment_code
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.statement.approvals import approvals_folder, standing_of
from payforsuccess.runs.statement.mark_paid import (
    number_problems,
    paid_under_numbers,
    why_not_office,
)
from payforsuccess.runs.statement.reconciliations import add_reconciliation, reconciliation_folder
from payforsuccess.runs.statement.statements import show


def correct_number(
    path: DealPath, payment: str, *, number: str, reason: str, by: str, on: date
) -> ReconciliationRecord:
    """Put on record under which number a payment went out; the wrong one stays on record too.

    payment: its code, as `payments.reconciled.payment_code` makes it. by: of the office that issues
    warrants, who neither prepared nor approved the statement. Balances and statements go by the
    payment as it was written, and do not change. Refuses a number that another payment has, the one
    that counts already, and silence on why.
    """
    folder = open_folder(path)
    with locked(approvals_folder(folder)), locked(reconciliation_folder(folder)):
        now = dict(zip(map(payment_code, folder.paid()), paid_under_numbers(folder), strict=True))
        found = now.get(payment)
        if found is None:
            raise Refusal(
                Problem(
                    sentence("There is no such payment on record."),
                    sentence("Look at the payments of the statement."),
                )
            )
        others = [each for code, each in now.items() if code != payment]
        problems = number_problems(number, [each for each in others if each.reference == number])
        if number == found.reference:
            problems.append(
                Problem(
                    sentence("The payment has this number already."),
                    sentence("Write the number that stands on the warrant."),
                )
            )
        if not by.strip() or not reason.strip():
            problems.append(
                Problem(
                    sentence("Nothing says who corrects the number, and why."),
                    sentence("Write both."),
                )
            )
        why = why_not_office(standing_of(folder, show(path, found.statement).statement), by)
        if why:
            problems.append(
                Problem(why, sentence("Let someone else of the paying office record it."))
            )
        if problems:
            raise Refusal(problems)
        corrected = CorrectedNumber(
            payment=payment,
            statement=found.statement,
            was=found.reference,
            number=number,
            reason=reason.strip(),
        )
        return add_reconciliation(folder, by=by, on=on, corrected=corrected)
