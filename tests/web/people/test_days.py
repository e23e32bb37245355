"""No day of the past or the future that cannot be: joining, consent, follow-ups (R96)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.web.people.actions import (
    ask_follow_up,
    correct_day,
    enrol,
    leave,
    move_in,
    withdraw_consent,
)
from payforsuccess.web.people.models import Consent, Enrolment, FollowUp
from payforsuccess.web.referrals.models import Referral
from tests.web.cast import Cast
from tests.web.people.cases import ago, consented, enrolled, housed, placed

pytestmark = pytest.mark.django_db
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def day(on: date | int) -> date:
    """A day, or so many days ago."""
    return ago(on) if isinstance(on, int) else on


def join(county: Cast, referral: Referral, on: date) -> Enrolment:
    by = county.access("case-manager")
    return enrol(by=by, referral=referral, case_manager=by.user, site="north", on=on)


@pytest.mark.parametrize("on", [FIRST, 21])
def test_nobody_joins_before_they_were_referred(county: Cast, on: date | int) -> None:
    with pytest.raises(Refusal, match="before the person was referred"):
        join(county, placed(county, paper_on=ago(20)), day(on))
    assert Enrolment.objects.count() == 0

    assert join(county, placed(county, name="Birch", paper_on=ago(20)), ago(20)).pk


def test_a_referral_without_a_paper_is_of_the_day_on_which_it_was_made(county: Cast) -> None:
    with pytest.raises(Refusal, match="was referred"):
        join(county, placed(county, paper_on=None), ago(1))


def test_a_correction_does_not_do_what_joining_may_not(county: Cast) -> None:
    row = join(county, placed(county, paper_on=ago(20)), ago(10))
    by = county.access("case-manager")

    with pytest.raises(Refusal, match="was referred"):
        correct_day(by=by, row=row, field="enrolled_on", on=ago(21), reason="typing")

    correct_day(by=by, row=row, field="enrolled_on", on=ago(20), reason="typing")
    row.refresh_from_db()
    assert row.enrolled_on == ago(20)


def test_a_second_enrolment_begins_once_the_first_has_ended(county: Cast) -> None:
    first = enrolled(county, on=ago(50))
    leave(by=county.access("case-manager"), enrolment=first, on=ago(30), kind="moved")
    again = placed(county, name="Birch")
    again.participant = first.participant
    again.save()

    with pytest.raises(Refusal, match="left the enrolment before"):
        join(county, again, ago(31))
    assert join(county, again, ago(30)).pk


def test_nobody_leaves_before_they_moved_in(county: Cast) -> None:
    row = housed(county, on=ago(20))
    by = county.access("case-manager")

    with pytest.raises(Refusal, match="before the person moved in"):
        leave(by=by, enrolment=row, on=ago(21), kind="moved")
    leave(by=by, enrolment=row, on=ago(10), kind="moved")
    with pytest.raises(Refusal, match="before the person moved in"):
        correct_day(by=by, row=row, field="exited_on", on=ago(21), reason="typing")


def test_an_exit_that_never_happened_leaves_nothing_behind(county: Cast) -> None:
    """The person is served on, and can move into a home."""
    row = enrolled(county, on=ago(50))
    by = county.access("case-manager")
    leave(by=by, enrolment=row, on=ago(30), kind="died")

    correct_day(by=by, row=row, field="exited_on", on=None, reason="typing")

    row.refresh_from_db()
    assert (row.exited_on, row.exit_kind, row.referral.state) == (None, "", "enrolled")
    move_in(by=by, enrolment=row, on=ago(5))
    assert Referral.objects.get(enrolment=row).state == "housed"


def test_an_exit_stands_once_the_person_joined_again(county: Cast) -> None:
    first = enrolled(county, on=ago(50))
    by = county.access("case-manager")
    leave(by=by, enrolment=first, on=ago(30), kind="moved")
    again = placed(county, name="Birch")
    again.participant = first.participant
    again.save()
    join(county, again, ago(20))

    with pytest.raises(Refusal, match="joined the programme again"):
        correct_day(by=by, row=first, field="exited_on", on=None, reason="typing")


@pytest.mark.parametrize(("on", "why"), [(FIRST, "was born"), (-1, "not come"), (LAST, "not come")])
def test_consent_is_of_a_day_that_was(county: Cast, on: date | int, why: str) -> None:
    row = enrolled(county)
    with pytest.raises(Refusal, match=why):
        consented(county, row, said_on=day(on))
    assert Consent.objects.count() == 0


@pytest.mark.parametrize(("on", "why"), [(91, "said so"), (-1, "not come"), (LAST, "not come")])
def test_consent_is_taken_back_on_a_day_that_was(county: Cast, on: date | int, why: str) -> None:
    given = consented(county, enrolled(county), said_on=ago(90))
    with pytest.raises(Refusal, match=why):
        withdraw_consent(by=county.access("case-manager"), consent=given, on=day(on))
    given.refresh_from_db()
    assert given.withdrawn_on is None


@pytest.mark.parametrize(("on", "why"), [(FIRST, "enrolled"), (LAST, "too far ahead")])
def test_a_follow_up_is_due_on_a_day_that_can_come(county: Cast, on: date, why: str) -> None:
    row, by = enrolled(county), county.access("case-manager")
    with pytest.raises(Refusal, match=why):
        ask_follow_up(by=by, enrolment=row, owner=by.user, what="Call", due_on=on)
    assert FollowUp.objects.count() == 0


def test_the_page_tells_it_with_what_was_written(county: Cast) -> None:
    row = enrolled(county)
    page = reverse("people:ask", args=[county.slug, row.public_id])
    said = {
        "what": "Call the landlord",
        "due_on": "9999-12-31",
        "owner": county.users["case-manager"].public_id,
    }

    html = county.sign_in("case-manager").post(page, said).content.decode()

    assert "too far ahead" in html and "Call the landlord" in html
