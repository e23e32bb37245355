"""What is sent twice, from another tab or by a second click, is recorded once and stays so."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.actions import leave, log_contacts, move_in, move_out
from payforsuccess.web.people.models import Contact, Placement
from tests.web.cast import Cast, another
from tests.web.people.cases import ago, enrolled, housed, spoken_with
from tests.web.people.test_person import url

pytestmark = pytest.mark.django_db


def sent(county: Cast, page: str, said: dict[str, Any]) -> str:
    """Where a form leads, with what is said there."""
    answer = county.sign_in("case-manager").post(page, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_leaving_is_recorded_once_and_not_rewritten_by_an_old_page(county: Cast) -> None:
    """Who died today did not go to a lasting home 50 days ago."""
    row = housed(county)
    page = url(county, "leave", row)
    died = {"on": ago(0).isoformat(), "kind": "died", "confirmed": "yes"}
    sent(county, page, died)

    again = sent(county, page, {**died, "on": ago(50).isoformat(), "kind": "good"})

    row.refresh_from_db()
    assert (row.exited_on, row.exit_kind) == (ago(0), "died")
    assert "recorded already that the person left" in again
    assert Event.objects.filter(verb="enrolment.ended").count() == 1
    with pytest.raises(Refusal, match="has left already"):
        leave(by=county.access("case-manager"), enrolment=row, on=ago(50), kind="good")


def test_two_pages_opened_before_anyone_left_record_one_exit(county: Cast) -> None:
    """The row that each holds is as old as its page."""
    row = housed(county)
    stale = type(row).objects.get(pk=row.pk)
    by = county.access("case-manager")
    leave(by=by, enrolment=row, on=ago(0), kind="died")

    with pytest.raises(Refusal, match="has left already"):
        leave(by=by, enrolment=stale, on=ago(50), kind="good")


def test_nobody_speaks_with_the_dead_or_houses_them(county: Cast) -> None:
    row = enrolled(county)
    leave(by=county.access("case-manager"), enrolment=row, on=ago(5), kind="died")

    with pytest.raises(Refusal, match="died"):
        spoken_with(county, row, ago(4))
    with pytest.raises(Refusal):
        move_in(by=county.access("case-manager"), enrolment=row, on=ago(4))
    spoken_with(county, row, ago(5))
    assert Contact.objects.get().on == ago(5)


def test_moving_out_twice_leads_back_with_the_day_that_stands(county: Cast) -> None:
    row = housed(county)
    page = url(county, "move-out", row)
    said = {"on": ago(3).isoformat(), "to": "homeless"}
    sent(county, page, said)

    again = sent(county, page, {**said, "on": ago(1).isoformat()})

    home = row.placements.get()
    assert home.moved_out_on == ago(3) and "recorded already" in again
    assert Event.objects.filter(verb="home.moved-out").count() == 1
    stale = Placement(pk=home.pk, enrolment=row, moved_in_on=home.moved_in_on)
    with pytest.raises(Refusal, match="recorded already"):
        move_out(by=county.access("case-manager"), placement=stale, on=ago(1))


def test_who_never_had_a_home_moves_out_of_none(county: Cast) -> None:
    page = url(county, "move-out", enrolled(county))

    assert county.sign_in("case-manager").get(page).status_code == 404


def test_the_very_same_contact_sent_twice_is_one_and_the_page_says_so(county: Cast) -> None:
    row = enrolled(county)
    page = url(county, "contact", row)
    said = {"on": ago(1).isoformat(), "kind": "visit", "is_reached": "yes", "note": "Tea"}
    assert "The contact is logged" in sent(county, page, said)

    assert "is on record already" in sent(county, page, said)
    assert Contact.objects.count() == 1
    assert Event.objects.filter(verb="contact.logged").count() == 1

    sent(county, page, {**said, "note": "Tea again, in the evening"})
    assert Contact.objects.count() == 2


def test_the_same_contact_by_a_colleague_is_another(county: Cast) -> None:
    row = enrolled(county)
    spoken_with(county, row, ago(1))
    name = another(county, "case-manager")

    log_contacts(by=county.access(name), enrolments=[row], on=ago(1), kind="visit", is_reached=True)

    assert Contact.objects.count() == 2


def test_a_round_of_visits_sent_twice_is_one_round(county: Cast) -> None:
    rows = [enrolled(county, name=f"N{number}") for number in range(3)]
    by = county.access("case-manager")
    for count in (2, 3):
        log_contacts(by=by, enrolments=rows[:count], on=ago(1), kind="visit", is_reached=True)

    assert Contact.objects.count() == 3
    log_contacts(by=by, enrolments=rows, on=ago(1), kind="visit", is_reached=True)
    assert Event.objects.filter(verb="contacts.logged").count() == 2
