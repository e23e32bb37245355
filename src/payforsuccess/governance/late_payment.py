"""What is paid late, and the interest that the deal states for it (R124)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.units import day_count_fraction, round_exact, to_minor


@dataclass(frozen=True)
class Stretch:
    """A stretch of days `[start, end)` over which one amount was overdue, in minor units."""

    start: date
    end: date
    overdue: int


@dataclass(frozen=True)
class LatePayment:
    """What was and is overdue on all statements together, in minor units.

    overdue: on the day. since: the first day of the present stretch without a day paid up; None
    where nothing is overdue. interest: on all stretches to the day, rounded once, half up.
    """

    overdue: int
    since: date | None
    interest: int
    stretches: tuple[Stretch, ...]


def late_payment(
    statements: Sequence[Statement], payments: Sequence[PaymentMade], rate: Fraction, *, on: date
) -> LatePayment:
    """Simple interest at a yearly rate on actual days over 365, for the deal states no day count.

    A statement is late from the day after it was due; one that takes back counts from the day it
    was made. Payments settle the oldest statement first. What is in dispute counts too: what is
    found to be owed was due. A payment counts from its day on.
    """
    owed: list[tuple[date, int]] = []
    for statement in statements:
        late = statement.total > 0 and statement.due_on is not None
        first = statement.due_on + timedelta(days=1) if late and statement.due_on else None
        if statement.total < 0:
            first = statement.as_of
        if first is not None:
            owed.append((first, statement.total))
    currency = statements[0].currency if statements else "USD"
    for payment in payments:
        sign = -1 if payment.kind == "paid" else 1
        owed.append((payment.on, sign * to_minor(payment.amount, currency)))
    days = sorted({day for day, _ in owed if day <= on} | {on})
    stretches = []
    for start, end in zip(days, [*days[1:], on], strict=True):
        overdue = sum(amount for day, amount in owed if day <= start)
        if overdue > 0:
            stretches.append(Stretch(start, end, overdue))
    interest = sum(
        (
            each.overdue * rate * day_count_fraction(each.start, each.end, "actual/365")
            for each in stretches
        ),
        Fraction(0),
    )
    now = stretches[-1].overdue if stretches and stretches[-1].start == on else 0
    since = None
    if now:
        since = on
        for each in reversed(stretches):
            if each.end != since and each.start != on:
                break
            since = each.start
    return LatePayment(
        now,
        since,
        round_exact(interest),
        tuple(each for each in stretches if each.start < each.end),
    )
