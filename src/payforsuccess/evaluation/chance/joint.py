"""Several outcomes on the same draws: how they go together is known, and not paid for twice.

Westfall and Young (1993), "Resampling-Based Multiple Testing", algorithms as laid out by Ge, Dudoit
and Speed (2003), "Resampling-based multiple testing for microarray data analysis", Test 12.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.evaluation.chance.inference import TIE
from payforsuccess.evaluation.chance.scores import Floats, Scores


@dataclass(frozen=True)
class WestfallYoung:
    """p-values of each outcome, shape (outcomes,), in the order of the scores.

    unadjusted: of each alone. single_step: by the largest statistic of all. step_down_max_t and
    step_down_min_p: by the largest statistic, or the smallest p-value, of those not yet rejected;
    the latter treats outcomes alike whatever the shape of their distributions. The chance of any
    false rejection is held by each of the three.
    """

    unadjusted: Floats
    single_step: Floats
    step_down_max_t: Floats
    step_down_min_p: Floats


def westfall_young(scores: Scores) -> WestfallYoung:
    """Adjusted p-values from the draws that were scored together.

    Statistics that are differences are first divided by their root mean square over the draws, so
    that no outcome weighs more by its unit. The observed assignment is one of the draws (+1).
    """
    away = np.abs(np.vstack([scores.observed, scores.drawn]))
    is_defined = np.isfinite(away)
    if scores.statistic == "difference":
        squares = (np.where(is_defined, away, 0.0) ** 2).sum(axis=0)
        away = away / np.sqrt(squares / is_defined.sum(axis=0))
    p_values = _p_values(away)
    return WestfallYoung(
        unadjusted=p_values[0],
        single_step=(away.max(axis=1)[:, None] >= away[0] - TIE).mean(axis=0),
        step_down_max_t=_step_down(away),
        step_down_min_p=_step_down(-p_values),
    )


def _p_values(away: Floats) -> Floats:
    """Each draw's own p-value among all draws, outcome by outcome; same shape."""
    total = len(away)
    found = np.empty(away.shape)
    for at in range(away.shape[1]):
        ordered = np.sort(away[:, at])
        below = np.searchsorted(ordered, away[:, at] - TIE, side="left")
        found[:, at] = (total - below) / total
    return found


def _step_down(evidence: Floats) -> Floats:
    """Each outcome against the strongest evidence of it and of all weaker ones."""
    order = np.argsort(-evidence[0], kind="stable")
    strongest = np.maximum.accumulate(evidence[:, order[::-1]], axis=1)[:, ::-1]
    shares = (strongest >= evidence[0, order] - TIE).mean(axis=0)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(shares)
    return adjusted
