"""Enter in the books of capital what payors paid on a statement, and pay it out in order.

A warrant stands in `payments.yaml`; the project has the money once it is in `capital.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital_record import CapitalRecord, Distribution, PaymentReceived
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.finance.capital_record import Followed, follow
from payforsuccess.payments.balance import seen
from payforsuccess.runs.finance.capital_file import FILE
from payforsuccess.runs.finance.final_statement import paid_on_statement
from payforsuccess.runs.finance.open_books import Books, made, open_books
from payforsuccess.runs.folder import DealFolder, DealPath
from payforsuccess.units import money_text, split_by_largest_remainder, to_minor


@dataclass(frozen=True)
class Unentered:
    """What was paid on a statement and is not in the books of capital yet, in minor units."""

    statement: int
    amount: int
    since: date


@dataclass(frozen=True)
class DueOut:
    """What the deal's order pays somebody out of success payments on a day, in minor units.

    to: the tranche or the party.
    """

    kind: str
    to: str
    is_tranche: bool
    amount: int


@dataclass(frozen=True)
class Entered:
    """A payment that was entered: its parts by payment term and payor, and what is held then."""

    statement: int
    parts: tuple[PaymentReceived, ...]
    held: int
    currency: str


@dataclass(frozen=True)
class PaidOut:
    """What was noted as paid out, and what the project holds then, in minor units."""

    due: tuple[DueOut, ...]
    held: int
    currency: str


def unentered(folder: DealFolder, record: CapitalRecord, *, on: date) -> tuple[Unentered, ...]:
    """By statement, what payors paid by a day and the books do not have; the oldest first.

    The books name no statement: what is in them is of the oldest statements first.
    """
    paid = seen(folder.paid(), on)
    statements = folder.statements() if paid else ()
    code = folder.history().latest.currency
    in_books = sum(to_minor(each.amount, code) for each in record.payments)
    found = []
    for one in statements:
        came = max(paid_on_statement(paid, one), 0)
        covered = min(in_books, came)
        in_books -= covered
        if came > covered:
            last = max(each.on for each in paid if each.statement == one.number)
            found.append(Unentered(one.number, came - covered, last))
    return tuple(found)


def due_out(deal: Deal, record: CapitalRecord, *, on: date) -> tuple[DueOut, ...]:
    """What the deal's order would pay out on a day, less what is on record as paid out then.

    Nothing while no success payment is held, and nothing on a day before the last distribution.
    """
    days = {each.on for each in record.distributions}
    if not any(each.on <= on for each in record.payments) or any(day > on for day in days):
        return ()
    followed = follow(deal, _settled_on(record, on), as_of=on)
    if sum(int(each) for each in followed.book.pools) <= 0:
        return ()
    return tuple(_due(followed, on))


def _settled_on(record: CapitalRecord, on: date) -> CapitalRecord:
    """The record with the day as a payment date, so that the deal's order is asked on it."""
    dates = tuple(sorted({*record.payment_dates, on}))
    return record.model_copy(update={"payment_dates": dates})


def _due(followed: Followed, on: date) -> Iterator[DueOut]:
    for each in followed.differences:
        kind, _colon, name = each.account.partition(":")
        if each.on == on and each.by_the_deal > each.recorded and name:
            yield DueOut(each.kind, name, kind == "tranche", each.by_the_deal - each.recorded)


def note_payment(path: DealPath, *, statement: int, amount: int, on: date, today: date) -> Entered:
    """Enter what came on a statement, whole or in part; minor units.

    It goes to the statement's payment terms and payors in proportion to their parts of it. Refuses
    more than was paid on the statement and is not entered yet, a day before it was paid, and a day
    after `today`.
    """
    with open_books(path) as books:
        waiting = {each.statement: each for each in unentered(books.folder, books.record, on=today)}
        found = waiting.get(statement)
        code = books.deal.currency
        left = found.amount if found is not None else 0
        first = min(
            (each.on for each in books.folder.paid() if each.statement == statement), default=today
        )
        problems = [
            *_not_of_the_amount(amount, left, code, str(books.file)),
            *_not_of_the_day(on, first, today, str(books.file)),
        ]
        if problems:
            raise Refusal(problems)
        one = next(each for each in books.folder.statements() if each.number == statement)
        parts = tuple(_parts(books, one, amount, on))
        for part in parts:
            books = books.add(("payments",), part)
        return Entered(statement, parts, books.followed(today).held, code)


def _not_of_the_amount(amount: int, left: int, code: str, file: str) -> Iterator[Problem]:
    if not 0 < amount <= left:
        yield Problem(
            sentence(
                "{amount} is not above 0 and at most {left}, which was paid on the statement and "
                "is not in the books yet.",
                amount=money_text(amount, code, code=True),
                left=money_text(left, code, code=True),
            ),
            sentence("Correct the amount, or have the payment entered on the statement first."),
            Place(file, field="payments"),
        )


def _not_of_the_day(on: date, first: date, today: date, file: str) -> Iterator[Problem]:
    if not first <= on <= today:
        yield Problem(
            sentence("{on} is not from {first}, when it was paid, to today.", on=on, first=first),
            sentence("Correct the day."),
            Place(file, field="payments"),
        )


def _parts(books: Books, one: Statement, amount: int, on: date) -> Iterator[PaymentReceived]:
    weights: dict[tuple[str, str], int] = {}
    for line in one.lines:
        for each in line.payors:
            key = line.term, each.payor
            weights[key] = weights.get(key, 0) + each.amount
    shares = [max(weight, 0) for weight in weights.values()]
    split: Sequence[int] = split_by_largest_remainder(amount, shares)
    for (term, payor), part in zip(weights, split, strict=True):
        if part:
            plain: Mapping[str, object] = {
                "on": on,
                "amount": books.amount(part),
                "term": term,
                "from": payor,
            }
            yield made(PaymentReceived, **plain)


def note_paid_out(path: DealPath, *, on: date, today: date, seen_due: Sequence[DueOut]) -> PaidOut:
    """Note as paid out on a day what the deal's order pays then; `seen_due` is what was looked at.

    Refuses a day after `today`, a day on which nothing is due, and what is no longer due as seen.
    """
    with open_books(path) as books:
        due = due_out(books.deal, books.record, on=on) if on <= today else ()
        if not due or tuple(seen_due) != due:
            raise Refusal(
                Problem(
                    sentence("What is due to be paid out on {on} is not what was shown.", on=on),
                    sentence("Look at it again, and note what was paid out."),
                    Place(FILE, field="distributions"),
                )
            )
        for each in due:
            one = _noted(books, each, on)
            books = books.add(("distributions",), one)
        return PaidOut(due, books.followed(today).held, books.deal.currency)


def _noted(books: Books, each: DueOut, on: date) -> Distribution:
    """What is due as the record writes it, each part checked by its model."""
    return Distribution.model_validate(
        {
            "on": on,
            "kind": each.kind,
            "amount": books.amount(each.amount),
            "tranche" if each.is_tranche else "to": each.to,
        }
    )
