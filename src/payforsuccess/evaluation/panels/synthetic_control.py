"""Synthetic control: one treated unit against the mix of others that went the same way before.

Abadie, Diamond and Hainmueller, Journal of the American Statistical Association 2010; weights are
chosen on all outcomes before the start, each period counting the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.panels.convex_weights import convex_weights
from payforsuccess.evaluation.panels.panel import Panel, only_start, refuse_unfit

FEWEST_BEFORE = 5
"""Periods before the start, at least: with fewer, a mix fits by chance."""
FEWEST_OTHERS = 2
"""Never-treated units, at least."""


@dataclass(frozen=True, eq=False)
class SyntheticControl:
    """The mean gap after the start between the treated and their mix, in the outcome's unit.

    gaps: shape (periods,). weights: shape (others,), of the units numbered `others` in the panel.
    error_before, error_after: the roots of the mean squared gap. placebo_ratios: shape (others,),
    error after over error before of each other unit, taken for the treated one; infinite where its
    fit before is perfect. p_value: the share of all units, the treated one too, whose ratio is no
    smaller than its own; None for more than one treated unit, whose mean is not like one unit.
    is_unique: False where other weights fit as well, so that the value is one of several.
    """

    value: float
    gaps: NDArray[np.float64]
    others: NDArray[np.int64]
    weights: NDArray[np.float64]
    error_before: float
    error_after: float
    placebo_ratios: NDArray[np.float64]
    p_value: float | None
    is_unique: bool
    units: int
    method: str


def synthetic_control(panel: Panel) -> SyntheticControl:
    """The treated unit, or the mean of several, against its mix of never-treated units.

    Refuses unknown outcomes, several starts, fewer than `FEWEST_BEFORE` periods before the start,
    fewer than `FEWEST_OTHERS` other units, and outcomes that never vary before the start.
    """
    refuse_unfit(panel)
    start = only_start(panel)
    others = np.flatnonzero(panel.is_never_treated)
    refuse_short(start, len(others))
    pool = panel.outcomes[others]
    treated = panel.outcomes[~panel.is_never_treated]
    middle = treated.mean(axis=0)
    if np.ptp(panel.outcomes[:, :start]) <= 1e-12 * np.abs(panel.outcomes).max():
        raise Refusal(
            [
                Problem(
                    "No outcome varies before the start, so every mix fits as well as another.",
                    "Use an outcome that varies, or earlier periods.",
                )
            ]
        )
    found = convex_weights(pool[:, :start].T, middle[:start])
    gaps = middle - found.weights @ pool
    before, after = _error(gaps[:start]), _error(gaps[start:])
    ratios = np.array([_placebo(pool, at, start) for at in range(len(pool))])
    p_value = None
    if len(treated) == 1:
        ratio = _ratio(before, after)
        p_value = (1 + int((ratios >= ratio).sum())) / (1 + len(ratios))
    return SyntheticControl(
        value=float(gaps[start:].mean()),
        gaps=gaps,
        others=others,
        weights=found.weights,
        error_before=before,
        error_after=after,
        placebo_ratios=ratios,
        p_value=p_value,
        is_unique=found.is_unique,
        units=panel.units,
        method=(
            "Synthetic control (Abadie, Diamond and Hainmueller 2010), convex weights on all "
            f"{start} outcomes before the start, each counting the same; p-value by placebos in "
            "space on the ratio of root mean squared gaps"
        ),
    )


def refuse_short(before: int, others: int) -> None:
    """Refuse too few periods before the start, and too few units to mix."""
    problems = []
    if before < FEWEST_BEFORE:
        problems.append(
            Problem(
                f"There are {before} periods before the start; a mix of units needs "
                f"{FEWEST_BEFORE} at least, as it fits fewer by chance.",
                "Add earlier periods, or use difference-in-differences.",
            )
        )
    if others < FEWEST_OTHERS:
        problems.append(
            Problem(
                f"There are {others} never-treated units; a mix needs {FEWEST_OTHERS} at least.",
                "Add units that are never treated, or use difference-in-differences.",
            )
        )
    if problems:
        raise Refusal(problems)


def _error(gaps: NDArray[np.float64]) -> float:
    return math.sqrt(float((gaps**2).mean()))


def _ratio(before: float, after: float) -> float:
    if before:
        return after / before
    return math.inf if after else 1.0


def _placebo(pool: NDArray[np.float64], at: int, start: int) -> float:
    """The ratio of one other unit, against a mix of the rest."""
    rest = np.delete(pool, at, axis=0)
    weights = convex_weights(rest[:, :start].T, pool[at, :start]).weights
    gaps = pool[at] - weights @ rest
    return _ratio(_error(gaps[:start]), _error(gaps[start:]))
