"""Disclosures to law enforcement: asked, decided by Counsel, made, each logged (R117)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import decide_disclosure, make_disclosure
from payforsuccess.web.accounts.models import Disclosure
from payforsuccess.web.audit.models import Event
from tests.web.accounts.cases import asked_for
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def test_nothing_is_disclosed_before_counsel_approved_it(county: Cast) -> None:
    disclosure = asked_for(county)

    with pytest.raises(Refusal):
        make_disclosure(by=county.access("data-steward"), disclosure=disclosure)
    assert disclosure.state == "asked"


@pytest.mark.parametrize("role", ["data-steward", "coordinator", "jail-liaison", "payor"])
def test_counsel_alone_decides(county: Cast, role: str) -> None:
    with pytest.raises(Refused):
        decide_disclosure(
            by=county.access(role), disclosure=asked_for(county), approves=True, reason="x"
        )


def test_an_approved_disclosure_is_made_once_and_each_step_is_logged(county: Cast) -> None:
    disclosure = asked_for(county)
    decide_disclosure(
        by=county.access("counsel"), disclosure=disclosure, approves=True, reason="The order holds"
    )
    with pytest.raises(Refused):
        make_disclosure(by=county.access("counsel"), disclosure=disclosure)
    make_disclosure(by=county.access("data-steward"), disclosure=disclosure)

    with pytest.raises(Refusal):
        make_disclosure(by=county.access("data-steward"), disclosure=disclosure)
    steps = Event.objects.filter(subject=disclosure.public_id).order_by("number")
    assert [(event.verb, event.role) for event in steps] == [
        ("disclosure.asked", "data-steward"),
        ("disclosure.approved", "counsel"),
        ("disclosure.made", "data-steward"),
    ]
    assert {event.basis for event in steps} == {"order of the court of 3 May 2027"}


def test_a_step_that_someone_took_meanwhile_is_not_taken_again(county: Cast) -> None:
    """Two people who opened the page before either decided: the first decision stands."""
    disclosure = asked_for(county)
    stale = Disclosure.objects.get(pk=disclosure.pk)
    counsel, steward = county.access("counsel"), county.access("data-steward")
    decide_disclosure(by=counsel, disclosure=disclosure, approves=False, reason="No order")

    with pytest.raises(Refusal):
        decide_disclosure(by=counsel, disclosure=stale, approves=True, reason="The order holds")
    stale.state = "approved"
    with pytest.raises(Refusal):
        make_disclosure(by=steward, disclosure=stale)

    assert Disclosure.objects.get().state == "refused"


def test_what_counsel_refused_is_never_made(county: Cast) -> None:
    disclosure = asked_for(county)
    decide_disclosure(
        by=county.access("counsel"), disclosure=disclosure, approves=False, reason="No order"
    )

    with pytest.raises(Refusal):
        make_disclosure(by=county.access("data-steward"), disclosure=disclosure)


def test_the_whole_way_through_pages(county: Cast) -> None:
    steward, counsel = county.sign_in("data-steward"), county.sign_in("counsel")
    entered = {
        "agency": "Alder Police",
        "participant": "nobody-known",
        "what": "The days of enrolment",
        "legal_basis": "order of the court",
    }
    ask = reverse("accounts:ask", args=[county.slug])
    assert steward.post(ask, entered).status_code == 200
    assert not Disclosure.objects.exists()
    code = county.someone().participant.public_id
    page = steward.post(ask, entered | {"participant": code})["Location"]
    counsel.post(page, {"decision": "approve", "reason": "The order holds"})
    steward.post(page, {"confirmed": "yes"})

    assert Disclosure.objects.get().state == "made"
    assert "The order holds" in steward.get(page).content.decode()
