"""What must follow when a metric is off track: an action, and who hears of it by when (R85)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Place
from payforsuccess.governance.initiative.actions import Action
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.team import Body
from payforsuccess.governance.performance import Rated, off_track_since
from payforsuccess.governance.performance_rules import PerformanceRules

TOPIC = "performance"


@dataclass(frozen=True)
class Escalation:
    """A metric that stays off track: since when, and who has to hear of it by now.

    to: who, as the initiative names them, or the rule's own words where it names no one.
    """

    metric: str
    since: date
    days: int
    to: str


@dataclass(frozen=True)
class Followed:
    """What follows on a metric's ratings: its open action, if any, and where it was passed on."""

    metric: str
    action: Action | None
    escalation: Escalation | None
    findings: tuple[Finding, ...]


def follow(
    rules: PerformanceRules,
    metric: str,
    rated: Sequence[Rated],
    initiative: Initiative | None,
    *,
    on: date,
) -> Followed:
    """What follows for one metric, and what is missing of it.

    The last period that could be rated decides whether it is off track. The clock of the
    escalation starts when enough periods in a row have ended off track, and no earlier than the
    open action: who opened it could not act before.
    """
    told = [one for one in rated if one.rating in ("on track", "watch", "off track")]
    is_off = bool(told) and told[-1].rating == "off track"
    action = _open_action(initiative, metric, on)
    escalation = None
    since = off_track_since(rules, rated)
    if since is not None:
        start = max(since, action.opened_on) if action is not None else since
        escalation = _escalated(rules, metric, start, action, initiative, on=on)
    findings = list(_findings(metric, action, escalation, initiative, is_off=is_off, on=on))
    return Followed(metric, action, escalation, tuple(findings))


def overdue_actions(initiative: Initiative, *, on: date) -> Iterator[Finding]:
    """A finding for each action that is under way after its last day."""
    for number, action in enumerate(initiative.actions):
        if late := action.days_overdue(on=on):
            yield Finding(
                TOPIC,
                f"The action on {action.metric} is {counted(late, 'day')} overdue; it is with "
                f"{action.owner}: {action.says}",
                initiative.place_of("actions", number, "due"),
            )


def _open_action(initiative: Initiative | None, metric: str, on: date) -> Action | None:
    """The oldest action on the metric that is under way."""
    if initiative is None:
        return None
    open_ = [each for each in initiative.actions if each.metric == metric and each.is_open(on=on)]
    return min(open_, key=lambda each: (each.opened_on, each.name), default=None)


def _escalated(
    rules: PerformanceRules,
    metric: str,
    start: date,
    action: Action | None,
    initiative: Initiative | None,
    *,
    on: date,
) -> Escalation | None:
    days = (on - start).days
    reached = [step for step in rules.escalations if step.after_days <= days]
    if not reached:
        return None
    return Escalation(metric, start, days, _who(reached[-1].to, action, initiative))


def _who(to: str, action: Action | None, initiative: Initiative | None) -> str:
    if initiative is None:
        return {
            "next-body": "the next body",
            "steering": "the steering committee",
            "payor-head": "the head of the payor",
        }[to]
    if to == "payor-head":
        heads = [
            member.name
            for member in initiative.members
            if member.seniority == "secretary"
            and member.organisation in [payor.organisation for payor in initiative.payors]
        ]
        return f"the head of the payor, {', '.join(heads)}" if heads else "the head of the payor"
    first = _lowest(action, initiative)
    above = _above(first, initiative)
    if to == "next-body":
        return above.title if above is not None else "the next body (none is on record)"
    top = _above(above, initiative) or above
    return top.title if top is not None else "the steering committee (none is on record)"


def _lowest(action: Action | None, initiative: Initiative) -> Body | None:
    """The body that follows the action, or the one to which no other passes matters on."""
    named = {body.name: body for body in initiative.bodies}
    if action is not None and action.body is not None:
        return named.get(action.body)
    passed_to = {body.escalates_to for body in initiative.bodies}
    below = [
        body
        for body in initiative.bodies
        if body.name not in passed_to and body.escalates_to is not None
    ]
    return below[0] if below else None


def _above(body: Body | None, initiative: Initiative) -> Body | None:
    if body is None:
        return None
    return next((each for each in initiative.bodies if each.name == body.escalates_to), None)


def _findings(
    metric: str,
    action: Action | None,
    escalation: Escalation | None,
    initiative: Initiative | None,
    *,
    is_off: bool,
    on: date,
) -> Iterator[Finding]:
    where = Place("") if initiative is None else initiative.place_of("actions")
    if is_off and action is None:
        yield Finding(
            TOPIC,
            f"{metric} is off track and no action is open for it: state what is done, by whom and "
            "by when under `actions` of initiative.yaml.",
            where,
        )
    if escalation is not None:
        yield Finding(
            TOPIC,
            f"{metric} has been off track for {counted(escalation.days, 'day')} since "
            f"{escalation.since}: it goes to {escalation.to}.",
            where,
        )
