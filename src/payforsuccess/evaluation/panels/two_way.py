"""Difference-in-differences over many periods: an effect of each unit and of each period."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.panel import (
    Panel,
    only_start,
    refuse_lone_clusters,
    refuse_unfit,
)
from payforsuccess.evaluation.regression.clustered import Clustered, cluster_parts
from payforsuccess.evaluation.regression.errors_of import Errors, coefficient
from payforsuccess.evaluation.regression.least_squares import Fit, fit_least_squares
from payforsuccess.evaluation.regression.means import ARM, fit_means
from payforsuccess.evaluation.regression.rows import check_rows, refuse_perfect

Counted = Literal["all", "not-nested", "constant"]
"""What the small-sample factor of CR1 counts besides the coefficients shown.

all: every unit and every period, as a regression on dummies does. not-nested: the periods and one
constant, as units lie within clusters. constant: one constant for all that was absorbed.
"""
COUNTED: dict[Counted, str] = {
    "all": "units and periods counted",
    "not-nested": "periods counted, units nested in clusters not",
    "constant": "units and periods counted as one constant",
}


def two_way_effect(
    panel: Panel,
    *,
    flavour: Literal["cr1", "cr2"],
    counted: Counted = "not-nested",
    allows_several_starts: bool = False,
    allows_lone_cluster: bool = False,
) -> Estimated:
    """The coefficient of being treated beside an effect of each unit and each period.

    Takes gaps: outcomes that are NaN are left out. Errors are clustered by the panel's clusters, or
    by unit where it has none; Student's t with clusters less one (CR1) or Satterthwaite's degrees
    of freedom (CR2). Refuses several starts unless allowed: treated units then serve as controls,
    with weights that may be negative (Goodman-Bacon 2021); `group_time_effects` has no such fault.
    Refuses one cluster alone on a side unless allowed: its error is then far too small, as nothing
    shows how treated clusters differ (Conley and Taber 2011).
    """
    refuse_unfit(panel, takes_gaps=True)
    if not allows_several_starts:
        only_start(panel)
    if not allows_lone_cluster:
        refuse_lone_clusters(with_clusters(panel))
    starts = len(panel.cohorts)
    words = "Two-way fixed effects of units and periods"
    if starts > 1:
        words += f", {starts} starts, treated units among the controls (Goodman-Bacon 2021)"
    if allows_lone_cluster:
        words += ", one cluster alone on a side allowed: error may be far too small"
    if flavour == "cr2" and starts == 1 and not np.isnan(panel.outcomes).any():
        return _by_changes(panel, method=words)
    fit, clusters = fit_two_way(panel, panel.is_treated[..., None].astype(np.float64), ["treated"])
    if flavour == "cr2":
        found = coefficient(fit, "treated", Errors("cr2", clusters), method=words)
        return replace(found, people=panel.units)
    parts = two_way_parts(fit, clusters, counted)
    freedom = float(parts.clusters - 1)
    return Estimated(
        float(fit.coefficients[0]),
        float(np.sqrt(parts.covariance[0, 0])),
        panel.units,
        f"{words}; {parts.words} ({COUNTED[counted]}); Student's t, {freedom:.4g} degrees of "
        "freedom",
        freedom,
    )


def _by_changes(panel: Panel, *, method: str) -> Estimated:
    """The same by one value a unit: without gaps and with one start, all of it is equal.

    Value, CR2 error and degrees of freedom, as the effects lie within clusters; many times faster
    where there are many units.
    """
    (start,) = panel.cohorts
    change = panel.outcomes[:, start:].mean(axis=1) - panel.outcomes[:, :start].mean(axis=1)
    fit = fit_means(check_rows(change, ~panel.is_never_treated))
    clusters = with_clusters(panel).clusters
    return coefficient(fit, ARM, Errors("cr2", clusters), method=method)


def with_clusters(panel: Panel) -> Panel:
    """The panel with each unit as its own cluster, where it has no others."""
    return panel if panel.clusters is not None else replace(panel, clusters=np.arange(panel.units))


def fit_two_way(
    panel: Panel, terms: NDArray[np.float64], names: list[str]
) -> tuple[Fit, NDArray[np.int64]]:
    """The regression on the terms, shape (units, periods, terms), and its rows' clusters.

    Unit effects are absorbed; the columns after the terms are periods but the first. Rows are the
    outcomes that are known. Refuses a period or a treated state that no outcome shows.
    """
    is_known = ~np.isnan(panel.outcomes)
    _refuse_unseen(is_known, panel)
    units, periods = np.nonzero(is_known)
    dummies = (periods[:, None] == np.arange(1, panel.periods)).astype(np.float64)
    outcomes = panel.outcomes[is_known]
    fit = fit_least_squares(
        outcomes,
        np.column_stack([terms[is_known], dummies]),
        [*names, *(f"period {at}" for at in range(1, panel.periods))],
        strata=units,
    )
    refuse_perfect(fit.residuals, outcomes)
    clusters = units if panel.clusters is None else panel.clusters[units]
    return fit, clusters


def two_way_parts(fit: Fit, clusters: NDArray[np.int64], counted: Counted) -> Clustered:
    """CR1, with what its factor counts said by name."""
    shown = len([name for name in fit.names if not name.startswith("period ")])
    how_many = {
        "all": fit.counted,
        "not-nested": len(fit.coefficients) + 1,
        "constant": shown + 1,
    }[counted]
    return cluster_parts(fit, clusters, counted=how_many)


def _refuse_unseen(is_known: NDArray[np.bool_], panel: Panel) -> None:
    problems = []
    empty = int((~is_known.any(axis=0)).sum())
    if empty:
        problems.append(
            Problem(
                f"{empty} periods have no known outcome at all.",
                "Leave these periods out of the panel.",
            )
        )
    is_treated = panel.is_treated
    switches = (is_known & is_treated).any(axis=1) & (is_known & ~is_treated).any(axis=1)
    if not switches.any():
        problems.append(
            Problem(
                "No unit has a known outcome both before and after its start.",
                "Add periods, or use a design without a before.",
            )
        )
    if problems:
        raise Refusal(problems)
