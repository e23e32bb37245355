"""The wall between services and law enforcement, on the pages as they are read (R117)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from payforsuccess.web.accounts.access import access_to
from payforsuccess.web.people.models import Contact, ContactDetails, Enrolment
from payforsuccess.web.referrals.actions import acknowledge, change_state, say
from payforsuccess.web.referrals.models import Referral
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

BASE = "/answers/referrals/"
SECRETS = (
    "12 Willow Lane",
    "Unit 7",
    "555-0147",
    "methadone",
    "Casey Worker",
    "case-manager",
    "north",
)
PAGES = ("", "?state=placed", "?sort=state", "new/", "several/", "paper/", "releases/")
OF_ONE = ("", "receipt/", "facts/", "release/", "hearing/")


@pytest.fixture
def county(db: None) -> Cast:
    return by_answer()


def served(county: Cast, role: str) -> Referral:
    """Someone of whom services know everything: home, telephone, notes, health, worker."""
    worker = county.users["case-manager"]
    worker.full_name = "Casey Worker"
    worker.save()
    access = access_to(worker, county.slug)
    referral = referred(county, role=role)
    referral = change_state(by=access, referral=referral, to="placed")
    acknowledge(by=access, referral=referral)
    say(
        by=access,
        referral=referral,
        office=county.organisations["Cedar Homes"],
        text="We are there at six.",
    )
    change_state(by=access, referral=referral, to="met")
    enrolment = Enrolment.objects.create(
        initiative=county.initiative,
        participant=referral.participant,
        case_manager=worker,
        site="north",
        enrolled_on=timezone.localdate(),
    )
    change_state(by=access, referral=referral, to="enrolled")
    ContactDetails.objects.create(
        participant=referral.participant,
        telephone="555-0147",
        address="12 Willow Lane",
        unit="Unit 7",
    )
    Contact.objects.create(
        enrolment=enrolment,
        on=timezone.localdate(),
        kind="visit",
        is_reached=True,
        note="methadone",
        by=worker,
    )
    return referral


@pytest.mark.parametrize("role", ["jail-liaison", "court-contact"])
def test_custody_and_court_read_no_address_note_health_or_worker(county: Cast, role: str) -> None:
    referral = served(county, role)
    browser = county.sign_in(role)
    urls = [BASE + page for page in PAGES]
    urls += [f"{BASE}{referral.public_id}/{page}" for page in OF_ONE]

    for url in urls:
        html = browser.get(url).content.decode()
        assert "<main" in html, url
        for secret in SECRETS:
            assert secret not in html, (url, secret)
    page = browser.get(f"{BASE}{referral.public_id}/").content.decode()
    assert "Placed" in page and "Enrolled" not in page and "We are there at six." in page


@pytest.mark.parametrize("role", ["jail-liaison", "court-contact"])
def test_custody_and_court_open_no_page_of_services(county: Cast, role: str) -> None:
    browser = county.sign_in(role)
    for url in ("/answers/people/", f"{BASE}flow/", f"{BASE}same-person/"):
        assert browser.get(url).status_code == 403, url


def test_an_office_sees_its_own_referrals_alone(county: Cast) -> None:
    jails = referred(county, family="Jasmine")
    courts = referred(county, role="court-contact", family="Coriander")

    for role, own, other in (
        ("jail-liaison", jails, courts),
        ("court-contact", courts, jails),
    ):
        browser = county.sign_in(role)
        for query in ("", "?q=Coriander", "?q=Jasmine", f"?q={other.public_id}", "?source=court"):
            html = browser.get(BASE + query).content.decode()
            assert f"{BASE}{other.public_id}/" not in html, (role, query)
        assert f"{BASE}{own.public_id}/" in browser.get(BASE).content.decode()


def test_a_manager_who_may_see_no_names_reads_codes(county: Cast) -> None:
    referral = referred(county, family="Jasmine")
    browser = county.sign_in("provider")

    for url in (BASE, f"{BASE}{referral.public_id}/", f"{BASE}{referral.public_id}/answer/"):
        html = browser.get(url).content.decode()
        assert "Jasmine" not in html and referral.public_id[:4] in html, url
    found = browser.get(f"{BASE}?q=Jasmine").content.decode().split('id="all"')[1]
    assert f"{BASE}{referral.public_id}/" not in found


def test_each_look_at_a_person_is_logged(county: Cast) -> None:
    from payforsuccess.web.audit.models import Event

    referral = referred(county)
    county.sign_in("case-manager").get(f"{BASE}{referral.public_id}/")

    event = Event.objects.order_by("-number")[0]
    assert (event.verb, event.subject) == ("participant.viewed", referral.participant.public_id)
    assert event.by == county.users["case-manager"].public_id
