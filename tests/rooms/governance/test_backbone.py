"""The backbone's duties, the three findings, a manager for every month, and windows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.backbone import THEME, months_without_manager
from payforsuccess.governance.initiative.parties import ProjectManager
from tests.lib.deals import PROVIDER, a_deal, an_outcome
from tests.lib.initiatives import PAPER, PLANNED, facts_of, missing, shown_by

DEAL = a_deal()
MEASURE: dict[str, Any] = {
    "kind": "certified-units",
    "units": "home",
    "certified_by": PROVIDER,
    "population": {"says": "everyone"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "censor",
    "feeds": ["homes"],
}


def manager(first: str, last: str) -> dict[str, str]:
    return {"name": "Hay", "organisation": PROVIDER, "from": first, "to": last}


def finding(of: str, on: str = "2026-05-01") -> dict[str, Any]:
    plain = {"of": of, "finding": "It can be done", "is_favourable": "true"}
    return {**plain, "by": "Advisers", "on": on, "paper": PAPER}


def test_the_backbones_duties_are_a_checklist() -> None:
    """R81: negotiation, feasibility, capital and management."""
    done = ["negotiation", "feasibility", "management"]
    investors = facts_of(PLANNED, contract_type="with-investors", backbone_duties_done=done)
    assert missing(THEME, "backbone-duties", investors) == (
        f"Not taken up by {PROVIDER}: brings capital together."
    )
    everything = facts_of(
        PLANNED, contract_type="with-investors", backbone_duties_done=[*done, "capital"]
    )
    assert "brings capital together" in shown_by(THEME, "backbone-duties", everything)
    assert "No backbone" in missing(THEME, "backbone-duties", facts_of())


def test_nobody_brings_capital_together_where_there_is_none() -> None:
    """R103: outside finance is optional."""
    done = ["negotiation", "feasibility", "management"]
    assert shown_by(THEME, "backbone-duties", facts_of(PLANNED, backbone_duties_done=done))


def test_three_findings_are_needed_before_signing() -> None:
    """R81: impact, economic, legal."""
    two = facts_of(feasibility=[finding("impact"), finding("legal")])
    assert missing(THEME, "feasibility-found", two) == "No finding of economic feasibility."
    three = [finding("impact"), finding("legal"), finding("economic")]
    assert shown_by(THEME, "feasibility-found", facts_of(feasibility=three))
    early = facts_of(feasibility=three, on=date(2026, 4, 30))
    assert missing(THEME, "feasibility-found", early)


def test_a_finding_against_it_opens_no_gate() -> None:
    """R81: the last finding of each kind counts, whatever stands in its text."""
    against = {**finding("legal"), "finding": "Unlawful", "is_favourable": "false"}
    three = [finding("impact"), against, finding("economic")]
    told = missing(THEME, "feasibility-found", facts_of(feasibility=three))
    assert told == "Found not feasible: legal."
    later = [finding("legal", "2026-05-20"), *three]
    assert shown_by(THEME, "feasibility-found", facts_of(feasibility=later))


@pytest.mark.parametrize(
    ("managers", "open_"),
    [
        ([("2026-01-01", "2027-12-31")], 0),
        ([("2025-06-01", "2026-12-31"), ("2027-01-01", "2028-12-31")], 0),
        ([("2027-01-01", "2027-12-31"), ("2026-01-01", "2026-12-31")], 0),
        ([("2026-01-01", "2026-12-31"), ("2027-01-02", "2027-12-31")], 1),
        ([("2026-01-01", "2027-12-30")], 1),
        ([("2026-01-01", "2026-06-30"), ("2026-09-01", "2027-12-31")], 2),
        ([], 24),
    ],
)
def test_a_manager_is_named_for_every_month_of_the_term(
    managers: list[tuple[str, str]], open_: int
) -> None:
    """R81: a project manager for every month of the term; one day without is a month without."""
    named = tuple(ProjectManager.model_validate(manager(*each)) for each in managers)
    assert len(months_without_manager(DEAL, named)) == open_


def test_months_without_a_manager_are_named() -> None:
    """R81."""
    managers = [manager("2026-01-01", "2026-12-31"), manager("2027-02-01", "2027-12-31")]
    facts = facts_of(PLANNED, project_managers=managers, deal=DEAL)
    assert missing(THEME, "managed-every-month", facts) == "Nobody is named for 2027-01."
    assert "No deal" in missing(THEME, "managed-every-month", facts_of(PLANNED))


def test_an_outcome_that_is_paid_for_has_a_window_and_an_end() -> None:
    """R80: each payment outcome has a measurement window and end date."""
    assert missing(THEME, "measurement-windows", facts_of(deal=DEAL)) == (
        "Paid for without a measurement window: homes."
    )
    measured = a_deal(outcomes={"homes": an_outcome(measure=MEASURE)})
    assert shown_by(THEME, "measurement-windows", facts_of(deal=measured)) == (
        "homes: each with a window; nothing is earned after 2027-12-31"
    )
