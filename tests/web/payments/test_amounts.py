"""An amount in a form means one amount, wherever its writer learned to write it."""

from __future__ import annotations

import pytest

from payforsuccess.web.investor.forms import BalanceForm
from payforsuccess.web.payments.forms import WarrantForm

WARRANT = {"reference": "W-7", "on": "2028-02-01"}


def warrant(amount: str) -> WarrantForm:
    return WarrantForm({**WARRANT, "amount": amount}, currency="USD")


@pytest.mark.parametrize(("amount", "minor"), [("1,250.00", 1_250_00), ("0.05", 5), ("", None)])
def test_an_amount_is_taken_as_it_is_written(amount: str, minor: int | None) -> None:
    form = warrant(amount)

    assert form.is_valid() and form.cleaned_data["amount"] == minor


@pytest.mark.parametrize("amount", ["12,50", "1.250", "1.250,00", "0", "-3", "1.005", "a"])
def test_what_may_be_another_amount_or_none_is_asked_again(amount: str) -> None:
    """With the comma passed over, 12,50 would pay 1,250."""
    assert list(warrant(amount).errors) == ["amount"]


def test_a_balance_may_be_below_nothing() -> None:
    form = BalanceForm({"account": "a", "on": "2028-02-01", "balance": "-1.50"}, currency="USD")
    form.choose("account", [("a", "a")])

    assert form.is_valid() and form.cleaned_data["balance"] == -1_50
