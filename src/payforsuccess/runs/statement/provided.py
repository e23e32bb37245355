"""What the payors' budget provides for an issued statement, where there is one beside the deal."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Problem
from payforsuccess.finance.budget.paid import paid_by_payors
from payforsuccess.finance.budget.payable import Payable, payable
from payforsuccess.runs.finance.budget_files import has_budget, read_budget_file
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.disputed import disputed


def payable_from_budget(
    folder: DealFolder, statement: Statement, on: date, *, before_paid: bool = False
) -> Payable:
    """How an issued statement would be paid on a day out of the payors' funds; refuses a bad file.

    What is disputed, in `initiative.yaml`, is left out. before_paid: as though nothing had been
    paid on the statement yet, which tells how it was coded once all of it is.
    """
    deal = folder.history().latest
    file = read_budget_file(folder, deal)
    statements = folder.statements()
    payments = folder.paid()
    if before_paid:
        number = statement.number
        payments = tuple(each for each in payments if each.statement != number)
        entries = tuple(each for each in file.entries if each.statement != number)
        file = file.model_copy(update={"entries": entries})
    paid = paid_by_payors(deal, file, statements, payments, through=on)
    held = disputed(folder, deal, statement, on)
    return payable(deal, file, statements, statement.number, paid, on=on, disputed=held)


def not_appropriated(
    folder: DealFolder, statement: Statement, on: date
) -> tuple[tuple[str, int, Problem], ...]:
    """What of a statement nothing is appropriated for on a day: payor, minor units, and why.

    Nothing where the deal has no budget: then its payors' offices look after the appropriation.
    """
    if not has_budget(folder):
        return ()
    return payable_from_budget(folder, statement, on).missing
