"""Difference-in-differences of two periods, adjusted for covariates (Sant'Anna and Zhao 2020)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.changes import Adjustment, ChangeEffect, effect_on_change
from payforsuccess.evaluation.panels.influence import error_of
from payforsuccess.evaluation.panels.panel import (
    Panel,
    only_start,
    refuse_lone_clusters,
    refuse_unfit,
    refuse_unfit_covariates,
)

WORDS: dict[Adjustment, str] = {
    "none": "plain means",
    "outcome-regression": "outcome regression (Heckman, Ichimura and Todd 1997)",
    "inverse-weighting": "inverse weighting, normalised (Abadie 2005)",
    "doubly-robust": "doubly robust, traditional (Sant'Anna and Zhao 2020)",
    "improved-doubly-robust": "doubly robust, improved (Sant'Anna and Zhao 2020)",
}


def adjusted_difference(
    panel: Panel,
    covariates: NDArray[np.float64],
    *,
    by: Adjustment = "doubly-robust",
) -> Estimated:
    """The effect on the treated of a panel of two periods, from units alike in covariates.

    covariates: shape (units, k), known before treatment, without a constant. The error is that of
    the influence function, summed within clusters where the panel has them, without a
    small-sample factor. Refuses unknown values, covariates that repeat each other, and those that
    tell treated and others apart without fail. ValueError for other than two periods.
    """
    if panel.periods != 2:
        raise ValueError("two periods: one before and one after")
    refuse_unfit(panel)
    refuse_unfit_covariates(covariates, panel.units)
    only_start(panel)
    refuse_lone_clusters(panel)
    change = panel.outcomes[:, 1] - panel.outcomes[:, 0]
    found = effect_on_change(change, ~panel.is_never_treated, covariates, by=by)
    return as_estimated(found, clusters=panel.clusters, by=by)


def as_estimated(
    found: ChangeEffect, *, clusters: NDArray[np.int64] | None, by: Adjustment
) -> Estimated:
    """The effect with the error of its influence function."""
    error = error_of(found.value, found.influence, clusters)
    left_out = f"; {found.trimmed:,} untreated units trimmed" if found.trimmed else ""
    of_what = "units" if clusters is None else "clusters"
    method = (
        f"Difference-in-differences by {WORDS[by]}; error by influence functions of {of_what}, no "
        f"small-sample factor{left_out}"
    )
    return Estimated(found.value, error, len(found.influence) - found.trimmed, method)
