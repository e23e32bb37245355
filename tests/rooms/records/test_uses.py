"""What a column is for is read off the cleaning itself, down to the event that rests on it."""

from __future__ import annotations

import pytest

from payforsuccess.records.benefits import LAYOUT as BENEFITS
from payforsuccess.records.court_cases import LAYOUT as COURT_CASES
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.health_encounters import LAYOUT as HEALTH_ENCOUNTERS
from payforsuccess.records.jail_bookings import LAYOUT as JAIL_BOOKINGS
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.uses import Use, uses_of


def words(layout: FeedLayout, file: str, column: str) -> set[str]:
    """What a column goes into, in words."""
    return {use.word or use.table for use in uses_of(layout).get((file, column), ())}


def test_a_column_that_nothing_is_made_of_has_no_use() -> None:
    used = uses_of(JAIL_BOOKINGS)

    assert ("bookings", "facility") not in used
    assert ("bookings", "arresting_agency") not in used
    assert ("charges", "statute") not in used
    assert ("encounters", "diagnosis") not in uses_of(HEALTH_ENCOUNTERS)


def test_a_column_is_used_for_the_events_it_is_in_and_no_other() -> None:
    assert words(JAIL_BOOKINGS, "bookings", "released_at") == {"jailed", "release"}
    assert words(JAIL_BOOKINGS, "bookings", "arrest_date") == {"arrest"}
    assert words(COURT_CASES, "cases", "diversion_granted_on") == {"diversion"}


def test_a_column_that_only_decides_which_rows_count_is_used() -> None:
    assert words(COURT_CASES, "cases", "disposition") == {"conviction"}
    assert words(COURT_CASES, "cases", "case_id") == {"hearing", "missed-hearing"}


def test_a_column_that_rows_are_gathered_by_is_used() -> None:
    assert words(JAIL_BOOKINGS, "bookings", "case_no") == {"arrest"}


def test_words_that_a_row_decides_are_all_that_it_can_decide() -> None:
    assert words(HEALTH_ENCOUNTERS, "encounters", "encounter_class") == {
        "admission",
        "crisis",
        "detox",
        "emergency-visit",
        "hospitalised",
    }


def test_where_a_row_names_its_event_the_column_may_be_used_for_any() -> None:
    uses = uses_of(LAYOUTS["provider-services"])["services", "happened_on"]

    assert Use("events") in uses
    assert Use("events", "session") in uses


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_all_that_a_layout_reports_rests_on_some_column(layout: FeedLayout) -> None:
    found = {use.word for uses in uses_of(layout).values() for use in uses}

    assert set(layout.reports) <= found


def test_identifiers_go_to_linkage_alone() -> None:
    assert words(BENEFITS, "months", "ssn") == {"identities"}
