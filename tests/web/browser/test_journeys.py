"""What people do, in a real browser: the payment of a period, each step by its own person."""

from __future__ import annotations

import pytest

from tests.web.browser.visit import Visit

pytestmark = pytest.mark.needs(program="chromium", package="chromium")


def test_a_period_is_signed_stated_approved_and_paid(visit: Visit) -> None:
    visit.sign_in("evaluator")
    visit.go("/homes-from-jail/payments/5/")
    visit.press("Sign the results")
    visit.press("Sign the results")
    assert "The results are signed" in visit.text()

    visit.sign_in("coordinator")
    visit.go("/homes-from-jail/payments/5/")
    visit.press("Issue the statement")
    visit.press("Issue the statement")
    assert "The statement is issued" in visit.text()

    for username in ("payor", "state"):
        visit.sign_in(username)
        visit.go("/homes-from-jail/payments/5/")
        visit.press("Approve the payment")
        visit.press("Approve the payment")
        assert "Your approval is on record" in visit.text()

    visit.sign_in("auditor")
    visit.go("/homes-from-jail/payments/5/")
    visit.press("Enter the warrant")
    visit.page.fill("[name=reference]", "W-2026-005")
    visit.press("Enter the warrant")
    assert "The payment is on record" in visit.text()
    assert "All is done for this period" in visit.text()
    assert "W-2026-005" in visit.text()
