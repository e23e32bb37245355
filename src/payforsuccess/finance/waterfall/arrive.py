"""Success payments come in: who pays them, into which pool, and what goes the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from payforsuccess.deal.parties import Payor
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.finance.moves import party
from payforsuccess.finance.waterfall.arithmetic import minus, plus, total
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import who_takes_back


def arrive(book: Book, amounts: Sequence[tuple[PaymentTerm, Any]]) -> None:
    """What payment terms pay on the day, from their payors into their pools.

    An amount below zero is taken back. Where the term may be negative, the party that it names, or
    its tranche, pays the payor directly. Otherwise it is set off against what else falls due on the
    day, as in a statement's total, and what is left is an overpayment: the deal says whether it is
    credited against later days, recovered from the party that pays it back, or forgiven.
    """
    keeps = book.plan.deal.overpayment == "credit"
    came = [(term, *_above_and_below_zero(book, term, amount)) for term, amount in amounts]
    for term, amount, _ in came:
        used = book.numbers.least(amount, book.credit)
        book.credit = minus(book.credit, used)
        amount = minus(amount, used)
        if isinstance(amount, int) and not amount:
            continue
        at = book.plan.pool_of[term.name]
        for payor, part in funded_by(book, term.name, amount):
            book.add("success-payment", party(payor), book.plan.pools[at], part, term.name)
            book.pools[at] = plus(book.pools[at], part)
            if not keeps:
                book.overpayable = plus(book.overpayable, part)
    if not keeps and not book.numbers.is_nothing(book.credit):
        _settle(book, [(term, back) for term, _, back in came if not book.numbers.is_nothing(back)])


def _above_and_below_zero(book: Book, term: PaymentTerm, amount: Any) -> tuple[Any, Any]:
    """What is paid, and what is overpaid; where a term may be negative, what it owes is paid."""
    came = book.numbers.amount(amount)
    if not book.numbers.falls_below_zero(came):
        return came, 0
    back = book.numbers.above_zero(-came)
    if term.may_be_negative is not None:
        book.add("take-back", *who_takes_back(book.plan.deal, term), back, term.name)
        return book.numbers.above_zero(came), 0
    book.credit = plus(book.credit, back)
    return book.numbers.above_zero(came), back


def _settle(book: Book, backs: Sequence[tuple[PaymentTerm, Any]]) -> None:
    """Recover or forgive what was overpaid; only money that was paid can be, the rest stays open.

    It goes back to the payors of the terms that took it back, in their order and by their shares.
    """
    deal = book.plan.deal
    source = deal.overpayment_paid_by if deal.overpayment == "recover" else None
    if deal.overpayment == "recover" and source is None:
        return
    rest = book.numbers.least(book.credit, book.overpayable)
    for term, back in backs:
        part = book.numbers.least(rest, back)
        rest = minus(rest, part)
        book.credit = minus(book.credit, part)
        book.overpayable = minus(book.overpayable, part)
        if source is None:
            book.forgiven = plus(book.forgiven, part)
        for payor, own in _by_share(book, term.name, part):
            if book.plan.has_ceilings:  # what is taken back leaves room under a ceiling again
                book.stated[payor] = minus(book.stated.get(payor, 0), own)
            if source is not None:
                book.add("take-back", party(source), party(payor), own, term.name)


def _by_share(book: Book, name: str, amount: Any) -> list[tuple[str, Any]]:
    chosen = book.plan.payors[name]
    parts = [amount]
    if len(chosen) > 1:
        parts = book.numbers.shares(amount, [share for _, share in chosen])
    return [(payor.party, part) for (payor, _), part in zip(chosen, parts, strict=True)]


def funded_by(book: Book, name: str, amount: Any) -> list[tuple[str, Any]]:
    """Each payor's part of an amount due under a payment term, by the rules of statements.

    What passes a payor's own ceiling goes to the one that steps in, and so on; what nobody takes
    over does not arrive.
    """
    parts = _by_share(book, name, amount)
    if not book.plan.has_ceilings:
        return parts
    by_name = {payor.party: payor for payor in book.plan.deal.payors}
    funded: dict[str, Any] = dict(parts)
    for payor, _ in book.plan.payors[name]:
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
    for payor_name, part in funded.items():
        book.stated[payor_name] = book.stated.get(payor_name, 0) + part
    book.unfunded = plus(book.unfunded, minus(amount, total(funded.values())))
    return list(funded.items())


def _as_far_as_it_goes(book: Book, payor: Payor, amount: Any, *, already: Any) -> Any:
    if payor.ceiling is None:
        return amount
    room = book.plan.minor(payor.ceiling) - book.stated.get(payor.party, 0) - already
    return book.numbers.least(amount, book.numbers.above_zero(room))
