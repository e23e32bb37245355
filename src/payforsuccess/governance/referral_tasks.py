"""What is to be done about a referral, by when: for the provider, and for the office that referred.

Days are due at the end of the day in the zone of the jurisdiction; the most urgent comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from payforsuccess.governance.referral import ANSWER_WITHIN, State, clock_of

What = Literal[
    "find",
    "answer",
    "acknowledge",
    "meet-at-release",
    "go-to-hearing",
    "complete-facts",
    "ask-for-draw",
    "tell-release",
    "tell-hearing",
]
AHEAD = timedelta(days=14)
"""How far ahead a release or a hearing becomes something to prepare."""


BEFORE_SERVICES: tuple[State, ...] = ("made", "unclear", "eligible", "placed", "released-unmet")
"""While somebody still waits for the door to open; later nobody asks how it did."""
WITH_TASKS: tuple[State, ...] = (*BEFORE_SERVICES, "met")
"""The states in which anything is asked of anyone."""
OF_A_DAY: tuple[What, ...] = ("meet-at-release", "go-to-hearing", "tell-release", "tell-hearing")
"""What is due on a day, until its end; the rest is due at an hour."""


@dataclass(frozen=True)
class Standing:
    """A referral as its tasks need it; `since` is the hour at which its state began."""

    state: State
    since: datetime
    is_by_lot: bool = False
    is_acknowledged: bool = False
    release_expected_on: date | None = None
    is_released: bool = False
    hearing_on: date | None = None
    has_outcome: bool = False


@dataclass(frozen=True)
class Task:
    """One thing to do, by when, and whether it is late."""

    what: What
    due: datetime
    is_late: bool

    @property
    def urgency(self) -> tuple[bool, datetime]:
        """What sorts the most urgent first: someone to be found, then whatever is due first."""
        return (self.what != "find", self.due)

    @property
    def due_on(self) -> date | None:
        """The day, where it is due on a day; None where the hour counts."""
        return (self.due - timedelta(seconds=1)).date() if self.what in OF_A_DAY else None


def tasks_of_provider(one: Standing, *, now: datetime, zone: tzinfo) -> tuple[Task, ...]:
    """Find whom nobody met, answer, acknowledge, be at the door and at the hearing (R69, R142)."""
    found: list[tuple[What, datetime]] = []
    clock = clock_of(one.state, since=one.since, now=now)
    if clock is not None and clock.what == "meet":
        found.append(("find", clock.due))
    if clock is not None and one.state == "eligible" and not one.is_by_lot:
        found.append(("answer", clock.due))
    if one.state == "placed":
        if not one.is_acknowledged:
            found.append(("acknowledge", one.since + ANSWER_WITHIN))
        if one.release_expected_on and not one.is_released:
            found.append(("meet-at-release", _end_of(one.release_expected_on, zone)))
    if one.state in ("placed", "released-unmet", "met") and one.hearing_on:
        found.append(("go-to-hearing", _end_of(one.hearing_on, zone)))
    return _soon(found, now)


def tasks_of_office(one: Standing, *, now: datetime, zone: tzinfo) -> tuple[Task, ...]:
    """Complete facts, ask for the draw, and tell of the release and of the hearing's outcome."""
    found: list[tuple[What, datetime]] = []
    if one.state == "unclear":
        found.append(("complete-facts", one.since + ANSWER_WITHIN))
    if one.state == "eligible" and one.is_by_lot:
        found.append(("ask-for-draw", one.since + ANSWER_WITHIN))
    if one.state in BEFORE_SERVICES:
        today = now.astimezone(zone).date()
        if one.release_expected_on and not one.is_released and one.release_expected_on <= today:
            found.append(("tell-release", _end_of(one.release_expected_on, zone)))
        if one.hearing_on and not one.has_outcome and one.hearing_on <= today:
            found.append(("tell-hearing", _end_of(one.hearing_on, zone)))
    return _soon(found, now)


def _soon(found: Iterable[tuple[What, datetime]], now: datetime) -> tuple[Task, ...]:
    tasks = [Task(what, due, now > due) for what, due in found if due - now <= AHEAD]
    return tuple(sorted(tasks, key=lambda task: task.urgency))


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
