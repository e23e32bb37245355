"""Instants in UTC, days in the jurisdiction's zone: nights, changed clocks, ends of months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from payforsuccess.governance.referral import MEET_WITHIN, clock_of
from payforsuccess.web.accounts.actions import add_member, add_user
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, search
from payforsuccess.web.ui import cells
from tests.web.cast import EMPLOYERS, Cast

ZONE = ZoneInfo("America/Los_Angeles")
AUTUMN = datetime(2026, 11, 1, 23, 30, tzinfo=ZONE)
"""Half an hour before the end of the day on which clocks went back; in UTC it is 2 November."""
SPRING = datetime(2027, 3, 14, 23, 30, tzinfo=ZONE)
"""The same on the day on which they go forward."""
MONTH_END = datetime(2027, 2, 28, 17, 30, tzinfo=ZONE)
"""In UTC it is March."""


def at(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant.astimezone(UTC))


@pytest.mark.parametrize("instant", [AUTUMN, SPRING, MONTH_END])
def test_a_late_referral_is_of_the_day_it_is_here(
    county: Cast, monkeypatch: pytest.MonkeyPatch, instant: datetime
) -> None:
    at(monkeypatch, instant)
    assert instant.astimezone(UTC).date() == instant.date() + timedelta(1)

    referral = county.someone()

    assert referral.made_at == instant
    assert timezone.localdate(referral.made_at) == instant.date()
    page = county.sign_in("jail-liaison").get(reverse("referrals:list", args=[county.slug]))
    text = page.content.decode()
    assert str(cells.day_words(instant.date())) in text
    assert str(cells.day_words(instant.date() + timedelta(1))) not in text


@pytest.mark.parametrize("instant", [AUTUMN, SPRING, MONTH_END])
def test_the_log_finds_a_late_entry_on_the_day_it_is_here(
    county: Cast, monkeypatch: pytest.MonkeyPatch, instant: datetime
) -> None:
    at(monkeypatch, instant)
    county.someone()
    newest = Event.objects.order_by("-number")[0]
    access, today = county.access("counsel"), instant.date()

    here = search(access, Asked(since=today, until=today))
    after = search(access, Asked(since=today + timedelta(1)))

    assert newest.at == instant
    assert newest in here
    assert newest not in after


def test_the_day_of_the_change_has_twenty_five_hours_and_all_are_found(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hour that comes twice is two hours, and the log keeps them apart and in order."""
    first = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)
    assert first.astimezone(ZONE).hour == again.astimezone(ZONE).hour == 1
    for name, instant in (("Early", first), ("Late", again)):
        at(monkeypatch, instant)
        county.someone(name=name)

    day = Asked(since=date(2026, 11, 1), until=date(2026, 11, 1))
    told = search(county.access("counsel"), day).filter(at__in=(first, again))

    assert {event.at for event in told} == {first, again}
    numbers = told.order_by("at").values_list("number", flat=True)
    assert list(numbers) == sorted(numbers)


@pytest.mark.parametrize(
    "released",
    [
        datetime(2026, 10, 30, 2, 15, tzinfo=ZONE),
        datetime(2027, 3, 12, 2, 15, tzinfo=ZONE),
        datetime(2027, 2, 27, 23, 59, tzinfo=ZONE),
    ],
)
def test_seventy_two_hours_are_seventy_two_hours_across_a_change(released: datetime) -> None:
    """Someone released at night is looked for within hours that passed, not days of a calendar."""
    since = released.astimezone(UTC)
    last = since + MEET_WITHIN

    clock = clock_of("released-unmet", since=since, now=last)
    over = clock_of("released-unmet", since=since, now=last + timedelta(seconds=1))

    assert last - since == timedelta(hours=72)
    assert clock is not None and clock.due == last and not clock.is_late
    assert over is not None and over.is_late


@pytest.mark.parametrize("instant", [AUTUMN, SPRING, MONTH_END])
def test_a_role_ends_with_its_last_day_here(
    county: Cast, monkeypatch: pytest.MonkeyPatch, instant: datetime
) -> None:
    today = instant.date()
    user = add_user(by=SYSTEM, username="leaving", full_name="Lea Ving", password="x" * 12)
    add_member(
        by=SYSTEM,
        user=user,
        organisation=county.organisations[EMPLOYERS["counsel"]],
        initiative=county.initiative,
        role="counsel",
        from_on=date(2020, 1, 1),
    )
    user.memberships.update(until_on=today)
    url = reverse("initiatives:overview", args=[county.slug])
    county.users["leaving"] = user
    opened = []
    for moment in (instant, instant + timedelta(minutes=29), instant + timedelta(hours=7)):
        at(monkeypatch, moment)
        opened.append(county.sign_in("leaving").get(url).status_code)

    assert opened == [200, 200, 404]
