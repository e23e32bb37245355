"""Success payments that came into the books of capital, and what was paid out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from payforsuccess.runs.finance.note_payment import (
    DueOut,
    Entered,
    PaidOut,
    note_paid_out,
    note_payment,
)
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.investor.own import BOOKS, KEEPS, books_of


@action
def enter(*, by: Access, statement: int, amount: int, on: date, today: date) -> Entered:
    """The project manager enters what payors paid on a statement."""
    hold()
    by.require(KEEPS)
    entered = note_payment(
        by.initiative.path, statement=statement, amount=amount, on=on, today=today
    )
    record(
        by.actor(KEEPS),
        "capital.entered",
        Subject("statement", str(statement)),
        after={"amount": amount, "on": on, BOOKS: books_of(by.initiative)},
    )
    return entered


@action
def pay_out(*, by: Access, due: Sequence[DueOut], on: date) -> PaidOut:
    """The project manager notes as paid out today what the deal's order pays, as it was shown."""
    hold()
    by.require(KEEPS)
    paid = note_paid_out(by.initiative.path, on=on, today=on, seen_due=due)
    record(
        by.actor(KEEPS),
        "capital.paid-out",
        Subject("capital", "distributions"),
        after={
            "amount": sum(each.amount for each in paid.due),
            "on": on,
            BOOKS: books_of(by.initiative),
        },
    )
    return paid
