"""What waits for one reader: reports of harm first, with whom to tell and what they stop (R121)."""

from __future__ import annotations

from typing import Literal

import pytest
from django.utils import timezone

from payforsuccess.web.initiatives.waiting import waiting_for
from payforsuccess.web.people.actions import report_harm, settle_harm, tell_of_harm
from payforsuccess.web.people.models import HarmReport
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
TELL = "Tell the payor and the participant group of report H-001"
STOPPED = "New placements are stopped until report H-001 is settled."


def told_of_harm(county: Cast, role: str) -> str:
    """What the role reads of the report; empty where it waits for nothing of it."""
    words = [each[0] for each in waiting_for(county.access(role)) if "H-001" in each[0]]
    return " ".join(words)


def a_stop(county: Cast) -> HarmReport:
    return report_harm(
        by=county.access("participant-representative"),
        kind="safety",
        on=timezone.localdate(),
        says="A door that does not shut",
        stops_service=True,
    )


def test_who_acts_on_reports_is_told_whom_to_tell_and_by_when(county: Cast) -> None:
    a_stop(county)
    for role in ("provider", "coordinator", "participant-representative"):
        assert told_of_harm(county, role).startswith(TELL), role


def test_who_works_here_or_pays_is_told_that_placements_stop(county: Cast) -> None:
    report = a_stop(county)
    for role in ("case-manager", "jail-liaison", "payor"):
        assert told_of_harm(county, role) == STOPPED, role

    today, by = timezone.localdate(), county.access("coordinator")
    whoms: tuple[Literal["payor", "group"], ...] = ("payor", "group")
    for whom in whoms:
        tell_of_harm(by=by, report=report, whom=whom, on=today)
    assert told_of_harm(county, "coordinator") == STOPPED
    settle_harm(by=by, report=report, on=today, settled="The door was mended")

    for role in ("provider", "case-manager", "payor"):
        assert told_of_harm(county, role) == ""


def test_a_link_reviewer_hears_nothing_of_it(county: Cast) -> None:
    a_stop(county)
    assert told_of_harm(county, "link-reviewer") == ""
