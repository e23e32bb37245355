"""What was stated, paid, recovered, owed, credited and forgiven, as an equation that closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from payforsuccess.deal.results import Balance, Paid, Statement
from payforsuccess.errors import Problem
from payforsuccess.units import CURRENCY_DIGITS

Overpayment = Literal["credit", "recover", "forgive"]


def balance_of(
    *,
    stated: int,
    corrected: int = 0,
    paid: Sequence[Paid],
    earlier: Sequence[Statement],
    overpayment: Overpayment,
    currency: str,
    as_of: date,
) -> Balance:
    """Stated = paid - recovered + owed - open credit - forgiven, all to date, in minor units.

    Money paid beyond what is stated is an open credit until it is recovered or used up; where the
    deal forgives overpayments it is forgiven at once, and stays so. Only money that was paid can
    be forgiven: what a term takes back below 0 stays open. Payments after `as_of` are not seen.
    `corrected` is what this statement's corrections add up to: what they give back was no
    overpayment after all, so as much is forgiven no longer.
    """
    digits = 10 ** CURRENCY_DIGITS[currency]
    moved = {"paid": 0, "recovered": 0}
    for payment in paid:
        if payment.on <= as_of:
            moved[payment.kind] += int(payment.amount * digits)
    forgiven = max((earlier[-1].balance.forgiven if earlier else 0) - max(corrected, 0), 0)
    if overpayment == "forgive":
        forgiven += max(moved["paid"] - moved["recovered"] - forgiven - max(stated, 0), 0)
    rest = stated - moved["paid"] + moved["recovered"] + forgiven
    return Balance(
        stated=stated,
        paid=moved["paid"],
        recovered=moved["recovered"],
        owed=max(rest, 0),
        open_credit=max(-rest, 0),
        forgiven=forgiven,
    )


def payment_problems(
    paid: Sequence[Paid], earlier: Sequence[Statement], currency: str
) -> list[Problem]:
    """Payments that are no whole amount above 0, or stand on a statement that was not issued."""
    problems: list[Problem] = []
    for number, payment in enumerate(paid, 1):
        said = f"Payment {number} of the payments made"
        minor = payment.amount * 10 ** CURRENCY_DIGITS[currency]
        if payment.amount <= 0 or minor.denominator != 1:
            problems.append(
                Problem(
                    f"{said} is not an amount above 0 in whole minor units of {currency}.",
                    "Write what moved; money that came back has `kind: recovered`.",
                )
            )
        if payment.statement > len(earlier):
            problems.append(
                Problem(
                    f"{said} names statement {payment.statement}; issued so far: {len(earlier)}.",
                    "Correct the number of the statement.",
                )
            )
    return problems
