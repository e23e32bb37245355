"""Who works with people reads on Today that placements are stopped, and no more of why (R121)."""

from __future__ import annotations

from django.urls import reverse

from payforsuccess.web.people.actions import report_harm
from tests.web.cast import Cast
from tests.web.people.cases import ago, enrolled

STOPPED = "New placements are stopped until report H-001 is settled."


def today(county: Cast) -> str:
    url = reverse("people:today", args=[county.slug])
    return county.sign_in("case-manager").get(url).content.decode()


def test_today_says_that_placements_are_stopped(county: Cast) -> None:
    enrolled(county, name="Aster")
    assert STOPPED not in today(county)

    by = county.access("participant-representative")
    report_harm(by=by, kind="safety", on=ago(0), says="A broken door", stops_service=True)

    page = today(county)
    assert STOPPED in page and "A broken door" not in page
