"""Hold what the bank says against the book of capital."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital_record import BankBalance
from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record.asks import Reconciled, reconciled
from payforsuccess.finance.capital_record.noting import why_not_balanced
from payforsuccess.runs.finance.open_books import made, open_books
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import money_text


@dataclass(frozen=True, repr=False)
class Balanced:
    """A balance that was put on record, and how bank and book stand on its day.

    found: None for an account that the book is not held against.
    """

    balance: BankBalance
    found: Reconciled | None
    currency: str

    @property
    def is_closed(self) -> bool:
        """Whether bank and book agree on the day, with every account's balance on record."""
        return self.found is not None and not self.found.lacking and not self.found.difference

    def __str__(self) -> str:
        if self.found is None:
            return "It is on record. The book is held against the project's accounts alone."
        if self.found.lacking:
            return f"It is on record. No balance of {', '.join(self.found.lacking)} is there yet."
        bank = money_text(self.found.bank, self.currency, code=True)
        book = money_text(self.found.book, self.currency, code=True)
        if self.is_closed:
            return f"Bank and book agree on {self.found.on}: {bank}."
        gap = money_text(self.found.difference, self.currency, code=True)
        return f"On {self.found.on} the bank holds {bank} and the book {book}: {gap} to find."

    __repr__ = __str__

    def as_plain(self) -> Mapping[str, object]:
        """Amounts in minor units."""
        found = self.found
        return {
            "balance": self.balance.as_plain(),
            "is_closed": self.is_closed,
            "bank": found.bank if found else None,
            "book": found.book if found else None,
            "lacking": list(found.lacking) if found else [],
        }


def note_balance(path: DealPath, *, account: str, balance: int, on: date, today: date) -> Balanced:
    """Put on record what the bank says of an account at the end of a day; minor units.

    A difference from the book is told, and stays on record until the book explains it. Refuses an
    account that is not on record, a second balance of one day, and a day after `today`.
    """
    with open_books(path) as books:
        said = made(BankBalance, account=account, on=on, balance=books.amount(balance))
        problems = why_not_balanced(books.record, said, today=today)
        if problems:
            raise Refusal(problems)
        after = books.add(("bank",), said)
        found = reconciled(after.deal, after.record, as_of=on)
        return Balanced(
            said, next((each for each in found if each.on == on), None), books.deal.currency
        )
