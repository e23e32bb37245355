"""The pages of the deal's own feeds and of HMIS tell every column, word and boundary."""

from __future__ import annotations

import pytest

from payforsuccess.records.consents import LAYOUT as CONSENTS
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.hmis import LAYOUT as HMIS
from payforsuccess.records.housing_subsidy import LAYOUT as HOUSING_SUBSIDY
from payforsuccess.records.programme_enrolments import LAYOUT as PROGRAMME_ENROLMENTS
from payforsuccess.records.provider_services import LAYOUT as PROVIDER_SERVICES
from tests.rooms.records.test_county_pages import folder_of, sample_of

OWN = (CONSENTS, HOUSING_SUBSIDY, PROGRAMME_ENROLMENTS, PROVIDER_SERVICES)
every_layout = pytest.mark.parametrize("layout", (*OWN, HMIS), ids=lambda layout: layout.name)


def page_of(layout: FeedLayout) -> str:
    """What the folder's page says."""
    return (folder_of(layout) / "README.md").read_text(encoding="utf-8")


@every_layout
def test_the_page_names_every_file_column_code_and_word(layout: FeedLayout) -> None:
    page = page_of(layout)

    for file in layout.files:
        assert len(layout.files) == 1 or f"## {file.name}\n" in page
        for column in file.columns:
            assert f"`{column.name}`" in page
            assert all(f"`{code}`" in page for code in (*column.codes, *column.unknown))
    assert all(f"`{word}`" in page for word in layout.reports)


@every_layout
def test_the_page_says_what_a_stay_of_no_days_counts_and_that_the_sample_is_made_up(
    layout: FeedLayout,
) -> None:
    words = " ".join(page_of(layout).split())

    assert "made-up rows of made-up people" in words
    assert any(said in words for said in ("same-day", "on one day"))


@pytest.mark.parametrize("layout", OWN, ids=lambda layout: layout.name)
def test_a_sample_has_the_columns_of_its_layout(layout: FeedLayout) -> None:
    for file in layout.files:
        (first, *_) = sample_of(layout, file)
        assert list(first) == [column.name for column in file.columns]


def test_the_hmis_sample_has_huds_columns_of_one_year_and_more_than_are_read() -> None:
    of_2024 = {"Woman", "Man", "HispanicLatinaeo"}

    for file in HMIS.files:
        if file.name == "HealthAndDV":
            continue
        (first, *_) = sample_of(HMIS, file)
        assert {column.name for column in file.columns} - of_2024 <= set(first)
