"""Least squares by QR, with the effects of strata taken out beforehand where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

Floats = NDArray[np.floating[Any]]
Codes = NDArray[np.int64]

_DEPENDENT = 1e-9
"""A column is made of the others when less than this share of its length is its own."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A linear model fitted to n people with k columns.

    columns: (n, k), what the errors are computed with: as given; less their stratum's mean where
    strata were absorbed; as the instruments predict them where there are instruments. residuals:
    (n,), in the unit of the outcome. inverse: (k, k), that of columns' columns. strata: (n,) codes
    from 0 of the effects absorbed, None without. triangle: (k, k), R of the columns' QR.
    """

    names: tuple[str, ...]
    coefficients: Floats
    columns: Floats
    residuals: Floats
    inverse: Floats
    triangle: Floats
    strata: Codes | None = None

    @property
    def people(self) -> int:
        """How many people the model was fitted to."""
        return len(self.residuals)

    @property
    def absorbed(self) -> int:
        """How many effects of strata were taken out."""
        return 0 if self.strata is None else int(self.strata.max()) + 1

    @property
    def counted(self) -> int:
        """Coefficients fitted, the absorbed ones with them."""
        return len(self.coefficients) + self.absorbed

    @property
    def freedom(self) -> int:
        """People less coefficients."""
        return self.people - self.counted

    def at(self, name: str) -> int:
        """The place of a column; ValueError where there is none of that name."""
        return self.names.index(name)


def fit_least_squares(
    outcome: Floats, columns: Floats, names: Sequence[str], *, strata: Codes | None = None
) -> Fit:
    """The coefficients that leave the least sum of squares.

    outcome (n,), columns (n, k), strata (n,) any integers: an effect of each stratum is fitted and
    not shown (Frisch and Waugh 1933); the columns must then hold no constant. Refuses columns that
    can be worked out from the others, by name, and no more people than coefficients. With a column
    or an outcome that is not finite, or shapes that do not match: ValueError.
    """
    _check_shapes(outcome, columns, names)
    codes, lengths = None, np.linalg.norm(columns, axis=0)
    if strata is not None:
        codes = codes_of(strata)
        outcome, columns = within(outcome, codes), within(columns, codes)
    effects = 0 if codes is None else int(codes.max()) + 1
    if len(outcome) <= columns.shape[1] + effects:
        raise Refusal([_too_few(len(outcome), columns.shape[1] + effects)])
    q, r = np.linalg.qr(columns)
    refuse_collinear(columns, names, lengths, triangle=r)
    coefficients = np.linalg.solve(r, q.T @ outcome)
    root = np.linalg.inv(r)
    return Fit(
        names=tuple(names),
        coefficients=coefficients,
        columns=columns,
        residuals=outcome - columns @ coefficients,
        inverse=root @ root.T,
        triangle=r,
        strata=codes,
    )


def codes_of(groups: Codes) -> Codes:
    """The groups numbered from 0 in their order."""
    return np.unique(groups, return_inverse=True)[1].astype(np.int64)


def within(values: Floats, codes: Codes) -> Floats:
    """Values, (n,) or (n, k), less the mean of their stratum."""
    sizes = np.bincount(codes)
    if values.ndim == 1:
        return values - (np.bincount(codes, weights=values) / sizes)[codes]
    return np.column_stack([within(column, codes) for column in values.T])


def summed(values: Floats, codes: Codes) -> Floats:
    """The rows of values (n, k) summed by group: (groups, k)."""
    groups = int(codes.max()) + 1
    return np.column_stack(
        [np.bincount(codes, weights=column, minlength=groups) for column in values.T]
    )


def refuse_collinear(
    columns: Floats, names: Sequence[str], lengths: Floats, *, triangle: Floats
) -> None:
    """Refuse, by name, each column that the ones before it give.

    lengths: (k,), the columns' own before anything was taken out of them: a column constant within
    strata has nothing left. triangle: R of their QR.
    """
    dependent: list[str] = []
    for _ in range(columns.shape[1] + 1):
        kept = [at for at, name in enumerate(names) if name not in dependent]
        r = np.linalg.qr(columns[:, kept], mode="r") if dependent else triangle
        own = np.abs(np.diag(r))
        small = np.flatnonzero(own <= _DEPENDENT * lengths[kept])
        if not len(small):
            break
        dependent.append(names[kept[int(small[0])]])
    if dependent:
        listed = ", ".join(dependent)
        raise Refusal(
            [
                Problem(
                    f"The other columns already give {listed}, so its coefficient is not defined."
                    if len(dependent) == 1
                    else f"The other columns already give {listed}, so their coefficients are not "
                    "defined.",
                    "Leave out columns that are constant or made of others.",
                )
            ]
        )


def _too_few(people: int, coefficients: int) -> Problem:
    return Problem(
        f"There are {people:,} people for {coefficients:,} coefficients.",
        "Use fewer covariates or strata, or wait for more people.",
    )


def _check_shapes(outcome: Floats, columns: Floats, names: Sequence[str]) -> None:
    if outcome.ndim != 1 or columns.shape != (len(outcome), len(names)):
        raise ValueError("the outcome is (n,), the columns (n, k), with a name each")
    if len(set(names)) != len(names):
        raise ValueError("each column has a name of its own")
    if not (np.isfinite(outcome).all() and np.isfinite(columns).all()):
        raise ValueError("check_rows refuses missing values before a model is fitted")
