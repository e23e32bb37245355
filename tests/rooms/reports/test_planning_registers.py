"""Registers of leadership, planning and partnership: what they list, and what they leave open."""

from __future__ import annotations

import pytest

from payforsuccess.reports import Document
from payforsuccess.reports.registers import (
    attendance,
    directions,
    evaluators,
    leaders,
    partners,
    partnership,
    planning,
)
from payforsuccess.reports.text import write_text
from tests.lib.deals import CITY, COUNTY, PROVIDER
from tests.lib.initiatives import PAPER, facts_of
from tests.lib.passing import passing_facts

MOTION = {
    "title": "A motion",
    "body": "The Board",
    "adopted_on": "2026-03-01",
    "directions": [
        {"says": "Convene", "owner": "CEO", "due": "2026-05-01", "status": "under-way"},
        {"says": "Report", "owner": "CEO", "status": "done", "evidence": [PAPER]},
    ],
}


def text(document: Document) -> str:
    """The register on one line, for a look at its words."""
    return " ".join(write_text(document).split())


def test_directions_say_what_is_overdue_and_what_shows_the_rest() -> None:
    """R15: text, owner, due date, status and evidence; overdue ones are marked."""
    shown = text(directions.directions_document(facts_of(motion=MOTION)))
    assert "under way, 31 days overdue" in shown
    assert "A paper (minutes)" in shown
    assert "1 day late" not in shown
    assert "2 days late" in shown


def test_leaders_are_shown_with_days_since_the_last_contact() -> None:
    """R40, R52: commitments with method, date and file; days since last contact per leader."""
    facts = passing_facts()
    shown = text(leaders.leaders_document(facts))
    assert "letter 20 January 2026 A paper (minutes)" in shown
    assert "15 May 2026 17 within the limit" in shown
    assert [each.days for each in leaders.leaders_entries(facts)][-1] == 17


def test_planning_shows_percent_and_slippage() -> None:
    """R49, R50: percent complete; milestones with baseline, actual and days behind."""
    late = [{"name": "MOU", "baseline": "2026-03-01", "actual": "2026-03-11"}]
    shown = text(planning.planning_document(passing_facts(milestones=late)))
    assert "100% complete" in shown
    assert "11 March 2026 10 days" in shown
    assert "decision process. Signed by: Alder County on 20 February 2026" in shown


def test_partners_stand_once_under_each_role_and_their_money_once() -> None:
    """R76, R79: many roles, no double-counting; parties with nothing at stake are marked."""
    facts = passing_facts(
        organisations=[
            {
                "name": COUNTY,
                "sector": "public",
                "level": "county",
                "roles": [{"role": "payor"}, {"role": "provider"}],
                "stakes": [{"kind": "appropriation", "amount": "1200", "says": "pays"}],
            },
            {"name": PROVIDER, "roles": [{"role": "provider"}]},
        ]
    )
    shown = text(partners.partners_document(facts))
    assert f"provider {COUNTY}, {PROVIDER}" in shown
    assert f"{PROVIDER} NOT ON FILE" in shown
    assert "appropriation 1,200" in shown
    assert "2,400" not in shown


def test_the_partnership_shows_three_conditions_and_the_five_beside() -> None:
    """R53, R74: three conditions with evidence; the five are a view; groups and their gaps."""
    shown = text(partnership.partnership_document(passing_facts()))
    assert shown.count("Standing: met") == 8
    assert "five further down" in shown
    bare = text(partnership.partnership_document(facts_of()))
    assert bare.count("NOT MET") == 8
    assert "no champion, no owner" in bare


def test_attendance_marks_who_missed_too_many_in_a_row() -> None:
    """R89: attendance by party."""
    held = [
        {"body": "steering", "on": f"2026-0{month}-20", "attended": [COUNTY], "missed": [CITY]}
        for month in (2, 3, 4)
    ]
    shown = text(attendance.attendance_document(passing_facts(meetings=held)))
    assert f"{CITY} 0 3 3 2 ALERT to Ash" in shown
    assert f"{COUNTY} 3 0 0 2 within the limit" in shown


def test_declarations_show_who_pays_and_their_stake() -> None:
    """R82: who pays the evaluator, and their stake, is disclosed."""
    shown = text(evaluators.evaluators_document(passing_facts()))
    assert f"{COUNTY} pays for success none to nobody" in shown


@pytest.mark.parametrize(
    "made",
    [
        directions.directions_document,
        leaders.leaders_document,
        planning.planning_document,
        partners.partners_document,
        attendance.attendance_document,
        evaluators.evaluators_document,
    ],
)
def test_an_empty_register_says_so(made: object) -> None:
    assert callable(made)
    assert "on file" in text(made(facts_of()))
