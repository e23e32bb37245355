"""What payors owe on issued statements: their parts, what they have paid of them, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.errors import Finding
from payforsuccess.finance.budget.years import minor
from payforsuccess.units import money_text, split_by_largest_remainder


@dataclass(frozen=True)
class Owed:
    """What one statement makes payable for one payor, in minor units, after all that was paid.

    `before` is what earlier statements leave payable, which comes first.
    """

    payor: str
    part: int
    payable: int
    before: int


def owed_on(
    statements: Sequence[Statement], number: int, paid: Mapping[str, Mapping[int, int]]
) -> tuple[Owed, ...]:
    """Each payor's part of a statement and what of it is still payable.

    `paid` is what each payor has paid on each statement, net. A payment settles the statement it
    names. What a payor paid too much on one, and what one credits, lowers what is payable on those
    before it, the nearest first, and then on those after it: what is payable on all of them
    together is what the payor owes.
    """
    (statement,) = (each for each in statements if each.number == number)
    return tuple(
        _owed(
            payor,
            statement.payor_totals()[payor],
            [
                each.payor_totals().get(payor, 0) - paid.get(payor, {}).get(each.number, 0)
                for each in statements
            ],
            statements.index(statement),
        )
        for payor in statement.payor_totals()
    )


def _owed(payor: str, part: int, unpaid: Sequence[int], at: int) -> Owed:
    """One payor's part of the statement at a place among all, of which so much is not paid."""
    stays = [0, *accumulate(unpaid)]
    # What later statements take back was never to be paid: the least from here on.
    for number in range(len(stays) - 2, -1, -1):
        stays[number] = min(stays[number], stays[number + 1])
    before, after = max(stays[at], 0), max(stays[at + 1], 0)
    return Owed(payor, part, after - before, before)


def paid_by_payors(
    deal: Deal,
    file: BudgetFile,
    statements: Sequence[Statement],
    payments: Sequence[PaymentMade],
    *,
    through: date,
) -> dict[str, dict[int, int]]:
    """What each payor has paid on each statement through a day, less what was recovered.

    Minor units by payor and statement. From the entries of the budget where they say which fund
    paid a statement. What payments.yaml has beyond them falls on payors as their parts of that
    statement do.
    """
    owner = {fund.name: fund.payor for fund in file.funds}
    paid: dict[str, dict[int, int]] = {}
    booked: dict[int, int] = {}
    for entry in file.entries:
        if entry.kind == "paid" and entry.statement is not None and entry.on <= through:
            amount = minor(deal, entry.amount)
            _add(paid, entry.of_payor or owner[entry.fund], entry.statement, amount)
            booked[entry.statement] = booked.get(entry.statement, 0) + amount
    made: dict[int, int] = {}
    back: dict[int, int] = {}
    for payment in payments:
        if payment.on <= through:
            table = made if payment.kind == "paid" else back
            amount = minor(deal, payment.amount)
            table[payment.statement] = table.get(payment.statement, 0) + amount
    for statement in statements:
        number = statement.number
        rest = max(made.get(number, 0) - booked.get(number, 0), 0) - back.get(number, 0)
        totals = {payor: part for payor, part in statement.payor_totals().items() if part > 0}
        if not rest or not totals:
            continue
        parts = split_by_largest_remainder(rest, [*totals.values()])
        for payor, part in zip(totals, parts, strict=True):
            _add(paid, payor, number, part)
    return paid


def _add(paid: dict[str, dict[int, int]], payor: str, statement: int, amount: int) -> None:
    of_payor = paid.setdefault(payor, {})
    of_payor[statement] = of_payor.get(statement, 0) + amount


def not_reconciled(
    deal: Deal, file: BudgetFile, payments: Sequence[PaymentMade]
) -> tuple[Finding, ...]:
    """Statements of which payments.yaml and the budget's entries say different amounts."""
    booked: dict[int, int] = {}
    for entry in file.entries:
        if entry.kind == "paid" and entry.statement is not None:
            amount = minor(deal, entry.amount)
            booked[entry.statement] = booked.get(entry.statement, 0) + amount
    made: dict[int, int] = {}
    for payment in payments:
        if payment.kind == "paid" and payment.on <= file.as_of:
            amount = minor(deal, payment.amount)
            made[payment.statement] = made.get(payment.statement, 0) + amount
    return tuple(
        Finding(
            "reconciliation",
            f"Statement {number}: payments.yaml says "
            f"{money_text(made.get(number, 0), deal.currency)} was paid, the entries of the "
            f"budget {money_text(booked.get(number, 0), deal.currency)}.",
        )
        for number in sorted({*made, *booked})
        if made.get(number, 0) != booked.get(number, 0)
    )
