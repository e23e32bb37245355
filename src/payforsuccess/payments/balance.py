"""What was stated, paid, recovered, owed, credited and forgiven, as an equation that closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.results import Balance, PaymentMade, Statement
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS, grouped

Overpayment = Literal["credit", "recover", "forgive"]
_KINDS = {"paid": sentence("paid"), "recovered": sentence("recovered")}


def balance_of(
    *,
    stated: int,
    corrected: int = 0,
    paid: Sequence[PaymentMade],
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


def seen(paid: Sequence[PaymentMade], as_of: date) -> tuple[PaymentMade, ...]:
    """The payments up to a day, in a total order."""
    return tuple(sorted((p for p in paid if p.on <= as_of), key=_in_order))


def _in_order(payment: PaymentMade) -> tuple[date, int, str, Fraction, str]:
    return (
        payment.on,
        payment.statement,
        payment.kind,
        payment.amount,
        payment.reference or "",
    )


def payment_problems(
    paid: Sequence[PaymentMade], earlier: Sequence[Statement], currency: str
) -> list[Problem]:
    """Payments that cannot be: no whole amount, no such statement, twice, or more back than paid.

    Also payments that the last statement counted and that are gone: what was put on record stays.
    """
    problems: list[Problem] = []
    told: dict[PaymentMade, int] = {}
    for number, payment in enumerate(paid, 1):
        said = sentence("Payment {number} in payments.yaml", number=number)
        minor = payment.amount * 10 ** CURRENCY_DIGITS[currency]
        if payment.amount <= 0 or minor.denominator != 1:
            problems.append(
                Problem(
                    sentence(
                        "{said} is not an amount above 0 in whole minor units of {currency}.",
                        said=said,
                        currency=currency,
                    ),
                    sentence("Write what moved; money that came back has `kind: recovered`."),
                )
            )
        if payment.statement > len(earlier):
            issued = sentence("None was issued.")
            if earlier:
                issued = sentence("The last one issued is {number}.", number=len(earlier))
            problems.append(
                Problem(
                    sentence(
                        "{said} names statement {statement}, which was not issued.",
                        said=said,
                        statement=payment.statement,
                    ),
                    sentence("Correct the number of the statement. {issued}", issued=issued),
                )
            )
        elif payment.on < earlier[payment.statement - 1].as_of:
            problems.append(
                Problem(
                    sentence(
                        "{said} is dated {on}, before statement {statement} was made as of "
                        "{as_of}.",
                        said=said,
                        on=payment.on,
                        statement=payment.statement,
                        as_of=earlier[payment.statement - 1].as_of,
                    ),
                    sentence("Correct the day or the number of the statement."),
                )
            )
        if payment in told:
            problems.append(
                Problem(
                    sentence(
                        "{said} is the same as payment {told}.", said=said, told=told[payment]
                    ),
                    sentence("Take one out; if both were made, give each its own `reference`."),
                )
            )
        told.setdefault(payment, number)
    return problems + _gone(paid, earlier) + _more_back_than_paid(paid)


def _gone(paid: Sequence[PaymentMade], earlier: Sequence[Statement]) -> list[Problem]:
    """Payments that the last statement counted, and that are no longer on record."""
    if not earlier:
        return []
    left = Counter(earlier[-1].payments) - Counter(paid)
    return [
        Problem(
            sentence(
                "A payment of {amount} on {on} (statement {statement}, {kind}), which "
                "statement {number} counted, is no longer in payments.yaml.",
                amount=grouped(payment.amount),
                on=payment.on,
                statement=payment.statement,
                kind=_KINDS[payment.kind],
                number=earlier[-1].number,
            ),
            sentence(
                "Put it back as it was. If the money came back, add that as a payment of "
                "`kind: recovered`."
            ),
        )
        for payment in sorted(left.elements(), key=_in_order)
    ]


def _more_back_than_paid(paid: Sequence[PaymentMade]) -> list[Problem]:
    """More recovered than was ever paid up to some day."""
    for day in dict.fromkeys(payment.on for payment in sorted(paid, key=_in_order)):
        sums = {"paid": Fraction(0), "recovered": Fraction(0)}
        for payment in paid:
            if payment.on <= day:
                sums[payment.kind] += payment.amount
        if sums["recovered"] > sums["paid"]:
            return [
                Problem(
                    sentence(
                        "By {day}, {back} came back, but only {paid} was paid.",
                        day=day,
                        back=grouped(sums["recovered"]),
                        paid=grouped(sums["paid"]),
                    ),
                    sentence("Correct payments.yaml: no more can come back than was paid."),
                )
            ]
    return []
