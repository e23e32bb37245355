"""The change of the same units from before to after, with no one to compare with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.errors_of import Errors, coefficient
from payforsuccess.evaluation.regression.least_squares import fit_least_squares

_FEWEST = 2


@dataclass(frozen=True)
class PrePost:
    """The mean change with its error, in the outcome's unit, and the means it lies between.

    A change is not an effect: people enter programmes when things are worst, and things then mend
    by themselves (Ashenfelter 1978).
    """

    change: Estimated
    before: float
    after: float


def pre_post_change(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    *,
    errors: Errors | None = None,
) -> PrePost:
    """The mean of each unit's value after less its value before.

    before, after, the errors' clusters: shape (units,), the same units in the same order. Where no
    errors are given they are classical, the paired t: the standard deviation of changes, with
    n - 1, over the root of n. Refuses unknown values, fewer than two units, and changes all alike.
    """
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("before and after are of the same units")
    _refuse_unfit(before, after)
    change = after - before
    fit = fit_least_squares(change, np.ones((len(change), 1)), ["constant"])
    found = coefficient(
        fit,
        "constant",
        Errors("classical") if errors is None else errors,
        method="Change from before to after of the same units, without a comparison",
    )
    return PrePost(found, float(before.mean()), float(after.mean()))


def _refuse_unfit(before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    problems = []
    unknown = int((~np.isfinite(before) | ~np.isfinite(after)).sum())
    if unknown:
        problems.append(
            Problem(
                f"{unknown:,} of {len(before):,} units lack a value before or after.",
                "Leave out the units that were not seen twice, and say how many.",
            )
        )
    elif len(before) < _FEWEST:
        problems.append(
            Problem(
                f"There are {len(before)} units; {_FEWEST} are needed to see how changes vary.",
                "Wait for more units.",
            )
        )
    elif np.ptp(after - before) <= 1e-12 * np.abs([before, after]).max():
        problems.append(
            Problem(
                "Every unit changed by the same amount, so that the change has no error.",
                "Check that the values after were not made from those before.",
            )
        )
    if problems:
        raise Refusal(problems)
