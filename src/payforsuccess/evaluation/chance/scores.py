"""What each assignment would have shown, for all outcomes at once.

The effect is the arm's coefficient in a regression of the outcome on the arm, the covariates and
the strata. By Frisch, Waugh and Lovell it is w'y / w'w, with w the arm's and y the outcome's
residuals on all else. Under the sharp null of no effect y is the same whatever the draw, so it is
made once, and ten thousand draws are one product of matrices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import Codes, by_cluster
from payforsuccess.evaluation.chance.draws import Draws

Statistic = Literal["difference", "studentised"]
Floats = NDArray[np.float64]

_CELLS = 2**19
"""Cells of a block: four megabytes of floats, which stay in the processor's cache."""
_NOTHING = 1e-10
"""A sum of squares below this share of what it was is nothing but rounding."""


@dataclass(frozen=True)
class Scores:
    """The statistic of each outcome as observed, and under each draw.

    values: effects, in units of the outcomes, shape (outcomes,). observed: the statistics, shape
    (outcomes,). drawn: shape (draws, outcomes). of_arm: the difference in the observed arm itself
    under each draw, shape (draws,), from which a constant effect's interval follows. A draw whose
    statistic is not defined stands as infinite: it counts as extreme.
    """

    values: Floats
    observed: Floats
    drawn: Floats
    of_arm: Floats
    people: int
    statistic: Statistic
    method: str


@dataclass(frozen=True)
class _Made:
    """All that stays the same from draw to draw."""

    outcomes: Floats
    arm: Floats
    directions: Floats
    strata: Codes
    unit_of: Codes | None
    units: int


def score(
    draws: Draws,
    treated: NDArray[np.bool_],
    outcomes: Floats,
    *,
    statistic: Statistic = "difference",
    strata: Codes | None = None,
    covariates: Floats | None = None,
) -> Scores:
    """The statistic of every outcome under the observed arms and under every draw.

    outcomes: shape (people,) or (people, outcomes). strata: codes from 0, shape (people,), whose
    means are taken out; covariates: shape (people, covariates). studentised: over its
    heteroskedasticity-consistent error HC0, or by cluster CR0 where clusters are drawn, without
    small-sample factor (Chung and Romano 2013 show why to divide by it). Refuses missing values,
    an arm without anyone, outcomes without variation, and covariates that repeat one another, the
    strata or the arm.
    """
    table = outcomes[:, None] if outcomes.ndim == 1 else outcomes
    codes = np.zeros(len(treated), np.int64) if strata is None else strata
    if not (draws.people == len(treated) == len(table) == len(codes)):
        raise ValueError("arms, outcomes, strata and draws have one row a person each")
    made = _make(draws, treated, table, codes, covariates)
    of_units = (
        treated
        if draws.unit_of is None
        else by_cluster(treated.astype(np.int64), draws.unit_of, "in both arms").astype(bool)
    )
    as_observed = Draws(np.packbits(of_units)[None, :], draws.units, draws.unit_of)
    values, _ = _differences(as_observed, made)
    if statistic == "difference":
        (observed, _), (drawn, of_arm) = (values, 0), _differences(draws, made)
    else:
        observed, of_arm = _studentised(as_observed, made), np.empty(0)
        if not np.isfinite(observed).all():
            raise Refusal(
                Problem(
                    "An outcome does not vary within the arms, so a difference has no error.",
                    "Use the difference itself, or leave that outcome out.",
                )
            )
        drawn = _studentised(draws, made)
    return Scores(
        values=values[0],
        observed=observed[0],
        drawn=drawn,
        of_arm=of_arm,
        people=len(treated),
        statistic=statistic,
        method=_method(statistic, draws, strata, covariates),
    )


def _method(
    statistic: Statistic, draws: Draws, strata: Codes | None, covariates: Floats | None
) -> str:
    flavour = "HC0" if draws.unit_of is None else "CR0"
    parts = ["Difference in means"]
    if strata is not None:
        parts.append("within strata (strata fixed effects)")
    if covariates is not None:
        parts.append(f"adjusted for {covariates.shape[1]} covariates by regression")
    if statistic == "studentised":
        parts.append(f"over its {flavour} standard error")
    return ", ".join(parts)


