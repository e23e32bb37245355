"""Plans for change, adoption, teaching, hours, scale, evidence, money for advice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.governance.conditions.change import THEME
from payforsuccess.governance.taught import taught
from tests.lib.deals import INVESTOR, a_deal
from tests.lib.initiatives import ON, PAPER, facts_of, missing, said, shown_by

ROUTINE: dict[str, Any] = {
    "who": "jail release officers",
    "changes": "they call the team before a release",
    "why": "nobody is met at the gate otherwise",
    "training": "one hour",
    "owner": "Ash",
    "due": "2026-05-01",
    "measure": "releases with a call",
}


def test_a_change_plan_has_owner_and_day() -> None:
    """R101."""
    assert "no change plan" in missing(THEME, "change-planned", facts_of())
    undated = facts_of(change_plan=[ROUTINE | {"due": None}])
    assert "1 of 1" in missing(THEME, "change-planned", undated)
    assert shown_by(THEME, "change-planned", facts_of(change_plan=[ROUTINE]))


def test_adoption_is_tracked_after_its_day() -> None:
    """R101: before and after signing."""
    (found,) = said(THEME.findings(facts_of(change_plan=[ROUTINE])))
    assert found.startswith("Not seen yet")
    seen = [
        {"on": "2026-05-10", "value": "6", "of": "8"},
        {"on": "2026-05-20", "value": "3", "of": "8"},
    ]
    (found,) = said(THEME.findings(facts_of(change_plan=[ROUTINE | {"adoption": seen}])))
    assert "used less than before" in found
    assert not said(THEME.findings(facts_of(change_plan=[ROUTINE | {"adoption": seen[:1]}])))


def test_more_than_there_is_cannot_be_adopted() -> None:
    """R101."""
    seen = [{"on": "2026-05-10", "value": "9", "of": "8"}]
    facts = facts_of(change_plan=[ROUTINE | {"adoption": seen}])
    assert "More was counted" in said(THEME.problems(facts))[0]


def test_change_beyond_the_pilot_is_planned_before_launch() -> None:
    """R62: whose rules, whose data, which funding streams, by when."""
    assert "beyond the pilot" in missing(THEME, "systems-change-planned", facts_of())
    plan = {"rules": "State", "data": "Sheriff", "funding_streams": "AB 109", "by": "2028-01-01"}
    assert "2028-01-01" in shown_by(THEME, "systems-change-planned", facts_of(systems_change=plan))


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([("pilot", False)], ""),
        ([("pilot", False), ("replicated", True)], ""),
        ([("pilot", False), ("replicated", False)], "without evidence"),
        ([("pilot", False), ("funding-stream", True)], "before it was `replicated`"),
    ],
)
def test_a_step_up_in_scale_needs_evidence(steps: list[tuple[str, bool]], says: str) -> None:
    """R65."""
    scale = [
        {"to": to, "on": "2026-05-01", "evidence": [PAPER] if shown else []} for to, shown in steps
    ]
    found = said(THEME.problems(facts_of(scale=scale)))
    assert (says in found[0]) if says else not found


def test_decisions_without_evidence_are_counted() -> None:
    """R107."""
    decision = {"name": "a", "on": "2026-05-01", "by": "Board", "says": "go", "reasons": "it works"}
    shown = decision | {"name": "b", "evidence": ["referrals a month"]}
    (found,) = said(THEME.findings(facts_of(decisions=[decision, shown])))
    assert found == "1 of 2 decisions name no metric or evidence: a."
    assert not said(THEME.findings(facts_of(decisions=[shown])))


def test_coverage_of_teaching_is_by_department_and_a_person_counts_once() -> None:
    """R55: by person, role and module."""
    lesson = {"department": "Health", "role": "analyst", "on": "2026-05-01"}
    facts = facts_of(
        training=[
            lesson | {"person": "Ash", "module": "what it is"},
            lesson | {"person": "ash", "module": "reading results"},
            lesson | {"person": "Bay", "module": "what it is"},
            lesson | {"person": "Cob", "module": "what it is", "on": "2026-06-02"},
        ],
        headcounts=[
            {"department": "Health", "people": "4"},
            {"department": "Sheriff", "people": "2"},
        ],
    )
    health, sheriff = taught(facts.initiative, on=ON)
    assert (health.people, health.coverage) == (2, Fraction(1, 2))
    assert dict(health.by_module) == {"what it is": 2, "reading results": 1}
    assert (sheriff.people, sheriff.coverage) == (0, Fraction(0))
    assert said(THEME.findings(facts)) == [
        "Health: 2 of 4 people were taught, 50%.",
        "Sheriff: 0 of 2 people were taught, 0%.",
    ]


def test_money_for_advice_is_kept_apart_from_capital() -> None:
    """R54: nor is it in any statement, for a statement has payment terms alone."""
    money = {"by": INVESTOR, "to": "An adviser", "amount": "50000", "for": "structuring"}
    tranche = {"name": "loan", "party": INVESTOR, "kind": "senior-loan", "amount": "50000"}
    deal = a_deal(capital=[tranche])
    (found,) = said(THEME.findings(facts_of(support_money=[money], deal=deal)))
    assert "it is one or the other" in found
    other = money | {"amount": "40000"}
    assert not said(THEME.findings(facts_of(support_money=[other], deal=deal)))


def test_an_incentive_is_linked_to_a_department_on_file() -> None:
    """R64: type, recipient, condition, value."""
    incentive = {
        "kind": "first call on savings",
        "recipient": "Health",
        "condition": "a whole stream pays on outcomes",
        "value": "half of what is saved (made up)",
    }
    assert not said(THEME.findings(facts_of(incentives=[incentive])))
    other = incentive | {"recipient": "Helth"}
    (found,) = said(THEME.findings(facts_of(incentives=[other])))
    assert found == "An incentive is for Helth, which is no department on file."
