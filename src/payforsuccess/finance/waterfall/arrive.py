"""Success payments come in: who pays them, into which pool, and what goes the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from payforsuccess.deal.parties import Payor
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.finance.moves import party
from payforsuccess.finance.waterfall.arithmetic import minus, plus
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import who_takes_back


def arrive(book: Book, amounts: Sequence[tuple[PaymentTerm, Any]]) -> None:
    """What payment terms pay on the day, from their payors into their pools.

    An amount below zero is taken back. Where the term may be negative, the party that it names, or
    its tranche, pays the payor directly. Otherwise it is an overpayment, and the deal says what it
    does: it is credited against what is paid on this day and later, recovered from the party that
    pays it back, or forgiven.
    """
    came = [(term, _not_below_zero(book, term, amount)) for term, amount in amounts]
    for term, amount in came:
        used = book.numbers.least(amount, book.credit)
        book.credit = minus(book.credit, used)
        amount = minus(amount, used)
        if isinstance(amount, int) and not amount:
            continue
        at = book.plan.pool_of[term.name]
        for payor, part in funded_by(book, term.name, amount):
            book.add("success-payment", party(payor), book.plan.pools[at], part, term.name)
            book.pools[at] = plus(book.pools[at], part)


def _not_below_zero(book: Book, term: PaymentTerm, amount: Any) -> Any:
    """The amount where it is paid, after what is taken back has been seen to."""
    came = book.numbers.amount(amount)
    if not book.numbers.falls_below_zero(came):
        return came
    back, deal = book.numbers.above_zero(-came), book.plan.deal
    if term.may_be_negative is not None:
        book.add("take-back", *who_takes_back(deal, term), back, term.name)
    elif deal.overpayment == "recover" and deal.overpayment_paid_by is not None:
        payor = party(book.plan.payors[term.name][0][0].party)
        book.add("take-back", party(deal.overpayment_paid_by), payor, back, term.name)
    elif deal.overpayment != "forgive":
        book.credit = plus(book.credit, back)
    return book.numbers.above_zero(came)


def funded_by(book: Book, name: str, amount: Any) -> list[tuple[str, Any]]:
    """Each payor's part of an amount due under a payment term, by the rules of statements.

    What passes a payor's own ceiling goes to the one that steps in, and so on; what nobody takes
    over does not arrive.
    """
    chosen = book.plan.payors[name]
    parts = [amount]
    if len(chosen) > 1:
        parts = book.numbers.shares(amount, [share for _, share in chosen])
    if not book.plan.has_ceilings:
        return [(payor.party, part) for (payor, _), part in zip(chosen, parts, strict=True)]
    by_name = {payor.party: payor for payor in book.plan.deal.payors}
    funded: dict[str, Any] = {
        payor.party: part for (payor, _), part in zip(chosen, parts, strict=True)
    }
    for payor, _ in chosen:
        taken = _as_far_as_it_goes(book, payor, funded[payor.party], already=0)
        excess = funded[payor.party] - taken
        funded[payor.party] = taken
        other, asked = payor.steps_in, {payor.party}
        while other is not None and other not in asked and other in by_name:
            asked.add(other)
            had = funded.get(other, 0)
            part = _as_far_as_it_goes(book, by_name[other], excess, already=had)
            funded[other] = had + part
            excess = excess - part
            other = by_name[other].steps_in
    for name, part in funded.items():
        book.stated[name] = book.stated.get(name, 0) + part
    return list(funded.items())


def _as_far_as_it_goes(book: Book, payor: Payor, amount: Any, *, already: Any) -> Any:
    if payor.ceiling is None:
        return amount
    room = book.plan.minor(payor.ceiling) - book.stated.get(payor.party, 0) - already
    return book.numbers.least(amount, book.numbers.above_zero(room))
