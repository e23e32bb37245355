"""The research file's years become nominal days, and its columns what they say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import pytest

from payforsuccess.records.job_training import (
    LAYOUT,
    NOMINAL_ASSIGNMENT_ON,
    NOMINAL_FOLLOW_UP_FROM,
)
from tests.lib.feeds import cleaned as cleaned_feed

FACTS = {"age": 30, "educ": 11, "black": 1, "hisp": 0, "marr": 0, "nodegree": 1}


def cleaned(*rows: tuple[int, str]) -> dict[str, list[dict[str, object]]]:
    """Rows of the arm and the earnings of 1978; the facts from before are the same for all."""
    made = [
        {"treat": arm, **FACTS, "re74": Decimal(100), "re75": Decimal(0), "re78": Decimal(earned)}
        for arm, earned in rows
    ]
    return cleaned_feed(LAYOUT, {"people": made})


def test_the_earnings_of_the_year_stand_on_its_last_day_to_the_digit() -> None:
    events = cleaned((0, "9930.046"))["events"]

    earned = [row for row in events if row["kind"] == "year-earnings"]
    assert [(row["happened_on"], row["amount"]) for row in earned] == [
        (date(1978, 12, 31), Decimal("9930.046"))
    ]


def test_who_earned_nothing_has_no_earnings_but_a_year_like_the_others() -> None:
    events = cleaned((0, "0"))["events"]

    assert [(row["kind"], row["happened_on"]) for row in events] == [
        ("follow-up-year", NOMINAL_FOLLOW_UP_FROM)
    ]


@pytest.mark.parametrize(
    ("arm", "label", "offered"),
    [(1, "training", 1), (0, "no-training", 0)],
)
def test_whom_chance_offered_a_job_may_not_have_come(arm: int, label: str, offered: int) -> None:
    made = cleaned((arm, "1"))

    (enrolment,) = made["enrolments"]
    assert enrolment["arm"] == label
    assert enrolment["assigned_on"] == NOMINAL_ASSIGNMENT_ON
    assert enrolment["enrolled_on"] is None
    assert sum(row["kind"] == "job-offered" for row in made["events"]) == offered


def test_earnings_from_before_are_facts_as_of_the_end_of_their_year() -> None:
    traits = {row["trait"]: row for row in cleaned((1, "1"))["traits"]}

    assert (traits["earnings-1974"]["value"], traits["earnings-1974"]["as_of"]) == (
        100,
        date(1974, 12, 31),
    )
    assert traits["earnings-1975"]["as_of"] == date(1975, 12, 31)
    assert traits["age"]["as_of"] is None
    assert len(traits) == 8


def test_people_are_numbered_by_their_rows() -> None:
    people = cleaned((1, "0"), (0, "0"))["people"]

    assert [row["person"] for row in people] == ["p001", "p002"]


def test_a_degree_that_does_not_fit_the_years_of_education_breaks_the_rule() -> None:
    (rule,) = LAYOUT.files[0].rules
    rows = ibis.memtable({"educ": [11, 12, 11, 12], "nodegree": [1, 0, 0, 1]})

    assert rows.mutate(broken=rule.broken(rows)).execute()["broken"].tolist() == [
        False,
        False,
        True,
        True,
    ]


def test_nominal_days_are_said_to_be_nominal() -> None:
    (note,) = LAYOUT.notes

    assert "years and no dates" in note
    assert "nominal" in note
