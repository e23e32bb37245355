"""Today: counts with their rules, the most urgent first, few queries at any size (R68)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess.web.people.actions import (
    ask_follow_up,
    move_out,
    tell_booking,
)
from payforsuccess.web.people.basis import TELL_BOOKINGS, TO_REFER
from payforsuccess.web.people.models import Contact, Enrolment
from tests.web.cast import Cast, another
from tests.web.people.cases import ago, consented, enrolled, housed, placed, spoken_with

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def today(county: Cast, **asked: str) -> Any:
    url = reverse("people:today", args=[county.slug])
    answer = county.sign_in("case-manager").get(url, asked)
    assert answer.status_code == 200
    return answer


def names(answer: Any) -> list[str]:
    return [one.person.family_name for one in answer.context["people"]]


def booked(county: Cast, row: Enrolment, on: date, released_on: date | None = None) -> None:
    tell_booking(
        by=county.access("data-steward"),
        participant=row.participant,
        booked_on=on,
        released_on=released_on,
        source="jail:1",
    )


def test_an_empty_caseload_says_what_to_do(county: Cast) -> None:
    answer = today(county)

    assert answer.context["lists"]["all"] == 0
    assert "Nobody is on your caseload yet" in answer.content.decode()


def test_a_failed_attempt_does_not_end_a_silence(county: Cast) -> None:
    quiet, spoken = enrolled(county, name="Quiet"), enrolled(county, name="Spoken")
    spoken_with(county, quiet, ago(40))
    spoken_with(county, quiet, ago(2), is_reached=False)
    spoken_with(county, spoken, ago(2))

    assert names(today(county, show="quiet")) == ["Quiet"]
    assert "No contact for 30 days" in today(county).content.decode()


def test_the_most_urgent_come_first(county: Cast) -> None:
    calm = housed(county, name="Calm")
    late = housed(county, name="Late")
    quiet = housed(county, name="Quiet", on=ago(80))
    for row in (calm, late):
        spoken_with(county, row, ago(1))
        consented(county, row)
    ask_follow_up(
        by=county.access("case-manager"),
        enrolment=late,
        owner=county.users["case-manager"],
        what="Call",
        due_on=ago(1),
    )
    spoken_with(county, quiet, ago(45))

    answer = today(county)

    assert names(answer) == ["Late", "Quiet", "Calm"]
    assert answer.context["overdue"] == 1


@pytest.mark.parametrize("sort", ["name", "-name", "home", "-home", "check", "contact", "odd"])
def test_the_list_is_sorted_by_links(county: Cast, sort: str) -> None:
    housed(county, name="Aster", on=ago(20))
    housed(county, name="Birch", on=ago(70))

    found = names(today(county, sort=sort))

    assert sorted(found) == ["Aster", "Birch"]
    if sort in ("name", "-home"):
        assert found == ["Aster", "Birch"]
    if sort in ("-name", "home"):
        assert found == ["Birch", "Aster"]


def test_people_are_found_by_any_part_of_their_name_also_after_they_left(county: Cast) -> None:
    enrolled(county, name="Aster")
    gone = enrolled(county, name="Birch")
    Enrolment.objects.filter(pk=gone.pk).update(exited_on=ago(3), exit_kind="lost")

    assert names(today(county, q="ast")) == ["Aster"]
    answer = today(county, q="birch")
    assert names(answer) == []
    assert [row.pk for row in answer.context["former"]] == [gone.pk]


def test_no_booking_is_shown_without_a_named_basis(county: Cast) -> None:
    row = housed(county)
    booked(county, row, ago(1))

    answer = today(county)

    assert answer.context["lists"]["jail"] == 0
    assert "no legal basis is named" in answer.content.decode()


def test_a_consent_in_force_shows_the_booking_with_its_basis(county: Cast) -> None:
    row = housed(county)
    booked(county, row, ago(1))
    consented(county, row, purpose=TELL_BOOKINGS, form_version="B-7")

    answer = today(county, show="jail")

    assert names(answer) == ["Rowan"]
    assert "by the person’s own consent" in answer.content.decode()
    page = reverse("people:one", args=[county.slug, row.public_id])
    assert "form B-7" in county.sign_in("case-manager").get(page).content.decode()


@pytest.mark.parametrize(
    "facts", [{"is_given": False}, {"withdrawn_on": ago(1)}, {"expires_on": ago(1)}]
)
def test_a_refusal_or_a_consent_that_ended_shows_none(county: Cast, facts: Any) -> None:
    row = housed(county)
    booked(county, row, ago(1))
    consented(county, row, purpose=TELL_BOOKINGS, **facts)

    assert today(county).context["lists"]["jail"] == 0


def test_nobody_reads_bookings_under_a_consent_that_names_another_recipient(county: Cast) -> None:
    """R115, R117."""
    row = housed(county)
    booked(county, row, ago(1))
    consented(county, row, purpose=TELL_BOOKINGS, recipient="Evaluator")

    answer = today(county)

    assert answer.context["lists"]["jail"] == 0 and answer.context["without_basis"] == 1


def test_saying_no_later_ends_what_was_agreed_to(county: Cast) -> None:
    """R115: the last word holds, whether or not somebody recorded that the first was taken back."""
    row = housed(county)
    booked(county, row, ago(1))
    yes = consented(county, row, purpose=TELL_BOOKINGS, said_on=ago(50))
    other = consented(county, row, said_on=ago(50))
    consented(county, row, purpose=TELL_BOOKINGS, is_given=False, said_on=ago(10))

    assert today(county).context["lists"]["jail"] == 0
    for given in (yes, other):
        given.refresh_from_db()
    assert (yes.withdrawn_on, other.withdrawn_on) == (ago(10), None)
    assert yes.holds(ago(11))


def test_old_bookings_are_no_news(county: Cast) -> None:
    row = housed(county)
    consented(county, row, purpose=TELL_BOOKINGS)
    booked(county, row, ago(40), ago(2))

    assert today(county).context["lists"]["jail"] == 0


def test_whoever_moved_out_counts_nights_no_longer(county: Cast) -> None:
    row = housed(county, on=ago(60))
    home = row.placements.get()
    move_out(by=county.access("case-manager"), placement=home, on=ago(10), to="homeless")

    (one,) = today(county).context["people"]

    assert (one.nights, one.home) == (50, None)


def test_one_contact_is_logged_for_everyone_chosen(county: Cast) -> None:
    rows = [enrolled(county, name=name) for name in ("Aster", "Birch", "Cedar")]
    client = county.sign_in("case-manager")
    said = {"on": ago(0).isoformat(), "kind": "visit", "is_reached": "yes"}
    who = [row.public_id for row in rows[:2]]

    client.post(reverse("people:contacts", args=[county.slug]), {**said, "who": who})

    assert Contact.objects.count() == 2
    assert set(Contact.objects.values_list("enrolment", flat=True)) == {r.pk for r in rows[:2]}


def test_nobody_logs_a_contact_with_people_of_another_caseload(
    county: Cast, other_county: Cast
) -> None:
    theirs = enrolled(other_county)
    said = {"on": ago(0).isoformat(), "kind": "visit", "is_reached": "yes"}

    county.sign_in("case-manager").post(
        reverse("people:contacts", args=[county.slug]), {**said, "who": [theirs.public_id]}
    )

    assert Contact.objects.count() == 0


@pytest.mark.parametrize("people", [3, 60])
def test_today_asks_the_database_as_often_for_sixty_as_for_three(
    county: Cast, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        row = housed(county, name=f"Name{number:02}")
        spoken_with(county, row, ago(number % 50))
        consented(county, row, purpose=TELL_BOOKINGS)
    url = reverse("people:today", args=[county.slug])
    client: Client = county.sign_in("case-manager")
    client.get(url)

    with django_assert_max_num_queries(MOST_QUERIES + 8):  # the look is written into the log
        answer = client.get(url)

    assert answer.context["lists"]["all"] == people


def test_a_follow_up_stands_on_the_day_of_its_owner_alone(county: Cast) -> None:
    """R68: whoever asked another is not told that it is theirs."""
    row = enrolled(county)
    other = another(county, "case-manager")
    ask_follow_up(
        by=county.access("case-manager"),
        enrolment=row,
        owner=county.users[other],
        what="Call the landlord",
        due_on=ago(1),
    )

    url = reverse("people:today", args=[county.slug])
    theirs = county.sign_in(other).get(url)

    assert [each.what for each in theirs.context["due"]] == ["Call the landlord"]
    assert "a follow-up is overdue" in str(theirs.context["next"][0])
    assert county.sign_in(other).get(theirs.context["next"][1]).status_code == 200
    assert today(county).context["due"] == []

    county.users[other].is_active = False
    county.users[other].save()
    assert len(today(county).context["due"]) == 1


def test_consent_to_be_referred_is_no_answer_on_anything_else(county: Cast) -> None:
    """R115: consent is per purpose."""
    row = enrolled(county)
    consented(county, row, purpose=TO_REFER)

    assert "consent" in today(county).context["people"][0].gaps

    consented(county, row, is_given=False)
    assert "consent" not in today(county).context["people"][0].gaps


def test_who_must_be_found_comes_before_who_is_out_and_who_is_inside(county: Cast) -> None:
    """R142: the first to be enrolled is the first to come to harm."""
    for name, way in (("Inside", ""), ("Out", "met"), ("Lost", "released-unmet")):
        row = placed(county, name=name)
        if way:
            row.state = way
            row.save()

    answer = county.sign_in("case-manager").get(reverse("people:joining", args=[county.slug]))

    page = answer.content.decode()
    assert page.index(">Sam Lost<") < page.index(">Sam Out<") < page.index(">Sam Inside<")
    assert "Find Sam Lost by" in page


def test_bookings_are_as_of_the_day_on_which_the_jail_told_last(county: Cast) -> None:
    """R68: not of the day of the page."""
    row = housed(county)
    consented(county, row, purpose=TELL_BOOKINGS)
    booked(county, row, ago(9))
    assert today(county).context["jail_as_of"] == ago(0)
    row.participant.bookings.update(told_at=timezone.now() - timedelta(days=8))

    assert today(county).context["jail_as_of"] == ago(8)
