"""Names that stand for nobody: who is named in one register stands in the one that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from payforsuccess.deal.approvals import same_person
from payforsuccess.deal.nearest import nearest
from payforsuccess.errors import Problem
from payforsuccess.governance.conditions.condition import Theme
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.team import Seat

Named = tuple[str, tuple[str | int, ...]]


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    registers: tuple[tuple[str, str, list[str], Iterator[Named]], ...] = (
        (
            "organisation",
            "organisations",
            [each.name for each in initiative.organisations],
            _organisations(initiative),
        ),
        ("member", "members", [each.name for each in initiative.members], _members(initiative)),
        ("end payor", "payors", list(initiative.payor_names), _payors(initiative)),
        (
            "goal of a payor",
            "payor_goals",
            [each.name for each in initiative.payor_goals],
            _goals(initiative),
        ),
        ("body", "bodies", [each.name for each in initiative.bodies], _bodies(initiative)),
    )
    parties = {same_person(each.name): each.name for each in initiative.organisations}
    for name, path in _loosely_named(initiative):
        written = parties.get(same_person(name), name)
        if written != name:
            yield Problem(
                f"“{name}” stands among the organisations as “{written}”.",
                "Write one name in one way: rules compare names.",
                initiative.place_of(*path),
            )
    for what, register, known, named in registers:
        there = set(known)
        for name, path in named:
            if name not in there:
                close = nearest(name, known)
                yield Problem(
                    f"“{name}” is no {what} of this initiative.",
                    f"Did you mean “{close}”?" if close else f"Add it under `{register}`.",
                    initiative.place_of(*path),
                )


def _loosely_named(initiative: Initiative) -> Iterator[Named]:
    """Names that may be of someone outside; one of them must not be a party written otherwise."""
    if initiative.coordinator is not None:
        for key in ("employer", "funded_by", "assigned_by"):
            name = getattr(initiative.coordinator, key)
            if name is not None:
                yield name, ("coordinator", key)
    for at, declared in enumerate(initiative.independence):
        yield declared.paid_by, ("independence", at, "paid_by")
        for name in (*declared.shares_ownership_with, *declared.shares_staff_with):
            yield name, ("independence", at)
    for at, manager in enumerate(initiative.project_managers):
        yield manager.organisation, ("project_managers", at, "organisation")
    for at, organisation in enumerate(initiative.organisations):
        for name in organisation.affiliates:
            yield name, ("organisations", at, "affiliates")


def _organisations(initiative: Initiative) -> Iterator[Named]:
    for at, member in enumerate(initiative.members):
        yield member.organisation, ("members", at, "organisation")
    for at, payor in enumerate(initiative.payors):
        yield payor.organisation, ("payors", at, "organisation")
    for at, goal in enumerate(initiative.shared_goal.endorsed if initiative.shared_goal else ()):
        yield goal.by, ("shared_goal", "endorsed", at, "by")
    for at, declared in enumerate(initiative.independence):
        yield declared.evaluator, ("independence", at, "evaluator")
    if initiative.team is not None:
        for at, signed in enumerate(initiative.team.mou.signed):
            yield signed.by, ("team", "mou", "signed", at, "by")
        for at, line in enumerate(initiative.team.cross_system_plan):
            yield line.agency, ("team", "cross_system_plan", at, "agency")
    for at, meeting in enumerate(initiative.meetings):
        for party in (*meeting.attended, *meeting.missed):
            yield party, ("meetings", at)


def _members(initiative: Initiative) -> Iterator[Named]:
    if initiative.team is not None:
        yield initiative.team.chair, ("team", "chair")
        yield from _seats(initiative.team.seats, ("team", "seats"))
    for at, body in enumerate(initiative.bodies):
        yield body.chair, ("bodies", at, "chair")
        yield from _seats(body.seats, ("bodies", at, "seats"))


def _seats(seats: Sequence[Seat], path: tuple[str | int, ...]) -> Iterator[Named]:
    for at, seat in enumerate(seats):
        yield seat.member, (*path, at, "member")


def _payors(initiative: Initiative) -> Iterator[Named]:
    for at, goal in enumerate(initiative.payor_goals):
        yield goal.payor, ("payor_goals", at, "payor")
    for at, approval in enumerate(initiative.approvals):
        yield approval.by, ("approvals", at, "by")


def _goals(initiative: Initiative) -> Iterator[Named]:
    for at, goal in enumerate(initiative.goals):
        if goal.serves is not None:
            yield goal.serves, ("goals", at, "serves")


def _bodies(initiative: Initiative) -> Iterator[Named]:
    for at, body in enumerate(initiative.bodies):
        if body.escalates_to is not None:
            yield body.escalates_to, ("bodies", at, "escalates_to")
    for at, meeting in enumerate(initiative.meetings):
        yield meeting.body, ("meetings", at, "body")


THEME = Theme("names", problems=_problems)
