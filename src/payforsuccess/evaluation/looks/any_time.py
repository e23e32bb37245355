"""Intervals that hold at every time at once, so that one may look whenever one likes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

Floats = NDArray[np.float64]

_GRID = 1_000
_CELLS = 2**21
_BOLDEST = 0.5
"""A bet risks at most this share of the capital."""


@dataclass(frozen=True)
class ConfidenceSequence:
    """An interval for the mean after each person from the first reported one on.

    people: how many had come, shape (times,); middle, low and high: of the same shape, in units of
    the values.
    """

    people: NDArray[np.int64]
    middle: Floats
    low: Floats
    high: Floats
    confidence: float
    method: str


def mixture_sequence(
    values: Floats, *, confidence: float, tightest_at: int, start: int = 50
) -> ConfidenceSequence:
    """An asymptotic confidence sequence for a mean, by a normal mixture.

    After t people with mean m and standard deviation s: m plus and minus s sqrt(2 (t r^2 + 1) /
    (t^2 r^2) ln(sqrt(t r^2 + 1) / a)), a = 1 - confidence (Waudby-Smith, Arbour, Sinha, Kennedy and
    Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences"). r is chosen so
    that it is about tightest after `tightest_at` people, which the plan fixes. It rests on the
    central limit theorem, so nothing is reported before `start` people. Refuses missing values,
    fewer people than `start`, and values that do not vary by then.
    """
    _check(values, confidence)
    if start < 2 or tightest_at < 1:
        raise ValueError("start after two people or later")
    if len(values) < start:
        raise Refusal(
            Problem(
                f"{len(values):,} people have come; this sequence starts at {start:,}.",
                "Wait for more people; before that an interval would rest on too few.",
            )
        )
    alpha = 1 - confidence
    lean = -2 * math.log(alpha)
    r2 = (lean + math.log(lean + 1)) / tightest_at
    t = np.arange(1, len(values) + 1, dtype=np.float64)
    shifted = values - values[0]  # running sums of squares lose less so
    means = np.cumsum(shifted) / t
    variances = np.maximum(np.cumsum(shifted**2) / t - means**2, 0.0)
    means, variances, t = means[start - 1 :], variances[start - 1 :], t[start - 1 :]
    if variances[0] <= 1e-20 * max(1e-300, float(np.abs(values).max()) ** 2):
        raise Refusal(
            Problem(
                f"The first {start:,} values are all the same.",
                "Start later, once values differ.",
            )
        )
    reach = np.sqrt(
        variances * 2 * (t * r2 + 1) / (t**2 * r2) * np.log(np.sqrt(t * r2 + 1) / alpha)
    )
    middle = means + values[0]
    return ConfidenceSequence(
        t.astype(np.int64),
        middle,
        middle - reach,
        middle + reach,
        confidence,
        f"Asymptotic confidence sequence by a normal mixture, tightest near {tightest_at:,} "
        f"people, from {start:,} people on",
    )


def betting_sequence(
    values: Floats, *, low: float, high: float, confidence: float
) -> ConfidenceSequence:
    """A confidence sequence for the mean of values that cannot leave (low, high), at any size.

    A gambler bets against each mean that might be true, up and down with half of the capital each;
    a mean against which the capital ever reaches 1 / (1 - confidence) is ruled out for good
    (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random variables by betting": the
    hedged capital process with predictable plug-in bets, of at most half the capital). Means are
    tried on a grid of a thousand parts of the range, ends rounded outwards. Refuses missing values
    and values outside.
    """
    _check(values, confidence)
    if low >= high:
        raise ValueError("the range has a length")
    if outside := int(((values < low) | (values > high)).sum()):
        raise Refusal(
            Problem(
                f"{outside:,} values lie outside the range of {low:g} to {high:g}.",
                "State a range that values cannot leave, fixed before they were seen.",
            )
        )
    alpha = 1 - confidence
    x = (values - low) / (high - low)
    t = np.arange(1, len(x) + 1, dtype=np.float64)
    means = (0.5 + np.cumsum(x)) / (t + 1)
    variances = (0.25 + np.cumsum((x - means) ** 2)) / (t + 1)
    before = np.concatenate([[0.25], variances[:-1]])
    bets = np.sqrt(2 * math.log(2 / alpha) / (before * t * np.log1p(t)))
    grid = np.linspace(0, 1, _GRID + 1)[1:-1]
    lows, highs = np.empty(len(x)), np.empty(len(x))
    capital = np.zeros((2, len(grid)))
    ruled_out = np.zeros(len(grid), bool)
    rows = max(1, _CELLS // len(grid))
    ends = 0.0, 1.0
    for begin in range(0, len(x), rows):
        part = slice(begin, begin + rows)
        away = x[part, None] - grid
        up = np.minimum(bets[part, None], _BOLDEST / grid)
        down = np.minimum(bets[part, None], _BOLDEST / (1 - grid))
        rising = capital[0] + np.cumsum(np.log1p(up * away), axis=0)
        falling = capital[1] + np.cumsum(np.log1p(-down * away), axis=0)
        capital = np.stack([rising[-1], falling[-1]])
        beaten = np.maximum(rising, falling) >= math.log(2 / alpha)
        beaten = np.logical_or.accumulate(beaten, axis=0) | ruled_out
        ruled_out = beaten[-1]
        lows[part], highs[part] = _ends(beaten, grid, ends)
        ends = float(lows[part][-1]), float(highs[part][-1])
    scaled = np.cumsum(x) / t
    width = high - low
    return ConfidenceSequence(
        t.astype(np.int64),
        low + width * scaled,
        low + width * lows,
        low + width * highs,
        confidence,
        f"Confidence sequence by betting, values between {low:g} and {high:g}",
    )


def _ends(
    beaten: NDArray[np.bool_], grid: Floats, before: tuple[float, float]
) -> tuple[Floats, Floats]:
    """The grid points just outside those not ruled out.

    Where all are ruled out, the truth lies between two of them, or this is the one sequence in so
    many that fails: the last ends then stand.
    """
    step, kept = 1 / _GRID, ~beaten
    first = kept.argmax(axis=1)
    last = kept.shape[1] - 1 - kept[:, ::-1].argmax(axis=1)
    low, high = np.maximum(grid[first] - step, 0.0), np.minimum(grid[last] + step, 1.0)
    some = int(kept.any(axis=1).sum())  # once all are ruled out, they stay so
    if some < len(low):
        low[some:], high[some:] = (low[some - 1], high[some - 1]) if some else before
    return low, high


def weighted_outcomes(outcomes: Floats, treated: NDArray[np.bool_], *, share: float) -> Floats:
    """One number a person whose mean is the effect: y / share if treated, else -y / (1 - share).

    share: the chance of treatment, known from the lottery. Outcomes between 0 and 1 give numbers
    between -1 / (1 - share) and 1 / share, so that `betting_sequence` can be used.
    """
    _check_arms(outcomes, treated, share)
    return np.where(treated, outcomes / share, -outcomes / (1 - share))


def running_effects(outcomes: Floats, treated: NDArray[np.bool_], *, share: float) -> Floats:
    """The same, less noisy: arms' means of the people before stand in for what is not seen.

    The gap of both means before, plus (y - mean of the treated) / share if treated, else
    - (y - mean of the others) / (1 - share). As those means know nothing of the person at hand,
    the numbers' mean is the effect however poor they are. Rows in the order of assignment.
    """
    _check_arms(outcomes, treated, share)
    means: list[Floats] = []
    for arm in (treated, ~treated):
        own = np.where(arm, outcomes, 0.0)
        counts: NDArray[np.int64] = np.cumsum(arm) - arm.astype(np.int64)
        means.append((np.cumsum(own) - own) / np.maximum(counts, 1))
    weighted = np.where(
        treated, (outcomes - means[0]) / share, -(outcomes - means[1]) / (1 - share)
    )
    return means[0] - means[1] + weighted


def _check(values: Floats, confidence: float) -> None:
    if values.ndim != 1 or not 0 < confidence < 1:
        raise ValueError("one value a person, and a confidence between 0 and 1")
    missing = int((~np.isfinite(values)).sum())
    if missing or not len(values):
        raise Refusal(
            Problem(
                f"{missing:,} of {len(values):,} values are missing or not finite.",
                "A sequence needs the value of everyone so far, in the order people came.",
            )
        )


def _check_arms(outcomes: Floats, treated: NDArray[np.bool_], share: float) -> None:
    if outcomes.shape != treated.shape or not 0 < share < 1:
        raise ValueError("an outcome and an arm for each person, and a share between 0 and 1")
    _check(outcomes, 0.5)
