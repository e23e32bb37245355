"""Standard errors from what each unit adds to an estimate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal


def standard_errors(
    influence: NDArray[np.float64], clusters: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """One an estimate, from influences of shape (units, estimates), without small-sample factor.

    With clusters, influences are summed within each first. Refuses a single cluster.
    """
    summed = by_cluster(influence, clusters)
    return np.asarray(np.sqrt(np.einsum("ij,ij->j", summed, summed)) / len(influence))


def error_of(
    value: float, influence: NDArray[np.float64], clusters: NDArray[np.int64] | None
) -> float:
    """The error of one estimate, from influences of shape (units,). Refuses one without any."""
    error = float(standard_errors(influence[:, None], clusters)[0])
    if error <= 1e-12 * abs(value) or not error:
        raise Refusal(
            [
                Problem(
                    "Outcomes follow from the groups and the periods exactly, so the error cannot "
                    "be told.",
                    "Check that the outcome was not made from them, or use one that varies.",
                )
            ]
        )
    return error


def by_cluster(
    influence: NDArray[np.float64], clusters: NDArray[np.int64] | None
) -> NDArray[np.float64]:
    """Influences summed within clusters, shape (clusters, estimates); unchanged without any."""
    if clusters is None:
        return influence
    found, places = np.unique(clusters, return_inverse=True)
    if len(found) < 2:
        raise Refusal(
            [
                Problem(
                    "All units are in one cluster, so nothing shows how clusters differ.",
                    "Use units as they were treated, or another design.",
                )
            ]
        )
    summed = np.zeros((len(found), influence.shape[1]))
    np.add.at(summed, places, influence)
    return summed
