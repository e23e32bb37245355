"""A note sent when the session has ended is kept for its writer, or said not to be (R95)."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from payforsuccess.web.people.models import Contact, Draft, Enrolment
from payforsuccess.web.people.views.outliving import mark_of
from tests.web.cast import PASSWORD, Cast, another
from tests.web.people.cases import ago, enrolled
from tests.web.people.test_person import url

pytestmark = pytest.mark.django_db
NOTE = "The heater is broken, and the landlord knows"


def written(county: Cast, row: Enrolment, **more: str) -> dict[str, str]:
    """A note as its page sends it."""
    writer = mark_of(county.access("case-manager"), row)
    said = {"on": ago(1).isoformat(), "kind": "visit", "is_reached": "yes", "note": NOTE}
    return {**said, "writer": writer, **more}


def signed_in(client: Client, county: Cast, name: str) -> None:
    entered = {"login": county.users[name].username, "password": PASSWORD}
    client.post(reverse("account_login"), entered)
    assert client.session.get("_auth_user_id")


@pytest.mark.parametrize("more", [{}, {"keep": "yes"}])
def test_what_was_sent_without_a_session_is_there_after_the_sign_in(
    county: Cast, more: dict[str, str]
) -> None:
    row = enrolled(county)
    page, client = url(county, "contact", row), Client()

    answer = client.post(page, written(county, row, **more), follow=True)
    assert "your note is kept for you" in answer.content.decode()
    kept = Session.objects.get().get_decoded()
    assert "heater" not in str(kept) and Draft.objects.count() == 0

    signed_in(client, county, "case-manager")
    assert NOTE in client.get(page).content.decode()
    assert Draft.objects.get().fields["note"] == NOTE
    assert Contact.objects.count() == 0
    assert "note-that-waits" not in client.session


def test_it_is_shown_to_nobody_else_who_signs_in_there(county: Cast) -> None:
    """A colleague at the same desk who sees the same person."""
    row = enrolled(county)
    page, client = url(county, "contact", row), Client()
    name = another(county, "case-manager")
    membership = county.users[name].memberships.get()
    type(membership).objects.filter(pk=membership.pk).update(is_supervisor=True, site="north")
    client.post(page, written(county, row))

    signed_in(client, county, name)
    seen = client.get(page)

    assert seen.status_code == 200 and NOTE not in seen.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("mark", ["", "made:up:mark"])
def test_without_the_mark_of_its_page_nothing_is_kept(county: Cast, mark: str) -> None:
    row = enrolled(county)
    client = Client()
    answer = client.post(url(county, "contact", row), written(county, row, writer=mark))

    assert answer.status_code == 302 and "note-that-waits" not in client.session


def test_the_script_of_the_page_is_told_in_a_sentence_and_not_by_a_page(county: Cast) -> None:
    row = enrolled(county)
    for name in ("draft", "contact"):
        answer = Client().post(
            url(county, name, row), written(county, row), headers={"HX-Request": "true"}
        )
        assert answer.status_code == 401
        assert "session has ended" in answer.content.decode()
        assert "<" not in answer.content.decode()


def test_a_page_open_for_too_long_says_to_copy_the_text_first(county: Cast) -> None:
    row = enrolled(county)
    client = Client(enforce_csrf_checks=True)
    page = url(county, "draft", row)

    asked = client.post(page, written(county, row), headers={"HX-Request": "true"})
    assert (asked.status_code, "Copy what you wrote" in asked.content.decode()) == (401, True)
    whole = client.post(page, written(county, row))
    assert (whole.status_code, "copy what you wrote" in whole.content.decode()) == (403, True)
