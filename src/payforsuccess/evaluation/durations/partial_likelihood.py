"""The partial likelihood of proportional hazards: its value, score, information and residuals.

Cox (1972, 1975), with the approximations of Breslow (1974) and Efron (1977) for events at one
time. Rows may start late, so that covariates can change; risk sets are within strata.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.evaluation.durations.follow_up import Flags, Floats, Whole

Ties = Literal["efron", "breslow"]


@dataclass(frozen=True)
class RiskSets:
    """One stratum's rows, with what stays the same whatever the coefficients.

    rows: which of all rows. Each distinct event time holds some events; each event is one step of
    it. time_of: the event time of each step (steps in order of time). removed: the share of the
    tied events' weight that is taken out of the risk set at the step (Efron), else 0. by_stop,
    by_start: rows in order of their ends; first_stop, first_start: for each event time the first
    row, in that order, that ends (starts) at it or later. enters, leaves: for each row, the event
    times at risk are enters up to, not including, leaves. tied: for rows with an event, its time.
    """

    rows: Whole
    events: Flags
    time_of: Whole
    removed: Floats
    counts: Whole
    by_stop: Whole
    by_start: Whole
    first_stop: Whole
    first_start: Whole
    enters: Whole
    leaves: Whole
    tied: Whole


@dataclass(frozen=True)
class Likelihood:
    """At given coefficients: the log-likelihood, score (k,), information (k, k).

    residuals: (n, k), the rows' shares of the score, which sum to it (Cain and Lange 1984). Where
    coefficients are too large for a number, the log-likelihood is minus infinity.
    """

    log: float
    score: Floats
    information: Floats
    residuals: Floats


def risk_sets(
    start: Floats, stop: Floats, events: Flags, strata: Whole, ties: Ties
) -> tuple[RiskSets, ...]:
    """The risk sets of each stratum that has an event. A row is at risk in (start, stop]."""
    found = []
    for group in range(int(strata.max()) + 1):
        rows = np.flatnonzero(strata == group)
        here, begins, ends = events[rows], start[rows], stop[rows]
        if not here.any():
            continue
        moments, counts = np.unique(ends[here], return_counts=True)
        time_of = np.repeat(np.arange(len(moments)), counts)
        place = np.arange(len(time_of)) - np.repeat(np.cumsum(counts) - counts, counts)
        removed = place / counts[time_of] if ties == "efron" else np.zeros(len(time_of))
        by_stop, by_start = np.argsort(ends, kind="stable"), np.argsort(begins, kind="stable")
        found.append(
            RiskSets(
                rows,
                here,
                time_of,
                removed,
                counts,
                by_stop,
                by_start,
                np.searchsorted(ends[by_stop], moments, side="left"),
                np.searchsorted(begins[by_start], moments, side="left"),
                np.searchsorted(moments, begins, side="right"),
                np.searchsorted(moments, ends, side="right"),
                np.searchsorted(moments, ends[here]),
            )
        )
    return tuple(found)


def likelihood_at(coefficients: Floats, columns: Floats, sets: Sequence[RiskSets]) -> Likelihood:
    """Everything at once. columns: (n, k), best centred, for weights are exponentials."""
    k = columns.shape[1]
    log, score, information = 0.0, np.zeros(k), np.zeros((k, k))
    residuals = np.zeros(columns.shape)
    for one in sets:
        x = columns[one.rows]
        linear = x @ coefficients
        top = float(linear.max())
        weight = np.exp(linear - top)
        weighted = weight[:, None] * x
        everyone, of_x = _at_risk(one, weight), _at_risk(one, weighted)
        tied = np.bincount(one.tied, weight[one.events], minlength=len(one.counts))
        tied_x = np.zeros((len(one.counts), k))
        np.add.at(tied_x, one.tied, weighted[one.events])
        total = everyone[one.time_of] - one.removed * tied[one.time_of]
        if not total.min() > 0:  # so far out that weights vanish: nowhere near a maximum
            return Likelihood(-np.inf, score, information, residuals)
        mean = (of_x[one.time_of] - one.removed[:, None] * tied_x[one.time_of]) / total[:, None]
        log += float((linear[one.events] - top).sum() - np.log(total).sum())
        score += x[one.events].sum(axis=0) - mean.sum(axis=0)
        # Each row's summed hazard: over the event times at which it was at risk; an event's own
        # time counts it less, as Efron takes tied events out step by step.
        moments = len(one.counts)
        hazard = _by_time(one, 1 / total, moments)
        mean_hazard = _by_time(one, mean / total[:, None], moments)
        less = _by_time(one, one.removed / total, moments)
        mean_less = _by_time(one, (one.removed / total)[:, None] * mean, moments)
        summed, summed_mean = _over(one, hazard), _over(one, mean_hazard)
        summed[one.events] -= less[one.tied]
        summed_mean[one.events] -= mean_less[one.tied]
        information += (weighted * summed[:, None]).T @ x - mean.T @ mean
        own = weight[:, None] * (summed_mean - x * summed[:, None])
        mean_at = _by_time(one, mean, moments) / one.counts[:, None]
        own[one.events] += x[one.events] - mean_at[one.tied]
        residuals[one.rows] = own
    return Likelihood(log, score, information, residuals)


def _at_risk(one: RiskSets, values: Floats) -> Floats:
    """Sums over the rows at risk at each event time: those yet to end, less those yet to start."""
    return _from(values[one.by_stop], one.first_stop) - _from(values[one.by_start], one.first_start)


def _from(values: Floats, first: Whole) -> Floats:
    zero = np.zeros((1, *values.shape[1:]))
    return np.concatenate([np.cumsum(values[::-1], axis=0)[::-1], zero])[first]


def _by_time(one: RiskSets, values: Floats, moments: int) -> Floats:
    """Sums of the steps' values for each event time."""
    found: NDArray[np.float64] = np.zeros((moments, *values.shape[1:]))
    np.add.at(found, one.time_of, values)
    return found


def _over(one: RiskSets, values: Floats) -> Floats:
    """For each row the sum of the event times' values while it was at risk."""
    zero = np.zeros((1, *values.shape[1:]))
    running = np.concatenate([zero, np.cumsum(values, axis=0)])
    return running[one.leaves] - running[one.enters]
