"""The performance of a quarter: the numbers of `pfs track`, with actions and practice changes."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from payforsuccess.reports import Document
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from tests.lib.accessible import check_files
from tests.lib.initiatives import LEAST
from tests.lib.tracked import a_tracked_deal

ACTIONS = [
    {
        "name": "calls",
        "metric": "homes",
        "says": "Call landlords each week",
        "owner": "Bay",
        "opened_on": "2025-11-03",
        "due": "2025-12-01",
    },
    {
        "name": "old",
        "metric": "homes",
        "says": "Meet the court",
        "owner": "Bay",
        "opened_on": "2025-01-06",
        "due": "2025-02-01",
        "done_on": "2025-01-31",
        "result": "Met",
    },
]
CHANGES = [
    {"on": "2025-10-01", "says": "Visit twice a week", "reason": "Homes were lost", "metric": "x"},
    {"on": "2025-09-30", "says": "Visit once a week", "reason": "Homes were lost", "metric": "x"},
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The report of the last quarter of 2025 on the small deal."""
    folder = a_tracked_deal(tmp_path_factory.mktemp("deals") / "deal")
    initiative = {**LEAST, "actions": ACTIONS, "practice_changes": CHANGES}
    (folder / "initiative.yaml").write_text(yaml.safe_dump(initiative))
    return document("performance", Asked(folder, date(2025, 12, 31))).document


@pytest.fixture(scope="module")
def words(made: Document) -> str:
    """The words of its PDF."""
    return check_files(made)


def test_outcomes_stand_beside_what_was_expected(words: str) -> None:
    """R85: each metric has expected-to-date and actual; status is computed."""
    assert "On track or not" in words
    assert "Each outcome: where it started, where it is to go, where it stands" in words


def test_it_is_of_the_three_months_that_end_on_the_day(made: Document) -> None:
    assert made.subtitle.startswith("1 October 2025 to 31 December 2025")


def test_actions_open_in_the_quarter_stand_with_the_days_they_are_overdue(words: str) -> None:
    assert "Call landlords each week homes Bay 1 December 2025 30 days overdue" in words
    assert "Meet the court" not in words


def test_changes_of_practice_of_the_quarter_alone_stand_there(words: str) -> None:
    """R86: practice changes stand beside the outcomes they were made for."""
    assert "Visit twice a week" in words
    assert "Visit once a week" not in words


def test_small_numbers_are_hidden_as_track_hides_them(words: str) -> None:
    assert "Numbers from 1 to 10 people are hidden" in words
    assert "This page is for the parties, not for giving out." in words
