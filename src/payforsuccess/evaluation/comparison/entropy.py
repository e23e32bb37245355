"""Entropy balancing: the weights nearest to equal ones under which the traits' means agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.alike import TraitDifference, differences
from payforsuccess.evaluation.comparison.effect import ComparedEffect, error_of
from payforsuccess.evaluation.comparison.overlap import spread_of
from payforsuccess.evaluation.comparison.pool import (
    ComparisonPool,
    Outcomes,
    known_outcomes,
    refuse_dependent,
)

STEPS, CLOSE = 200, 1e-11
BALANCED = 1e-6
"""The largest standardised difference that counts as balanced, measured anew on the traits."""


@dataclass(frozen=True, eq=False)
class EntropyWeights:
    """Weights made without outcomes.

    names: the traits balanced. weights: (n,) 1 for people served; those of others add up to the
    number of people served. balance: each trait's difference under the weights, measured anew.
    pool: the fingerprint of the pool.
    """

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    balance: tuple[TraitDifference, ...]
    pool: str


def balance_by_entropy(
    pool: ComparisonPool, covariates: Sequence[str] | None = None
) -> EntropyWeights:
    """Weights of the comparison group that give it the served people's means (Hainmueller 2012).

    Newton's method on the convex dual. Whatever the method says of itself, balance is measured
    again on the traits as given. Refuses traits without spread or that follow from others, named,
    and means that no weights can reach.
    """
    names = tuple(pool.names if covariates is None else covariates)
    if not names:
        raise ValueError("entropy balancing needs at least one covariate")
    columns = pool.columns(names)
    others = columns[~pool.treated]
    aim = columns[pool.treated].mean(axis=0)
    _refuse_beyond(others, names, aim)
    refuse_dependent(others, names, who="Everyone in the comparison group")
    shares = _tilted((others - aim) / others.std(axis=0))
    weights = np.ones(len(columns))
    weights[~pool.treated] = shares * pool.treated.sum()
    found = differences(columns, names, pool.treated, weights)
    worst = [one for one in found if not _is_balanced(one)]
    if worst:
        raise Refusal(
            Problem(
                "No weights give the comparison group the means of the people served; "
                f"{', '.join(one.trait for one in worst)} stay apart.",
                "Balance fewer traits, or draw the comparison group from people more alike.",
            )
        )
    weights.flags.writeable = False
    return EntropyWeights(names, weights, found, pool.fingerprint)


def effect_of_entropy(
    pool: ComparisonPool,
    found: EntropyWeights,
    outcomes: Outcomes,
    *,
    errors: Literal["estimated-weights", "fixed-weights"] = "estimated-weights",
) -> ComparedEffect:
    """The served people's mean outcome less the weighted mean of the others.

    errors: `estimated-weights` stacks the equations of the weights and of both means, which
    takes out what the traits explain of the outcome; `fixed-weights` is the error HC0 of a
    weighted regression on being served. Neither has a small-sample factor. Refuses weights of
    another pool, other people's outcomes and unknown outcomes.
    """
    if found.pool != pool.fingerprint:
        raise Refusal(
            Problem("The weights were made for another pool.", "Make them for this pool.")
        )
    treated, weights = pool.treated, found.weights
    values = known_outcomes(outcomes, pool.people, treated, used=np.ones(len(treated), dtype=bool))
    served = int(treated.sum())
    shares = weights / served
    means = [float(shares[side] @ values[side]) for side in (treated, ~treated)]
    parts = [
        np.where(side, shares * (values - mean), 0.0)
        for side, mean in zip((treated, ~treated), means, strict=True)
    ]
    if errors == "estimated-weights":
        gaps = pool.columns(found.names) - pool.columns(found.names)[treated].mean(axis=0)
        gaps = gaps / pool.columns(found.names)[~treated].std(axis=0)
        weighted = gaps[~treated] * shares[~treated, None]
        curve, pull = weighted.T @ gaps[~treated], weighted.T @ values[~treated]
        slopes = np.linalg.lstsq(curve, pull, rcond=None)[0]
        explained = shares * (gaps @ slopes)
        parts[1] = parts[1] - np.where(treated, -explained, explained)
    said = (
        "M-estimation standard error that counts the estimated weights"
        if errors == "estimated-weights"
        else "HC0 standard error with the weights taken as fixed"
    )
    return ComparedEffect(
        means[0] - means[1],
        error_of(parts[0] - parts[1]),
        len(values),
        f"Entropy balancing on {len(found.names)} means (ATT); {said}, no small-sample factor",
        treated_mean=means[0],
        control_mean=means[1],
        treated_weights=spread_of(weights[treated]),
        control_weights=spread_of(weights[~treated]),
        treated_part=parts[0],
        control_part=parts[1],
        weights=weights,
    )


def _tilted(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m,) shares in proportion to exp(gaps @ slopes) under which gaps (m, k) average to 0.

    The slopes are the lowest point of log sum exp(gaps @ slopes), which is convex.
    """
    slopes = np.zeros(gaps.shape[1])
    height, shares = _height(gaps, slopes)
    for _ in range(STEPS):
        slope = shares @ gaps
        if np.abs(slope).max() < CLOSE:
            break
        curve = (gaps * shares[:, None]).T @ gaps - np.outer(slope, slope)
        curve += 1e-14 * np.eye(len(slopes))
        step = np.linalg.lstsq(curve, -slope, rcond=None)[0]
        stride, gain = 1.0, float(slope @ step)
        while stride > 1e-10:
            lower, moved = _height(gaps, slopes + stride * step)
            if lower <= height + 1e-4 * stride * gain + 1e-15:
                break
            stride /= 2
        slopes, height, shares = slopes + stride * step, lower, moved
    return shares


def _height(
    gaps: NDArray[np.float64], slopes: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    tilt = gaps @ slopes
    top = float(tilt.max())
    raised = np.exp(tilt - top)
    return top + float(np.log(raised.sum())), raised / raised.sum()


def _is_balanced(one: TraitDifference) -> bool:
    if one.standardised is not None:
        return abs(one.standardised) <= BALANCED
    return abs(one.treated_mean - one.control_mean) <= BALANCED * (1 + abs(one.treated_mean))


def _refuse_beyond(
    others: NDArray[np.float64], names: tuple[str, ...], aim: NDArray[np.float64]
) -> None:
    """Refuse means that lie beyond all of the comparison group, by name."""
    beyond = [
        name
        for name, column, mean in zip(names, others.T, aim, strict=True)
        if mean < column.min() or mean > column.max()
    ]
    if beyond:
        raise Refusal(
            Problem(
                "The served people's mean lies beyond everyone in the comparison group: "
                f"{', '.join(beyond)}.",
                "Balance other traits, or draw the comparison group from people more alike.",
            )
        )
