"""Stays in jail reach case managers out of the feed: under a named basis alone, and once."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from payforsuccess.web.jobs.kinds import load
from payforsuccess.web.jobs.models import RUNNING, Job
from payforsuccess.web.people.actions import enrol, record_consent
from payforsuccess.web.people.basis import TELL_BOOKINGS
from payforsuccess.web.people.models import Booking, Consent, Participant
from payforsuccess.web.referrals.actions import change_state
from tests.lib.booked import HEADER, a_jail
from tests.lib.deals import CITY, COUNTY, EVALUATOR, PROVIDER, a_deal
from tests.lib.folders import a_folder
from tests.web.cast import Cast, make_cast

COLUMNS = ["enrolment_id", "person_ref", "referred_on", "assigned_on", "arm", "enrolled_on"]


def a_county(**agreement: Any) -> Cast:
    """A deal with our own register, and a jail that uses its numbers."""
    home = Path(settings.DEALS) / "jailed"
    shutil.rmtree(home, ignore_errors=True)
    through = timezone.localdate().isoformat()
    paper = {**a_jail()["agreement"], "permitted_columns": COLUMNS}
    register = {
        **a_jail(),
        "feed": "register",
        "layout": "programme-enrolments",
        "file": "feeds/register.csv",
        "agreement": paper,
        "complete_through": through,
    }
    jail = {**a_jail(agreement), "ids_of": "register", "complete_through": through}
    a_folder(home, a_deal(data=[register, jail]))
    return make_cast("jailed", "Homes jailed", home)


def an_enrolled_person(county: Cast) -> Participant:
    referral = county.someone()
    change_state(by=county.access("provider"), referral=referral, to="placed")
    by = county.access("case-manager")
    referral = change_state(by=by, referral=referral, to="met")
    enrol(by=by, referral=referral, case_manager=by.user, site="north", on=by.on)
    return referral.participant


def booked(county: Cast, person: Participant, released: str = "") -> None:
    day = (timezone.localdate() - timedelta(20)).isoformat()
    home = county.initiative.path / "feeds" / "jail"
    home.mkdir(parents=True, exist_ok=True)
    rows = f"B1,{person.key},{day},{released},\nB2,stranger,{day},,\n"
    (home / "bookings.csv").write_text(HEADER + rows)


def loaded(county: Cast) -> object:
    job = Job(
        initiative=county.initiative,
        kind="load",
        asked_by=county.users["data-steward"],
        asked_at=timezone.now(),
        state=RUNNING,
    )
    return load(job, lambda _: None)["bookings"]


SHARED = {"recipients": [PROVIDER, EVALUATOR], "releases": "person-rows"}


@pytest.mark.django_db
def test_an_agreement_with_the_provider_lets_bookings_be_told_once() -> None:
    county = a_county(**SHARED)
    person = an_enrolled_person(county)
    booked(county, person)

    assert loaded(county) == 1
    assert loaded(county) == 0

    booking = Booking.objects.get()
    assert booking.participant == person and booking.released_on is None
    released = timezone.localdate() - timedelta(10)
    booked(county, person, released=released.isoformat())
    assert loaded(county) == 1
    assert Booking.objects.get().released_on == released


@pytest.mark.django_db
@pytest.mark.parametrize(
    "agreement",
    [{"recipients": [EVALUATOR], "releases": "person-rows"}, {"parties": [COUNTY, CITY]}],
)
def test_without_a_basis_nothing_is_told_and_consent_is_one(agreement: dict[str, Any]) -> None:
    county = a_county(**agreement)
    person = an_enrolled_person(county)
    booked(county, person)
    assert loaded(county) == 0

    record_consent(
        by=county.access("case-manager"),
        participant=person,
        consent=Consent(
            purpose=TELL_BOOKINGS,
            recipient=PROVIDER,
            regime="the contract",
            form_version="A-1",
            language="en",
            is_given=True,
            said_on=timezone.localdate(),
        ),
    )

    assert loaded(county) == 1
