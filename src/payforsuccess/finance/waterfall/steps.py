"""A payment date: interest is counted, and the steps pay out what is in the pools."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from payforsuccess.deal.capital import TO_TRANCHES
from payforsuccess.finance.moves import PROJECT, Kind
from payforsuccess.finance.waterfall.arithmetic import minus, plus, total
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.owed import pay_owed
from payforsuccess.finance.waterfall.plan import PlannedStep, has_been_met

WHOLE = (Fraction(1),)
_KINDS: dict[str, Kind] = {
    "fee": "fee",
    "return": "return",
    "recycle": "recycle",
    "release": "release",
}


def pay_out(book: Book, met: Mapping[str, Any], *, is_last: bool) -> None:
    """Take the steps in order, each as far as cash goes; then settle unpaid interest.

    A reserve keeps nothing on the last payment date, when there is nothing left to keep it for.
    """
    for balance in book.balances:
        balance.accrue(book.day, book.numbers)
    book.held = [0] * len(book.pools)
    for number, planned in enumerate(book.plan.steps):
        if_met: Any = True
        if planned.step.if_met is not None:
            if_met = has_been_met(book.plan.deal, planned.step.if_met, on=book.day, met=met)
        if if_met is False or (planned.step.pays == "reserve" and is_last):
            continue
        if planned.step.pays in TO_TRANCHES:
            pay_owed(book, number, if_met)
        elif planned.step.pays == "reserve":
            _keep(book, planned, if_met)
        else:
            _give(book, number, planned, if_met)
    for balance in book.balances:
        balance.close_date()


def _keep(book: Book, planned: PlannedStep, if_met: Any) -> None:
    """Keep cash from later steps up to the target of a reserve."""
    wanted: Any = planned.each_date
    for at in planned.pools:
        kept = book.numbers.least(book.free(at, if_met), wanted)
        book.held[at] = plus(book.held[at], kept)
        wanted = minus(wanted, kept)


def _count_return(book: Book, account: str, part: Any) -> None:
    for balance in book.balances:
        if balance.account == account and balance.tranche.kind == "provider-equity":
            balance.returned = plus(balance.returned, part)


def _give(book: Book, number: int, planned: PlannedStep, if_met: Any) -> None:
    """Pay a fee, or a share of what is left."""
    wanted: Any = planned.each_date
    for at in planned.pools:
        free = book.free(at, if_met)
        if isinstance(free, int) and not free:
            continue
        if planned.step.pays == "fee":
            parts = [book.allowed(number, book.numbers.least(free, wanted))]
            wanted = minus(wanted, parts[0])
        else:
            parts = book.numbers.shares(free, planned.step.shares or WHOLE)
            if planned.at_most is not None:
                paid = book.allowed(number, total(parts))
                parts = book.numbers.in_proportion(paid, parts)
        for account, part in zip(planned.accounts, parts, strict=True):
            book.pay(_KINDS[planned.step.pays], number, at, account, part)
            if planned.step.pays == "return":
                _count_return(book, account, part)
            if account == PROJECT:
                book.put_in(part)
