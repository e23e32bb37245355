"""Note money that came on a call for capital, and costs that the project paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital_record import Disbursement, Movement
from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record.filing import why_not_received
from payforsuccess.finance.capital_record.noting import why_not_spent
from payforsuccess.runs.finance.call_capital import CallNoted, noted
from payforsuccess.runs.finance.open_books import made, open_books
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import money_text


@dataclass(frozen=True, repr=False)
class Spent:
    """A cost that was put on record, and what the project holds then, in minor units."""

    cost: Disbursement
    amount: int
    held: int
    currency: str

    def __str__(self) -> str:
        paid = money_text(self.amount, self.currency, code=True)
        left = money_text(self.held, self.currency, code=True)
        return f"{paid} was paid to {self.cost.to} on {self.cost.on}. The project holds {left}."

    __repr__ = __str__

    def as_plain(self) -> Mapping[str, object]:
        """Amounts in minor units."""
        return {"cost": self.cost.as_plain(), "amount": self.amount, "held": self.held}


def note_received(path: DealPath, name: str, *, amount: int, on: date, today: date) -> CallNoted:
    """Put on record what came on a call, whole or in part; minor units.

    Refuses more than was called, money on a call that was refused, and a day before the call or
    after `today`.
    """
    with open_books(path) as books:
        state = books.call(name, today)
        problems = why_not_received(
            books.deal, books.record, state, amount=amount, on=on, today=today
        )
        if problems:
            raise Refusal(problems)
        came = made(Movement, on=on, amount=books.amount(amount))
        return noted(books.add((*books.at(state), "received"), came), name, today)


def note_disbursement(
    path: DealPath, *, to: str, amount: int, on: date, says: str, today: date
) -> Spent:
    """Put on record that the project paid a cost; minor units.

    Refuses a party that the deal does not have, more than the project held from that day on, a
    payment that stands there word for word, and a day after `today`.
    """
    with open_books(path) as books:
        cost = made(
            Disbursement, on=on, amount=books.amount(amount), to=to, says=says.strip() or None
        )
        problems = why_not_spent(books.deal, books.record, books.followed(today), cost, today=today)
        if problems:
            raise Refusal(problems)
        after = books.add(("disbursements",), cost)
        return Spent(cost, amount, after.followed(today).held, books.deal.currency)
