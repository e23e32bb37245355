"""A record opened in an emergency: one, for an hour, with a reason, told and judged (R143)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import look_at_opening, open_in_emergency
from payforsuccess.web.accounts.break_glass import opened_for
from payforsuccess.web.accounts.models import Opening
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, opened_by
from payforsuccess.web.people.actions import keep_contact_details, leave, log_contact
from tests.web.accounts.cases import a_supervisor, opened
from tests.web.cast import Cast
from tests.web.people.cases import enrolled

pytestmark = pytest.mark.django_db


def page(county: Cast, code: str) -> str:
    return reverse("people:one", args=[county.slug, code])


def test_a_supervisor_of_another_site_opens_a_record_for_an_hour(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment = enrolled(county)
    supervisor = a_supervisor(county)
    client = county.sign_in("second-case-manager")
    assert client.get(page(county, enrolment.public_id)).status_code == 404

    opened(county, enrolment.participant.public_id)

    assert client.get(page(county, enrolment.public_id)).status_code == 200
    code = enrolment.participant.public_id
    (found,) = opened_for(supervisor)
    assert found.participant == code
    seen = Event.objects.get(verb="participant.viewed", subject=code)
    assert seen.basis == f"emergency, opening {found.public_id}"
    later = timezone.now() + timedelta(minutes=60)
    monkeypatch.setattr("payforsuccess.web.accounts.break_glass.timezone.now", lambda: later)
    assert list(opened_for(supervisor)) == []


def test_a_record_opened_in_an_emergency_is_read_and_not_written(county: Cast) -> None:
    """R143: breaking the glass opens one record; whoever works with the person changes it."""
    row = enrolled(county)
    supervisor = a_supervisor(county)
    opened(county, row.participant.public_id)
    client, day = county.sign_in("second-case-manager"), timezone.localdate().isoformat()

    shown = client.get(page(county, row.public_id)).content.decode()
    assert "to be read and not changed" in shown
    forms = (
        "contact",
        "ask",
        "consent",
        "reach",
        "move-in",
        "leave",
        "correct",
        "wrong",
        "to-site",
    )
    sent = {"on": day, "kind": "visit", "is_reached": "yes", "telephone": "1", "confirmed": "yes"}
    for name in forms:
        url = reverse(f"people:{name}", args=[county.slug, row.public_id])
        assert url not in shown
        answer = client.post(url, sent)
        assert answer.status_code == 403, name
        assert row.participant.family_name not in answer.content.decode()

    for act in (
        lambda: leave(by=supervisor, enrolment=row, on=timezone.localdate(), kind="own-wish"),
        lambda: log_contact(
            by=supervisor, enrolment=row, on=timezone.localdate(), kind="visit", is_reached=True
        ),
        lambda: keep_contact_details(
            by=supervisor, participant=row.participant, telephone="1", address="", unit=""
        ),
    ):
        with pytest.raises(Refusal, match="read and not changed"):
            act()
    row.refresh_from_db()
    assert row.exited_on is None and not row.contacts.exists()


def test_the_form_finds_the_person_by_the_exact_name_and_day(county: Cast) -> None:
    enrolment = enrolled(county)
    person = enrolment.participant
    a_supervisor(county)
    client = county.sign_in("second-case-manager")
    entered = {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "born": person.born,
        "reason": "A fire in the building tonight",
    }
    form = reverse("accounts:emergency", args=[county.slug])

    wrong = client.post(form, entered | {"given_name": "Nobody"})
    short = client.post(form, entered | {"reason": "urgent"})
    assert wrong.status_code == short.status_code == 200
    assert not Opening.objects.exists()
    nobody = client.post(form, entered | {"given_name": "Nobody", "reason": "urgent"})
    assert "Nobody of this name" not in nobody.content.decode(), "a reason first, then a search"
    assert Event.objects.filter(verb="emergency.searched").count() == 1
    right = client.post(form, entered)

    assert right["Location"] == page(county, enrolment.public_id)
    assert "fire" not in str(list(Event.objects.values())), "the reason is locked, not logged"


def test_who_supervises_nobody_opens_nothing(county: Cast) -> None:
    for role in ("case-manager", "data-steward", "counsel"):
        with pytest.raises(Refused):
            open_in_emergency(
                by=county.access(role), participant="abc", reason="A fire in the building"
            )


def test_counsel_is_told_and_judges_it_once(county: Cast) -> None:
    opening = opened(county)
    stale = Opening.objects.get(pk=opening.pk)
    counsel = county.access("counsel")
    listed = county.sign_in("counsel").get(reverse("accounts:openings", args=[county.slug]))
    assert opening.public_id in listed.content.decode()

    look_at_opening(by=counsel, opening=opening, was_right=False)

    for again in (opening, stale):
        with pytest.raises(Refusal):
            look_at_opening(by=counsel, opening=again, was_right=True)
    opening.refresh_from_db()
    assert opening.was_right is False and opening.looked_by == counsel.user


def test_an_opening_shows_in_the_report_of_whose_records(county: Cast) -> None:
    opening = opened(county)

    found = opened_by(county.access("counsel"), Asked(by=opening.by.public_id))

    assert [(each.subject, each.bases) for each in found] == [(opening.participant, ("emergency",))]
