"""Pages of any size take few queries; pairs are decided; hostile names stay names; Spanish."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.words import LOOKS
from payforsuccess.web.referrals.models import Apart, Referral
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

pytestmark = pytest.mark.django_db
BASE = "/answers/referrals/"
HOSTILE = "<script>alert('x')</script>\"'&{{ 7*7 }}=1+1"
MOST = 12


@pytest.fixture
def county(db: None) -> Cast:
    return by_answer()


def many(county: Cast, number: int) -> list[Referral]:
    return [
        referred(county, family=f"Rowan {chr(97 + n // 26)}{chr(97 + n % 26)}")
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [3, 60])
@pytest.mark.parametrize("role", ["jail-liaison", "case-manager", "provider"])
def test_a_list_of_any_length_takes_few_queries(
    county: Cast,
    role: str,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many(county, number)
    browser = county.sign_in(role)
    with django_assert_max_num_queries(MOST + 8):  # eight at most write the look into the log
        assert browser.get(BASE).status_code == 200


@pytest.mark.parametrize("number", [3, 60])
def test_the_flow_and_the_pairs_take_few_queries(
    county: Cast, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(county, number)
    for role, page in (("evaluator", "flow/"), ("link-reviewer", "same-person/")):
        browser = county.sign_in(role)
        with django_assert_max_num_queries(MOST + 8):
            assert browser.get(BASE + page).status_code == 200


def test_a_list_with_names_is_logged_once_with_how_many_and_which_filters(county: Cast) -> None:
    """R145: not who is on it, and not what was typed."""
    many(county, 3)
    for role, page in (
        ("jail-liaison", "?state=pending&source=jail"),
        ("link-reviewer", "same-person/"),
    ):
        assert county.sign_in(role).get(BASE + page).status_code == 200

    (listed,) = Event.objects.filter(verb="referrals.listed")
    assert listed.after == {"count": 3, "asked": "source, state"} and listed.subject == "referrals"
    assert listed.verb in LOOKS and not Event.objects.filter(verb="people.listed").exists()
    referred(county, family="Asp", given="Sam")
    referred(county, family="Asp", given="Samuel")
    county.sign_in("link-reviewer").get(f"{BASE}same-person/")
    (alike,) = Event.objects.filter(verb="people.listed")
    assert alike.after == {"count": 2, "asked": "alike"}


@pytest.mark.parametrize("role", ["jail-liaison", "provider"])
def test_one_referral_takes_few_queries_whatever_its_thread(
    county: Cast, role: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    referral = referred(county)
    browser = county.sign_in(role)
    for _ in range(30):
        browser.post(f"{BASE}{referral.public_id}/", {"text": "The door opens at six."})
    with django_assert_max_num_queries(MOST + 3):  # three more write the look into the log
        browser.get(f"{BASE}{referral.public_id}/")


def test_a_hostile_name_stays_a_name(county: Cast) -> None:
    referral = referred(county, given=HOSTILE, family=HOSTILE[:60])
    referred(county, given=HOSTILE + "x", family=HOSTILE[:60])
    jail = county.sign_in("jail-liaison")
    jail.post(f"{BASE}{referral.public_id}/", {"text": HOSTILE})

    for role, page in (
        ("jail-liaison", ""),
        ("jail-liaison", f"{referral.public_id}/"),
        ("jail-liaison", f"{referral.public_id}/receipt/"),
        ("case-manager", f"{referral.public_id}/"),
        ("link-reviewer", "same-person/"),
    ):
        html = county.sign_in(role).get(BASE + page).content.decode()
        assert "<script>alert" not in html and "49" not in html.split("alert(")[1][:60], page


def test_what_no_database_holds_finds_nobody_and_breaks_no_page(county: Cast) -> None:
    """PostgreSQL refuses a text with a NUL."""
    referred(county)
    worker, jail = county.sign_in("case-manager"), county.sign_in("jail-liaison")
    people, nul = "/answers/people/", {"who": ["a\x00"], "one": "a\x00", "other": "b", "send": "y"}
    for page in ("?q=%00", "?state=%00", "?source=%00", "?sort=%00", "?page=%00"):
        assert jail.get(BASE + page).status_code == 200, page
    assert (
        jail.post(f"{BASE}releases/", {**nul, "release": ["a\x00=2027-01-01"]}).status_code == 302
    )
    assert worker.get(f"{people}hand-over/?from=%00").status_code == 200
    assert worker.get(f"{people}?q=%00&show=%00&sort=%00").status_code == 200
    assert worker.post(f"{people}contacts/", nul).status_code == 302
    reviewer = county.sign_in("link-reviewer")
    assert reviewer.post(f"{BASE}same-person/", nul).status_code == 404


def test_a_supervisor_decides_on_pairs_and_joining_is_asked_twice(county: Cast) -> None:
    one = referred(county, given="Ana", born=date(1990, 2, 3))
    other = referred(county, given="Anna", born=date(1990, 3, 2))
    worker, url = county.sign_in("case-manager"), f"{BASE}same-person/"
    said = {"one": one.participant.public_id, "other": other.participant.public_id, "is": "one"}
    assert "Anna" not in worker.get(url).content.decode()
    assert worker.post(url, {**said, "confirmed": "yes"}).status_code == 403
    Membership.objects.filter(user=county.users["case-manager"]).update(is_supervisor=True)

    assert "date of birth that differs by a slip" in worker.get(url).content.decode()
    assert "not taken back" in worker.post(url, said).content.decode()
    other.participant.refresh_from_db()
    assert other.participant.alias_of is None
    worker.post(url, {**said, "confirmed": "yes"})

    other.participant.refresh_from_db()
    other.refresh_from_db()
    assert other.participant.alias_of == one.participant
    assert other.state == "joined" and other.earlier == one
    assert "Nothing to decide" in worker.get(url).content.decode()


def test_two_people_told_apart_are_not_asked_of_again(county: Cast) -> None:
    one = referred(county, given="Ana")
    other = referred(county, given="Anna")
    reviewer, url = county.sign_in("link-reviewer"), f"{BASE}same-person/"

    reviewer.post(
        url,
        {"one": one.participant.public_id, "other": other.participant.public_id, "is": "two"},
    )

    assert Apart.objects.count() == 1
    assert "Anna" not in reviewer.get(url).content.decode()


def test_pairs_of_another_initiative_are_not_there(county: Cast, other_county: Cast) -> None:
    one, other = other_county.someone(), other_county.someone(name="Rowan")
    said = {"one": one.participant.public_id, "other": other.participant.public_id, "is": "two"}

    answer = county.sign_in("link-reviewer").post(f"{BASE}same-person/", said)

    assert answer.status_code == 404
