"""No random assignment without an ethics record in force."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.governance.conditions.ethics import THEME
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
