"""Bootstrap intervals of ratios: people, or whole clusters, drawn again within arm and stratum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.proportions import Interval
from payforsuccess.evaluation.regression.least_squares import Codes, Floats, codes_of, summed
from payforsuccess.evaluation.regression.means import fit_means
from payforsuccess.evaluation.regression.ratios import (
    check_exposure,
    reduction_of,
    refuse_no_ratio,
)
from payforsuccess.evaluation.regression.rows import Arms, check_rows

_AT_ONCE = 2_000_000
"""Numbers drawn at once, so that memory does not grow with the draws."""


@dataclass(frozen=True)
class BootstrapRatio:
    """Percentile intervals of a ratio and of the percent reduction it is; draws: how many."""

    ratio: Interval
    reduction: Interval
    draws: int
    method: str


def bootstrap_ratio(
    outcome: Floats,
    arms: Arms,
    *,
    rng: np.random.Generator,
    confidence: float,
    draws: int = 1_999,
    exposure: Floats | None = None,
    strata: Codes | None = None,
    clusters: Codes | None = None,
) -> BootstrapRatio:
    """The percentile interval (Efron 1979) of the treated mean over the control mean.

    Inputs as `ratio_of_means`; strata (n,) codes. Each draw takes as many people as there were
    from each arm of each stratum, or as many whole clusters where there are clusters. The ends are
    drawn ratios, the outer of two neighbours. Refuses what `ratio_of_means` refuses, an arm of a
    stratum with one person or cluster, and an interval that would end at 0 or without end because
    too many draws have nothing in an arm.
    """
    if draws < 99:
        raise ValueError("an interval needs at least 99 draws")
    rows = check_rows(outcome, arms, strata=strata, clusters=clusters)
    watched = check_exposure(exposure, rows.people)
    refuse_no_ratio(rows.outcome, rows.arms)
    fit_means(rows)  # refuses outcomes that do not vary within the arms
    both = np.column_stack([rows.outcome, watched])
    means = []
    for side in (rows.arms, ~rows.arms):
        sums = _resampled_sums(
            both[side],
            None if strata is None else strata[side],
            None if clusters is None else clusters[side],
            rng,
            draws,
        )
        means.append(sums[:, 0] / sums[:, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = means[0] / means[1]
    ratios[np.isnan(ratios)] = np.inf  # nothing in either arm: it widens the interval
    tail = (1 - confidence) / 2
    low = float(np.quantile(ratios, tail, method="lower"))
    high = float(np.quantile(ratios, 1 - tail, method="higher"))
    if low == 0 or not np.isfinite(high):
        raise Refusal([_too_rare()])
    what = "clusters" if clusters is not None else "people"
    within = "arm and stratum" if strata is not None else "arm"
    ratio = Interval(low, high)
    return BootstrapRatio(
        ratio,
        reduction_of(ratio),
        draws,
        f"Percentile bootstrap, {draws:,} draws of {what} within {within}",
    )


def _resampled_sums(
    values: Floats,
    strata: Codes | None,
    clusters: Codes | None,
    rng: np.random.Generator,
    draws: int,
) -> Floats:
    """(draws, k): the sums of values (n, k) over people or clusters drawn with replacement."""
    cells = np.zeros(len(values), dtype=np.int64) if strata is None else codes_of(strata)
    total = np.zeros((draws, values.shape[1]))
    for cell in range(int(cells.max()) + 1):
        units = values[cells == cell]
        if clusters is not None:
            units = summed(units, codes_of(clusters[cells == cell]))
        if len(units) < 2:
            raise Refusal([_single()])
        at_once = max(1, _AT_ONCE // len(units))
        for start in range(0, draws, at_once):
            size = min(at_once, draws - start)
            drawn = rng.integers(0, len(units), size=(size, len(units)))
            for column in range(values.shape[1]):
                total[start : start + size, column] += units[:, column][drawn].sum(axis=1)
    return total


def _single() -> Problem:
    return Problem(
        "An arm of a stratum has a single person or cluster, so drawing again shows no chance.",
        "Merge small strata by a rule that does not look at outcomes.",
    )


def _too_rare() -> Problem:
    return Problem(
        "In too many draws an arm has no outcome above 0, so the ratio's interval has no end.",
        "State the effect as a difference, or wait for more people.",
    )
