"""The research file's weeks become nominal days, and its columns what they say."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest

from payforsuccess.records import Cleaned, FeedRows
from payforsuccess.records.reentry_experiment import LAYOUT, NOMINAL_RELEASE_ON


def cleaned(*rows: tuple[int, int, int]) -> Cleaned:
    """Rows of week, arrest and aid; the traits are all 1."""
    columns = {
        name: pa.array([row[at] for row in rows], pa.int64())
        for at, name in enumerate(("week", "arrest", "fin"))
    }
    traits = {column.name: pa.array([1] * len(rows), pa.int64()) for column in LAYOUT.columns[3:]}
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    return LAYOUT.clean(FeedRows("f", "feeds/f.csv", {**columns, **traits}, numbers))


@pytest.mark.parametrize("week", [1, 2, 51, 52])
def test_week_w_lies_in_its_seven_days_after_the_nominal_release(week: int) -> None:
    (arrest,) = cleaned((week, 1, 1)).tables["events"].to_pylist()

    days = (arrest["happened_on"] - NOMINAL_RELEASE_ON).days
    assert 7 * (week - 1) <= days < 7 * week


def test_the_last_week_lies_inside_a_window_of_364_days() -> None:
    (arrest,) = cleaned((52, 1, 1)).tables["events"].to_pylist()

    assert arrest["happened_on"] < NOMINAL_RELEASE_ON + timedelta(days=364)


def test_no_arrest_is_no_event() -> None:
    assert cleaned((52, 0, 1)).tables["events"].num_rows == 0


def test_the_arm_is_the_aid_assigned() -> None:
    enrolments = cleaned((52, 0, 1), (52, 0, 0)).tables["enrolments"].to_pylist()

    assert [row["arm"] for row in enrolments] == ["aid", "no-aid"]
    assert {row["enrolled_on"] for row in enrolments} == {date(1975, 1, 1)}


def test_a_short_watch_without_arrest_is_refused_by_row() -> None:
    (problem,) = cleaned((52, 0, 1), (30, 0, 1)).problems

    assert problem.where.line == 3
    assert "watched for fewer than 52 weeks, the first in row 2" in problem.what


def test_nominal_days_are_said_to_be_nominal() -> None:
    (finding,) = cleaned((52, 0, 1)).findings

    assert "weeks and no dates" in finding
    assert "nominal" in finding


def test_an_empty_file_gives_empty_tables() -> None:
    assert all(table.num_rows == 0 for table in cleaned().tables.values())
