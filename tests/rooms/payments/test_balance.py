"""The balance closes: stated = paid - recovered + owed - open credit - forgiven."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.deal.results import Balance, PaymentMade, Statement
from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import a_statement, problems_of

FIELDS = ("stated", "paid", "recovered", "owed", "open_credit", "forgiven")


def money(
    amount: str, *, statement: int = 1, kind: str = "paid", on: str = "2028-01-31"
) -> PaymentMade:
    return PaymentMade.model_validate(
        {"statement": statement, "on": on, "amount": amount, "kind": kind}
    )


def dollars(balance: Balance) -> tuple[int, ...]:
    return tuple(getattr(balance, name) // 100 for name in FIELDS)


def three(overpayment: str, *paid: PaymentMade) -> list[Statement]:
    """300 stated and paid; then 100 corrected away; then 500 more."""
    deal: Any = a_deal(
        overpayment=overpayment,
        overpayment_paid_by="Cedar Homes" if overpayment == "recover" else None,
    )
    one = a_statement(deal, {"homes": ["3"]})
    two = a_statement(deal, {"homes": ["2", "0"]}, period=2, earlier=[one], paid=paid)
    last = a_statement(deal, {"homes": ["2", "0", "5"]}, period=3, earlier=[one, two], paid=paid)
    return [one, two, last]


@pytest.mark.parametrize(
    ("overpayment", "second", "third"),
    [
        ("credit", (200, 300, 0, 0, 100, 0), (700, 300, 0, 400, 0, 0)),
        ("recover", (200, 300, 0, 0, 100, 0), (700, 300, 0, 400, 0, 0)),
        ("forgive", (200, 300, 0, 0, 0, 100), (700, 300, 0, 500, 0, 100)),
    ],
)
def test_an_overpayment_is_a_credit_or_recovered_or_forgiven(
    overpayment: str, second: tuple[int, ...], third: tuple[int, ...]
) -> None:
    one, two, last = three(overpayment, money("300"))
    assert dollars(one.balance) == (300, 0, 0, 300, 0, 0)
    assert two.total == -100_00
    assert dollars(two.balance) == second
    assert dollars(last.balance) == third


def test_what_was_recovered_is_owed_again_when_it_is_earned() -> None:
    back = money("100", statement=2, kind="recovered")
    deal: Any = a_deal(overpayment="recover", overpayment_paid_by="Cedar Homes")
    one = a_statement(deal, {"homes": ["3"]})
    two = a_statement(deal, {"homes": ["2", "0"]}, period=2, earlier=[one], paid=[money("300")])
    last = a_statement(
        deal,
        {"homes": ["2", "0", "1"]},
        period=3,
        earlier=[one, two],
        paid=[money("300"), back],
    )
    assert dollars(last.balance) == (300, 300, 100, 100, 0, 0)


def test_what_was_not_paid_is_not_forgiven() -> None:
    _, two, last = three("forgive")
    assert dollars(two.balance) == (200, 0, 0, 200, 0, 0)
    assert dollars(last.balance) == (700, 0, 0, 700, 0, 0)


def test_money_that_a_term_takes_back_is_not_forgiven() -> None:
    """The vehicle owes the county 50: that is no overpayment."""
    bands = [{"below": "0", "pays": "-50"}, {"from": "0", "pays": "10"}]
    term = a_term(
        "schedule", bands=bands, may_be_negative={"pays": "Cedar Homes", "to": "Alder County"}
    )
    deal = a_deal(payments=[term], overpayment="forgive")
    statement = a_statement(deal, {"reduction": ["-5"]})
    assert dollars(statement.balance) == (-50, 0, 0, 0, 50, 0)


def test_a_payment_after_the_day_of_the_statement_is_not_seen() -> None:
    deal = a_deal()
    one = a_statement(deal, {"homes": ["3"]}, as_of=date(2026, 4, 10))
    two = a_statement(
        deal,
        {"homes": ["3", "0"]},
        period=2,
        earlier=[one],
        paid=[money("300", on="2026-07-11")],
        as_of=date(2026, 7, 10),
    )
    assert dollars(two.balance) == (300, 0, 0, 300, 0, 0)


@pytest.mark.parametrize(
    ("payment", "said"),
    [
        (money("0"), "is not an amount above 0"),
        (money("-5"), "is not an amount above 0"),
        (money("1.005"), "in whole minor units of USD"),
        (money("5", statement=2), "names statement 2, which was not issued"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(payment: PaymentMade, said: str) -> None:
    one = a_statement(a_deal(), {"homes": ["3"]})
    with pytest.raises(Refusal) as refusal:
        a_statement(a_deal(), {"homes": ["3", "0"]}, period=2, earlier=[one], paid=[payment])
    assert said in problems_of(refusal.value)


def paid_on(*payments: PaymentMade, earlier: list[Statement]) -> Statement:
    """The statement after those that were made, with these payments on record."""
    values = {"homes": ["3", "0", "0"][: len(earlier) + 1]}
    return a_statement(
        a_deal(), values, period=len(earlier) + 1, earlier=earlier, paid=list(payments)
    )


def told(*payments: PaymentMade, earlier: list[Statement]) -> str:
    with pytest.raises(Refusal) as refusal:
        paid_on(*payments, earlier=earlier)
    return problems_of(refusal.value)


def test_a_payment_that_a_statement_counted_stays_on_record() -> None:
    one = paid_on(earlier=[])
    two = paid_on(money("300"), money("20"), earlier=[one])
    said = told(money("20"), earlier=[one, two])
    assert "A payment of 300 on 2028-01-31 (statement 1, paid), which statement 2 counted" in said
    assert "is no longer in payments.yaml" in said and "Put it back as it was." in said
    last = paid_on(money("300"), money("20"), earlier=[one, two])
    assert dollars(last.balance) == (300, 320, 0, 0, 20, 0)


def test_no_more_comes_back_than_was_paid() -> None:
    one = paid_on(earlier=[])
    back = money("500", kind="recovered")
    assert "500 came back, but only 300 was paid" in told(money("300"), back, earlier=[one])
    early = [money("300", on="2028-02-02"), money("10", kind="recovered", on="2028-02-01")]
    assert "By 2028-02-01, 10 came back, but only 0 was paid" in told(*early, earlier=[one])


def test_a_payment_is_made_once_and_after_its_statement() -> None:
    one = paid_on(earlier=[])
    twice = told(money("300"), money("300"), earlier=[one])
    assert "Payment 2 in payments.yaml is the same as payment 1." in twice
    early = told(money("300", on="2028-01-30"), earlier=[one])
    assert "is dated 2028-01-30, before statement 1 was made as of 2028-01-31" in early
