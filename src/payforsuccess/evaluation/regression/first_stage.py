"""How strongly assignment moved people to take part: the first stage, and its F statistic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.evaluation.regression.errors_of import Errors, covariance_of, parts_of, unit_of
from payforsuccess.evaluation.regression.least_squares import Fit


@dataclass(frozen=True)
class FirstStage:
    """moved: (instruments,) coefficients of the instruments, shares of people for one of 0 and 1.

    f_statistic: of no instrument mattering, with the errors of the estimate; instruments and
    freedom: its degrees of freedom.
    """

    moved: tuple[float, ...]
    f_statistic: float
    instruments: int
    freedom: float
    method: str

    @property
    def p_value(self) -> float:
        """Of no instrument mattering."""
        from scipy.special import fdtrc

        return float(fdtrc(self.instruments, self.freedom, self.f_statistic))


def first_stage_of(first: Fit, excluded: tuple[str, ...], errors: Errors) -> FirstStage:
    """The Wald F of the excluded instruments in the first stage.

    An F without end where assignment decides taking part exactly: there is nothing left over.
    """
    moved = np.array([first.coefficients[first.at(name)] for name in excluded])
    covariance = covariance_of(first, errors, excluded)
    parts = [parts_of(first, unit_of(first, name), errors) for name in excluded]
    scale = float(np.abs(moved).max()) ** 2
    exact = bool(np.abs(covariance).max() <= 1e-24 * scale)
    f = np.inf if exact else float(moved @ np.linalg.solve(covariance, moved)) / len(excluded)
    return FirstStage(
        moved=tuple(float(share) for share in moved),
        f_statistic=float(f),
        instruments=len(excluded),
        freedom=min(part.freedom for part in parts),
        method=f"F of the excluded instruments; {parts[0].words}",
    )
