"""Supervision becomes days on probation; a violation belongs to whoever was supervised."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.probation import LAYOUT
from tests.lib.feeds import cleaned

PERIOD = {"period_id": "p1", "person_ref": "a", "started_on": date(2025, 1, 1)}


def test_a_period_is_open_until_it_ends() -> None:
    ended = {**PERIOD, "period_id": "p2", "ended_on": date(2025, 7, 1)}
    made = cleaned(LAYOUT, {"periods": [PERIOD, ended]})

    assert {(row["row"], row["state"], row["end_on"]) for row in made["spells"]} == {
        (1, "on-probation", None),
        (2, "on-probation", date(2025, 7, 1)),
    }


def test_a_violation_is_of_the_person_whose_period_it_names() -> None:
    other = {**PERIOD, "period_id": "p2", "person_ref": "b"}
    violation = {"violation_id": "v1", "period_id": "p2", "violated_on": date(2025, 3, 1)}

    made = cleaned(LAYOUT, {"periods": [PERIOD, other], "violations": [violation]})

    (event,) = made["events"]
    assert (event["kind"], event["person"], event["happened_on"], event["file"]) == (
        "violation",
        "b",
        date(2025, 3, 1),
        "violations",
    )


def test_without_violations_there_are_no_events() -> None:
    assert cleaned(LAYOUT, {"periods": [PERIOD]})["events"] == []
