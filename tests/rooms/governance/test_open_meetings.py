"""Open meetings and public records."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.governance.conditions.open_meetings import THEME
from tests.lib.initiatives import PAPER, facts_of, missing, said, shown_by

BODY: dict[str, Any] = {
    "name": "steering",
    "title": "Executive steering committee",
    "chair": "Ash",
    "seats": [{"member": "Ash", "role": "chair"}],
    "meets_every": "3 months",
    "open_meeting": "covered",
    "open_meeting_decided": {"by": "Counsel", "on": "2026-02-01"},
}
MEETING: dict[str, Any] = {
    "body": "steering",
    "on": "2026-05-20",
    "agenda": PAPER,
    "hours_posted_before": "72",
    "minutes": PAPER,
}


def test_counsel_decides_for_each_body() -> None:
    """R152."""
    assert "No body" in missing(THEME, "open-meetings-decided", facts_of())
    open_ = BODY | {"name": "data", "title": "Data group", "open_meeting_decided": None}
    assert "Data group" in missing(THEME, "open-meetings-decided", facts_of(bodies=[BODY, open_]))
    assert "for the one body; 1 is covered" in shown_by(
        THEME, "open-meetings-decided", facts_of(bodies=[BODY])
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, ""),
        ({"hours_posted_before": "71"}, "71 hours before, and 72 are needed"),
        ({"hours_posted_before": None}, "not on file with the hours"),
        ({"agenda": None}, "not on file with the hours"),
    ],
)
def test_an_agenda_is_posted_in_time(changes: dict[str, Any], says: str) -> None:
    """R152: the posting clock of a body that the law covers."""
    facts = facts_of(bodies=[BODY], meetings=[MEETING | changes])
    found = said(THEME.problems(facts))
    assert (says in found[0]) if says else not found


def test_a_body_that_the_law_does_not_cover_has_no_clock() -> None:
    """R152."""
    body = BODY | {"open_meeting": "not-covered"}
    facts = facts_of(bodies=[body], meetings=[MEETING | {"hours_posted_before": None}])
    assert not said(THEME.problems(facts))


def test_minutes_agendas_and_requests_that_are_open_are_told() -> None:
    """R152."""
    ahead = {"body": "steering", "on": "2026-06-03"}
    request = {"number": "7", "received_on": "2026-05-22", "asks": "the contract"}
    facts = facts_of(
        bodies=[BODY], meetings=[MEETING | {"minutes": None}, ahead], records_requests=[request]
    )
    minutes, agenda, records = said(THEME.findings(facts))
    assert "no minutes" in minutes
    assert "72 hours before, which is past" in agenda
    assert "open for 10 days" in records


def test_what_is_withheld_names_its_exemption() -> None:
    """R152: the exemption log."""
    request = {
        "number": "7",
        "received_on": "2026-05-22",
        "asks": "the contract",
        "answered_on": "2026-05-29",
        "withheld": [{"says": "a bank account", "exemption": "as Counsel names it"}],
    }
    facts = facts_of(records_requests=[request])
    assert facts.initiative.records_requests[0].withheld[0].exemption == "as Counsel names it"
    assert not said(THEME.findings(facts))
