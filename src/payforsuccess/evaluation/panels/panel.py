"""Units watched over the same periods, each with the period from which it is treated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

NEVER = -1
"""The first treated period of a unit that is never treated."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Outcomes by unit and period, and from which period each unit is treated.

    outcomes: shape (units, periods), in the outcome's unit, NaN where unknown; periods follow each
    other at even steps. first_treated: shape (units,), the number of a period counted from 0, or
    `NEVER`; a unit once treated stays so. clusters: shape (units,), the number of the group that
    each unit was treated with, such as its site; None where units stand alone.
    """

    outcomes: NDArray[np.float64]
    first_treated: NDArray[np.int64]
    clusters: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        """ValueError where shapes do not fit, or a first treated period is not in the panel."""
        if self.outcomes.ndim != 2 or self.outcomes.shape[1] < 2:
            raise ValueError("outcomes are units by periods, two periods or more")
        if not np.issubdtype(self.outcomes.dtype, np.floating):
            raise ValueError("outcomes are float64")
        if self.first_treated.shape != (self.units,):
            raise ValueError("each unit has one first treated period")
        if self.clusters is not None and self.clusters.shape != (self.units,):
            raise ValueError("each unit has one cluster")
        if not np.issubdtype(self.first_treated.dtype, np.integer):
            raise ValueError("periods are whole numbers")
        if np.any((self.first_treated < NEVER) | (self.first_treated >= self.periods)):
            raise ValueError("a first treated period is one of the panel's, or NEVER")

    @property
    def units(self) -> int:
        """How many units."""
        return int(self.outcomes.shape[0])

    @property
    def periods(self) -> int:
        """How many periods."""
        return int(self.outcomes.shape[1])

    @property
    def is_never_treated(self) -> NDArray[np.bool_]:
        """Shape (units,)."""
        return np.asarray(self.first_treated == NEVER)

    @property
    def is_treated(self) -> NDArray[np.bool_]:
        """Shape (units, periods): whether a unit is treated in a period."""
        started = np.arange(self.periods) >= self.first_treated[:, None]
        return np.asarray(started & ~self.is_never_treated[:, None])

    @property
    def cohorts(self) -> tuple[int, ...]:
        """The first treated periods there are, in order."""
        found = np.unique(self.first_treated[~self.is_never_treated])
        return tuple(int(period) for period in found)


def refuse_unfit(panel: Panel, *, takes_gaps: bool = False) -> None:
    """Refuse outcomes unknown, infinite or all alike, no one treated, and no one seen before."""
    problems = []
    unknown = int(np.isnan(panel.outcomes).sum())
    if unknown and not takes_gaps:
        problems.append(
            Problem(
                f"{unknown:,} of {panel.outcomes.size:,} outcomes of the panel are unknown.",
                "Leave out the units that were not watched in every period, and say how many.",
            )
        )
    if np.isinf(panel.outcomes).any():
        problems.append(
            Problem("The panel has outcomes without end.", "Correct these outcomes in the records.")
        )
    known = panel.outcomes[np.isfinite(panel.outcomes)]
    if known.size and np.ptp(known) == 0:
        problems.append(
            Problem(
                "Every unit has the same outcome in every period, so there is nothing to compare.",
                "Check the outcome's definition, or wait until outcomes differ.",
            )
        )
    if not panel.cohorts:
        problems.append(
            Problem(
                "No unit of the panel is ever treated.",
                "Correct the first treated periods, or wait until the programme has started.",
            )
        )
    early = int((panel.first_treated == 0).sum())
    if early:
        problems.append(
            Problem(
                f"{early:,} units are treated from the first period on, so nothing is known of "
                "them without the programme.",
                "Add periods before the programme, or leave these units out.",
            )
        )
    if problems:
        raise Refusal(problems)


def only_start(panel: Panel) -> int:
    """The one period from which all treated units are treated.

    Refuses units that start in different periods, and a panel where everyone is treated.
    """
    problems = []
    if len(panel.cohorts) > 1:
        problems.append(
            Problem(
                f"The treated units start in {len(panel.cohorts)} different periods; this "
                "estimator takes one.",
                "Use group-time effects (Callaway and Sant'Anna), or take one cohort at a time.",
            )
        )
    if not panel.is_never_treated.any():
        problems.append(
            Problem(
                "Every unit of the panel is treated at some time, so there is no one to compare "
                "with.",
                "Add units that are never treated.",
            )
        )
    if problems:
        raise Refusal(problems)
    return panel.cohorts[0]


def refuse_lone_clusters(panel: Panel) -> None:
    """Refuse treated units of one cluster, and never-treated units of one, where there are any."""
    if panel.clusters is None:
        return
    problems = []
    is_never = panel.is_never_treated
    for is_one, named in ((~is_never, "treated"), (is_never, "never-treated")):
        if is_one.any() and len(np.unique(panel.clusters[is_one])) < 2:
            problems.append(
                Problem(
                    f"The {named} units are all of one cluster, so chance between clusters cannot "
                    "be seen.",
                    "Compare at least two clusters on each side, or use a synthetic control.",
                )
            )
    if problems:
        raise Refusal(problems)


def refuse_unfit_covariates(covariates: NDArray[np.float64] | None, units: int) -> None:
    """ValueError for a wrong shape; refuses covariates that are unknown or infinite."""
    if covariates is None:
        return
    if covariates.ndim != 2 or covariates.shape[0] != units:
        raise ValueError("covariates are units by covariates")
    unfit = int((~np.isfinite(covariates)).any(axis=1).sum())
    if unfit:
        raise Refusal(
            [
                Problem(
                    f"{unfit:,} of {units:,} units have a covariate that is unknown.",
                    "Fill in the covariate, leave it out, or leave out these units and say so.",
                )
            ]
        )
