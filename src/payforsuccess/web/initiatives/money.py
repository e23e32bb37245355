"""Money of an initiative as its statements and payments tell it: read, with one sum of its own."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.results import Statement
from payforsuccess.payments.balance import balance_of, seen
from payforsuccess.runs.statement.in_office import version_on
from payforsuccess.units import to_minor
from payforsuccess.web.payments.book import Book


@dataclass(frozen=True)
class Money:
    """In minor units, to date. ceiling, left: None where the deal has no ceiling."""

    currency: str
    stated: int
    paid: int
    owed: int
    ceiling: int | None
    left: int | None
    last: Statement | None


def money_of(book: Book) -> Money:
    """What was stated and paid by the day of the book, and what the deal may still pay."""
    deal = version_on(book.history, book.on)
    statements = [each for each in book.statements if each.as_of <= book.on]
    last = statements[-1] if statements else None
    balance = balance_of(
        stated=last.balance.stated if last else 0,
        paid=seen(book.folder.paid(), book.on),
        earlier=statements,
        overpayment=deal.overpayment,
        currency=deal.currency,
        as_of=book.on,
    )
    ceiling = to_minor(deal.ceiling, deal.currency) if deal.ceiling is not None else None
    return Money(
        deal.currency,
        balance.stated,
        balance.paid - balance.recovered,
        balance.owed,
        ceiling,
        None if ceiling is None else ceiling - balance.stated,
        last,
    )
