"""Answers, the thread, releases and hearings: both sides see how it stands (R69, R70, R142)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.audit.models import Event
from payforsuccess.web.referrals.actions import (
    change_state,
    expect_release,
    note_hearing,
    note_release,
    say,
)
from payforsuccess.web.referrals.models import Referral
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

pytestmark = pytest.mark.django_db
BASE = "/answers/referrals/"


@pytest.fixture
def answers(db: None) -> Cast:
    return by_answer()


def url(referral: Referral, end: str = "") -> str:
    return f"{BASE}{referral.public_id}/{end}"


def test_a_court_reads_accepted_declined_with_the_reason_or_pending(answers: Cast) -> None:
    """R70."""
    court, worker = answers.sign_in("court-contact"), answers.sign_in("case-manager")
    taken, refused, waits = (
        referred(answers, role="court-contact", family=name) for name in ("Asp", "Birk", "Cord")
    )
    worker.post(url(taken, "answer/"), {"to": "placed"})
    assert (
        "Choose the reason"
        in worker.post(url(refused, "answer/"), {"to": "declined"}).content.decode()
    )
    worker.post(url(refused, "answer/"), {"to": "declined", "reason": "outside-the-area"})

    assert "Placed" in court.get(url(taken)).content.decode()
    said = court.get(url(refused)).content.decode()
    assert "Not taken on" in said and "outside of the area" in said
    assert "Pending" in court.get(url(waits)).content.decode()


def test_an_expected_release_makes_tasks_and_is_acknowledged(answers: Cast) -> None:
    """R69: both sides see that the programme has read it."""
    referral = referred(answers)
    worker, jail = answers.sign_in("case-manager"), answers.sign_in("jail-liaison")
    assert "Answer the referral" in worker.get(BASE).content.decode()
    worker.post(url(referral, "answer/"), {"to": "placed"})
    page = worker.get(url(referral)).content.decode()
    assert "Say that you have read it" in page and "Be there at the release" in page
    assert "Not yet" in jail.get(url(referral)).content.decode()

    worker.post(url(referral), {"acknowledge": "yes"})

    referral.refresh_from_db()
    assert referral.acknowledged_by == answers.users["case-manager"]
    page = jail.get(url(referral)).content.decode()
    assert "Not yet" not in page and "case-manager" not in page


@pytest.mark.parametrize("way", ["early", "at-night", "unmet"])
def test_a_release_that_nobody_met_asks_to_find_the_person_within_72_hours(
    answers: Cast, way: str
) -> None:
    """R142."""
    referral = referred(answers)
    worker, jail = answers.sign_in("case-manager"), answers.sign_in("jail-liaison")
    worker.post(url(referral, "answer/"), {"to": "placed"})
    at = timezone.localtime() - timedelta(hours=73)

    jail.post(
        url(referral, "release/"),
        {"way": way, "on": at.date().isoformat(), "hour": at.strftime("%H:%M")},
    )

    referral.refresh_from_db()
    assert referral.state == "released-unmet" and referral.release_way == way
    page = worker.get(BASE).content.decode()
    first = page.index("Find the person")
    assert "Overdue" in page and first < page.index("All referrals")
    worker.post(url(referral, "answer/"), {"to": "met"})
    referral.refresh_from_db()
    assert referral.state == "met"
    page = worker.get(url(referral)).content.decode()
    assert f"/answers/people/joining/{referral.public_id}/" in page and "Enrol them" in page


def test_a_release_before_the_answer_counts_once_the_person_is_placed(answers: Cast) -> None:
    referral = referred(answers)
    at = timezone.now() - timedelta(hours=5)
    note_release(by=answers.access("jail-liaison"), referral=referral, way="early", at=at)
    referral.refresh_from_db()
    assert referral.state == "eligible"

    placed = change_state(by=answers.access("case-manager"), referral=referral, to="placed")

    assert placed.state == "released-unmet"


@pytest.mark.parametrize(("hours", "why"), [(1, "ahead"), (-24 * 367, "too far off")])
def test_a_release_ahead_or_long_ago_is_refused(answers: Cast, hours: int, why: str) -> None:
    referral, at = referred(answers), timezone.now() + timedelta(hours=hours)
    with pytest.raises(Refusal, match=why):
        note_release(by=answers.access("jail-liaison"), referral=referral, way="met", at=at)


def test_no_release_or_hearing_is_expected_in_another_age(answers: Cast) -> None:
    referral, by = referred(answers), answers.access("jail-liaison")
    for far in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(Refusal, match="too far off"):
            expect_release(by=by, referral=referral, on=far)
        with pytest.raises(Refusal, match="too far off"):
            note_hearing(by=by, referral=referral, on=far)


def test_what_an_office_tells_of_a_joined_referral_both_sides_read(answers: Cast) -> None:
    """R69, R70: the programme acts on the earlier one, and the office reads its own."""
    first = referred(answers, role="court-contact")
    mine = referred(answers, role="court-contact")
    assert mine.state == "joined"
    by, on = answers.access("court-contact"), timezone.localdate() + timedelta(days=3)

    expect_release(by=by, referral=mine, on=on)
    note_hearing(by=by, referral=mine, on=on, came_to="continued")
    note_release(by=by, referral=mine, way="early", at=timezone.now())

    for row in Referral.objects.filter(pk__in=(first.pk, mine.pk)):
        assert (row.release_expected_on, row.hearing_on) == (on, on)
        assert row.released_at is not None and row.release_way == "early"
    page = answers.sign_in("court-contact").get(url(mine)).content.decode()
    assert "Record the release" not in page


def test_an_office_writes_on_no_referral_of_another_office(answers: Cast) -> None:
    """R117: its days stand on its own referral; the programme reads them beside the other."""
    first, worker = referred(answers), answers.access("case-manager")
    mine = referred(answers, role="court-contact")
    change_state(by=worker, referral=first, to="placed")
    change_state(by=worker, referral=mine, to="joined")
    on, by = timezone.localdate() + timedelta(days=3), answers.access("court-contact")
    expected = first.release_expected_on

    expect_release(by=by, referral=mine, on=on)
    note_hearing(by=by, referral=mine, on=on)
    note_release(by=by, referral=mine, way="early", at=timezone.now())

    first.refresh_from_db()
    assert (first.release_expected_on, first.hearing_on) == (expected, None)
    assert first.released_at is None and first.state == "placed"
    page = answers.sign_in("case-manager").get(url(first)).content.decode()
    assert f"Next hearing, {mine.office.name}" in page


def test_every_page_of_a_referral_with_a_name_on_it_is_logged(answers: Cast) -> None:
    """R145."""
    referral = referred(answers)
    pages = {
        "jail-liaison": ("", "receipt/", "facts/", "expected/", "release/", "hearing/"),
        "case-manager": ("", "answer/", "release/"),
        "provider": (),
    }
    for role, ends in pages.items():
        for end in ends or ("", "answer/"):
            assert answers.sign_in(role).get(url(referral, end)).status_code == 200
        looks = Event.objects.filter(verb="participant.viewed", by=answers.users[role].public_id)
        assert looks.count() == len(ends), role


def test_the_log_names_the_role_in_which_someone_acted(answers: Cast) -> None:
    """Also of someone who holds another role here before it."""
    referral, worker = referred(answers), answers.users["case-manager"]
    held = worker.memberships.get()
    payor = answers.users["payor"].memberships.get()
    Membership.objects.filter(pk=payor.pk).update(user=worker)
    assert {m.role for m in answers.access("case-manager").memberships} == {held.role, payor.role}
    Membership.objects.filter(pk=held.pk).delete()
    held.pk = None
    held.save()
    by = answers.access("case-manager")
    first = sorted(by.memberships, key=lambda each: each.role != "payor")
    by = replace(by, memberships=tuple(first))

    answers.sign_in("case-manager").post(url(referral), {"text": "We are there."})
    note_release(by=by, referral=referral, way="met", at=timezone.now())

    verbs = ("referral.message", "referral.released")
    assert set(Event.objects.filter(verb__in=verbs).values_list("role", flat=True)) == {held.role}
    assert referral.messages.get().office == held.organisation


def test_a_hearing_and_what_it_came_to_are_seen_by_both(answers: Cast) -> None:
    """R70."""
    referral = referred(answers, role="court-contact")
    court, worker = answers.sign_in("court-contact"), answers.sign_in("case-manager")
    on = timezone.localdate() + timedelta(days=4)

    court.post(url(referral, "hearing/"), {"on": on.isoformat(), "came_to": "continued"})

    for browser in (court, worker):
        page = browser.get(url(referral)).content.decode()
        assert on.isoformat() in page and "Put off to another day" in page


def test_the_office_changes_the_expected_release_on_the_referral(answers: Cast) -> None:
    """R69: the receipt promises it."""
    referral, jail = referred(answers), answers.sign_in("jail-liaison")
    on = timezone.localdate() + timedelta(days=11)
    assert url(referral, "expected/") in jail.get(url(referral)).content.decode()
    assert url(referral, "expected/") not in (
        answers.sign_in("case-manager").get(url(referral)).content.decode()
    )

    jail.post(url(referral, "expected/"), {"on": on.isoformat()})

    referral.refresh_from_db()
    assert referral.release_expected_on == on
    far = jail.post(url(referral, "expected/"), {"on": "9999-12-31"}).content.decode()
    assert "too far off" in far


def test_each_hearing_is_asked_for_its_own_outcome(answers: Cast) -> None:
    """R70: what the first came to does not answer for the second."""
    today = timezone.localdate()
    referral = referred(answers, role="court-contact", hearing_on=today - timedelta(days=1))
    court = answers.sign_in("court-contact")
    ask = "Say what the hearing came to"
    assert ask in court.get(BASE).content.decode()

    court.post(url(referral, "hearing/"), {"on": today.isoformat(), "came_to": "continued"})

    assert ask in court.get(BASE).content.decode()
    form = court.get(url(referral, "hearing/")).content.decode()
    assert 'value="continued" selected' not in form
    court.post(url(referral, "hearing/"), {"on": today.isoformat()})
    assert ask in court.get(BASE).content.decode()
    assert "Put off to another day" in court.get(url(referral)).content.decode()
    court.post(url(referral, "hearing/"), {"on": today.isoformat(), "came_to": "probation"})
    assert ask not in court.get(BASE).content.decode()


def test_a_form_of_a_release_that_was_opened_earlier_overwrites_nothing(answers: Cast) -> None:
    """R142: the first stands; sent twice it is kept once."""
    referral, by = referred(answers), answers.access("jail-liaison")
    at = timezone.now() - timedelta(hours=5)
    note_release(by=by, referral=referral, way="at-night", at=at)
    note_release(by=by, referral=referral, way="at-night", at=at)

    said = {"way": "met", "on": timezone.localdate().isoformat(), "hour": "00:00"}
    page = answers.sign_in("jail-liaison").post(url(referral, "release/"), said).content.decode()

    assert "on record already" in page
    referral.refresh_from_db()
    assert (referral.release_way, referral.released_at) == ("at-night", at)
    assert Event.objects.filter(verb="referral.released").count() == 1


def test_a_release_long_before_the_referral_is_refused(answers: Cast) -> None:
    referral, by = referred(answers), answers.access("jail-liaison")
    with pytest.raises(Refusal, match="thirty days before"):
        note_release(by=by, referral=referral, way="met", at=referral.made_at - timedelta(days=31))
    at = referral.made_at - timedelta(days=29)
    assert note_release(by=by, referral=referral, way="met", at=at).released_at == at


def test_both_sides_write_on_the_thread_under_their_office(answers: Cast) -> None:
    referral = referred(answers)
    worker, jail = answers.sign_in("case-manager"), answers.sign_in("jail-liaison")

    jail.post(url(referral), {"text": "Door B, at six."})
    worker.post(url(referral), {"text": "We are there."})

    for browser in (worker, jail):
        page = browser.get(url(referral)).content.decode()
        assert page.index("Door B, at six.") < page.index("We are there.")
        assert "Write no address, nothing of health, and nothing from notes" in page


@pytest.mark.parametrize("text", ["call 555-010-4477", "She is at 17 Hidden Lane.", ""])
def test_a_message_with_a_number_or_an_address_is_not_sent_and_stays_written(
    answers: Cast, text: str
) -> None:
    """R117: the action refuses it, for whoever calls it."""
    referral = referred(answers)

    page = answers.sign_in("case-manager").post(url(referral), {"text": text}).content.decode()

    assert "Please look at this again" in page and text in page
    by = answers.access("case-manager")
    if text:
        with pytest.raises(Refusal, match="looks like"):
            say(by=by, referral=referral, office=by.organisations[0], text=text)
    assert not referral.messages.exists()


def test_an_office_does_not_answer_for_the_provider(answers: Cast) -> None:
    referral = referred(answers)
    jail = answers.sign_in("jail-liaison")

    assert jail.post(url(referral, "answer/"), {"to": "placed"}).status_code == 403
    other = answers.sign_in("court-contact")
    for end in ("", "release/", "hearing/", "facts/", "receipt/", "draw/"):
        assert other.post(url(referral, end), {}).status_code == 404, end
    referral.refresh_from_db()
    assert referral.state == "eligible"
