"""The provider's totals of a month tell the same whenever they are looked at (R96, R140)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payforsuccess.web.people.actions import leave
from payforsuccess.web.referrals.flowing import flowing
from payforsuccess.web.referrals.given import register_of
from tests.web.cast import Cast
from tests.web.people.cases import ago, enrolled


def rows_of(county: Cast) -> dict[str, tuple[object, ...]]:
    """What the page shows, by site."""
    page = reverse("people:numbers", args=[county.slug])
    table = county.sign_in("provider").get(page).context["table"]
    return {str(row[0]): tuple(row[1:]) for row in table.rows}


@pytest.fixture
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 5, 20, 20, tzinfo=UTC))


@pytest.mark.usefixtures("in_may")
def test_a_day_written_back_does_not_change_what_a_month_showed(county: Cast) -> None:
    """14, 8 and 14 people; then one of the first site is found to have left the month before."""
    for site, count in (("harbor", 14), ("north", 8), ("south", 14)):
        for number in range(count):
            row = enrolled(county, name=f"{site}{number:02}", on=ago(90), site=site)
    before = rows_of(county)
    assert before["north"][0] == "hidden" and before["All sites"][0] == "36"

    leave(by=county.access("case-manager"), enrolment=row, on=ago(25), kind="moved")
    enrolled(county, name="Late", on=ago(60), site="west")

    assert rows_of(county) == before


def test_two_months_tell_of_nobody(county: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more person at a site in the next month would be a difference of one."""
    clock = "django.utils.timezone.now"
    monkeypatch.setattr(clock, lambda: datetime(2026, 5, 20, 20, tzinfo=UTC))
    for site in ("harbor", "south"):
        for number in range(14):
            enrolled(county, name=f"{site}{number:02}", on=ago(90), site=site)
    assert rows_of(county)["harbor"][0] == "14"
    enrolled(county, name="Newly", on=ago(1), site="harbor")

    monkeypatch.setattr(clock, lambda: datetime(2026, 6, 20, 20, tzinfo=UTC))
    after = rows_of(county)

    assert (after["harbor"][0], after["All sites"][0]) == ("hidden", "hidden")
    assert after["south"][0] == "14"


@pytest.mark.usefixtures("in_may")
def test_nobody_enrolled_is_said_until_somebody_is(county: Cast) -> None:
    """An empty month is not kept, since nothing was shown of it."""
    assert rows_of(county) == {}
    for number in range(12):
        enrolled(county, name=f"N{number:02}", on=ago(90))

    assert rows_of(county)["north"][0] == "12"


@pytest.mark.usefixtures("in_may")
def test_a_month_that_was_shown_is_not_counted_again(county: Cast) -> None:
    for number in range(12):
        enrolled(county, name=f"N{number:02}", on=ago(90))
    before = rows_of(county)

    with CaptureQueriesContext(connection) as asked:
        assert rows_of(county) == before

    assert not [each for each in asked if "people_placement" in each["sql"]]


@pytest.mark.usefixtures("in_may")
def test_a_register_that_was_changed_shows_nothing(county: Cast) -> None:
    for number in range(12):
        enrolled(county, name=f"N{number:02}", on=ago(90))
    assert rows_of(county)["north"][0] == "12"
    (file,) = register_of(county.initiative).glob("[0-9]*.json")
    file.write_text(file.read_text("utf-8").replace("12", "13", 1), "utf-8")

    assert rows_of(county)["north"][0] == "hidden"


@pytest.mark.usefixtures("in_may")
def test_two_pages_tell_of_nobody(county: Cast) -> None:
    """R112: 26 ever enrolled on one page and 24 today on the other would tell that two left."""
    for number in range(26):
        row = enrolled(county, name=f"N{number:02}", on=ago(90))
        if number < 2:
            leave(by=county.access("case-manager"), enrolment=row, on=ago(30), kind="moved")
    assert rows_of(county)["All sites"][0] == "24"

    july = date(2026, 7, 20)
    flow = flowing(county.initiative, sees_small=False, today=july)

    assert flow.text("enrolled", flow.flows[-1]) is None
