"""A paid statement comes into the books of capital, and is paid out in the deal's order (R133)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.initiatives.waiting import waiting_for
from payforsuccess.web.investor import actions
from payforsuccess.web.payments.book import Book
from payforsuccess.web.payments.turns import to_enter
from tests.lib.folders import issued
from tests.web.cast import Cast
from tests.web.investor.investing import SLUG, a_call, again, books, last_verb, page, press, today

MANAGER = "project-manager"


@pytest.fixture
def paid(county: Cast) -> Cast:
    """The first statement, of 900.00, was paid today; the books have no success payment."""
    home = Path(settings.DEALS) / SLUG
    (home / "results.csv").write_text("outcome,period,value\nhomes,1,9\n")
    issued(home, "9")
    made = {"statement": 1, "on": str(today()), "amount": "900", "reference": "W-1"}
    (home / "payments.yaml").write_text(yaml.safe_dump({"payments": [made]}))
    again(a_call(), payments=None, distributions=None, bank=None)
    return county


def first(cast: Cast, role: str) -> str:
    return " ".join(each[0] for each in waiting_for(cast.access(role)))


def test_who_keeps_the_books_is_told_to_enter_it_then_to_pay_it_out(paid: Cast) -> None:
    assert "was paid on statement 1" in first(paid, MANAGER)
    assert "was paid on statement 1" not in first(paid, "investor")
    assert "was paid on statement 1" in page(paid)

    came = {"amount": "900.00", "on": str(today())}
    answer = press(paid, MANAGER, "payments/1/", **came)

    assert "The payment is in the books" in answer.content.decode()
    assert last_verb() == "capital.entered" and books().payments[0].amount == 900
    assert "Pay them out in the deal’s order" in first(paid, MANAGER)
    url = f"/{SLUG}/investors/"
    browser = paid.sign_in(MANAGER, fresh=True)
    assert browser.get(f"{url}payments/1/").status_code == 404
    shown = browser.get(f"{url}distribution/").content.decode()
    assert "loan, principal" in shown and "USD 900.00" in shown

    stale = browser.post(f"{url}distribution/", {"seen": "other", "confirmed": "yes"})
    assert stale.status_code == 409 and not books().distributions
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    browser.post(f"{url}distribution/", {"seen": seen, "confirmed": "yes"})

    assert last_verb() == "capital.paid-out" and books().distributions[0].amount == 900
    assert "Pay them out" not in first(paid, MANAGER)
    assert "USD 900.00" in page(paid) and browser.get(f"{url}distribution/").status_code == 404


def test_the_page_of_the_period_says_what_comes_after_the_payment(paid: Cast) -> None:
    said = "enters the payment in the books of capital"
    access = paid.access("payor")
    first_page = next(each for each in Book(access.initiative, on=today()).pages if each.statement)

    assert said in to_enter(access, first_page)
    press(paid, MANAGER, "payments/1/", amount="900.00", on=str(today()))
    assert to_enter(access, first_page) == ""


def test_nobody_else_enters_or_pays_out(paid: Cast) -> None:
    access = paid.access("investor")
    with pytest.raises(Refused):
        actions.enter(by=access, statement=1, amount=1, on=today(), today=today())
    with pytest.raises(Refused):
        actions.pay_out(by=access, due=(), on=today())
