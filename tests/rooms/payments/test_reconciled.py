"""Payments held against the paying office's own books: what agrees and what does not (R129)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.reconciliation import ListedPayment, PaymentsList, ReconciliationRecord
from payforsuccess.deal.results import PaymentMade
from payforsuccess.payments.reconciled import (
    HeldAgainst,
    Reconciled,
    difference_of,
    explanation_of,
    reconciled,
)

FEBRUARY = date(2028, 2, 1), date(2028, 2, 29)
DAY = date(2028, 2, 3)


def paid(
    reference: str | None = "W-7", amount: int = 300, on: date = DAY, kind: str = "paid"
) -> PaymentMade:
    return PaymentMade.model_validate(
        {"statement": 1, "on": on, "amount": Fraction(amount), "kind": kind, "reference": reference}
    )


def row(
    number: str = "W-7", amount: int = 300_00, on: date = DAY, vendor: str | None = None
) -> ListedPayment:
    return ListedPayment(row=2, number=number, on=on, amount=amount, vendor=vendor)


def a_list(
    *rows: ListedPayment, days: tuple[date, date] = FEBRUARY, number: int = 1
) -> ReconciliationRecord:
    listed = PaymentsList(
        since=days[0], through=days[1], currency="USD", content="sha256:" + "0" * 64, rows=rows
    )
    return ReconciliationRecord(format=1, number=number, by="Wren", on=days[1], listed=listed)


def held(
    payments: list[PaymentMade], *records: ReconciliationRecord, vendors: tuple[str, ...] = ()
) -> Reconciled:
    return reconciled(payments, records, currency="USD", vendors=vendors)


def standings(found: Reconciled) -> dict[str, str]:
    return {line.number: line.standing for line in found.lines}


@pytest.mark.parametrize(
    ("rows", "standing"),
    [
        ([row()], "matched"),
        ([row(number="w - 7")], "matched"),
        ([row(amount=100_00), row(amount=200_00)], "matched"),
        ([], "missing"),
        ([row(amount=299_99)], "different-amount"),
        ([row(), row(amount=-300_00)], "different-amount"),
        ([row(on=date(2028, 2, 4))], "another-day"),
        ([row(vendor="Someone Else")], "another-vendor"),
        ([row(vendor="alder  HOMES")], "matched"),
    ],
)
def test_each_way_a_number_can_stand(rows: list[ListedPayment], standing: str) -> None:
    found = held([paid()], a_list(*rows), vendors=("Alder Homes",))

    assert standings(found) == {"W-7": standing}
    assert found.closes is (standing == "matched")


def test_a_payment_of_the_books_that_nobody_recorded_here_is_unknown() -> None:
    found = held([], a_list(row("W-9")))

    assert standings(found) == {"W-9": "unknown"}
    assert (found.here, found.there, found.not_explained) == (0, 300_00, -300_00)


def test_nothing_closes_before_a_list_came() -> None:
    found = held([paid()])

    assert standings(found) == {"W-7": "not-listed-yet"}
    assert not found.closes and found.open == () and found.here == 0


def test_a_payment_after_the_last_listed_day_waits_for_the_next_list() -> None:
    found = held([paid(), paid("W-8", on=date(2028, 3, 2))], a_list(row()))

    assert standings(found) == {"W-7": "matched", "W-8": "not-listed-yet"}
    assert found.closes


def test_of_a_day_the_newest_list_speaks() -> None:
    wrong = a_list(row(amount=30_00), row("W-9", on=date(2028, 2, 5)))
    right = a_list(row(), days=(date(2028, 2, 1), date(2028, 2, 4)), number=2)

    found = held([paid()], wrong, right)

    assert standings(found) == {"W-7": "matched", "W-9": "unknown"}


def test_a_payment_and_its_row_are_put_together_over_the_turn_of_a_month() -> None:
    january = a_list(days=(date(2028, 1, 1), date(2028, 1, 31)))
    february = a_list(row(on=date(2028, 2, 2)), number=2)

    found = held([paid(on=date(2028, 1, 31))], january, february)

    assert standings(found) == {"W-7": "another-day"}


def test_a_payment_without_a_number_is_a_difference() -> None:
    found = held([paid(None)], a_list(row("W-7")))

    assert sorted(line.standing for line in found.lines) == ["no-number", "unknown"]


def test_what_came_back_counts_below_nothing() -> None:
    back = paid("R-1", 50, kind="recovered")

    found = held([paid(), back], a_list(row(), row("R-1", -50_00)))

    assert found.closes and found.here == found.there == 250_00


def test_a_slip_of_the_pen_is_hinted_at_and_never_taken_for_the_same() -> None:
    found = held([paid("W-7")], a_list(row("W-71")))

    assert {line.number: line.perhaps for line in found.lines} == {"W-7": "W-71", "W-71": "W-7"}
    assert not found.closes


def test_two_of_the_same_amount_are_no_hint() -> None:
    found = held([paid("W-7"), paid("W-8")], a_list(row("W-71")))

    assert {line.perhaps for line in found.lines} == {""}


def explained(line: HeldAgainst) -> ReconciliationRecord:
    return ReconciliationRecord(
        format=1, number=2, by="Wren", on=DAY, explained=explanation_of(line, "A fee of the bank")
    )


def test_an_explanation_closes_that_difference_and_no_other() -> None:
    listed = a_list(row(amount=299_00))
    (line,) = held([paid()], listed).open

    closed = held([paid()], listed, explained(line))
    assert closed.closes
    assert (closed.explained, closed.not_explained) == (1_00, 0)

    changed = held([paid()], listed, explained(line), a_list(row(amount=298_00), number=3))
    assert [each.standing for each in changed.open] == ["different-amount"]


def test_what_agrees_is_no_difference_to_explain() -> None:
    found = held([paid()], a_list(row()))

    assert difference_of(found, found.lines[0].code) is None


ROWS = st.builds(
    row,
    number=st.sampled_from(["W-1", "W-2", "w-2", "W-3"]),
    amount=st.integers(-3, 3).map(lambda n: n * 100_00),
    on=st.dates(*FEBRUARY),
)
PAID = st.builds(
    paid,
    reference=st.sampled_from(["W-1", "W-2", "W-4", None]),
    amount=st.integers(1, 3).map(lambda n: n * 100),
    on=st.dates(date(2028, 1, 20), date(2028, 3, 10)),
    kind=st.sampled_from(["paid", "recovered"]),
)


@given(st.lists(PAID, max_size=6), st.lists(st.lists(ROWS, max_size=5), max_size=3))
def test_the_two_sides_are_apart_by_the_differences_alone(
    payments: list[PaymentMade], lists: list[list[ListedPayment]]
) -> None:
    records = [a_list(*rows, number=at) for at, rows in enumerate(lists, 1)]

    found = held(payments, *records)

    assert found.here - found.there == found.explained + found.not_explained
    assert found.closes == (bool(lists) and not found.open)
    for line in found.open:
        closed = held(payments, *records, explained(line))
        assert len(closed.open) == len(found.open) - 1 or line.code in [
            each.code for each in found.open if each is not line
        ]
