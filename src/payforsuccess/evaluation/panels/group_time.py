"""Effects by cohort and period, for units that start at different times.

Callaway and Sant'Anna, Journal of Econometrics 2021: each cohort is compared, from the last period
before its start, with units not treated by then, so that no treated unit serves as a control.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.panels.changes import FEWEST, Adjustment, effect_on_change
from payforsuccess.evaluation.panels.influence import standard_errors
from payforsuccess.evaluation.panels.panel import (
    NEVER,
    Panel,
    refuse_lone_clusters,
    refuse_unfit,
    refuse_unfit_covariates,
)

Controls = Literal["never-treated", "not-yet-treated"]
Base = Literal["varying", "universal"]


@dataclass(frozen=True, eq=False)
class GroupTime:
    """Effects on the treated by cohort and period, in the outcome's unit.

    cohorts, periods: shape (cells,), numbers of periods counted from 0. values, standard_errors:
    shape (cells,). influence: shape (units, cells). first_treated: shape (units,), the panel's.
    left_out: cells without untreated units to compare with. trimmed: the most untreated units that
    a cell left out for their score.
    """

    cohorts: NDArray[np.int64]
    periods: NDArray[np.int64]
    values: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    influence: NDArray[np.float64]
    first_treated: NDArray[np.int64]
    clusters: NDArray[np.int64] | None
    controls: Controls
    by: Adjustment
    anticipated: int
    left_out: int
    trimmed: int

    @property
    def is_after(self) -> NDArray[np.bool_]:
        """Shape (cells,): whether the cohort is treated in the cell's period."""
        return np.asarray(self.periods >= self.cohorts)


def group_time_effects(
    panel: Panel,
    covariates: NDArray[np.float64] | None = None,
    *,
    controls: Controls,
    by: Adjustment = "none",
    base: Base = "varying",
    anticipated: int = 0,
) -> GroupTime:
    """The effect in every period on every cohort.

    covariates: shape (units, k), known before treatment, needed unless `by` is none. base: what a
    period before the start is compared with: the one before it (varying) or the last before the
    start (universal; that period itself is then left out). anticipated: how many periods before
    the start units may already act on it. Refuses unknown outcomes, cohorts of one unit, one
    cluster on a side, and a panel without units to compare with.
    """
    if anticipated < 0:
        raise ValueError("a number of periods is zero or more")
    refuse_unfit(panel)
    refuse_unfit_covariates(covariates, panel.units)
    refuse_lone_clusters(panel)
    _refuse_lonely(panel, controls, anticipated)
    cells, left_out, trimmed = [], 0, 0
    influence: list[NDArray[np.float64]] = []
    outcomes = np.ascontiguousarray(panel.outcomes.T)
    for cohort in panel.cohorts:
        is_cohort = panel.first_treated == cohort
        for period in range(panel.periods):
            start = _compared_with(cohort, period, base=base, anticipated=anticipated)
            if start is None:
                continue
            is_control = panel.is_never_treated
            if controls == "not-yet-treated":
                later = panel.first_treated > max(period, start) + anticipated
                is_control = is_control | (later & ~is_cohort)
            if np.count_nonzero(is_control) < FEWEST:
                left_out += 1
                continue
            which = np.flatnonzero(is_cohort | is_control)
            found = effect_on_change(
                (outcomes[period] - outcomes[start])[which],
                is_cohort[which],
                None if covariates is None else covariates[which],
                by=by,
            )
            whole = np.zeros(panel.units)
            whole[which] = found.influence * (panel.units / len(which))
            cells.append((cohort, period, found.value))
            influence.append(whole)
            trimmed = max(trimmed, found.trimmed)
    if not cells:
        raise Refusal(
            [
                Problem(
                    "No cohort has units left to compare with in any period.",
                    "Add units that are never treated, or let fewer periods be anticipated.",
                )
            ]
        )
    together = np.column_stack(influence)
    return GroupTime(
        cohorts=np.array([cell[0] for cell in cells], np.int64),
        periods=np.array([cell[1] for cell in cells], np.int64),
        values=np.array([cell[2] for cell in cells]),
        standard_errors=standard_errors(together, panel.clusters),
        influence=together,
        first_treated=panel.first_treated,
        clusters=panel.clusters,
        controls=controls,
        by=by,
        anticipated=anticipated,
        left_out=left_out,
        trimmed=trimmed,
    )


def _compared_with(cohort: int, period: int, *, base: Base, anticipated: int) -> int | None:
    """The earlier period that a cell's change counts from; None where there is none."""
    last = cohort - 1 - anticipated
    if period > last:
        return last if last >= 0 else None
    if base == "varying":
        return period - 1 if period else None
    return last if period != last else None


def _refuse_lonely(panel: Panel, controls: Controls, anticipated: int) -> None:
    problems = []
    sizes = {cohort: int((panel.first_treated == cohort).sum()) for cohort in panel.cohorts}
    small = sum(size < FEWEST for size in sizes.values())
    if small:
        problems.append(
            Problem(
                f"{small} of {len(sizes)} cohorts have one unit alone, which shows no spread.",
                "Join them with the next cohort, or use a synthetic control.",
            )
        )
    early = sum(cohort - 1 - anticipated < 0 for cohort in panel.cohorts)
    if early:
        problems.append(
            Problem(
                f"{early} of {len(sizes)} cohorts have no period before the effect may begin.",
                "Add earlier periods, or let fewer periods be anticipated.",
            )
        )
    never = int((panel.first_treated == NEVER).sum())
    if never < FEWEST and (controls == "never-treated" or len(sizes) < 2):
        problems.append(
            Problem(
                f"{never} units are never treated; {FEWEST} are needed to compare with.",
                "Add untreated units, or compare with those not yet treated.",
            )
        )
    if problems:
        raise Refusal(problems)
