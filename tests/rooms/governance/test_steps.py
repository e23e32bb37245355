"""Planning in order and in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.steps import THEME, slippage_days
from payforsuccess.governance.initiative.team import Milestone
from tests.lib.initiatives import facts_of, missing, said, shown_by


def step(name: str, on: str, **more: Any) -> dict[str, Any]:
    return {"step": name, "on": on, "by": "the team", **more}


def item(name: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "agency": "Jail", "owner": "Dow", "due": "2026-05-15", **more}


IN_ORDER = [
    step("population", "2026-02-01"),
    step("intervention", "2026-03-01"),
    step("outcome-targets", "2026-04-01"),
]


def test_steps_are_settled_in_their_order() -> None:
    """R51: population, then intervention, then outcome targets."""
    facts = facts_of(steps=IN_ORDER)
    assert said(THEME.problems(facts)) == []
    assert shown_by(THEME, "steps-settled", facts).startswith("population on 2026-02-01")
    assert "as settled: outcome targets" in missing(
        THEME, "steps-settled", facts_of(steps=IN_ORDER[:2])
    )


def test_a_later_step_cannot_be_settled_while_an_earlier_one_is_open() -> None:
    """R51: neither without the earlier one, nor before its day."""
    (problem,) = said(THEME.problems(facts_of(steps=IN_ORDER[1:2])))
    assert "while population was open" in problem
    early = [*IN_ORDER[:1], step("intervention", "2026-01-31")]
    assert len(said(THEME.problems(facts_of(steps=early)))) == 1


def test_an_override_is_logged_with_its_reason() -> None:
    """R51: overrides are logged with reason."""
    facts = facts_of(steps=[step("intervention", "2026-03-01", overrides="the grant names it")])
    assert said(THEME.problems(facts)) == []
    assert said(THEME.findings(facts)) == [
        "The step intervention was settled on 2026-03-01 by the team out of order, because: the "
        "grant names it"
    ]


def test_funding_waits_for_all_the_payor_has_to_know() -> None:
    """R49: percent complete is shown and gates the funding decision."""
    done = {"done_on": "2026-05-01"}
    facts = facts_of(funding_information=[item("costs", **done), item("counts", **done), item("x")])
    told = missing(THEME, "funding-information-complete", facts)
    assert told == "66% complete, 1 of 3 open, 1 of them overdue: x (Dow, 2026-05-15)."
    complete = facts_of(funding_information=[item("costs", **done)])
    assert "100% complete" in shown_by(THEME, "funding-information-complete", complete)


def test_an_empty_list_is_not_complete() -> None:
    """R49: nothing listed is nothing known."""
    assert missing(THEME, "funding-information-complete", facts_of())


@pytest.mark.parametrize(
    ("more", "on", "days"),
    [
        ({"actual": "2026-03-11"}, date(2026, 6, 1), 10),
        ({"actual": "2026-02-19"}, date(2026, 6, 1), -10),
        ({}, date(2026, 2, 1), 0),
        ({}, date(2026, 3, 1), 0),
        ({}, date(2026, 3, 4), 3),
        ({"forecast": "2026-03-31"}, date(2026, 2, 1), 30),
        ({"forecast": "2026-03-31"}, date(2026, 4, 1), 31),
        ({"forecast": "2026-02-19"}, date(2026, 2, 1), -10),
        ({"actual": "2026-03-11"}, date(2026, 3, 5), 4),
    ],
    ids=[
        "reached late",
        "reached early",
        "not yet due",
        "due today",
        "past its day",
        "expected late",
        "past the day expected",
        "expected early",
        "reached after the day asked of",
    ],
)
def test_slippage_is_counted_in_days(more: dict[str, str], on: date, days: int) -> None:
    """R50: slippage in days is computed from baseline and actual dates."""
    milestone = Milestone.model_validate({"name": "MOU", "baseline": "2026-03-01", **more})
    assert slippage_days(milestone, facts_of(on=on)) == days


def test_a_milestone_behind_is_told() -> None:
    """R50: planning is managed to time."""
    facts = facts_of(milestones=[{"name": "MOU", "baseline": "2026-05-31"}])
    assert said(THEME.findings(facts)) == ["MOU: behind by 1 day; first planned for 2026-05-31."]
    assert "1 milestone, the furthest behind by 1 day" in shown_by(THEME, "planning-timed", facts)
    assert missing(THEME, "planning-timed", facts_of())
