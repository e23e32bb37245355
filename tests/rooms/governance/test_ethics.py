"""No random assignment without an ethics record in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions import later
from payforsuccess.governance.conditions.ethics import THEME
from payforsuccess.governance.facts import DrawnFound
from payforsuccess.trail import fingerprint
from tests.lib.deals import a_deal
from tests.lib.initiatives import facts_of, missing, said, shown_by

RECORD: dict[str, Any] = {
    "board": "Review board",
    "decision": "approved",
    "basis": "45 CFR 46.111",
    "on": "2026-02-01",
    "expires_on": "2027-01-31",
    "consent": "consent",
    "anyone_in_custody": "false",
    "scarcity": "40 places for about 300 people",
    "others_receive": "the usual discharge planning",
    "outside_lottery": "nobody",
    "paper": {"title": "Decision", "where": "file 7"},
}


def drawn(*records: dict[str, Any]) -> Any:
    return facts_of(uses_random_assignment="true", ethics=list(records))


def test_nothing_is_asked_where_nobody_is_assigned_at_random() -> None:
    """R114."""
    facts = facts_of(uses_random_assignment="false")
    assert "nobody is assigned at random" in shown_by(THEME, "ethics-in-force", facts)


def test_a_blank_does_not_say_that_nobody_is_assigned_at_random() -> None:
    """R114: without a deal and without a word on it, the gate stays closed."""
    assert "not on file" in missing(THEME, "ethics-in-force", facts_of())
    assert "nobody" in shown_by(THEME, "ethics-in-force", facts_of(deal=a_deal()))


def test_a_record_in_force_lets_people_be_assigned() -> None:
    """R114: board, decision, basis, expiry, consent or waiver, scarcity, what others receive."""
    assert "until 2027-01-31" in shown_by(THEME, "ethics-in-force", drawn(RECORD))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"on": "2026-06-02"}, "it is of 2026-06-02"),
        ({"decision": "refused"}, "refused"),
        ({"expires_on": "2026-05-31"}, "ended on 2026-05-31"),
        ({"anyone_in_custody": "true"}, "Counsel checks"),
    ],
)
def test_a_record_not_in_force_does_not(changes: dict[str, str], says: str) -> None:
    """R114: expiry, refusal, and custody without a basis under Subpart C."""
    assert says in missing(THEME, "ethics-in-force", drawn(RECORD | changes))


def test_no_record_is_not_enough() -> None:
    """R114."""
    assert "no ethics record" in missing(THEME, "ethics-in-force", drawn())


def test_on_its_last_day_it_holds() -> None:
    """R114."""
    assert shown_by(THEME, "ethics-in-force", drawn(RECORD | {"expires_on": "2026-06-01"}))


def test_custody_with_a_basis_holds_and_an_exemption_is_flagged_for_counsel() -> None:
    """R114."""
    record = RECORD | {
        "decision": "exempt",
        "anyone_in_custody": "true",
        "custody_basis": "not federally funded; no assurance extends to it",
    }
    assert shown_by(THEME, "ethics-in-force", drawn(record))
    assert any("Counsel checks whether" in each for each in said(THEME.findings(drawn(record))))


@pytest.mark.parametrize(
    ("ends", "says"), [("2026-06-11", "ends in 10 days"), ("2026-05-22", "ended 10 days ago")]
)
def test_the_end_of_a_record_is_told(ends: str, says: str) -> None:
    """R114."""
    (found,) = said(THEME.findings(drawn(RECORD | {"expires_on": ends})))
    assert says in found


def listed(on: date, *, under: dict[str, Any] = RECORD) -> Any:
    """The facts with a draw on the list that names a record."""
    facts = drawn(RECORD)
    (record,) = drawn(under).initiative.ethics
    return replace(facts, drawn=(DrawnFound(on, 3, fingerprint(record.as_plain())),))


def test_the_gate_knows_who_was_drawn_and_under_which_record() -> None:
    """R114: the list of draws names the record in force on its day."""
    name = "drawn-by-list"
    facts = listed(date(2026, 3, 2))
    assert "3 drawn on 2026-03-02" in shown_by(later.THEME, name, facts)
    assert said(THEME.problems(facts)) == []
    assert "nobody stands on the list" in missing(later.THEME, name, drawn(RECORD))
    assert "nobody stands on the list" in missing(later.THEME, name, listed(date(2026, 7, 1)))
    assert "nobody is assigned" in shown_by(
        later.THEME, name, facts_of(uses_random_assignment="false")
    )
    assert "not on file" in missing(later.THEME, name, facts_of())


@pytest.mark.parametrize(
    ("on", "under"),
    [
        (date(2026, 1, 31), RECORD),
        (date(2026, 3, 2), RECORD | {"scarcity": "written otherwise since"}),
    ],
)
def test_a_draw_without_the_record_of_its_day_is_a_problem(on: date, under: dict[str, Any]) -> None:
    """R114: drawn before the record held, or under one that was changed since."""
    (problem,) = said(THEME.problems(listed(on, under=under)))
    assert f"The draw of {on}, of 3 people, names an ethics record that is not on file" in problem
