"""Costs, the bank, tests, notices and votes go into the books from the browser (R133)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.lib.capital import a_trigger
from tests.lib.deals import INVESTOR, PROVIDER
from tests.web.cast import Cast
from tests.web.investor.investing import (
    SLUG,
    a_call,
    a_county,
    again,
    books,
    last_verb,
    page,
    press,
    today,
)

COST = {"to": PROVIDER, "amount": "500", "says": "Rent of May"}


def test_a_cost_leaves_less_with_the_project(county: Cast) -> None:
    answer = press(county, "project-manager", "costs/", **COST, on=str(today()))

    assert "The project holds" in answer.content.decode()
    assert "USD 1,500.00" in page(county) and "Rent of May" in page(county)
    assert last_verb() == "capital.spent"
    twice = press(county, "project-manager", "costs/", **COST, on=str(today()))
    assert twice.status_code == 409 and "The same payment is on record" in twice.content.decode()
    assert len(books().disbursements) == 2


@pytest.mark.parametrize(
    ("balance", "said"),
    [("2,000.00", "Bank and book agree."), ("-1.50", "do not agree: "), ("x", "Write an amount")],
)
def test_the_bank_is_held_against_the_book(county: Cast, balance: str, said: str) -> None:
    words = {"account": "project", "on": str(today()), "balance": balance}
    if balance == "x":
        url = f"/{SLUG}/investors/bank/"
        browser = county.sign_in("project-manager", fresh=True)
        assert said in browser.post(url, {**words, "look": "yes"}).content.decode()
        return
    answer = press(county, "project-manager", "bank/", **words)

    assert said in answer.content.decode()
    assert last_verb() == "capital.reconciled"
    again_entered = press(county, "project-manager", "bank/", **words)
    assert again_entered.status_code == 409


@pytest.fixture
def tested(db: None) -> Iterator[Cast]:
    """A county whose trigger stops draws, and was to be tested yesterday."""
    on = str(today() - timedelta(1))
    cast = a_county(triggers=[a_trigger(on=on, not_met="stops-draws")])
    yield cast
    shutil.rmtree(cast.initiative.path)


def test_a_missed_test_stops_calls_and_says_so(tested: Cast) -> None:
    assert "Note how it came out" in page(tested, "project-manager")
    said = {"on": str(today()), "party": PROVIDER, "value": "3", "met": "no"}

    answer = press(tested, "project-manager", "tests/on_track/", **said)

    assert "it was missed" in answer.content.decode()
    assert "Missed" in page(tested) and "no further call for capital" in page(tested)
    due = str(today() + timedelta(30))
    call = press(tested, "project-manager", "call/", tranche="loan", amount="1", due_on=due)
    assert call.status_code == 409 and "which stops draws" in call.content.decode()
    gone = tested.sign_in("project-manager", fresh=True)
    given = {"tranche": "loan", "amount": "1", "due_on": due, "confirmed": "yes"}
    spanish = gone.post(f"/{SLUG}/investors/call/", given, headers={"accept-language": "es"})
    assert "lo que detiene los desembolsos" in spanish.content.decode()
    assert gone.get(f"/{SLUG}/investors/tests/on_track/").status_code == 404


def test_notice_of_a_default_is_noted_once(county: Cast) -> None:
    again(a_call(asked=20, due=-3))

    press(county, "project-manager", "notices/call/second/", on=str(today()), says="Pay by Friday.")

    assert [(each.about, each.to) for each in books().notices] == [("call second", INVESTOR)]
    assert last_verb() == "capital.notice-given"
    browser = county.sign_in("project-manager", fresh=True)
    assert browser.get(f"/{SLUG}/investors/notices/call/second/").status_code == 404
    assert "to be given" not in page(county)


def test_lenders_vote_on_what_is_put_to_them(county: Cast) -> None:
    press(county, "project-manager", "votes/", matter="Waive the test", needs="two-thirds")
    assert "Vote for loan on “Waive the test”." in page(county)

    answer = press(county, "investor", "votes/1/loan/", vote="yes")

    assert "The matter carries." in answer.content.decode()
    assert "Carries" in page(county) and last_verb() == "capital.voted"
    browser = county.sign_in("investor", fresh=True)
    assert browser.get(f"/{SLUG}/investors/votes/1/loan/").status_code == 404
