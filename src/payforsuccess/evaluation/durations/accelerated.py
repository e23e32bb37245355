"""How many times longer until an event: accelerated failure times, log-normal and Weibull."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import (
    Floats,
    checked_flags,
    checked_times,
    refuse_without_events,
)
from payforsuccess.evaluation.durations.hazard_rows import check_columns
from payforsuccess.evaluation.estimated import Estimated

Law = Literal["log-normal", "weibull"]
_FAR = 30.0


@dataclass(frozen=True)
class AcceleratedFailure:
    """Changes of the log of time for one unit of each column, in the order of the columns.

    coefficients, standard_errors: (k,). constant: the log of time where all columns are 0. sigma:
    the spread of the log of time; for Weibull 1 over the shape. log_likelihood: of the logs of
    times, as textbooks print it; log_likelihood_of_times: of the times themselves, lower by the sum
    of the logs of the times of events, and the one that some packages print.
    """

    coefficients: Floats
    standard_errors: Floats
    constant: float
    constant_error: float
    sigma: float
    log_likelihood: float
    log_likelihood_of_times: float
    people: int
    events: int
    method: str

    def estimated(self, column: int) -> Estimated:
        """One column's change of the log of time, with its error."""
        return Estimated(
            float(self.coefficients[column]),
            float(self.standard_errors[column]),
            self.people,
            self.method,
        )


def accelerated_failure(
    times: ArrayLike, events: ArrayLike, columns: ArrayLike, *, law: Law
) -> AcceleratedFailure:
    """Maximum likelihood with right censoring, by lifelines; errors from the observed information.

    times, events: (n,). columns: (n, k) without a constant. Refuses data without events, collinear
    columns, columns that separate who has events from who has none, and a fit that does not settle.
    """
    followed = checked_times(times)
    happened = checked_flags(events, len(followed), name="events")
    refuse_without_events(happened)
    x = check_columns(columns, happened)
    if len(followed) < x.shape[1] + 3:
        raise Refusal(
            Problem(
                f"{len(followed)} people are too few for {x.shape[1]} columns.",
                "Take fewer columns.",
            )
        )
    import pandas
    from lifelines import LogNormalAFTFitter, WeibullAFTFitter
    from lifelines.exceptions import ConvergenceError

    fitter = LogNormalAFTFitter() if law == "log-normal" else WeibullAFTFitter()
    names = [f"x{at}" for at in range(x.shape[1])]
    # Columns of one scale, for the search; times of a middle size, for the first guess.
    middle, scale = x.mean(axis=0), x.std(axis=0)
    table = pandas.DataFrame((x - middle) / scale, columns=names)
    table["time"], table["event"] = followed, happened
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitter.fit(table, duration_col="time", event_col="event")
        except (ConvergenceError, np.linalg.LinAlgError, ValueError, ArithmeticError) as error:
            raise _unsettled() from error
    location, spread = ("mu_", "sigma_") if law == "log-normal" else ("lambda_", "rho_")
    order = [(location, name) for name in names] + [(location, "Intercept")]
    found = fitter.params_.loc[order].to_numpy(dtype=np.float64)
    covariance = fitter.variance_matrix_.loc[order, order].to_numpy(dtype=np.float64)
    log_spread = float(fitter.params_[(spread, "Intercept")])
    if (
        not np.isfinite(found).all()
        or not np.isfinite(covariance).all()
        or float(np.abs(found[:-1]).max()) > _FAR
        or float(np.diag(covariance).min()) <= 0
    ):
        raise _unsettled()
    # Back to the columns as given: b = c / scale, and the constant takes up the middles.
    back = np.zeros((len(found), len(found)))
    back[:-1, :-1] = np.diag(1 / scale)
    back[-1, :-1], back[-1, -1] = -middle / scale, 1.0
    found, errors = back @ found, np.sqrt(np.diag(back @ covariance @ back.T))
    of_times = float(fitter.log_likelihood_)
    return AcceleratedFailure(
        found[:-1],
        errors[:-1],
        float(found[-1]),
        float(errors[-1]),
        float(np.exp(log_spread if law == "log-normal" else -log_spread)),
        of_times + float(np.log(followed[happened]).sum()),
        of_times,
        len(followed),
        int(happened.sum()),
        f"Accelerated failure time, {law}, maximum likelihood, errors from the observed "
        "information, normal interval",
    )


def _unsettled() -> Refusal:
    return Refusal(
        Problem(
            "No best fit was found for the times until an event.",
            "Take fewer columns, join small groups, or compare restricted means.",
        )
    )
