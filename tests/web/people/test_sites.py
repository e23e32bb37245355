"""Someone goes to another site: from a day on, and what was counted before stays (R96)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.actions import report_harm
from payforsuccess.web.people.actions.sites import change_site
from payforsuccess.web.people.models import Enrolment, SiteChange, site_on
from tests.web.cast import Cast
from tests.web.people.cases import ago, enrolled


def moved(county: Cast, row: Enrolment, site: str = "south", days_ago: int = 10) -> Enrolment:
    return change_site(by=county.access("case-manager"), enrolment=row, site=site, on=ago(days_ago))


def test_a_person_goes_to_another_site_and_the_log_tells(county: Cast) -> None:
    enrolled(county, name="Other", site="south")
    row = enrolled(county)
    url = reverse("people:to-site", args=[county.slug, row.public_id])
    client = county.sign_in("case-manager")
    assert "is at north now" in client.get(url).content.decode()
    assert Event.objects.filter(verb="participant.viewed").count() == 1

    said = {"site": "south", "on": ago(3).isoformat()}
    assert client.post(url, said).status_code == 302

    row.refresh_from_db()
    assert (row.site, site_on(row, ago(4)), site_on(row, ago(3))) == ("south", "north", "south")
    told = Event.objects.get(verb="enrolment.site-changed")
    assert (told.before, told.after["site"]) == ({"site": "north"}, "south")


def test_each_change_is_found_again_by_its_day(county: Cast) -> None:
    row = moved(county, enrolled(county), "south", 30)
    moved(county, row, "west", 5)
    assert [site_on(row, ago(day)) for day in (31, 30, 6, 5, 0)] == [
        *("north", "south", "south", "west", "west")
    ]


def test_the_months_totals_do_not_change_within_the_month(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R96, R140: a move of today tells nobody how many were at a site on the first."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 5, 20, 20, tzinfo=UTC))
    rows = [enrolled(county, name=f"N{number:02}", on=ago(90)) for number in range(25)]
    page = reverse("people:numbers", args=[county.slug])
    before = county.sign_in("provider").get(page).context["table"].rows

    for row in rows[:12]:
        change_site(
            by=county.access("case-manager"),
            enrolment=row,
            site="south",
            on=ago(0),
        )

    assert county.sign_in("provider").get(page).context["table"].rows == before


@pytest.mark.parametrize(
    ("site", "days_ago"), [("north", 1), ("south", -1), ("south", 101), ("west", 20)]
)
def test_what_cannot_be_is_refused(county: Cast, site: str, days_ago: int) -> None:
    """The same site, a day ahead, before the enrolment, or before the last change."""
    row = enrolled(county)
    if site == "west":
        moved(county, row, "south", 10)
    with pytest.raises(Refusal):
        moved(county, row, site, days_ago)
    assert SiteChange.objects.count() == (site == "west")


def test_nobody_goes_to_a_site_at_which_service_is_stopped(county: Cast) -> None:
    """R121."""
    row = enrolled(county)
    report_harm(
        by=county.access("case-manager"),
        kind="safety",
        on=ago(1),
        says="A fire door does not open.",
        stops_service=True,
        site="south",
    )
    with pytest.raises(Refusal):
        moved(county, row)


def test_it_is_no_page_of_other_peoples_caseloads(county: Cast, other_county: Cast) -> None:
    url = reverse("people:to-site", args=[county.slug, enrolled(county).public_id])
    assert county.sign_in("provider").get(url).status_code == 403
    assert other_county.sign_in("case-manager").get(url).status_code == 404
