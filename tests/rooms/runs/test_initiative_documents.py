"""The coordinator's status report and the memo of a decision, from `initiative.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from tests.lib.accessible import check_files

EXAMPLES = Path(__file__).parents[3] / "examples"
PRACTICE = EXAMPLES / "practice-initiative"


def words_of(kind: str, on: date, number: int | None = None) -> str:
    """The words of the document's PDF."""
    return check_files(document(kind, Asked(PRACTICE, on, number=number)).document)


def test_a_status_report_has_progress_challenges_and_decisions_asked() -> None:
    """R48: progress, challenges, decisions asked, straight to the payor; delivery is logged."""
    words = words_of("status-report", date(2026, 5, 20))
    assert "To Ada Example" in words
    assert "Example Homes named two buildings." in words
    assert "The fee of the evaluator has no source yet." in words
    assert "Take the evaluator's fee into the department's budget" in words
    assert "1 May 2026 Ada Example 4 May 2026 reached a payor" in words
    assert "A report is late" not in words


def test_a_late_report_says_so_from_the_day_after_it_is_due() -> None:
    assert "A report is late" not in words_of("status-report", date(2026, 6, 1))
    assert "the next report is 1 day late" in words_of("status-report", date(2026, 6, 2))


def test_an_earlier_report_can_be_written_again_as_it_was() -> None:
    words = words_of("status-report", date(2026, 5, 20), number=1)
    assert "The jail's release lists come late." in words
    assert "Actions under way" not in words  # none was open on the day of the report


def test_actions_under_way_stand_in_the_report_with_the_days_they_are_overdue() -> None:
    words = words_of("status-report", date(2026, 5, 20))
    assert "Agree with the jail on lists every Monday homes Ben Example 27 April 2026 4" in words


def test_a_delivery_of_a_later_day_has_not_come_yet() -> None:
    """R48: the report of 1 May reached the payor on 4 May, and not on the first."""
    words = words_of("status-report", date(2026, 5, 1))
    assert "4 May 2026" not in words
    assert "not yet" in words
    assert "4 May 2026" in words_of("status-report", date(2026, 5, 4))


def test_a_status_report_names_the_day_to_which_days_are_counted() -> None:
    """Read later, its days late are still those of its own day, and it says so."""
    words = words_of("status-report", date(2026, 5, 20))
    assert "Milestones on 1 May 2026, the day of the report" in words
    assert "Actions under way on 1 May 2026, the day of the report" in words
    assert "Reports come every month" in words


def test_without_a_report_by_the_day_there_is_none_to_write() -> None:
    with pytest.raises(Refusal, match="There is no report of the coordinator by this day"):
        document("status-report", Asked(PRACTICE, date(2026, 3, 1)))
    with pytest.raises(Refusal, match="names no coordinator"):
        document("status-report", Asked(EXAMPLES / "los-angeles-blueprint", date(2026, 3, 1)))


def test_a_decision_memo_names_reasons_and_evidence() -> None:
    """R107: a decision record names the evidence it used."""
    words = words_of("decision-memo", date(2026, 6, 1), number=1)
    assert "Release lists of two years" in words
    assert "there are places for one in three of them" in words
    assert "No evidence is named" not in words


def test_a_decision_without_evidence_says_so_at_the_top() -> None:
    words = words_of("decision-memo", date(2026, 6, 1))
    assert "No evidence is named" in words
    assert "The department pays the evaluator whatever the results are." in words


def test_a_decision_that_there_is_not_is_refused() -> None:
    with pytest.raises(Refusal, match="There is no decision 3: 2 are on record"):
        document("decision-memo", Asked(PRACTICE, date(2026, 6, 1), number=3))
