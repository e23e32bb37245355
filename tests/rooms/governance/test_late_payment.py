"""What is paid late, and the interest on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.governance.late_payment import LatePayment, late_payment

RATE = Fraction("0.0365")  # 0.0001 a day


@dataclass(frozen=True)
class Stated:
    """What of a statement counts here."""

    total: int
    due_on: date | None
    as_of: date = date(2026, 1, 1)
    currency: str = "USD"


def paid(on: date, amount: str, kind: str = "paid") -> PaymentMade:
    plain: dict[str, Any] = {"statement": "1", "on": on, "amount": amount, "kind": kind}
    return PaymentMade.model_validate(plain)


def late(statements: list[Stated], *payments: PaymentMade, on: date) -> LatePayment:
    return late_payment(cast("list[Statement]", statements), payments, RATE, on=on)


DUE = Stated(100_000_00, date(2026, 3, 31))


def test_nothing_is_late_on_the_due_day() -> None:
    """R124."""
    found = late([DUE], on=date(2026, 3, 31))
    assert (found.overdue, found.since, found.interest) == (0, None, 0)


def test_interest_runs_from_the_day_after() -> None:
    """R124: 100,000.00 at 3.65 percent is 10.00 a day."""
    assert late([DUE], on=date(2026, 4, 1)).interest == 0
    found = late([DUE], on=date(2026, 4, 11))
    assert (found.overdue, found.since, found.interest) == (
        100_000_00,
        date(2026, 4, 1),
        100_00,
    )


def test_a_payment_counts_from_its_day_on() -> None:
    """R124: 10 days on all, then 10 on the 40,000.00 left."""
    found = late([DUE], paid(date(2026, 4, 11), "60000"), on=date(2026, 4, 21))
    assert (found.overdue, found.since, found.interest) == (
        40_000_00,
        date(2026, 4, 1),
        140_00,
    )


def test_what_is_paid_in_the_end_keeps_its_interest() -> None:
    """R124."""
    found = late([DUE], paid(date(2026, 4, 11), "100000"), on=date(2026, 9, 1))
    assert (found.overdue, found.since, found.interest) == (0, None, 100_00)


def test_what_was_paid_in_time_bears_none() -> None:
    """R124."""
    assert late([DUE], paid(date(2026, 3, 31), "100000"), on=date(2026, 9, 1)).interest == 0


def test_a_statement_that_takes_back_lowers_what_is_late() -> None:
    """R124: and what was recovered raises it again."""
    back = Stated(-100_000_00, None, as_of=date(2026, 4, 6))
    assert late([DUE, back], on=date(2026, 4, 11)).interest == 50_00
    recovered = paid(date(2026, 4, 6), "5", "recovered")
    assert late([DUE, back], recovered, on=date(2026, 4, 11)).overdue == 500


@given(
    totals=st.lists(st.integers(1, 10**8), max_size=4),
    payments=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**6)), max_size=4),
    days=st.integers(0, 400),
)
def test_interest_is_never_below_zero_and_no_more_than_on_all_from_the_first_day(
    totals: list[int], payments: list[tuple[int, int]], days: int
) -> None:
    """R124."""
    start = date(2026, 1, 1)
    statements = [Stated(total, start) for total in totals]
    made = [paid(date.fromordinal(start.toordinal() + day), str(sum_)) for day, sum_ in payments]
    found = late(statements, *made, on=date.fromordinal(start.toordinal() + days))
    assert 0 <= found.interest <= sum(totals) * RATE * Fraction(max(days - 1, 0), 365) + 1
    assert 0 <= found.overdue <= sum(totals)
