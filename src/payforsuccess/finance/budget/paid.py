"""What payors owe on issued statements: their parts, what they have paid of them, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
    statements: Sequence[Statement], number: int, paid: Mapping[str, int]
) -> tuple[Owed, ...]:
    """Each payor's part of a statement and what of it is still payable.

    `paid` is what each payor has paid in all, net. Payments settle the oldest statement first, and
    what a payor has paid too much, or is credited, lowers what is payable.
    """
    upto: dict[str, int] = {}
    found: list[Owed] = []
    for statement in statements[:number]:
        totals = statement.payor_totals()
        if statement.number == number:
            for payor, part in totals.items():
                before = max(upto.get(payor, 0) - paid.get(payor, 0), 0)
                open_now = max(upto.get(payor, 0) + part - paid.get(payor, 0), 0)
                found.append(Owed(payor, part, max(min(part, open_now), 0), before))
        for payor, part in totals.items():
            upto[payor] = upto.get(payor, 0) + part
    return tuple(found)


def paid_by_payors(
    deal: Deal,
    file: BudgetFile,
    statements: Sequence[Statement],
    payments: Sequence[PaymentMade],
    *,
    through: date,
) -> dict[str, int]:
    """What each payor has paid in all through a day, less what was recovered, in minor units.

    From the entries of the budget where they say which fund paid a statement. What payments.yaml
    has beyond them falls on payors as their parts of that statement do.
    """
    owner = {fund.name: fund.payor for fund in file.funds}
    paid: dict[str, int] = {}
    booked: dict[int, int] = {}
    for entry in file.entries:
        if entry.kind == "paid" and entry.statement is not None and entry.on <= through:
            amount = minor(deal, entry.amount)
            payor = entry.of_payor or owner[entry.fund]
            paid[payor] = paid.get(payor, 0) + amount
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
            paid[payor] = paid.get(payor, 0) + part
    return paid


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
