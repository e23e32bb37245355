"""The share of people without an event, as time goes by (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    Exits,
    Flags,
    Floats,
    Whole,
    check_reaches,
    checked_arms,
    checked_flags,
    checked_times,
    exits_of,
)
from payforsuccess.evaluation.estimated import Estimated


@dataclass(frozen=True)
class SurvivalCurve:
    """One group's curve at each distinct time at which someone left; all arrays of one length.

    survival: the share with no event up to and including the time. variance: Greenwood's. low,
    high: the interval on the log of minus the log of survival (Kalbfleisch and Prentice 1980), so
    that it stays within 0 and 1. Where no one is left without an event Greenwood's variance is not
    defined: it is shown as 0, and the interval's high end stays where it was. people: all followed.
    """

    exits: Exits
    survival: Floats
    variance: Floats
    low: Floats
    high: Floats
    people: int
    confidence: float

    def at(self, time: float) -> float:
        """Survival up to and including a time; 1 before the first. Beyond the last it is held."""
        step = int(np.searchsorted(self.exits.times, time, side="right"))
        return float(self.survival[step - 1]) if step else 1.0

    def variance_at(self, time: float) -> float:
        """Greenwood's variance at a time."""
        step = int(np.searchsorted(self.exits.times, time, side="right"))
        return float(self.variance[step - 1]) if step else 0.0


@dataclass(frozen=True)
class ArmCurves:
    """The curves of both arms."""

    treated: SurvivalCurve
    control: SurvivalCurve


@dataclass(frozen=True)
class AtRisk:
    """The table below a drawing of curves: people still followed just before each of the times.

    The events and the censored are those up to and including each time. Arrays have the length of
    times.
    """

    times: Floats
    treated: Whole
    control: Whole
    treated_events: Whole
    control_events: Whole
    treated_censored: Whole
    control_censored: Whole


def survival_curve(times: ArrayLike, events: ArrayLike, *, confidence: float) -> SurvivalCurve:
    """The curve of one group. times: (n,), above 0. events: (n,), whether the time ends in one.

    The product of 1 - d / Y, with d events among Y people at risk (Kaplan and Meier 1958); the
    variance is survival squared times the sum of d / (Y (Y - d)) (Greenwood 1926). Who is censored
    at the time of an event counts as at risk. Refuses missing, negative and zero times.
    """
    from scipy.special import ndtri

    followed = checked_times(times)
    happened = checked_flags(events, len(followed), name="events")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    exits = exits_of(followed, happened)
    left = exits.at_risk - exits.events
    survival = np.asarray(np.cumprod(left / exits.at_risk), dtype=np.float64)
    total = greenwood_sum(exits)
    is_inside = (survival > 0) & (survival < 1)
    logs = np.log(survival, where=is_inside, out=np.full(len(survival), -1.0))
    reach = ndtri((1 + confidence) / 2) * np.sqrt(total) / np.abs(logs)
    low = np.where(is_inside, np.exp(logs * np.exp(reach)), survival)
    high = np.where(is_inside, np.exp(logs * np.exp(-reach)), survival)
    if not survival[-1]:
        before = high[survival > 0]
        high[survival == 0] = before[-1] if len(before) else 1.0
    return SurvivalCurve(exits, survival, survival**2 * total, low, high, len(followed), confidence)


def greenwood_sum(exits: Exits) -> Floats:
    """The running sum of d / (Y (Y - d)); where no one is left, nothing is added."""
    left = exits.at_risk - exits.events
    return np.cumsum(
        np.divide(exits.events, exits.at_risk * left, where=left > 0, out=np.zeros(len(left)))
    )


def curves_by_arm(
    times: ArrayLike, events: ArrayLike, arms: ArrayLike, *, confidence: float
) -> ArmCurves:
    """A curve for each arm. arms: (n,), whether assigned to the programme."""
    followed, happened, treated = _by_arm(times, events, arms)
    return ArmCurves(
        survival_curve(followed[treated], happened[treated], confidence=confidence),
        survival_curve(followed[~treated], happened[~treated], confidence=confidence),
    )


def counts_at_risk(
    times: ArrayLike, events: ArrayLike, arms: ArrayLike, *, at: Sequence[float]
) -> AtRisk:
    """Who is still followed at each of the times, and how many have had an event by then."""
    followed, happened, treated = _by_arm(times, events, arms)
    marks = np.asarray(at, dtype=np.float64)

    def still(side: Flags) -> Whole:
        return (followed[side][:, None] >= marks).sum(axis=0)

    def left(side: Flags) -> Whole:
        return (followed[side][:, None] <= marks).sum(axis=0)

    return AtRisk(
        marks,
        still(treated),
        still(~treated),
        left(treated & happened),
        left(~treated & happened),
        left(treated & ~happened),
        left(~treated & ~happened),
    )


def survival_difference(
    times: ArrayLike, events: ArrayLike, arms: ArrayLike, *, at: float
) -> Estimated:
    """The treated arm's survival up to a time less the control arm's, with Greenwood's error.

    Refuses a time beyond the follow-up of an arm, and one at which an error is not defined because
    everyone or no one in an arm has had an event.
    """
    followed, happened, treated = _by_arm(times, events, arms)
    value = variance = 0.0
    for side, name, sign in ((treated, "treated", 1), (~treated, "control", -1)):
        check_reaches(followed[side], happened[side], to=at, arm=name)
        curve = survival_curve(followed[side], happened[side], confidence=0.95)
        survival = curve.at(at)
        if survival in (0.0, 1.0):
            who = "No one" if survival else "Everyone"
            raise Refusal(
                Problem(
                    f"{who} in the {name} arm had an event up to {at:g}, so the error of its share "
                    "is not defined.",
                    "Take another time, or compare the shares by an exact test.",
                )
            )
        value += sign * survival
        variance += curve.variance_at(at)
    return Estimated(
        value,
        float(np.sqrt(variance)),
        len(followed),
        f"Difference of Kaplan-Meier survival at {at:g}, Greenwood's variance, normal interval",
    )


def _by_arm(times: ArrayLike, events: ArrayLike, arms: ArrayLike) -> tuple[Floats, Flags, Flags]:
    followed = checked_times(times)
    return (
        followed,
        checked_flags(events, len(followed), name="events"),
        checked_arms(arms, len(followed)),
    )
