"""How much sooner or later events come: Cox's proportional hazards, by hand.

Ours and not a package's because one kernel then serves both ways of ties, rows that start late,
strata and clusters together, which none of the packages at hand does; they check it in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    Floats,
    checked_codes,
    checked_flags,
    checked_times,
    refuse_without_events,
)
from payforsuccess.evaluation.durations.hazard_rows import check_columns, check_rows
from payforsuccess.evaluation.durations.partial_likelihood import (
    Likelihood,
    RiskSets,
    Ties,
    likelihood_at,
    risk_sets,
)
from payforsuccess.evaluation.estimated import Estimated

_ROUNDS = 50
_CLOSE = 1e-9
_FAR = 30.0  # standard deviations' worth of log hazard: no finite maximum lies out there
_LONGEST = 5.0
_SINGULAR = 1e-10


@dataclass(frozen=True)
class ProportionalHazards:
    """Log hazard ratios for one unit of each column, in the order of the columns.

    coefficients, standard_errors: (k,). covariance: (k, k). log_likelihood is partial, at the
    coefficients; log_likelihood_at_zero at none. rows may be several for one of the people.
    """

    coefficients: Floats
    standard_errors: Floats
    covariance: Floats
    log_likelihood: float
    log_likelihood_at_zero: float
    people: int
    rows: int
    events: int
    method: str

    def estimated(self, column: int) -> Estimated:
        """One column's log hazard ratio, with its error."""
        return Estimated(
            float(self.coefficients[column]),
            float(self.standard_errors[column]),
            self.people,
            self.method,
        )


def proportional_hazards(
    times: ArrayLike,
    events: ArrayLike,
    columns: ArrayLike,
    *,
    ties: Ties = "efron",
    start: ArrayLike | None = None,
    people: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    names: Sequence[str] = (),
) -> ProportionalHazards:
    """Maximise the partial likelihood (Cox 1975).

    times, events: (n,). columns: (n, k), such as arm, age, ... With start a row is at risk in
    (start, time], so that columns may change; people then says whose row it is. strata: risk sets
    are kept apart. clusters: errors are robust to what people of one cluster share (Lin and Wei
    1989), without small-sample factor; else they come from the information matrix. names: of the
    columns, for what is said of them. Refuses data
    without events, collinear columns, columns that separate who has events from who has none, rows
    of a person that overlap, and clusters no more than columns.
    """
    stop = checked_times(times, of="people" if start is None else "rows")
    length = len(stop)
    happened = checked_flags(events, length, name="events")
    refuse_without_events(happened)
    x = check_columns(columns, happened, names)
    if start is not None and people is None:
        raise ValueError("rows with a start say whose they are, in `people`")
    begins = np.zeros(length) if start is None else np.asarray(start, dtype=np.float64)
    persons = np.arange(length) if people is None else checked_codes(people, length, name="people")
    check_rows(begins, stop, happened, persons)
    groups = (
        np.zeros(length, dtype=np.int64)
        if strata is None
        else checked_codes(strata, length, name="strata")
    )
    middle, scale = x.mean(axis=0), x.std(axis=0)
    z = (x - middle) / scale
    sets = risk_sets(begins, stop, happened, groups, ties)
    none = likelihood_at(np.zeros(x.shape[1]), z, sets)
    found, at = _maximum(z, sets, none)
    inverse = np.asarray(np.linalg.inv(at.information), dtype=np.float64)
    errors = "model-based errors"
    if clusters is not None:
        codes = checked_codes(clusters, length, name="clusters")
        inverse = _sandwich(inverse, at.residuals, codes)
        errors = (
            f"errors robust to {codes.max() + 1} clusters (Lin and Wei 1989), "
            "no small-sample factor"
        )
    covariance = inverse / np.outer(scale, scale)
    return ProportionalHazards(
        found / scale,
        np.sqrt(np.diag(covariance)),
        covariance,
        at.log,
        none.log,
        int(persons.max()) + 1,
        length,
        int(happened.sum()),
        f"Cox proportional hazards, ties by {ties.capitalize()}, {errors}, normal interval"
        + (f", stratified ({groups.max() + 1} strata)" if strata is not None else ""),
    )


def _maximum(z: Floats, sets: tuple[RiskSets, ...], start: Likelihood) -> tuple[Floats, Likelihood]:
    """Newton's method with halved steps, on columns of mean 0 and standard deviation 1."""
    least = float(np.linalg.eigvalsh(start.information)[0])
    scale = float(np.trace(start.information))
    if least <= _SINGULAR * max(1.0, scale):
        raise Refusal(
            Problem(
                "A column, or a sum of columns, is the same for all who were at risk at each "
                "event.",
                "Leave it out, or take wider strata.",
            )
        )
    at, here = np.zeros(z.shape[1]), start
    for _ in range(_ROUNDS):
        if float(np.linalg.eigvalsh(here.information)[0]) <= _SINGULAR * scale:
            break
        step = np.linalg.solve(here.information, here.score)
        size = min(1.0, _LONGEST / max(float(np.abs(step).max()), _CLOSE))
        next_one = likelihood_at(at + size * step, z, sets)
        while not next_one.log >= here.log - 1e-9 * abs(here.log) and size > 1e-4:
            size /= 2
            next_one = likelihood_at(at + size * step, z, sets)
        at, here = at + size * step, next_one
        if not np.isfinite(here.log) or float(np.abs(at).max()) > _FAR:
            break
        if float(np.abs(size * step).max()) < _CLOSE:
            return at, here
    raise Refusal(
        Problem(
            "The columns tell who has an event from who has none without fail, so that no finite "
            "hazard ratio fits best.",
            "Leave out the column at fault, join its groups, or compare the arms by the log-rank "
            "test.",
        )
    )


def _sandwich(inverse: Floats, residuals: Floats, clusters: np.ndarray) -> Floats:
    """The information's inverse around the summed squares of the clusters' scores."""
    count, k = int(clusters.max()) + 1, residuals.shape[1]
    if count <= k:
        raise Refusal(
            Problem(
                f"There are {count} clusters and {k} columns, too few to see how clusters differ.",
                "Take fewer columns, or a test that draws assignments anew.",
            )
        )
    sums = np.zeros((count, k))
    np.add.at(sums, clusters, residuals)
    of_each = sums @ inverse
    return of_each.T @ of_each
