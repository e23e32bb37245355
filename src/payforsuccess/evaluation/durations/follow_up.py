"""How long people were followed: what times and events must be before anything is computed.

A time runs from assignment to the event, or to the last day on which nothing had happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payforsuccess.errors import Problem, Refusal

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Exits:
    """The distinct times at which people left, in order, all arrays of one length.

    at_risk: people still followed just before the time. events, censored: who left then, and how.
    """

    times: Floats
    at_risk: Whole
    events: Whole
    censored: Whole


def exits_of(times: Floats, events: Flags) -> Exits:
    """Everyone counted by the time at which they left; of one time, events come first."""
    distinct, place = np.unique(times, return_inverse=True)
    left = np.bincount(place, minlength=len(distinct))
    happened = np.bincount(place[events], minlength=len(distinct))
    at_risk = len(times) - np.concatenate([[0], np.cumsum(left)[:-1]])
    return Exits(distinct, at_risk.astype(np.int64), happened, left - happened)


def checked_times(times: ArrayLike, *, of: str = "people") -> Floats:
    """The times as floats. Refuses missing, negative and zero ones, each with their number."""
    found = np.asarray(times, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError("times have one dimension")
    problems = []
    if not len(found):
        problems.append(Problem(f"There are no {of} to follow.", "Check who was assigned."))
    missing = int((~np.isfinite(found)).sum())
    if missing:
        problems.append(
            Problem(
                f"The time of follow-up is missing for {missing:,} {of}.",
                "Give the time up to which each was followed, or leave them out and count them "
                "among those whose outcome is not known.",
            )
        )
    before = int((found < 0).sum())
    if before:
        problems.append(
            Problem(
                f"For {before:,} {of} the outcome, or the end of follow-up, lies before the "
                "assignment.",
                "Correct the days, or count outcomes from the day of assignment on.",
            )
        )
    at_once = int((found == 0).sum())
    if at_once:
        problems.append(
            Problem(
                f"For {at_once:,} {of} the time of follow-up is 0.",
                "Count the day of assignment as day 1, and leave out who was not followed at all.",
            )
        )
    if problems:
        raise Refusal(problems)
    return found


def checked_flags(flags: ArrayLike, length: int, *, name: str) -> Flags:
    """Yes and no for each row; 0 and 1 will do. Refuses anything else that is in the data."""
    found = np.asarray(flags)
    if found.shape != (length,):
        raise ValueError(f"{name} have the shape of times")
    if found.dtype != np.bool_:
        stray = int((~np.isin(found, (0, 1))).sum())
        if stray:
            raise Refusal(
                Problem(
                    f"{stray:,} of the {name} are neither 0 nor 1, or are missing.",
                    "Write 1 where it is so and 0 where it is not, for everyone.",
                )
            )
    return found.astype(np.bool_)


def checked_arms(arms: ArrayLike, length: int) -> Flags:
    """Whether each person was assigned to the programme. Refuses an arm with no one."""
    treated = checked_flags(arms, length, name="arms")
    for side, name in ((treated, "treated"), (~treated, "control")):
        if not side.any():
            raise Refusal(
                Problem(
                    f"The {name} arm holds no one.",
                    "Check the labels of the arms and who was assigned.",
                )
            )
    return treated


def checked_codes(codes: ArrayLike, length: int, *, name: str) -> Whole:
    """Groups as whole numbers from 0 without gaps. Refuses missing ones."""
    found = np.asarray(codes)
    if found.shape != (length,):
        raise ValueError(f"{name} have the shape of times")
    if found.dtype.kind == "f":
        missing = int((~np.isfinite(found)).sum())
        if missing:
            raise Refusal(
                Problem(
                    f"{missing:,} of the {name} are missing.",
                    "Give everyone one, such as one of their own for those not known.",
                )
            )
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def refuse_without_events(events: Flags, *, of: str = "anyone") -> None:
    """Refuse data in which nothing happened: durations cannot then be compared."""
    if not events.any():
        raise Refusal(
            Problem(
                f"No event was recorded for {of}.",
                "Check the outcome's source and the window; without events there is no effect to "
                "estimate.",
            )
        )


def check_reaches(times: Floats, events: Flags, *, to: float, arm: str) -> None:
    """Refuse a horizon beyond an arm's follow-up, unless everyone there had an event by then."""
    if not (np.isfinite(to) and to > 0):
        raise Refusal(
            Problem("The horizon is not a time above 0.", "Give the window of the outcome.")
        )
    last = float(times.max())
    if last < to and not events[times == last].all():
        raise Refusal(
            Problem(
                f"No one in the {arm} arm was followed up to {to:g}; the longest time is {last:g}.",
                "Take an earlier horizon, or wait until people have been followed for that long.",
            )
        )
