"""The pages of the county's feeds tell every column, and their sample rows are all in form."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import payforsuccess.records
from payforsuccess.records.benefits import LAYOUT as BENEFITS
from payforsuccess.records.child_welfare import LAYOUT as CHILD_WELFARE
from payforsuccess.records.court_cases import LAYOUT as COURT_CASES
from payforsuccess.records.deaths import LAYOUT as DEATHS
from payforsuccess.records.feed import FeedFile, FeedLayout
from payforsuccess.records.health_encounters import LAYOUT as HEALTH_ENCOUNTERS
from payforsuccess.records.jail_bookings import LAYOUT as JAIL_BOOKINGS
from payforsuccess.records.probation import LAYOUT as PROBATION
from payforsuccess.records.quarterly_wages import LAYOUT as QUARTERLY_WAGES
from payforsuccess.records.school_enrolment import LAYOUT as SCHOOL_ENROLMENT

LAYOUTS = (
    BENEFITS,
    CHILD_WELFARE,
    COURT_CASES,
    DEATHS,
    HEALTH_ENCOUNTERS,
    JAIL_BOOKINGS,
    PROBATION,
    QUARTERLY_WAGES,
    SCHOOL_ENROLMENT,
)
by_name = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def folder_of(layout: FeedLayout) -> Path:
    """The folder of a layout."""
    return Path(payforsuccess.records.__file__).parent / layout.name.replace("-", "_")


def sample_of(layout: FeedLayout, file: FeedFile) -> list[dict[str, str]]:
    """The made-up rows of a file, as texts."""
    folder = folder_of(layout)
    path = folder / "sample.csv"
    if len(layout.files) > 1:
        path = folder / "sample" / f"{file.name}.csv"
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@by_name
def test_the_page_names_every_file_column_and_code(layout: FeedLayout) -> None:
    page = (folder_of(layout) / "README.md").read_text(encoding="utf-8")

    for file in layout.files:
        assert len(layout.files) == 1 or f"## {file.name}" in page
        for column in file.columns:
            assert f"`{column.name}`" in page
            assert all(f"`{code}`" in page for code in column.codes)


@by_name
def test_the_page_names_every_state_and_event_the_feed_reports(layout: FeedLayout) -> None:
    page = (folder_of(layout) / "README.md").read_text(encoding="utf-8")

    assert all(f"`{word}`" in page for word in layout.reports)


@by_name
def test_the_sample_has_the_columns_of_the_layout_and_says_that_it_is_made_up(
    layout: FeedLayout,
) -> None:
    page = (folder_of(layout) / "README.md").read_text(encoding="utf-8")

    assert "made-up rows of made-up people" in " ".join(page.split())
    for file in layout.files:
        (first, *_) = sample_of(layout, file)
        assert list(first) == [column.name for column in file.columns]
