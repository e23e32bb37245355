"""The life of a referral: its states, what may follow what, and the clocks that run in them.

Counts by the end a referral came to close: every referral is active, or ended in one way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from payforsuccess.errors import Problem
from payforsuccess.governance.roles.actions import Action

State = Literal[
    "made",
    "unclear",
    "eligible",
    "not-eligible",
    "placed",
    "services-as-usual",
    "declined",
    "released-unmet",
    "met",
    "enrolled",
    "housed",
    "left",
    "withdrawn",
    "lost",
]
STATES: tuple[State, ...] = get_args(State)
ENDS: tuple[State, ...] = (
    "not-eligible",
    "services-as-usual",
    "declined",
    "left",
    "withdrawn",
    "lost",
)
"""States that nothing follows. All others are active."""

NEXT: dict[State, tuple[State, ...]] = {
    "made": ("eligible", "not-eligible", "unclear", "withdrawn"),
    "unclear": ("eligible", "not-eligible", "withdrawn"),
    "eligible": ("placed", "services-as-usual", "declined", "withdrawn"),
    "placed": ("met", "released-unmet", "enrolled", "withdrawn", "lost"),
    "released-unmet": ("met", "withdrawn", "lost"),
    "met": ("enrolled", "withdrawn", "lost"),
    "enrolled": ("housed", "left"),
    "housed": ("left",),
    "not-eligible": (),
    "services-as-usual": (),
    "declined": (),
    "left": (),
    "withdrawn": (),
    "lost": (),
}
"""What may follow each state. Nobody who was drawn is drawn again: no way leads back."""

BY: dict[State, Action] = {
    "made": "refer-people",
    "unclear": "refer-people",
    "eligible": "refer-people",
    "not-eligible": "refer-people",
    "placed": "answer-referrals",
    "services-as-usual": "answer-referrals",
    "declined": "answer-referrals",
    "released-unmet": "refer-people",
    "met": "record-services",
    "enrolled": "record-services",
    "housed": "record-services",
    "left": "record-services",
    "withdrawn": "answer-referrals",
    "lost": "answer-referrals",
}
"""The permission that brings a referral into each state."""

MEET_WITHIN = timedelta(hours=72)
"""From a release before anyone met the person: by then someone has looked for them (R142)."""
ANSWER_WITHIN = timedelta(days=1)
"""A referral is answered, or handed off as services as usual, by the next day (R116)."""
DECLINE_REASONS = ("no-place", "outside-the-area", "other-programme", "safety")
"""Why a provider takes someone not; the lottery never declines anybody."""


@dataclass(frozen=True)
class Clock:
    """Something due: what, by when, and whether it is late."""

    what: Literal["answer", "meet"]
    due: datetime
    is_late: bool


def check_next(state: State, to: State) -> list[Problem]:
    """Why a referral may not go from one state to another; nothing where it may."""
    if to in NEXT[state]:
        return []
    if not NEXT[state]:
        return [
            Problem(
                f"The referral has ended: {in_words(state)}.",
                "Refer the person again; an earlier draw keeps its result.",
            )
        ]
    ways = ", ".join(in_words(each) for each in NEXT[state])
    return [
        Problem(
            f"The referral is “{in_words(state)}”, and cannot become “{in_words(to)}” from there.",
            f"What can follow: {ways}.",
        )
    ]


def clock_of(state: State, *, since: datetime, now: datetime) -> Clock | None:
    """The clock that runs in a state entered at an instant; most states have none."""
    if state in ("made", "unclear", "eligible"):
        due = since + ANSWER_WITHIN
        return Clock("answer", due, now > due)
    if state == "released-unmet":
        due = since + MEET_WITHIN
        return Clock("meet", due, now > due)
    return None


def seen_by_referrer(state: State) -> str:
    """What the office that referred is told: never where, with whom, or that someone was drawn.

    Who was not drawn has “services as usual”, and is never called declined (R116).
    """
    if state in ("made", "unclear", "eligible"):
        return "pending"
    if state in ("placed", "released-unmet", "met", "enrolled", "housed", "left", "lost"):
        return "placed"
    return in_words(state).lower()


def in_words(state: State) -> str:
    """The state as pages show it."""
    return {
        "made": "Referred",
        "unclear": "Facts missing",
        "eligible": "Eligible",
        "not-eligible": "Not eligible",
        "placed": "Placed",
        "services-as-usual": "Services as usual",
        "declined": "Not taken on",
        "released-unmet": "Released before anyone met them",
        "met": "Met",
        "enrolled": "Enrolled",
        "housed": "Housed",
        "left": "Left the programme",
        "withdrawn": "Said no",
        "lost": "Could not be found",
    }[state]


def may_be_referred_again(not_before: date | None, *, on: date) -> bool:
    """Whether the exclusion of someone not drawn is over; without one it always is."""
    return not_before is None or on >= not_before
