"""The Board's directions and the advisory group."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.governance.conditions.mandate import OFFICES, THEME
from payforsuccess.governance.initiative.mandate import Direction, Motion
from tests.lib.initiatives import PAPER, facts_of, missing, said, shown_by

MOTION: dict[str, Any] = {"title": "A motion", "body": "The Board", "adopted_on": "2026-05-01"}


def direction(**changes: Any) -> dict[str, Any]:
    return {"says": "Convene the group", "owner": "CEO", "status": "under-way", **changes}


def office(name: str, **changes: Any) -> dict[str, Any]:
    plain = {"name": name, "organisation": name, "kind": "office", "office": name}
    return {**plain, "seated_on": "2026-05-10", **changes}


EXPERT = {
    "name": "E",
    "organisation": "Example Advisers",
    "kind": "external",
    "seated_on": "2026-05-10",
    "attestation": {"on": "2026-05-09", "paper": PAPER},
    "clearance": {"by": "Counsel", "on": "2026-05-08", "basis": "Policy 5.1"},
}
MEMBERS = [*(office(name) for name in OFFICES), EXPERT]


PAID = {"from": "County", "for": "advice", "on": "2026-05-20", "amount": "900"}


def group(*members: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"convened_by": "CEO", "members": list(members), **more}


def test_overdue_directions_are_listed_and_those_done_are_not() -> None:
    """R15: each direction has text, owner, due date, status and evidence; overdue ones listed."""
    directions = [
        direction(due="2026-05-31"),
        direction(due="2026-06-01"),
        direction(due="2026-05-01", status="done", done_on="2026-05-20", evidence=[PAPER]),
        direction(due="2026-05-01", status="withdrawn"),
    ]
    facts = facts_of(motion={**MOTION, "directions": directions})
    told = [each for each in THEME.findings(facts) if each.topic == "directions"]
    assert said(told) == ["A direction of the Board is 1 day overdue: Convene the group (CEO)"]


def test_a_direction_said_to_be_done_without_evidence_is_told() -> None:
    """R15: from motion to completion, with evidence."""
    facts = facts_of(motion={**MOTION, "directions": [direction(status="done")]})
    told = [each for each in THEME.findings(facts) if each.topic == "directions"]
    assert said(told) == [
        "A direction is done, and nothing shows it: Convene the group (CEO)",
        "A direction is stated as done, and no day is on file: Convene the group (CEO)",
    ]


def test_a_direction_is_done_from_its_day_on_and_not_before() -> None:
    """R15: it counts as done from `done_on`, or from the day of its latest evidence."""
    by_day = Direction.model_validate(direction(status="done", done_on="2026-05-20"))
    by_paper = Direction.model_validate(
        direction(
            status="done",
            evidence=[{**PAPER, "on": "2026-05-01"}, {**PAPER, "on": "2026-05-20"}, PAPER],
        )
    )
    for each in (by_day, by_paper):
        assert not each.is_done(on=date(2026, 5, 19))
        assert each.is_done(on=date(2026, 5, 20))
        assert each.standing(on=date(2026, 5, 19)) == "not done yet; done on 2026-05-20"
        assert each.standing(on=date(2026, 5, 20)) == "done on 2026-05-20"


def test_a_direction_done_late_was_overdue_until_then() -> None:
    """R15: as of a day between, it is past its due day."""
    late = Direction.model_validate(
        direction(due="2026-05-01", status="done", done_on="2026-05-20", evidence=[PAPER])
    )
    assert late.is_overdue(on=date(2026, 5, 19))
    assert not late.is_overdue(on=date(2026, 5, 20))


def test_a_direction_done_on_no_known_day_is_not_counted_as_done() -> None:
    """R15: neither done nor overdue is claimed without a day."""
    undated = Direction.model_validate(direction(due="2026-05-01", status="done", evidence=[PAPER]))
    assert not undated.is_done(on=date(2030, 1, 1))
    assert not undated.is_overdue(on=date(2030, 1, 1))
    assert undated.standing(on=date(2030, 1, 1)) == "stated as done; no day is on file"


def test_a_direction_that_nothing_on_file_tells_of_is_not_known() -> None:
    """R15: it is told, and counts neither as done nor as overdue."""
    facts = facts_of(
        motion={**MOTION, "directions": [direction(due="2026-05-01", status="unknown")]}
    )
    told = [each for each in THEME.findings(facts) if each.topic == "directions"]
    assert said(told) == ["Whether a direction was done is not known: Convene the group (CEO)"]


def test_a_day_of_adoption_that_is_not_known_gives_two_clocks() -> None:
    """R21: late by no less than the one and no more than the other."""
    between = {"first": "2013-10-01", "last": "2013-10-31", "source": PAPER}
    motion = {
        "title": "A motion",
        "body": "The Board",
        "adopted_between": between,
        "reported_on": "2014-10-23",
    }
    (told,) = said(THEME.findings(facts_of(motion=motion)))
    assert "was due between 2013-12-30 and 2014-01-29" in told
    assert "2014-10-23, 297 days late, from the last issued on 2014-10-23, 267 days late" in told


def test_the_group_is_complete_with_four_offices_and_an_expert() -> None:
    """R16: incomplete until the four named offices and at least one external expert are seated."""
    facts = facts_of(advisory_group=group(*MEMBERS))
    assert shown_by(THEME, "advisory-group-seated", facts) == "5 members are seated"
    for left_out in range(5):
        rest = [each for at, each in enumerate(MEMBERS) if at != left_out]
        assert missing(THEME, "advisory-group-seated", facts_of(advisory_group=group(*rest)))
    early = facts_of(advisory_group=group(*MEMBERS), on=date(2026, 5, 9))
    assert missing(THEME, "advisory-group-seated", early)


def test_the_group_does_nothing_but_the_blueprint() -> None:
    """R17: tasks and votes that are not tagged blueprint are refused."""
    tasks = [
        {"says": "Draft part a", "on": "2026-05-12", "kind": "task", "purpose": "blueprint"},
        {"says": "Choose a firm", "on": "2026-05-12", "kind": "vote", "purpose": "award"},
    ]
    (problem,) = THEME.problems(facts_of(advisory_group=group(*MEMBERS, tasks=tasks)))
    assert problem.where.field == "advisory_group.tasks[1].purpose"


def test_experts_give_their_time_free_and_counsel_clears_them() -> None:
    """R18, R20: attestation and clearance; never claimed of nobody."""
    for key, name in (("attestation", "advisers-unpaid"), ("clearance", "advisers-cleared")):
        assert shown_by(THEME, name, facts_of(advisory_group=group(*MEMBERS)))
        without = {k: v for k, v in EXPERT.items() if k != key}
        assert missing(THEME, name, facts_of(advisory_group=group(without)))
        assert missing(THEME, name, facts_of(advisory_group=group(*MEMBERS[:-1])))


@pytest.mark.parametrize("to", ["EXAMPLE  Advisers, LLC", "The Example-Advisers Inc."])
def test_payments_to_an_adviser_are_found_however_the_name_is_written(to: str) -> None:
    """R18: by the one rule of names, as where a solicitation bars somebody."""
    paid = {**PAID, "to": to}
    facts = facts_of(advisory_group={**group(*MEMBERS), "payments": [paid]})
    assert any("was paid for this work" in each for each in said(THEME.problems(facts)))


@pytest.mark.parametrize("to", ["Advisers, Example", "Ex\u0430mple Adviser"])
def test_a_payment_to_a_name_written_much_alike_is_told(to: str) -> None:
    """R18: a person looks; nobody is accused for it."""
    paid = {**PAID, "to": to}
    facts = facts_of(advisory_group={**group(*MEMBERS), "payments": [paid]})
    assert not said(THEME.problems(facts))
    assert any("written much like" in each for each in said(THEME.findings(facts)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"report_within_days": "99999999999"}, "more than ten years"),
        ({"adopted_on": "9999-12-01"}, "too far ahead"),
    ],
)
def test_days_beyond_every_calendar_are_refused(changes: dict[str, str], says: str) -> None:
    """R21: a deadline that no calendar holds is a mistake in the file."""
    with pytest.raises(ValidationError, match=says):
        Motion.model_validate({**MOTION, **changes})
