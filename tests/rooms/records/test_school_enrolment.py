"""Enrolments become days in school, absences events with the number of days missed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from payforsuccess.records.school_enrolment import LAYOUT
from tests.lib.feeds import cleaned

ENROLLED = {"enrolment_id": "e1", "person_ref": "a", "started_on": date(2025, 8, 20)}


def test_a_pupil_is_in_school_until_they_leave() -> None:
    made = cleaned(LAYOUT, {"enrolments": [{**ENROLLED, "ended_on": date(2026, 6, 5)}]})

    (spell,) = made["spells"]
    assert (spell["state"], spell["start_on"], spell["end_on"]) == (
        "in-school",
        date(2025, 8, 20),
        date(2026, 6, 5),
    )


def test_an_absence_carries_its_days_on_the_last_day_of_the_stretch() -> None:
    absences = [
        {
            "enrolment_id": "e1",
            "counted_through": date(2025, 9, 30),
            "days_absent": Decimal("2.5"),
        },
        {"enrolment_id": "e1", "counted_through": date(2025, 10, 31), "days_absent": Decimal(0)},
    ]

    made = cleaned(LAYOUT, {"enrolments": [ENROLLED], "absences": absences})

    (event,) = made["events"]
    assert (event["kind"], event["person"], event["happened_on"], event["amount"]) == (
        "absence",
        "a",
        date(2025, 9, 30),
        Decimal("2.5"),
    )
