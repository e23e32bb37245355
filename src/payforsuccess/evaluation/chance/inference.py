"""Randomisation inference: how often chance alone would have shown as much (Fisher 1935)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import Codes, Design, refuse_misfit
from payforsuccess.evaluation.chance.draws import draw
from payforsuccess.evaluation.chance.scores import Floats, Scores, Statistic, score
from payforsuccess.evaluation.proportions import Interval

TIE = 1e-9
"""Statistics that differ by less than this share of their spread are equal but for rounding."""


@dataclass(frozen=True)
class ChanceTest:
    """One outcome: its effect, and what chance alone shows under the design.

    value: the effect, in units of the outcome. p_value: two-sided, (1 + draws as far from 0) /
    (1 + draws), so never 0. p_error: its standard error from drawing only so often. permutation_sd:
    the standard deviation of the statistic over draws, in units of the outcome where the statistic
    is the difference. interval: constant effects that the test does not reject; None where the
    statistic is studentised or none was asked for.
    """

    value: float
    p_value: float
    p_error: float
    permutation_sd: float
    interval: Interval | None
    draws: int
    people: int
    method: str


def randomisation_inference(
    design: Design,
    treated: NDArray[np.bool_],
    outcomes: Floats,
    *,
    times: int,
    rng: np.random.Generator,
    statistic: Statistic = "difference",
    strata: Codes | None = None,
    covariates: Floats | None = None,
    confidence: float | None = None,
) -> tuple[ChanceTest, ...]:
    """A test of each outcome, from one set of draws by the design that was used.

    Refuses what `draw` and `score` refuse, and arms that the design could not have given.
    """
    refuse_misfit(design, treated)
    draws = draw(design, times, rng)
    scores = score(
        draws, treated, outcomes, statistic=statistic, strata=strata, covariates=covariates
    )
    return chance_tests(scores, confidence=confidence)


def chance_tests(scores: Scores, *, confidence: float | None = None) -> tuple[ChanceTest, ...]:
    """A test of each outcome of the scores. confidence: of the intervals, such as 0.95."""
    draws = len(scores.drawn)
    if not np.isfinite(scores.drawn).any(axis=0).all():
        raise Refusal(
            Problem(
                "In none of the draws is there anything to compare within the strata.",
                "Use fewer strata, each with people enough for both arms.",
            )
        )
    at_least = (np.abs(scores.drawn) >= np.abs(scores.observed) - ties(scores)).sum(axis=0)
    tests = []
    for at, count in enumerate(at_least):
        p_value = (1 + int(count)) / (1 + draws)
        drawn = scores.drawn[:, at]
        interval = None
        if confidence is not None and scores.statistic == "difference":
            interval = interval_of_constant_effect(
                float(scores.observed[at]), drawn, scores.of_arm, confidence=confidence
            )
        tests.append(
            ChanceTest(
                value=float(scores.values[at]),
                p_value=p_value,
                p_error=math.sqrt(p_value * (1 - p_value) / draws),
                permutation_sd=float(np.std(drawn[np.isfinite(drawn)])),
                interval=interval,
                draws=draws,
                people=scores.people,
                method=f"{scores.method}; randomisation inference, {draws:,} draws, two-sided, "
                "p = (1 + as extreme) / (1 + draws)",
            )
        )
    return tuple(tests)


def ties(scores: Scores) -> Floats:
    """How near two statistics must be to count as equal, shape (outcomes,)."""
    both = np.vstack([scores.observed, scores.drawn])
    return TIE * np.sqrt(np.mean(np.where(np.isfinite(both), both, 0.0) ** 2, axis=0))


def interval_of_constant_effect(
    observed: float, drawn: Floats, of_arm: Floats, *, confidence: float
) -> Interval:
    """The constant effects that are not rejected at 1 - confidence, exactly, without a search.

    Were everyone's effect e, the draw that showed t would show t - e u once e is taken out, u
    being the same difference in the observed arm itself; the observed one shows T - e. A draw is as
    far from 0 for e between (T - t) / (1 - u) and (T + t) / (1 + u), which hold T between them. So
    the p-value falls on both sides of T, and each end of the interval is an order statistic.
    Refuses when there are too few draws to reject anything.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.stack([(observed - drawn) / (1 - of_arm), (observed + drawn) / (1 + of_arm)])
    # The observed assignment and its mirror are as extreme whatever the effect.
    is_bounded = (np.abs(of_arm) < 1 - TIE) & np.isfinite(ends).all(axis=0)
    low = np.where(is_bounded, ends.min(axis=0), -np.inf)
    high = np.where(is_bounded, ends.max(axis=0), np.inf)
    place = math.floor((1 - confidence) * (len(drawn) + 1) + TIE)
    if place >= 1:
        found = Interval(
            float(np.partition(low, place - 1)[place - 1]),
            float(np.partition(high, -place)[-place]),
        )
        if math.isfinite(found.low) and math.isfinite(found.high):
            return found
    raise Refusal(
        Problem(
            f"{len(drawn):,} draws among the assignments that could have been are too few for an "
            f"interval of {100 * confidence:g} percent.",
            "Draw more often; where people are too few for that, state the test alone.",
        )
    )
