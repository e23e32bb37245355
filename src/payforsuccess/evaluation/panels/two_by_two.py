"""Difference-in-differences of two groups and two times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.panel import Panel, only_start, refuse_unfit
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, coefficient
from payforsuccess.evaluation.regression.least_squares import fit_least_squares
from payforsuccess.evaluation.regression.means import ARM, fit_means
from payforsuccess.evaluation.regression.rows import check_rows, refuse_perfect

_FEWEST = 2


@dataclass(frozen=True)
class TwoByTwoDifference:
    """The effect on the treated, and the four means it is made of, in the outcome's unit."""

    effect: Estimated
    treated_before: float
    treated_after: float
    control_before: float
    control_after: float


def difference_in_levels(
    outcomes: NDArray[np.float64],
    is_treated: NDArray[np.bool_],
    is_after: NDArray[np.bool_],
    *,
    errors: Errors,
) -> TwoByTwoDifference:
    """From rows, one an observation: repeated cross-sections, or units seen twice in any number.

    outcomes, is_treated (in the group that is treated later), is_after, the errors' clusters: shape
    (rows,). The coefficient of group x time in a regression on group, time and both. Where the same
    units are seen twice, only errors clustered by unit are right.
    Refuses unknown outcomes, and fewer than two rows of a group at a time.
    """
    if is_after.shape != outcomes.shape or is_after.dtype != np.bool_:
        raise ValueError("is_after is bool (rows,)")
    rows = check_rows(outcomes, is_treated, clusters=errors.clusters)
    _refuse_empty(is_treated, is_after)
    group, time = is_treated.astype(np.float64), is_after.astype(np.float64)
    columns = np.column_stack([np.ones(rows.people), group, time, group * time])
    fit = fit_least_squares(rows.outcome, columns, ["constant", "group", "time", "both"])
    refuse_perfect(fit.residuals, rows.outcome)
    effect = coefficient(
        fit,
        "both",
        errors,
        method="Difference-in-differences, regression on group, time and both",
    )
    means = {
        (arm, late): float(outcomes[(is_treated == arm) & (is_after == late)].mean())
        for arm in (True, False)
        for late in (True, False)
    }
    return TwoByTwoDifference(
        effect, means[True, False], means[True, True], means[False, False], means[False, True]
    )


def difference_in_changes(panel: Panel, *, flavour: Flavour) -> TwoByTwoDifference:
    """From a panel: each unit's mean after the start less its mean before it, treated against not.

    One value a unit, so that nothing need be said of how its periods hang together (Bertrand, Duflo
    and Mullainathan 2004). CR1 and CR2 use the panel's clusters. Refuses unknown outcomes, several
    starts, and fewer than two units of either kind.
    """
    refuse_unfit(panel)
    start = only_start(panel)
    before = panel.outcomes[:, :start].mean(axis=1)
    after = panel.outcomes[:, start:].mean(axis=1)
    is_treated = ~panel.is_never_treated
    clusters = panel.clusters if flavour in ("cr1", "cr2") else None
    rows = check_rows(after - before, is_treated, clusters=clusters)
    effect = coefficient(
        fit_means(rows),
        ARM,
        Errors(flavour, clusters),
        method="Difference-in-differences, change of each unit from before to after",
    )
    return TwoByTwoDifference(
        effect,
        float(before[is_treated].mean()),
        float(after[is_treated].mean()),
        float(before[~is_treated].mean()),
        float(after[~is_treated].mean()),
    )


def _refuse_empty(is_treated: NDArray[np.bool_], is_after: NDArray[np.bool_]) -> None:
    problems = []
    for arm, group in ((True, "treated"), (False, "untreated")):
        for late, time in ((False, "before"), (True, "after")):
            found = int(((is_treated == arm) & (is_after == late)).sum())
            if found < _FEWEST:
                problems.append(
                    Problem(
                        f"The {group} group has {found} observations {time} the start; "
                        f"{_FEWEST} are needed.",
                        "Add observations of that time, or correct the group's label.",
                    )
                )
    if problems:
        raise Refusal(problems)