def _make(
    draws: Draws,
    treated: NDArray[np.bool_],
    outcomes: Floats,
    strata: Codes,
    covariates: Floats | None,
) -> _Made:
    """Residuals on strata and covariates; refuses what leaves nothing to compare."""
    extra = np.empty((len(treated), 0)) if covariates is None else covariates
    problems = []
    for numbers, what in ((outcomes, "outcomes"), (extra, "covariates")):
        if missing := int((~np.isfinite(numbers)).sum()):
            problems.append(
                Problem(
                    f"{missing:,} values of the {what} are missing or not finite.",
                    "Leave those people out by a rule the plan states, in both arms alike.",
                )
            )
    if not treated.any() or treated.all():
        problems.append(
            Problem("No one is in one of the arms.", "Correct the arms, or wait for more people.")
        )
    if draws.units == 2:
        problems.append(
            Problem(
                "Each arm is a single cluster, or person; the other draw is its mirror, as far "
                "from 0.",
                "Assign more clusters; two can tell nothing of chance.",
            )
        )
    if problems:
        raise Refusal(problems)
    outcomes, arm = outcomes.astype(np.float64), treated.astype(np.float64)[:, None]
    extra = extra.astype(np.float64)
    centred = _centred(extra, strata)
    spans, triangle = np.linalg.qr(centred)
    spread = np.sqrt((extra**2).sum(axis=0))
    repeated = np.abs(np.diagonal(triangle)) <= 1e-8 * np.maximum(spread, 1e-300)
    if extra.shape[1] >= len(treated) or repeated.any():
        raise Refusal(
            Problem(
                f"{max(1, int(repeated.sum())):,} of the covariates repeat others, or the strata.",
                "Leave out what follows from the rest.",
            )
        )
    residuals = [
        part - spans @ (spans.T @ part)
        for part in (_centred(outcomes, strata), _centred(arm, strata))
    ]
    flat = (residuals[0] ** 2).sum(axis=0) <= _NOTHING * np.maximum(
        (outcomes**2).sum(axis=0), 1e-300
    )
    if flat.any():
        raise Refusal(
            Problem(
                f"{int(flat.sum()):,} of the outcomes have no variation to compare.",
                "Check the measure and its windows; an outcome that no one differs in tells "
                "nothing.",
            )
        )
    if (residuals[1] ** 2).sum() <= _NOTHING * len(treated):
        raise Refusal(
            Problem(
                "The strata or covariates tell everyone's arm, so nothing is left to compare.",
                "Use strata with people of both arms, and covariates from before assignment.",
            )
        )
    return _Made(residuals[0], residuals[1], spans, strata, draws.unit_of, draws.units)


def _centred(table: Floats, strata: Codes) -> Floats:
    counts = np.bincount(strata)
    sums = np.zeros((len(counts), table.shape[1]))
    np.add.at(sums, strata, table)
    return table - (sums / np.maximum(counts, 1)[:, None])[strata]


