"""What a look decides: stop or go on, and the p-value that allows for the looks before it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.looks.bounds import Bounds
from payforsuccess.evaluation.looks.crossing import crossing


@dataclass(frozen=True)
class LookDecision:
    """The latest look. look: its number, from 1.

    unadjusted_p: as if there had been no other look. adjusted_p: two-sided, under the stage-wise
    order of results: an earlier stop is more extreme than any later one, and within a look a
    larger statistic is. It is at most what has been spent by this look just where the bound is
    passed. None while the study goes on: there is no p-value of a test that is not over.
    """

    look: int
    statistic: float
    bound: float
    verdict: Literal["stop", "go on", "end without effect shown"]
    unadjusted_p: float
    adjusted_p: float | None
    says: str


def decide_at_look(bounds: Bounds, statistics: Sequence[float]) -> LookDecision:
    """The decision at the latest of the looks whose statistics Z are given, in order.

    Refuses more looks than were planned, and a look after one that had stopped the study.
    (Fairbanks and Madsen 1982; Tsiatis, Rosner and Mehta 1984: the stage-wise order.)
    """
    from scipy.special import ndtr

    if not statistics or not all(math.isfinite(z) for z in statistics):
        raise ValueError("a finite statistic for each look taken")
    planned = len(bounds.bounds)
    if len(statistics) > planned:
        raise Refusal(
            Problem(
                f"There were {len(statistics)} looks, and the plan has {planned}.",
                "Look at planned looks only; a look more spends error that the plan has not.",
            )
        )
    for at, (z, bound) in enumerate(zip(statistics[:-1], bounds.bounds, strict=False)):
        if abs(z) >= bound:
            raise Refusal(
                Problem(
                    f"Look {at + 1} had passed its bound, so the test was over.",
                    "State results up to that look; later data describe, and do not test.",
                )
            )
    look = len(statistics)
    z, bound = float(statistics[-1]), bounds.bounds[look - 1]
    passed = abs(z) >= bound
    if passed:
        verdict: Literal["stop", "go on", "end without effect shown"] = "stop"
    else:
        verdict = "go on" if look < planned else "end without effect shown"
    told = {
        "stop": "is at or beyond it: the test rejects no effect",
        "go on": "is within it: the study goes on",
        "end without effect shown": "is within it, and this was the last look",
    }[verdict]
    return LookDecision(
        look=look,
        statistic=z,
        bound=bound,
        verdict=verdict,
        unadjusted_p=float(2 * ndtr(-abs(z))),
        adjusted_p=None if verdict == "go on" else _stage_wise(bounds, look, z),
        says=f"Look {look} of {planned}: the bound is {bound:.4f} and |Z| = {abs(z):.4f} {told}.",
    )


def _stage_wise(bounds: Bounds, look: int, z: float) -> float:
    """The chance, under no effect, to stop at an earlier look or to be as far out at this one."""
    at_least = max(abs(z), 1e-12)
    chances = crossing((*bounds.bounds[: look - 1], at_least), bounds.times[:look]).either
    return min(1.0, sum(chances))
