"""Group-time effects brought together: over all, by cohort, by time since the start, by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.doubly_robust import WORDS
from payforsuccess.evaluation.panels.group_time import GroupTime
from payforsuccess.evaluation.panels.influence import error_of, standard_errors

Over = Literal["simple", "cohort", "event", "calendar"]

_NAMES: dict[Over, str] = {
    "simple": "all treated cells, weighted by cohort size",
    "cohort": "by cohort, each over its periods, then weighted by cohort size",
    "event": "by periods since the start, then the plain mean from the start on",
    "calendar": "by period, weighted by cohort size, then the plain mean",
}


@dataclass(frozen=True, eq=False)
class Aggregated:
    """Effects by key, and all of them in one number.

    keys: shape (keys,): cohorts, periods since the start (negative before it), or periods; none
    for simple. values, standard_errors: shape (keys,). influence: shape (units, keys), and
    overall_influence: shape (units,).
    """

    over: Over
    keys: NDArray[np.int64]
    values: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    influence: NDArray[np.float64]
    overall: Estimated
    overall_influence: NDArray[np.float64]


def aggregate(cells: GroupTime, over: Over) -> Aggregated:
    """Weighted means of the cells (Callaway and Sant'Anna 2021, section 3).

    Weights are the sizes of cohorts; that these are themselves counted from a sample is part of
    the error. Refuses cells none of which is treated, and effects that do not vary between units.
    """
    if not cells.is_after.any():
        raise Refusal(
            [
                Problem(
                    "No cohort has a treated period with units to compare with.",
                    "Add untreated units, or wait until the programme has started.",
                )
            ]
        )
    sizes = _Sizes(cells)
    if over == "simple":
        value, moves = sizes.mean(cells, cells.is_after)
        nothing = np.empty((len(cells.influence), 0))
        return _told(cells, over, np.empty(0, np.int64), np.empty(0), nothing, value, moves)
    of = {
        "cohort": cells.cohorts,
        "event": cells.periods - cells.cohorts,
        "calendar": cells.periods,
    }[over]
    is_in = np.ones(len(of), bool) if over == "event" else cells.is_after
    keys = np.unique(of[is_in])
    found = [sizes.mean(cells, is_in & (of == key), is_plain=over == "cohort") for key in keys]
    values = np.array([value for value, _ in found])
    moves = np.column_stack([moved for _, moved in found])
    if over == "cohort":
        value, overall = sizes.mean_of_cohorts(keys, values, moves)
    else:
        is_after = keys >= 0
        value, overall = float(values[is_after].mean()), moves[:, is_after].mean(axis=1)
    return _told(cells, over, keys, values, moves, value, overall)


class _Sizes:
    """Shares of cohorts among all units, and how each unit moves weights made from them."""

    def __init__(self, cells: GroupTime) -> None:
        self.first_treated = cells.first_treated
        self.units = len(cells.first_treated)
        self.shares = {
            int(cohort): float((cells.first_treated == cohort).mean())
            for cohort in np.unique(cells.cohorts)
        }

    def mean(
        self, cells: GroupTime, is_in: NDArray[np.bool_], *, is_plain: bool = False
    ) -> tuple[float, NDArray[np.float64]]:
        """The mean of cells, weighted by their cohorts or plain, and its influence."""
        which = np.flatnonzero(is_in)
        values = cells.values[which]
        if is_plain:
            return float(values.mean()), cells.influence[:, which].mean(axis=1)
        cohorts = cells.cohorts[which]
        weights = np.array([self.shares[int(cohort)] for cohort in cohorts])
        total = weights.sum()
        value = float(weights @ values / total)
        return value, cells.influence[:, which] @ (weights / total) + self._moves(
            cohorts, values - value, total
        )

    def mean_of_cohorts(
        self,
        cohorts: NDArray[np.int64],
        values: NDArray[np.float64],
        moves: NDArray[np.float64],
    ) -> tuple[float, NDArray[np.float64]]:
        """The mean of the cohorts' effects, and its influence."""
        weights = np.array([self.shares[int(cohort)] for cohort in cohorts])
        total = weights.sum()
        value = float(weights @ values / total)
        return value, moves @ (weights / total) + self._moves(cohorts, values - value, total)

    def _moves(
        self, cohorts: NDArray[np.int64], away: NDArray[np.float64], total: float
    ) -> NDArray[np.float64]:
        """What a unit adds by being of its cohort: the cells of it, away from the mean."""
        found = np.zeros(self.units)
        for cohort in np.unique(cohorts):
            found[self.first_treated == cohort] = away[cohorts == cohort].sum() / total
        # Weighted, the cells lie 0 away from their mean, so that nothing is left to take off.
        return found


def _told(
    cells: GroupTime,
    over: Over,
    keys: NDArray[np.int64],
    values: NDArray[np.float64],
    influence: NDArray[np.float64],
    value: float,
    overall: NDArray[np.float64],
) -> Aggregated:
    error = error_of(value, overall, cells.clusters)
    of_what = "units" if cells.clusters is None else "clusters"
    method = (
        f"Group-time effects (Callaway and Sant'Anna 2021) against {cells.controls} units by "
        f"{WORDS[cells.by]}; {_NAMES[over]}; error by influence functions of {of_what}, no "
        "small-sample factor"
    )
    if cells.anticipated:
        method += f"; {cells.anticipated} periods before the start may be acted on already"
    if cells.trimmed:
        method += f"; up to {cells.trimmed:,} untreated units trimmed in a cell"
    if cells.left_out:
        method += f"; {cells.left_out} cells left out, with no units to compare with"
    return Aggregated(
        over=over,
        keys=keys,
        values=values,
        standard_errors=standard_errors(influence, cells.clusters),
        influence=influence,
        overall=Estimated(value, error, len(cells.first_treated), method),
        overall_influence=overall,
    )
