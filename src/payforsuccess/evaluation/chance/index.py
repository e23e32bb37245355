"""Several outcomes of one purpose as one number a person, to be tested once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.scores import Floats


@dataclass(frozen=True)
class Index:
    """values: one a person, in standard deviations of the control arm, higher being better.

    weights: of each outcome, adding up to 1; one below 0 says that an outcome mostly repeats the
    others.
    """

    values: Floats
    weights: Floats
    method: str


def simple_index(outcomes: Floats, control: NDArray[np.bool_], better: Floats) -> Index:
    """The plain mean of standardised outcomes (Kling, Liebman and Katz 2007).

    outcomes: shape (people, outcomes). control: who is in the control arm, whose means and
    standard deviations (n - 1) are used. better: 1 where more is better, -1 where less is. Refuses
    missing values and an outcome that does not vary in the control arm.
    """
    standard = _standardised(outcomes, control, better)
    count = outcomes.shape[1]
    return Index(
        standard.mean(axis=1),
        np.full(count, 1 / count),
        f"Mean of {count} outcomes standardised by the control arm",
    )


def anderson_index(outcomes: Floats, control: NDArray[np.bool_], better: Floats) -> Index:
    """The mean of standardised outcomes weighted by the inverse of their covariances.

    Anderson (2008), "Multiple Inference and Gender Differences in the Effects of Early
    Intervention", Journal of the American Statistical Association 103: the generalised
    least-squares mean, so that outcomes which repeat one another count less. Standardised by the
    control arm; covariances of everyone. Otherwise as `simple_index`; refuses outcomes of which
    one follows from the others.
    """
    standard = _standardised(outcomes, control, better)
    covariances = np.atleast_2d(np.cov(standard, rowvar=False))
    if np.linalg.cond(covariances) > 1e10:
        raise Refusal(
            Problem(
                "One outcome of the index follows from the others.",
                "Leave it out: it adds nothing.",
            )
        )
    sums = np.linalg.solve(covariances, np.ones(len(covariances)))
    weights = sums / sums.sum()
    return Index(
        standard @ weights,
        weights,
        f"Mean of {len(weights)} outcomes standardised by the control arm, weighted by the "
        "inverse of everyone's covariances",
    )


def _standardised(outcomes: Floats, control: NDArray[np.bool_], better: Floats) -> Floats:
    if outcomes.ndim != 2 or len(control) != len(outcomes) or len(better) != outcomes.shape[1]:
        raise ValueError("outcomes have a row a person and a column an outcome")
    if not np.isin(better, (-1.0, 1.0)).all():
        raise ValueError("more is better (1) or worse (-1)")
    if missing := int((~np.isfinite(outcomes)).sum()):
        raise Refusal(
            Problem(
                f"{missing:,} values of the outcomes are missing or not finite.",
                "Leave those people out by a rule the plan states, in both arms alike.",
            )
        )
    of_control = outcomes[control]
    spread = of_control.std(axis=0, ddof=1) if len(of_control) > 1 else np.zeros(len(better))
    size = np.maximum(np.abs(of_control).max(axis=0, initial=0.0), 1e-300)
    if (flat := int((spread <= 1e-12 * size).sum())) > 0:
        raise Refusal(
            Problem(
                f"{flat:,} of the outcomes do not vary in the control arm.",
                "Leave them out of the index, or wait for more people.",
            )
        )
    return (outcomes - of_control.mean(axis=0)) / spread * better
