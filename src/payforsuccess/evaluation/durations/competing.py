"""Events that rule each other out, such as re-arrest, death and long custody.

Treating a death as censoring would answer what happens if no one died. The cumulative incidence of
a cause answers what happens: its value for each cause, and survival, add up to 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    Exits,
    Floats,
    Whole,
    check_reaches,
    checked_arms,
    checked_times,
    exits_of,
)
from payforsuccess.evaluation.estimated import Estimated


@dataclass(frozen=True)
class CumulativeIncidence:
    """One cause in one group, at each distinct time at which someone left; arrays of one length.

    incidence: the share with an event of this cause up to and including the time, other causes
    being what ends the risk of it. variance: by the delta method. events: of this cause.
    """

    cause: int
    exits: Exits
    events: Whole
    incidence: Floats
    variance: Floats
    people: int

    def at(self, time: float) -> float:
        """The incidence up to and including a time; 0 before the first."""
        step = int(np.searchsorted(self.exits.times, time, side="right"))
        return float(self.incidence[step - 1]) if step else 0.0

    def variance_at(self, time: float) -> float:
        """The variance at a time."""
        step = int(np.searchsorted(self.exits.times, time, side="right"))
        return float(self.variance[step - 1]) if step else 0.0


def cumulative_incidence(times: ArrayLike, causes: ArrayLike, *, cause: int) -> CumulativeIncidence:
    """The Aalen-Johansen estimate for one cause.

    times: (n,), above 0. causes: (n,) whole numbers, 0 where follow-up ended without any event,
    other numbers naming what happened. The estimate adds S(u-) d1 / Y over event times u (Aalen
    and Johansen 1978). Its variance is that of the delta method (Dinse and Larson 1986; Marubini
    and Valsecchi 1995): without censoring it is F (1 - F) / n, and with one cause Greenwood's.
    """
    followed, kinds = checked_causes(times, causes)
    if cause <= 0:
        raise ValueError("a cause is a whole number from 1 on; 0 stands for no event")
    exits = exits_of(followed, kinds > 0)
    place = np.searchsorted(exits.times, followed[kinds == cause])
    ours = np.bincount(place, minlength=len(exits.times))
    at_risk, events = exits.at_risk.astype(np.float64), exits.events
    left = at_risk - events
    survival = np.cumprod(left / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence = np.cumsum(before * ours / at_risk)
    return CumulativeIncidence(
        cause,
        exits,
        ours,
        incidence,
        _variance(at_risk, events, ours, before, incidence),
        len(followed),
    )


def _variance(
    at_risk: Floats, events: Whole, ours: Whole, before: Floats, incidence: Floats
) -> Floats:
    """For each time t the sum over u up to t of three parts, with F the incidence:

    (F(t) - F(u))^2 d / (Y (Y - d)) + S(u-)^2 d1 (Y - d1) / Y^3 - 2 (F(t) - F(u)) S(u-) d1 / Y^2.
    Squares are multiplied out, so that running sums suffice.
    """
    left = at_risk - events
    hazard = np.divide(events, at_risk * left, where=left > 0, out=np.zeros(len(left)))
    own = before**2 * ours * (at_risk - ours) / at_risk**3
    mixed = before * ours / at_risk**2
    squared = (
        incidence**2 * np.cumsum(hazard)
        - 2 * incidence * np.cumsum(incidence * hazard)
        + np.cumsum(incidence**2 * hazard)
    )
    crossed = incidence * np.cumsum(mixed) - np.cumsum(incidence * mixed)
    return np.maximum(squared + np.cumsum(own) - 2 * crossed, 0.0)


def incidence_difference(
    times: ArrayLike, causes: ArrayLike, arms: ArrayLike, *, cause: int, at: float
) -> Estimated:
    """The treated arm's cumulative incidence of a cause at a time, less the control arm's.

    Refuses a time beyond the follow-up of an arm, and one up to which an arm has no event of the
    cause, or nothing but it, so that an error is not defined.
    """
    followed, kinds = checked_causes(times, causes)
    treated = checked_arms(arms, len(followed))
    value = variance = 0.0
    for side, name, sign in ((treated, "treated", 1), (~treated, "control", -1)):
        check_reaches(followed[side], kinds[side] > 0, to=at, arm=name)
        curve = cumulative_incidence(followed[side], kinds[side], cause=cause)
        share = curve.at(at)
        if share == 0.0 or math.isclose(share, 1.0):
            who = "Everyone" if share else "No one"
            raise Refusal(
                Problem(
                    f"{who} in the {name} arm had an event of the cause up to {at:g}, so the error "
                    "of its share is not defined.",
                    "Take another time, or compare the shares by an exact test.",
                )
            )
        value += sign * share
        variance += curve.variance_at(at)
    return Estimated(
        value,
        math.sqrt(variance),
        len(followed),
        f"Difference of cumulative incidences (Aalen-Johansen) at {at:g}, delta-method variance, "
        "normal interval",
    )


def checked_causes(times: ArrayLike, causes: ArrayLike) -> tuple[Floats, Whole]:
    """Times and causes of one length. Refuses causes that are missing or no whole numbers."""
    followed = checked_times(times)
    found = np.asarray(causes, dtype=np.float64)
    if found.shape != followed.shape:
        raise ValueError("causes have the shape of times")
    stray = int((~np.isfinite(found) | (found < 0) | (found != np.floor(found))).sum())
    if stray:
        raise Refusal(
            Problem(
                f"The cause that ended follow-up is missing or not a whole number from 0 on for "
                f"{stray:,} people.",
                "Write 0 where nothing happened and a number for each kind of event.",
            )
        )
    return followed, found.astype(np.int64)
