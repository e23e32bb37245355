"""Regression and weighting together: right if either the score or the outcome model is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.effect import ComparedEffect, error_of
from payforsuccess.evaluation.comparison.inverse import Whom, people_kept
from payforsuccess.evaluation.comparison.overlap import spread_of
from payforsuccess.evaluation.comparison.pool import (
    ComparisonPool,
    Outcomes,
    known_outcomes,
    refuse_dependent,
)
from payforsuccess.evaluation.comparison.score import chance, logit_of


def deal_folds(
    treated: NDArray[np.bool_], folds: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """(n,) a fold from 0 for each person, dealt out in turn within each side in random order.

    Refuses more folds than people on a side.
    """
    if folds < 1:
        raise ValueError("there is at least one fold")
    fold = np.empty(len(treated), dtype=np.int64)
    for side in (True, False):
        rows = np.flatnonzero(treated == side)
        if len(rows) < folds:
            raise Refusal(
                Problem(
                    f"A side with {len(rows):,} people cannot be dealt into {folds:,} folds.",
                    "Use fewer folds.",
                )
            )
        fold[rng.permutation(rows)] = np.arange(len(rows)) % folds
    return fold


def doubly_robust(
    pool: ComparisonPool,
    outcomes: Outcomes,
    *,
    whom: Whom,
    fold: NDArray[np.int64],
    covariates: Sequence[str] | None = None,
    normalised: bool = True,
    keep: tuple[float, float] | None = None,
) -> ComparedEffect:
    """Augmented inverse probability weighting (Robins, Rotnitzky and Zhao 1994).

    fold: (n,) from `deal_folds`. Each fold's scores (logit) and expected outcomes (least squares
    within a side) come from a fit on the other folds (Chernozhukov and others 2018); with a
    single fold, from a fit on everyone. normalised: whether the weights of what the regression
    leaves add up to 1. keep: as for inverse weighting, by the score of the other folds. The error
    is that of the efficient influences, without a small-sample factor; it rests on both models
    being near right.

    Refuses what fitting the score refuses, in each fold; people other than the pool's; unknown
    outcomes; too few people on a side for the outcome model.
    """
    names = tuple(pool.names if covariates is None else covariates)
    columns = pool.columns(names)
    if fold.shape != pool.treated.shape:
        raise ValueError("folds are one a person")
    everyone = np.ones(len(fold), dtype=bool)
    values = known_outcomes(outcomes, pool.people, pool.treated, used=everyone)
    log_odds = np.empty(len(values))
    expected = {True: np.zeros(len(values)), False: np.zeros(len(values))}
    codes = np.unique(fold)
    for code in codes:
        held = fold == code
        fit = everyone if len(codes) == 1 else ~held
        log_odds[held] = logit_of(columns[fit], names, pool.treated[fit]).log_odds(columns[held])
        for side in (True, False) if whom == "ate" else (False,):
            rows = fit & (pool.treated == side)
            expected[side][held] = _predicted(columns[rows], values[rows], columns[held], names)
    kept = people_kept(chance(log_odds), pool.treated, keep)
    odds = np.exp(np.clip(log_odds, -300, 300))
    served, others = pool.treated & kept, ~pool.treated & kept
    if whom == "att":
        means, parts = _on_served(values, expected[False], odds, served, others, normalised)
        weights = np.ones(len(values)), odds
    else:
        weights = 1 + 1 / odds, 1 + odds
        pairs = [
            _on_everyone(values, expected[side], weight, rows, kept, normalised)
            for side, weight, rows in ((True, weights[0], served), (False, weights[1], others))
        ]
        means, parts = [mean for mean, _ in pairs], [part for _, part in pairs]
    how = "no cross-fitting" if len(codes) == 1 else f"cross-fitted in {len(codes)} folds"
    trimmed = "" if keep is None else f", scores from {keep[0]:g} to {keep[1]:g} kept"
    return ComparedEffect(
        means[0] - means[1],
        error_of(parts[0] - parts[1]),
        int(kept.sum()),
        f"AIPW ({whom.upper()}), logit and least squares, {how}, weights "
        f"{'normalised' if normalised else 'not normalised'}{trimmed}; standard error of the "
        "efficient influences, no small-sample factor",
        treated_mean=means[0],
        control_mean=means[1],
        treated_weights=spread_of(weights[0][served]),
        control_weights=spread_of(weights[1][others]),
        treated_part=parts[0],
        control_part=parts[1],
        weights=np.where(served, weights[0], np.where(others, weights[1], 0.0)),
    )


def _on_served(
    values: NDArray[np.float64],
    expected: NDArray[np.float64],
    odds: NDArray[np.float64],
    served: NDArray[np.bool_],
    others: NDArray[np.bool_],
    normalised: bool,
) -> tuple[list[float], list[NDArray[np.float64]]]:
    """Both means for people served, and what each person moves them by."""
    count = int(served.sum())
    mean = float(values[served].mean())
    own = np.where(served, (values - mean) / count, 0.0)
    foreseen = float(expected[served].mean())
    left = np.where(others, values - expected, 0.0)
    weight = np.where(others, odds, 0.0)
    total = float(weight.sum()) if normalised else float(count)
    mended = float(weight @ left) / total
    part = np.where(served, (expected - foreseen) / count, 0.0)
    if normalised:
        part = part + weight * np.where(others, left - mended, 0.0) / total
    else:
        part = part + weight * left / total - np.where(served, mended / count, 0.0)
    return [mean, foreseen + mended], [own, part]


def _on_everyone(
    values: NDArray[np.float64],
    expected: NDArray[np.float64],
    weight: NDArray[np.float64],
    side: NDArray[np.bool_],
    kept: NDArray[np.bool_],
    normalised: bool,
) -> tuple[float, NDArray[np.float64]]:
    """One side's mean for everyone kept, and what each person moves it by."""
    count = int(kept.sum())
    foreseen = float(expected[kept].mean())
    weight = np.where(side, weight, 0.0)
    left = np.where(side, values - expected, 0.0)
    total = float(weight.sum()) if normalised else float(count)
    mended = float(weight @ left) / total
    part = np.where(kept, (expected - foreseen) / count, 0.0) + weight * left / total
    if normalised:
        part = part - weight * mended / total
    else:
        part = part - np.where(kept, mended / count, 0.0)
    return foreseen + mended, part


def _predicted(
    columns: NDArray[np.float64],
    values: NDArray[np.float64],
    ahead: NDArray[np.float64],
    names: tuple[str, ...],
) -> NDArray[np.float64]:
    """What least squares on some people says of others."""
    if len(values) <= len(names) + 1:
        raise Refusal(
            Problem(
                f"{len(values):,} people are too few for an outcome model with {len(names) + 1:,} "
                "coefficients.",
                "Use fewer covariates or fewer folds.",
            )
        )
    refuse_dependent(columns, names, who="Everyone on one side of a fold")
    middle, spread = columns.mean(axis=0), columns.std(axis=0)
    design = np.column_stack([np.ones(len(columns)), (columns - middle) / spread])
    slopes = np.linalg.lstsq(design, values, rcond=None)[0]
    return np.column_stack([np.ones(len(ahead)), (ahead - middle) / spread]) @ slopes
