"""The wall: no page of people for custody, court or money; notes stay with their readers (R117)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.actions import keep_contact_details, log_contact
from payforsuccess.web.people.models import Contact, ContactDetails, Draft
from payforsuccess.web.people.urls import urlpatterns
from tests.web.cast import Cast, another
from tests.web.people.cases import ago, enrolled
from tests.web.test_matrix import PAGES

pytestmark = pytest.mark.django_db
BEHIND = ("jail-liaison", "court-contact", "investor", "payor")
OF_NOBODY = {"harm", "report-harm", "harm-one"}
"""Pages on which no person stands: reports name nobody."""
NOTE, STREET = "afraid of the neighbour", "17 Hidden Lane"


def known(county: Cast) -> str:
    """Someone with a note and an address."""
    by = county.access("case-manager")
    row = enrolled(county)
    log_contact(by=by, enrolment=row, on=ago(1), kind="visit", is_reached=True, note=NOTE)
    keep_contact_details(
        by=by, participant=row.participant, telephone="555-0100", address=STREET, unit="4"
    )
    return row.public_id


def test_no_page_of_people_is_for_custody_court_or_money() -> None:
    pages = {f"people:{each.name}" for each in urlpatterns if each.name not in OF_NOBODY}

    assert {name for name in pages if PAGES[name].roles & set(BEHIND)} == set()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "case-manager"])
def test_nobody_but_case_managers_finds_a_note_or_an_address_on_any_page(
    county: Cast, role: str
) -> None:
    known(county)
    client = county.sign_in(role)
    found = []
    for name, page in PAGES.items():
        if page.of.__name__ != "nothing" or role not in page.roles:
            continue
        answer = client.get(reverse(name, args=[county.slug]))
        text = answer.content.decode()
        found += [(name, word) for word in (NOTE, STREET, "555-0100") if word in text]

    assert found == []


def test_the_own_case_manager_reads_the_note_and_a_supervisor_does(county: Cast) -> None:
    page = reverse("people:one", args=[county.slug, known(county)])
    name = another(county, "case-manager")
    county.users[name].memberships.update(is_supervisor=True, site="north")

    assert NOTE in county.sign_in("case-manager").get(page).content.decode()
    assert NOTE in county.sign_in(name).get(page).content.decode()


def test_notes_and_addresses_lie_under_lock_and_the_log_has_none(county: Cast) -> None:
    known(county)
    raw = [
        *Contact.objects.extra(select={"raw": "note"}).values_list("raw", flat=True),
        *ContactDetails.objects.extra(select={"raw": "address"}).values_list("raw", flat=True),
    ]
    logged = " ".join(str(event.sealed_content()) for event in Event.objects.all())

    assert raw and all(NOTE not in text and STREET not in text for text in raw)
    assert NOTE not in logged and STREET not in logged


def test_no_address_of_a_page_names_a_person(county: Cast) -> None:
    code = known(county)
    answer = county.sign_in("case-manager").get(reverse("people:today", args=[county.slug]))

    assert f"/people/{code}/" in answer.content.decode()
    assert "/Rowan" not in answer.content.decode() and Draft.objects.count() == 0
