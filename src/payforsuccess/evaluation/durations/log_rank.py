"""Whether events come sooner in one arm: the log-rank test, within strata where there are any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    checked_arms,
    checked_codes,
    checked_flags,
    checked_times,
    exits_of,
    refuse_without_events,
)


@dataclass(frozen=True)
class LogRank:
    """Chi-square with one degree of freedom. observed, expected: events in the treated arm.

    expected is what the treated arm would have had at its share of the people at risk at each
    event; variance is the hypergeometric one of their difference.
    """

    statistic: float
    p_value: float
    observed: int
    expected: float
    variance: float
    people: int
    method: str


def log_rank(
    times: ArrayLike, events: ArrayLike, arms: ArrayLike, *, strata: ArrayLike | None = None
) -> LogRank:
    """The test of Mantel (1966) and Peto and Peto (1972), without continuity correction.

    times, events, arms: (n,). strata: (n,) codes; people are compared with others of their stratum
    alone, and the differences and variances are added. Refuses data without events, an arm with no
    one, and events at which the people at risk were all of one arm.
    """
    from scipy.special import chdtrc

    followed = checked_times(times)
    happened = checked_flags(events, len(followed), name="events")
    treated = checked_arms(arms, len(followed))
    refuse_without_events(happened)
    groups = (
        np.zeros(len(followed), dtype=np.int64)
        if strata is None
        else checked_codes(strata, len(followed), name="strata")
    )
    expected = variance = 0.0
    for group in range(int(groups.max()) + 1):
        inside = groups == group
        everyone = exits_of(followed[inside], happened[inside])
        ours = np.sort(followed[inside & treated])
        at_risk = len(ours) - np.searchsorted(ours, everyone.times, side="left")
        share = at_risk / everyone.at_risk
        others = np.maximum(everyone.at_risk - 1, 1)
        expected += float((everyone.events * share).sum())
        variance += float(
            (
                everyone.events
                * share
                * (1 - share)
                * (everyone.at_risk - everyone.events)
                / others
            ).sum()
        )
    observed = int((happened & treated).sum())
    if variance <= 0:
        raise Refusal(
            Problem(
                "Whenever an event happened, the people at risk were all of one arm"
                + (" within their stratum." if strata is not None else "."),
                "Take wider strata, or check the times of follow-up.",
            )
        )
    statistic = (observed - expected) ** 2 / variance
    return LogRank(
        statistic,
        float(chdtrc(1, statistic)),
        observed,
        expected,
        variance,
        len(followed),
        "Log-rank test (Mantel 1966), hypergeometric variance, chi-square with 1 degree of freedom"
        + (f", stratified ({groups.max() + 1} strata)" if strata is not None else ""),
    )
