"""The research file's weeks become nominal days, and its columns what they say."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pytest

from payforsuccess.records.reentry_experiment import LAYOUT, NOMINAL_RELEASE_ON
from tests.lib.feeds import cleaned as cleaned_feed

TRAITS = ("age", "race", "wexp", "mar", "paro", "prio")


def cleaned(*rows: tuple[int, int, int]) -> dict[str, list[dict[str, object]]]:
    """Rows of week, arrest and aid; the traits are all 1."""
    made = [
        {"week": week, "arrest": arrest, "fin": aid, **dict.fromkeys(TRAITS, 1)}
        for week, arrest, aid in rows
    ]
    return cleaned_feed(LAYOUT, {"men": made})


@pytest.mark.parametrize("week", [1, 2, 51, 52])
def test_week_w_lies_in_its_seven_days_after_the_nominal_release(week: int) -> None:
    (arrest,) = cleaned((week, 1, 1))["events"]

    happened_on = arrest["happened_on"]
    assert isinstance(happened_on, date)
    assert 7 * (week - 1) <= (happened_on - NOMINAL_RELEASE_ON).days < 7 * week


def test_the_last_week_lies_inside_a_window_of_364_days() -> None:
    (arrest,) = cleaned((52, 1, 1))["events"]

    assert arrest["happened_on"] < NOMINAL_RELEASE_ON + timedelta(days=364)  # type: ignore[operator]


def test_no_arrest_is_no_event() -> None:
    assert cleaned((52, 0, 1))["events"] == []


def test_the_arm_is_the_aid_assigned() -> None:
    enrolments = cleaned((52, 0, 1), (52, 0, 0))["enrolments"]

    assert [row["arm"] for row in enrolments] == ["aid", "no-aid"]
    assert {row["enrolled_on"] for row in enrolments} == {date(1975, 1, 1)}


def test_people_are_numbered_by_their_rows() -> None:
    people = cleaned(*[(52, 0, 1)] * 1000)["people"]

    assert [people[at]["person"] for at in (0, 1, -1)] == [
        "p001",
        "p002",
        "p999",
    ]
    assert {row["person"] for row in people} >= {"p1000"}


def test_a_short_watch_without_arrest_breaks_the_rule() -> None:
    (rule,) = LAYOUT.files[0].rules
    rows = ibis.memtable({"week": [52, 30, 30], "arrest": [0, 0, 1]})

    assert rows.mutate(broken=rule.broken(rows)).execute()["broken"].tolist() == [
        False,
        True,
        False,
    ]


def test_nominal_days_are_said_to_be_nominal() -> None:
    (note,) = LAYOUT.notes

    assert "weeks and no dates" in note
    assert "nominal" in note


def test_an_empty_file_gives_empty_tables() -> None:
    assert all(rows == [] for rows in cleaned().values())
