"""The mean time without an event up to a horizon: what a payment for days can rest on.

Restricted mean survival time: the area below the Kaplan-Meier curve from 0 to the horizon (Royston
and Parmar 2013). Its error is that of the estimated mean, not the spread of people's times.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    Flags,
    Floats,
    check_reaches,
    checked_arms,
    checked_flags,
    checked_times,
    exits_of,
)
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval

_ERROR = "Greenwood-form variance, no small-sample factor, normal interval"


@dataclass(frozen=True)
class RestrictedMeans:
    """Both arms' means, in the unit of time, and how they differ.

    difference: treated less control, in the unit of time. log_ratio: the log of treated over
    control, its error by the delta method.
    """

    horizon: float
    treated: Estimated
    control: Estimated
    difference: Estimated
    log_ratio: Estimated

    @property
    def ratio(self) -> float:
        """The treated arm's mean over the control arm's."""
        return math.exp(self.log_ratio.value)

    def ratio_interval(self, confidence: float) -> Interval:
        """The ratio's interval, taken on its log."""
        logs = self.log_ratio.interval(confidence)
        return Interval(math.exp(logs.low), math.exp(logs.high))


def restricted_mean(
    times: ArrayLike, events: ArrayLike, *, horizon: float, arm: str = "only"
) -> Estimated:
    """One group's mean time without an event within the horizon.

    The variance is the sum over event times of A squared times d / (Y (Y - d)), with A the area
    below the curve from the event to the horizon, d events and Y people at risk; without censoring
    it is the variance of min(time, horizon), divided by n, over n. Refuses a horizon beyond the
    group's follow-up and a group without an event before it, or with all at one time, whose error
    would come out as 0.
    """
    followed = checked_times(times)
    happened = checked_flags(events, len(followed), name="events")
    check_reaches(followed, happened, to=horizon, arm=arm)
    mean, variance = area_and_variance(followed, happened, horizon)
    if not variance:
        had = (happened & (followed < horizon)).any()
        raise Refusal(
            Problem(
                (
                    f"All events of the {arm} arm happened at one time"
                    if had
                    else f"No one in the {arm} arm had an event before {horizon:g}"
                )
                + ", so the error of its mean is not defined.",
                "Take a longer horizon, or compare the arms' shares by an exact test.",
            )
        )
    return Estimated(
        mean,
        math.sqrt(variance),
        len(followed),
        f"Restricted mean survival time to {horizon:g} (area below Kaplan-Meier), {_ERROR}",
    )


def area_and_variance(times: Floats, events: Flags, horizon: float) -> tuple[float, float]:
    """The area below the curve up to the horizon, and the variance of that estimate."""
    exits = exits_of(times, events)
    inside = exits.times < horizon
    at_risk, happened = exits.at_risk[inside], exits.events[inside]
    survival = np.cumprod((at_risk - happened) / at_risk)
    starts = np.concatenate([[0.0], exits.times[inside]])
    widths = np.diff(np.concatenate([starts, [horizon]]))
    areas = np.concatenate([[1.0], survival]) * widths
    beyond = np.cumsum(areas[::-1])[::-1][1:]
    left = at_risk - happened
    parts = np.divide(beyond**2 * happened, at_risk * left, where=left > 0, out=np.zeros(len(left)))
    return float(areas.sum()), float(parts.sum())


def restricted_means(
    times: ArrayLike, events: ArrayLike, arms: ArrayLike, *, horizon: float
) -> RestrictedMeans:
    """Both arms' means to one horizon, their difference and their ratio.

    times, events, arms: (n,). Refuses a horizon beyond the follow-up of either arm, and an arm
    without an event before it.
    """
    followed = checked_times(times)
    happened = checked_flags(events, len(followed), name="events")
    treated = checked_arms(arms, len(followed))
    ours = restricted_mean(followed[treated], happened[treated], horizon=horizon, arm="treated")
    theirs = restricted_mean(followed[~treated], happened[~treated], horizon=horizon, arm="control")
    of_log = math.hypot(ours.standard_error / ours.value, theirs.standard_error / theirs.value)
    return RestrictedMeans(
        horizon,
        ours,
        theirs,
        Estimated(
            ours.value - theirs.value,
            math.hypot(ours.standard_error, theirs.standard_error),
            len(followed),
            f"Difference of restricted mean survival times to {horizon:g}, {_ERROR}",
        ),
        Estimated(
            math.log(ours.value / theirs.value),
            of_log,
            len(followed),
            f"Log ratio of restricted mean survival times to {horizon:g}, delta method on the "
            "log, Greenwood-form variance, no small-sample factor",
        ),
    )
