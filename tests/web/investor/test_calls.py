"""Capital is called, certified, answered and paid in the browser (R133), by who may and once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.actions import add_member
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.investor.actions import answer
from tests.lib.deals import INVESTOR, PROVIDER
from tests.web.cast import Cast, another
from tests.web.investor.investing import (
    SLUG,
    a_call,
    again,
    books,
    last_verb,
    page,
    press,
    today,
)

ANSWER = "calls/second/answer/"


def certified() -> None:
    """The second call, which waits for the lender's answer."""
    on = a_call()["asked_on"]
    again(
        a_call(
            certificates=[
                {"condition": "calm", "by": INVESTOR, "on": on},
                {"condition": "budget", "by": PROVIDER, "on": on},
            ]
        )
    )


def test_a_call_goes_from_its_making_to_the_money(county: Cast) -> None:
    again()
    due = str(today() + timedelta(30))
    made = press(county, "project-manager", "call/", tranche="loan", amount="1,500", due_on=due)
    assert "Call “call-2” is made." in made.content.decode()
    assert last_verb() == "capital.called"

    press(county, "investor", "calls/call-2/certify/calm/")
    paper = press(county, "project-manager", "calls/call-2/certify/budget/", signed_by="Bay Birch")
    assert "The certificate is on record." in paper.content.decode()
    assert last_verb() == "capital.certified"

    assert "Answer the call" in page(county)
    press(county, "investor", "calls/call-2/answer/", says="consents", reason="")
    assert last_verb() == "capital.answered"
    assert "Pay call “call-2” by" in page(county, path="calls/call-2/")

    came = press(
        county, "project-manager", "calls/call-2/received/", amount="1500", on=str(today())
    )
    assert "All of it came" in came.content.decode()
    call = books().calls[1]
    assert [each.signed_by for each in call.certificates] == ["investor of financed", "Bay Birch"]
    assert call.answer is not None and call.answer.person == "investor of financed"
    assert call.came(today()) == 1500
    event = Event.objects.order_by("-number")[0]
    assert (event.verb, event.subject, event.after["amount"]) == (
        "capital.received",
        "call-2",
        150000,
    )


def test_a_refusal_needs_its_reason_and_is_told_to_all(county: Cast) -> None:
    certified()
    url = f"/{SLUG}/investors/{ANSWER}"
    silent = county.sign_in("investor", fresh=True).post(url, {"says": "refuses", "look": "yes"})
    assert "Write why it refuses." in silent.content.decode()

    press(county, "investor", ANSWER, says="refuses", reason="The plan is late: ask in May")

    for role in ("investor", "project-manager"):
        assert "The plan is late: ask in May" in page(county, role)
    assert "make a new call" in page(county, path="calls/second/")
    assert county.sign_in("investor", fresh=True).get(url).status_code == 404


def test_a_call_is_not_answered_before_it_is_certified(county: Cast) -> None:
    answer = press(county, "investor", ANSWER, says="consents", reason="")

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "This could not be done" in html and "lacks the certificate `calm`" in html
    assert books().calls[1].answer is None
    assert not Event.objects.filter(verb="capital.answered").exists()


def test_who_made_a_call_does_not_answer_it(county: Cast) -> None:
    certified()
    again(
        {
            **a_call(called_by="investor of financed"),
            "certificates": [each.as_plain() for each in books().calls[1].certificates],
        }
    )

    answer = press(county, "investor", ANSWER, says="consents", reason="")

    assert answer.status_code == 409 and "made call `second`" in answer.content.decode()


def test_another_lender_does_not_answer(county: Cast) -> None:
    certified()
    someone = another(county, "investor", party="Fir Foundation")
    browser = county.sign_in(someone, fresh=True)

    assert browser.get(f"/{SLUG}/investors/{ANSWER}").status_code == 404
    assert browser.get(f"/{SLUG}/investors/calls/second/certify/calm/").status_code == 404


def test_who_lends_for_another_and_advises_the_lender_does_not_answer(county: Cast) -> None:
    """Someone speaks for an organisation in the role held there, and in no other."""
    certified()
    someone = another(county, "investor", party="Fir Foundation")
    add_member(
        by=SYSTEM,
        user=county.users[someone],
        organisation=county.organisations[INVESTOR],
        initiative=county.initiative,
        role="counsel",
        from_on=today(),
    )
    browser = county.sign_in(someone, fresh=True)

    assert browser.get(f"/{SLUG}/investors/{ANSWER}").status_code == 404
    with pytest.raises(Refusal, match="no party of the deal"):
        answer(by=county.access(someone), name="second", says="refuses", reason="No", on=today())


def test_nobody_certifies_for_a_lender_on_paper(county: Cast) -> None:
    browser = county.sign_in("project-manager", fresh=True)

    assert browser.get(f"/{SLUG}/investors/calls/second/certify/calm/").status_code == 404


@pytest.mark.parametrize(
    ("role", "path"),
    [("project-manager", "call/"), ("investor", ANSWER), ("project-manager", "costs/")],
)
def test_what_moves_money_asks_for_a_fresh_sign_in(county: Cast, role: str, path: str) -> None:
    answer = county.sign_in(role).get(f"/{SLUG}/investors/{path}")

    assert answer.status_code == 302 and "/sign-in/again/" in answer["Location"]


def test_a_button_pressed_twice_does_it_once(county: Cast) -> None:
    certified()
    press(county, "investor", ANSWER, says="consents", reason="")
    before = books()

    url = f"/{SLUG}/investors/{ANSWER}"
    said = {"says": "refuses", "reason": "No", "confirmed": "yes"}
    again_pressed = county.sign_in("investor", fresh=True).post(url, said)

    assert again_pressed.status_code == 404 and books() == before
    assert Event.objects.filter(verb="capital.answered").count() == 1


def test_change_brings_the_form_back_as_it_was(county: Cast) -> None:
    again()
    browser = county.sign_in("project-manager", fresh=True)
    said = {"tranche": "loan", "amount": "77.50", "due_on": "2027-01-05", "change": "yes"}

    html = browser.post(f"/{SLUG}/investors/call/", said).content.decode()

    assert 'value="77.50"' in html and "Look it over" in html


def test_more_than_is_left_is_refused_with_the_amount_that_is(county: Cast) -> None:
    due = str(today() + timedelta(30))
    answer = press(county, "project-manager", "call/", tranche="loan", amount="1", due_on=due)

    assert answer.status_code == 409
    assert "at most USD 0.00, which is left of `loan`" in answer.content.decode()
