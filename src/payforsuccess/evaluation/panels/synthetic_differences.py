"""Synthetic difference-in-differences: a mix of units and of earlier periods, then differences.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager, American Economic Review 2021. The weights are
those that the paper's program defines, found exactly; its authors' own package stops a search by
steps a little before them, so that estimates agree to about four digits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.convex_weights import convex_weights
from payforsuccess.evaluation.panels.panel import Panel, only_start, refuse_unfit
from payforsuccess.evaluation.panels.synthetic_control import refuse_short

PLACEBOS = 200


@dataclass(frozen=True, eq=False)
class SyntheticWeights:
    """units: shape (others,), of never-treated units. periods: shape (before,). Each adds to 1."""

    units: NDArray[np.float64]
    periods: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SyntheticDifference:
    """The effect with its error, and the weights it rests on.

    others: the never-treated units' numbers in the panel, in the order of `weights.units`.
    """

    effect: Estimated
    weights: SyntheticWeights
    others: NDArray[np.int64]


def synthetic_difference(
    panel: Panel,
    *,
    error: Literal["placebo", "jackknife"],
    rng: np.random.Generator | None = None,
    placebos: int = PLACEBOS,
) -> SyntheticDifference:
    """The effect on the treated by synthetic difference-in-differences.

    error: placebo (Algorithm 4: never-treated units drawn by `rng` stand for the treated; needs
    more of them than treated ones) or jackknife (Algorithm 3: units left out in turn, weights held;
    needs two treated units). A placebo error moves with the draws, and between packages. Refuses
    what `synthetic_control` refuses, and where the error cannot be had.
    """
    refuse_unfit(panel)
    start = only_start(panel)
    others = np.flatnonzero(panel.is_never_treated)
    refuse_short(start, len(others))
    pool, treated = panel.outcomes[others], panel.outcomes[~panel.is_never_treated]
    _refuse_errorless(len(pool), len(treated), error)
    weights = synthetic_weights(pool, treated, start)
    value = weighted_difference(pool, treated, start, weights)
    if error == "jackknife":
        spread = _jackknife(pool, treated, start, weights)
        words = "jackknife with weights held"
    else:
        if rng is None or placebos < 2:
            raise ValueError("placebo errors need rng, and two placebos or more")
        spread = _placebo(pool, len(treated), start, placebos, rng)
        words = f"{placebos} placebos"
    if spread <= 1e-12 * abs(value) or not spread:
        raise Refusal(
            [
                Problem(
                    "No placebo or unit left out moves the value, so its error cannot be told.",
                    "Check that units' outcomes were not made from each other.",
                )
            ]
        )
    method = (
        "Synthetic difference-in-differences (Arkhangelsky and others 2021), weights solved "
        f"exactly, unit weights with the paper's ridge; error by {words}"
    )
    return SyntheticDifference(Estimated(value, spread, panel.units, method), weights, others)


def synthetic_weights(
    pool: NDArray[np.float64], treated: NDArray[np.float64], start: int
) -> SyntheticWeights:
    """Weights of never-treated units and of periods before the start, each with an intercept.

    pool: shape (others, periods); treated: shape (treated, periods). The ridge on units is the
    paper's: (treated x periods after)^(1/4) times the standard deviation of the others' changes
    from one period before the start to the next; that on periods is a millionth of that deviation.
    Refuses others that never change before the start.
    """
    noise = float(np.diff(pool[:, :start], axis=1).std(ddof=1))
    if noise <= 1e-12 * float(np.abs(pool).max()):
        raise Refusal(
            [
                Problem(
                    "No never-treated unit changes before the start, so nothing shows how far a "
                    "mix may be trusted.",
                    "Use an outcome that varies, or another design.",
                )
            ]
        )
    after = pool.shape[1] - start
    reach = (len(treated) * after) ** 0.25 * noise
    units = _with_intercept(pool[:, :start].T, treated[:, :start].mean(axis=0), reach)
    periods = _with_intercept(pool[:, :start], pool[:, start:].mean(axis=1), 1e-6 * noise)
    return SyntheticWeights(units, periods)


def weighted_difference(
    pool: NDArray[np.float64],
    treated: NDArray[np.float64],
    start: int,
    weights: SyntheticWeights,
) -> float:
    """How much more the treated changed than the mix; with even weights, plain differences."""
    change = treated.mean(axis=0) - weights.units @ pool
    return float(change[start:].mean() - weights.periods @ change[:start])


def even_weights(others: int, before: int) -> SyntheticWeights:
    """The weights of plain difference-in-differences."""
    return SyntheticWeights(np.full(others, 1 / others), np.full(before, 1 / before))


def _with_intercept(
    columns: NDArray[np.float64], target: NDArray[np.float64], reach: float
) -> NDArray[np.float64]:
    """An intercept takes up the level: both sides lose their mean. The loss is a mean of rows."""
    ridge = len(columns) * reach**2
    return convex_weights(
        columns - columns.mean(axis=0), target - target.mean(), ridge=ridge
    ).weights


def _jackknife(
    pool: NDArray[np.float64], treated: NDArray[np.float64], start: int, weights: SyntheticWeights
) -> float:
    found = []
    for left_out in range(len(pool)):
        units = np.delete(weights.units, left_out)
        rest = SyntheticWeights(units / units.sum(), weights.periods)
        found.append(weighted_difference(np.delete(pool, left_out, axis=0), treated, start, rest))
    for left_out in range(len(treated)):
        found.append(
            weighted_difference(pool, np.delete(treated, left_out, axis=0), start, weights)
        )
    return math.sqrt((len(found) - 1) * float(np.var(found)))


def _placebo(
    pool: NDArray[np.float64], treated: int, start: int, times: int, rng: np.random.Generator
) -> float:
    found = []
    for _ in range(times):
        order = rng.permutation(len(pool))
        taken, rest = pool[order[:treated]], pool[order[treated:]]
        found.append(weighted_difference(rest, taken, start, synthetic_weights(rest, taken, start)))
    return float(np.std(found))


def _refuse_errorless(others: int, treated: int, error: str) -> None:
    if error == "placebo" and others <= treated:
        raise Refusal(
            [
                Problem(
                    f"{treated:,} units are treated and {others:,} never: placebos need more of "
                    "the latter.",
                    "Add units that are never treated, or ask for the jackknife.",
                )
            ]
        )
    if error == "jackknife" and treated < 2:
        raise Refusal(
            [
                Problem(
                    "A jackknife leaves out treated units in turn, and there is only one.",
                    "Ask for placebos.",
                )
            ]
        )
