"""A payment date: success payments arrive, interest is counted, and the steps pay it out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from payforsuccess.deal.capital import TO_TRANCHES
from payforsuccess.finance.moves import PROJECT, Kind
from payforsuccess.finance.waterfall.balances import Balance
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import PlannedStep, has_been_met

WHOLE = (Fraction(1),)


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
        _take(book, number, planned, if_met)
    for balance in book.balances:
        balance.close_date()


def _take(book: Book, number: int, planned: PlannedStep, if_met: Any) -> None:
    pays = planned.step.pays
    wanted: Any = planned.each_date if pays in ("fee", "reserve") else None
    for at in planned.pools:
        held, free = book.held[at], book.pools[at]
        if not (isinstance(held, int) and not held):
            free = free - held
        if isinstance(free, int) and not free:
            continue
        free = book.numbers.where(if_met, free)
        if pays == "reserve":
            kept = book.numbers.least(free, wanted)
            book.held[at] = book.held[at] + kept
            wanted = wanted - kept
            continue
        if pays in TO_TRANCHES:
            owed_to = [book.balances[place] for place in planned.tranches[at]]
            _pay_owed(book, number, at, owed_to, free, is_interest=pays == "interest")
            continue
        if pays == "fee":
            parts = [_allowed(book, number, book.numbers.least(free, wanted))]
            wanted = wanted - parts[0]
        else:
            parts = book.numbers.shares(free, planned.step.shares or WHOLE)
            if planned.at_most is not None:
                total = _allowed(book, number, sum(parts, 0))
                parts = book.numbers.in_proportion(total, parts)
        for account, part in zip(planned.accounts, parts, strict=True):
            book.add(pays, book.plan.pools[at], account, part, planned.why)
            if account == PROJECT:
                book.put_in(part)
            _count(book, number, at, part)


def _pay_owed(
    book: Book, number: int, pool: int, to: list[Balance], free: Any, *, is_interest: bool
) -> None:
    """Pay what is owed to tranches, in proportion where cash does not reach for all."""
    owed = [balance.interest if is_interest else balance.principal for balance in to]
    total: Any = sum(owed, 0)
    paid = _allowed(book, number, book.numbers.least(free, total))
    parts = book.numbers.in_proportion(paid, owed)
    for balance, part in zip(to, parts, strict=True):
        if isinstance(part, int) and not part:
            continue
        kind: Kind = "principal"
        if is_interest:
            kind = "interest"
            balance.interest = balance.interest - part
        else:
            balance.principal = balance.principal - part
            if balance.tranche.kind == "deferred-fee":
                kind = "deferred-fee"
        if balance.recycles and not is_interest:
            book.add("recycle", book.plan.pools[pool], PROJECT, part, book.plan.steps[number].why)
            book.put_in(part)
        else:
            book.add(
                kind, book.plan.pools[pool], balance.account, part, book.plan.steps[number].why
            )
        _count(book, number, pool, part)


def _allowed(book: Book, number: int, amount: Any) -> Any:
    """As much of an amount as a step's own limit leaves."""
    at_most = book.plan.steps[number].at_most
    return amount if at_most is None else book.numbers.least(amount, at_most - book.paid[number])


def _count(book: Book, number: int, pool: int, part: Any) -> None:
    if isinstance(part, int) and not part:
        return
    book.pools[pool] = book.pools[pool] - part
    if book.plan.steps[number].at_most is not None:
        book.paid[number] = book.paid[number] + part
