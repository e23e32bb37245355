"""The life of a referral: its states, what may follow what, and the clocks that run in them.

Counts by the end a referral came to close: every referral is active, or ended in one way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from payforsuccess.errors import Problem, in_a_row, sentence
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
    "joined",
]
STATES: tuple[State, ...] = get_args(State)
ENDS: tuple[State, ...] = (
    "not-eligible",
    "services-as-usual",
    "declined",
    "left",
    "withdrawn",
    "lost",
    "joined",
)
"""States that nothing follows. All others are active."""

NEXT: dict[State, tuple[State, ...]] = {
    "made": ("eligible", "not-eligible", "unclear", "withdrawn", "joined"),
    "unclear": ("eligible", "not-eligible", "withdrawn", "joined"),
    "eligible": ("placed", "services-as-usual", "declined", "withdrawn", "joined"),
    "placed": ("met", "released-unmet", "enrolled", "withdrawn", "lost"),
    "released-unmet": ("met", "enrolled", "withdrawn", "lost"),
    "met": ("enrolled", "withdrawn", "lost"),
    "enrolled": ("housed", "left"),
    "housed": ("left",),
    "not-eligible": (),
    "services-as-usual": (),
    "declined": (),
    "left": (),
    "withdrawn": (),
    "lost": (),
    "joined": (),
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
    "joined": "answer-referrals",
}
"""The permission that brings a referral into each state."""

_IN_WORDS: dict[State, str] = {
    "made": sentence("Referred"),
    "unclear": sentence("Facts missing"),
    "eligible": sentence("Eligible"),
    "not-eligible": sentence("Not eligible"),
    "placed": sentence("Placed"),
    "services-as-usual": sentence("Services as usual"),
    "declined": sentence("Not taken on"),
    "released-unmet": sentence("Released before anyone met them"),
    "met": sentence("Met"),
    "enrolled": sentence("Enrolled"),
    "housed": sentence("Housed"),
    "left": sentence("Left the programme"),
    "withdrawn": sentence("Said no"),
    "lost": sentence("Could not be found"),
    "joined": sentence("Joined to an earlier referral"),
}

MEET_WITHIN = timedelta(hours=72)
"""From a release before anyone met the person: by then someone has looked for them (R142)."""
ANSWER_WITHIN = timedelta(days=1)
"""A referral is answered, or handed off as services as usual, by the next day (R116)."""
Release = Literal["met", "early", "at-night", "unmet"]
RELEASES: tuple[Release, ...] = get_args(Release)
"""How a release came about; but for the first, nobody met the person at the door."""
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
                sentence("The referral has ended: {state}.", state=in_words(state)),
                sentence("Refer the person again; an earlier draw keeps its result."),
            )
        ]
    ways = in_a_row([in_words(each) for each in NEXT[state]])
    return [
        Problem(
            sentence(
                "The referral is “{state}”, and cannot become “{to}” from there.",
                state=in_words(state),
                to=in_words(to),
            ),
            sentence("What can follow: {ways}.", ways=ways),
        )
    ]


def check_by_hand(to: State, *, by_lot: bool) -> list[Problem]:
    """Why a person may not give a referral this answer: chance does, or chance is not asked."""
    if by_lot and to in ("placed", "services-as-usual", "declined"):
        return [
            Problem(
                sentence("In this initiative chance alone decides who is placed."),
                sentence("Wait for the draw. Nobody answers for it, and nobody is declined."),
            )
        ]
    if not by_lot and to == "services-as-usual":
        return [
            Problem(
                sentence("Nobody is drawn in this initiative."),
                sentence("Take the person on, or say why not with one of the reasons."),
            )
        ]
    return []


def check_reason(to: State, reason: str) -> list[Problem]:
    """Why an answer lacks its reason: who is not taken on is told why (R70)."""
    if to == "declined" and reason not in DECLINE_REASONS:
        return [
            Problem(
                sentence("Someone is not taken on only for one of the agreed reasons."),
                sentence("Choose the reason; the office that referred sees it."),
            )
        ]
    return []


def check_custody(source: str, *, is_released: bool, anyone_in_custody: bool) -> list[Problem]:
    """Why someone of a jail may not be drawn yet: the ethics record covers nobody in custody."""
    if source == "jail" and not is_released and not anyone_in_custody:
        return [
            Problem(
                sentence(
                    "The ethics record allows nobody to be drawn while in custody (45 CFR 46 "
                    "Subpart C)."
                ),
                sentence("Record the release first; then ask for the draw."),
            )
        ]
    return []


def after_release(state: State, way: Release) -> State | None:
    """The state that a release brings: someone placed whom nobody met has to be found.

    None where the release changes no state; it is kept as a fact, and counts once the person is
    placed.
    """
    return "released-unmet" if state == "placed" and way != "met" else None


def clock_of(state: State, *, since: datetime, now: datetime) -> Clock | None:
    """The clock that runs in a state entered at an instant; most states have none."""
    if state in ("made", "unclear", "eligible"):
        due = since + ANSWER_WITHIN
        return Clock("answer", due, now > due)
    if state == "released-unmet":
        due = since + MEET_WITHIN
        return Clock("meet", due, now > due)
    return None


def seen_by_referrer(state: State, *, earlier: State | None = None) -> str:
    """What the office that referred is told: never where, with whom, or that someone was drawn.

    Who was not drawn has “services as usual”, and is never called declined (R116). A referral that
    was joined to an earlier one of the same person shows what that one came to.
    """
    if state == "joined":
        return seen_by_referrer(earlier) if earlier not in (None, "joined") else "pending"
    if state in ("made", "unclear", "eligible"):
        return "pending"
    if state in ("placed", "released-unmet", "met", "enrolled", "housed", "left", "lost"):
        return "placed"
    return in_words(state).lower()


def in_words(state: State) -> str:
    """The state as pages show it."""
    return _IN_WORDS[state]


def may_be_referred_again(not_before: date | None, *, on: date) -> bool:
    """Whether the exclusion of someone not drawn is over; without one it always is."""
    return not_before is None or on >= not_before
