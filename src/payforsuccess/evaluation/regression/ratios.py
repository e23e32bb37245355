"""Effects as ratios: the rate ratio and the percent reduction of a mean, a share or a rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, parts_of
from payforsuccess.evaluation.regression.least_squares import Codes, Floats, fit_least_squares
from payforsuccess.evaluation.regression.rows import Arms, check_rows, refuse_perfect


@dataclass(frozen=True)
class RatioOfMeans:
    """A treated mean over a control mean, both above 0, in the outcome's unit (a time if so given).

    log: the natural logarithm of the ratio with its error; its p-value is that of no effect.
    """

    treated_mean: float
    control_mean: float
    log: Estimated

    @property
    def ratio(self) -> float:
        """The rate ratio: below 1 where the treated have less."""
        return self.treated_mean / self.control_mean

    @property
    def percent_reduction(self) -> float:
        """100 x (control - treated) / control."""
        return 100 * (1 - self.ratio)

    @property
    def ratio_error(self) -> float:
        """The delta-method standard error of the ratio; times 100, that of the reduction."""
        return self.ratio * self.log.standard_error

    def ratio_interval(self, confidence: float) -> Interval:
        """Of the ratio, taken on the logarithm; confidence such as 0.95."""
        ends = self.log.interval(confidence)
        return Interval(math.exp(ends.low), math.exp(ends.high))

    def reduction_interval(self, confidence: float) -> Interval:
        """Of the percent reduction, taken on the logarithm of the ratio."""
        return reduction_of(self.ratio_interval(confidence))


def reduction_of(ratio: Interval) -> Interval:
    """The interval of 100 x (1 - ratio)."""
    return Interval(100 * (1 - ratio.high), 100 * (1 - ratio.low))


def ratio_of_means(
    outcome: Floats,
    arms: Arms,
    *,
    exposure: Floats | None = None,
    flavour: Flavour = "hc2",
    clusters: Codes | None = None,
) -> RatioOfMeans:
    """The treated mean over the control mean, with a delta-method error on the logarithm.

    outcome (n,) float64, none below 0; arms (n,) bool; exposure (n,) the time each was watched,
    above 0: the ratio is then of events a unit of time; clusters (n,) codes for CR1 and CR2. The
    variance of the log is that of treated residuals over the treated mean less control residuals
    over the control mean. Refuses what `check_rows` refuses, outcomes below 0, and an arm whose
    outcomes are all 0: nothing can be a percent of nothing, and the log of 0 is not defined.
    """
    rows = check_rows(outcome, arms, clusters=clusters)
    watched = check_exposure(exposure, rows.people)
    refuse_no_ratio(rows.outcome, rows.arms)
    columns = np.column_stack([rows.arms, ~rows.arms]).astype(np.float64)
    means = [
        float(rows.outcome[side].sum() / watched[side].sum()) for side in (rows.arms, ~rows.arms)
    ]
    fit = fit_least_squares(rows.outcome, columns, ["treated", "control"])
    mean_watched = columns @ np.array([watched[rows.arms].mean(), watched[~rows.arms].mean()])
    left = (rows.outcome - columns @ np.array(means) * watched) / mean_watched
    refuse_perfect(left, rows.outcome)
    parts = parts_of(
        replace(fit, residuals=left),
        np.array([1 / means[0], -1 / means[1]]),
        Errors(flavour, clusters),
    )
    what = "means" if exposure is None else "rates"
    log = Estimated(
        value=math.log(means[0] / means[1]),
        standard_error=parts.standard_error,
        people=rows.people,
        method=f"Log of the ratio of {what}, delta method; {parts.words}; Student's t, "
        f"{parts.freedom:.4g} degrees of freedom",
        freedom=parts.freedom,
    )
    return RatioOfMeans(means[0], means[1], log)


def check_exposure(exposure: Floats | None, people: int) -> Floats:
    """(n,): the time watched, ones where none is given. Refuses times missing or not above 0."""
    if exposure is None:
        return np.ones(people)
    watched = np.asarray(exposure, np.float64)
    if watched.shape != (people,):
        raise ValueError("exposure is (n,)")
    bad = int((~(np.isfinite(watched) & (watched > 0))).sum())
    if bad:
        raise Refusal(
            [
                Problem(
                    f"{bad:,} people were watched for no time, or for a time that is missing.",
                    "Leave them out by a stated rule, or find their time.",
                )
            ]
        )
    return watched


def refuse_no_ratio(outcome: Floats, arms: Arms) -> None:
    """Refuse outcomes below 0, and an arm without any."""
    problems = []
    below = int((outcome < 0).sum())
    if below:
        problems.append(
            Problem(
                f"{below:,} outcomes are below 0, so a ratio of means says nothing.",
                "State the effect as a difference instead.",
            )
        )
    for label, side in (("treated", arms), ("control", ~arms)):
        if not below and not outcome[side].any():
            problems.append(
                Problem(
                    f"Every outcome in the {label} arm is 0, so a ratio has no interval.",
                    "State the effect as a difference instead.",
                )
            )
    if problems:
        raise Refusal(problems)
