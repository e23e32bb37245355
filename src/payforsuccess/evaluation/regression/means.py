"""The difference in means of two arms, of any outcome, everyone as assigned."""

from __future__ import annotations

from typing import Literal

import numpy as np

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, coefficient
from payforsuccess.evaluation.regression.least_squares import Codes, Fit, Floats, fit_least_squares
from payforsuccess.evaluation.regression.rows import Arms, Rows, check_rows, refuse_perfect

ARM = "arm"
"""The name of the column that is 1 for the treated."""


def difference_in_means(
    outcome: Floats,
    arms: Arms,
    *,
    flavour: Flavour | Literal["unpooled"] = "hc2",
    clusters: Codes | None = None,
) -> Estimated:
    """The treated mean less the control mean, in the unit of the outcome.

    outcome (n,) float64; arms (n,), True for the treated; clusters (n,) codes for CR1 and CR2.
    `classical` pools one variance (Student); `unpooled` divides each arm's variance by its people,
    with n - 1 in the variance and Welch's (1947) degrees of freedom: the same error as HC2, which
    has n - 2. (For proportions this program's `unpooled` has n in the variance: there it is HC0.)
    Refuses what `check_rows` refuses, and outcomes that do not vary within the arms.
    """
    rows = check_rows(outcome, arms, clusters=clusters)
    if flavour == "unpooled":
        return _welch(rows)
    errors = Errors(flavour, clusters)
    return coefficient(fit_means(rows), ARM, errors, method="Difference in means")


def fit_means(rows: Rows) -> Fit:
    """The regression on a constant and the arm alone."""
    columns = np.column_stack([np.ones(rows.people), rows.arms.astype(np.float64)])
    fit = fit_least_squares(rows.outcome, columns, ["constant", ARM])
    refuse_perfect(fit.residuals, rows.outcome)
    return fit


def _welch(rows: Rows) -> Estimated:
    if rows.clusters is not None:
        raise ValueError("unpooled errors have no clusters: leave clusters out, or name CR2")
    refuse_perfect(fit_means(rows).residuals, rows.outcome)
    sides = [rows.outcome[rows.arms], rows.outcome[~rows.arms]]
    parts = [float(side.var(ddof=1)) / len(side) for side in sides]
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, sides, strict=True)
    )
    return Estimated(
        value=float(sides[0].mean() - sides[1].mean()),
        standard_error=float(np.sqrt(sum(parts))),
        people=rows.people,
        method="Difference in means; unpooled errors, each arm's variance with n - 1; Student's t, "
        f"{freedom:.4g} degrees of freedom (Welch)",
        freedom=freedom,
    )