def _differences(draws: Draws, made: _Made) -> tuple[Floats, Floats]:
    """Effects under each draw, shape (draws, outcomes), and of the arm itself, shape (draws,)."""
    outcomes = made.outcomes.shape[1]
    columns = np.hstack([made.outcomes, made.arm, made.directions])
    weights = np.ones(len(columns))
    strata = made.strata
    if made.unit_of is not None:
        totals = np.zeros((made.units, columns.shape[1]))
        np.add.at(totals, made.unit_of, columns)
        columns = totals
        weights = np.bincount(made.unit_of, minlength=made.units).astype(np.float64)
        if strata.any():
            strata = by_cluster(strata, made.unit_of, "in two strata")
        else:
            strata = np.zeros(made.units, np.int64)
    columns = np.ascontiguousarray(np.hstack([columns, weights[:, None]]))
    within = _Margins(strata, weights)
    found = np.empty((draws.times, columns.shape[1]))
    left = np.empty(draws.times)
    for part, arms in draws.blocks(max(1, _CELLS // max(made.units, 1))):
        found[part] = arms.astype(np.float64) @ columns
        left[part] = within.left(arms, found[part, -1])
    left -= (found[:, outcomes + 1 : -1] ** 2).sum(axis=1)
    is_defined = left > _NOTHING * len(made.arm)
    divisor = np.where(is_defined, left, 1.0)[:, None]
    effects = np.where(is_defined[:, None], found[:, : outcomes + 1] / divisor, np.inf)
    return effects[:, :outcomes], effects[:, outcomes]


class _Margins:
    """How much the arm varies within strata in a draw: the sum of treated x others / people."""

    def __init__(self, strata: Codes, weights: Floats) -> None:
        self.people = np.bincount(strata, weights=weights)
        self.order = np.argsort(strata, kind="stable")
        counts = np.bincount(strata)
        self.starts = (np.cumsum(counts) - counts)[counts > 0]
        self.people = self.people[counts > 0]
        self.weights = weights[self.order]

    def left(self, arms: NDArray[np.uint8], treated: Floats) -> Floats:
        """Shape (draws,); treated: the people treated in each draw."""
        if len(self.people) == 1:
            return treated * (self.people[0] - treated) / self.people[0]
        by_stratum = np.add.reduceat(arms[:, self.order] * self.weights, self.starts, axis=1)
        return treated - (by_stratum**2 / self.people).sum(axis=1)


def _studentised(draws: Draws, made: _Made) -> Floats:
    """Effects over their errors under each draw, shape (draws, outcomes).

    With w and y the residuals and T the effect, the error's square is the sum over units of
    (the unit's sum of w (y - T w)) squared, over (w'w) squared.
    """
    people, outcomes = made.outcomes.shape
    counts = np.bincount(made.strata)
    order = np.argsort(made.strata, kind="stable")
    starts = (np.cumsum(counts) - counts)[counts > 0]
    place = np.cumsum(counts > 0)[made.strata] - 1
    squares = made.outcomes**2
    found = np.empty((draws.times, outcomes))
    for part, arms in draws.blocks(max(1, _CELLS // max(people, 1))):
        of_people = (arms if made.unit_of is None else arms[:, made.unit_of]).astype(np.float64)
        if len(starts) == 1:
            w = of_people - of_people.mean(axis=1, keepdims=True)
        else:
            means = np.add.reduceat(of_people[:, order], starts, axis=1) / counts[counts > 0]
            w = of_people - means[:, place]
        w -= (of_people @ made.directions) @ made.directions.T
        w_squared = w * w
        left = w_squared.sum(axis=1)
        is_defined = left > _NOTHING * people
        effects = (w @ made.outcomes) / np.where(is_defined, left, 1.0)[:, None]
        if made.unit_of is None:
            crossed = (w_squared * w) @ made.outcomes
            fourth = (w_squared * w_squared).sum(axis=1)[:, None]
            variance = w_squared @ squares - 2 * effects * crossed + effects**2 * fourth
        else:
            variance = _by_unit(w, w_squared, effects, made)
        # What is left of a variance of nothing after rounding is nothing.
        floor = _NOTHING * (w_squared @ squares)
        errors = np.sqrt(np.maximum(variance, 0.0)) / np.where(is_defined, left, 1.0)[:, None]
        is_defined = is_defined[:, None] & (variance > floor)
        found[part] = np.where(is_defined, effects / np.where(is_defined, errors, 1.0), np.inf)
    return found


def _by_unit(w: Floats, w_squared: Floats, effects: Floats, made: _Made) -> Floats:
    assert made.unit_of is not None
    order = np.argsort(made.unit_of, kind="stable")
    counts = np.bincount(made.unit_of, minlength=made.units)
    starts = np.cumsum(counts) - counts
    own = np.add.reduceat(w_squared[:, order], starts, axis=1)
    variance = np.empty(effects.shape)
    for at in range(effects.shape[1]):
        crossed = np.add.reduceat((w * made.outcomes[:, at])[:, order], starts, axis=1)
        variance[:, at] = ((crossed - effects[:, at, None] * own) ** 2).sum(axis=1)
    return variance
