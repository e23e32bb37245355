"""The wild cluster bootstrap: a test of no effect that holds with few clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from payforsuccess.evaluation.regression.bias_reduced import refuse_nothing
from payforsuccess.evaluation.regression.least_squares import (
    Codes,
    Floats,
    codes_of,
    refuse_collinear,
    summed,
    within,
)
from payforsuccess.evaluation.regression.means import ARM
from payforsuccess.evaluation.regression.rows import Arms, Rows, check_rows, refuse_perfect
from payforsuccess.evaluation.regression.wild_weights import WildWeights, all_signs, drawn_weights

_AT_ONCE = 100_000
"""Weights looked at together: they then stay in the processor's cache."""
_TIE = 1e-9
"""Statistics this close are the same number, told apart by rounding alone."""


@dataclass(frozen=True)
class WildBootstrap:
    """A two-sided p-value of no effect, in steps of one over the draws.

    value: the coefficient, in the outcome's unit; statistic: it over its CR1 error; at_least: draws
    whose statistic is as far from 0, or farther, of `draws`. is_enumerated: whether the draws are
    every pattern of signs, so that nothing depends on chance.
    """

    value: float
    statistic: float
    p_value: float
    at_least: int
    draws: int
    clusters: int
    is_enumerated: bool
    method: str


def wild_cluster_bootstrap(
    outcome: Floats,
    arms: Arms,
    clusters: Codes,
    *,
    rng: np.random.Generator,
    draws: int = 9_999,
    weights: WildWeights = "rademacher",
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
) -> WildBootstrap:
    """The test of the arm's coefficient with the null imposed (Cameron, Gelbach and Miller 2008).

    outcome (n,) float64; arms (n,) bool; clusters (n,) codes; covariates (n, k) with k names;
    strata (n,) codes, their effects absorbed. With Rademacher weights and no more than `draws`
    patterns of signs (2 to the clusters less one), each is looked at once and p is their share;
    else p is (1 + at least as far) / (1 + draws). Computed from each cluster's sums (Roodman and
    others 2019), with CR1 errors on both sides, so small-sample factors cancel. Refuses what
    `check_rows` refuses, and collinear columns. With only a few treated clusters the test is known
    to reject too seldom (MacKinnon and Webb 2018).
    """
    if draws < 99:
        raise ValueError("a test needs at least 99 draws")
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    arm, restricted, beside = _without_the_arm(rows)
    codes = codes_of(clusters)
    groups = int(codes.max()) + 1
    length = float(arm @ arm)
    value = float(arm @ restricted) / length
    scores, matrix = _by_cluster(arm, restricted, beside, strata, codes, length)
    left = restricted - arm * value
    refuse_perfect(left, rows.outcome)
    adds = matrix.sum(axis=0)
    refuse_nothing(float(adds @ adds), length * float(left @ left))
    ours = float(_squared(np.ones((1, groups)), scores, matrix)[0])
    is_enumerated = weights == "rademacher" and groups <= 40 and 2 ** (groups - 1) <= draws
    looked = 2 ** (groups - 1) if is_enumerated else draws
    at_least, at_once = 0, max(1, _AT_ONCE // groups)
    for start in range(0, looked, at_once):
        count = min(at_once, looked - start)
        shaken = (
            all_signs(groups, start, count)
            if is_enumerated
            else drawn_weights(weights, groups, count, rng)
        )
        far = _squared(shaken, scores, matrix) >= ours * (1 - _TIE)
        at_least += int(np.count_nonzero(far))
    p_value = at_least / looked if is_enumerated else (1 + at_least) / (1 + looked)
    factor = groups / (groups - 1) * (rows.people - 1)
    factor /= rows.people - beside.shape[1] - 1 - (0 if strata is None else len(np.unique(strata)))
    how = "all patterns of signs" if is_enumerated else f"{weights.capitalize()} weights"
    return WildBootstrap(
        value=value,
        statistic=float(np.copysign(np.sqrt(ours / factor), value)),
        p_value=p_value,
        at_least=at_least,
        draws=looked,
        clusters=groups,
        is_enumerated=is_enumerated,
        method=f"Wild cluster bootstrap, null imposed, {how}, {looked:,} draws of {groups:,} "
        "clusters, CR1 errors",
    )


def _without_the_arm(rows: Rows) -> tuple[Floats, Floats, Floats]:
    """Arm and outcome, (n,), less what the covariates give; (n, k) those, made orthonormal."""
    arm = rows.arms.astype(np.float64)
    given, labels = rows.covariates, list(rows.names)
    if rows.strata is None:
        given, labels = np.column_stack([np.ones(rows.people), given]), ["constant", *labels]
    columns, outcome = np.column_stack([given, arm]), rows.outcome
    lengths = np.linalg.norm(columns, axis=0)
    if rows.strata is not None:
        codes = codes_of(rows.strata)
        columns, outcome = within(columns, codes), within(outcome, codes)
    q, r = np.linalg.qr(columns)
    refuse_collinear(columns, [*labels, ARM], lengths, triangle=r)
    beside = q[:, :-1]  # the arm is the last column, so the ones before it span the covariates
    return q[:, -1] * r[-1, -1], outcome - beside @ (beside.T @ outcome), beside


def _by_cluster(
    arm: Floats,
    restricted: Floats,
    beside: Floats,
    strata: Codes | None,
    codes: Codes,
    length: float,
) -> tuple[Floats, Floats]:
    """Scores (G,) of the restricted residuals, and (G, G) what each adds to each cluster's score.

    Weights v give the coefficient v @ scores / length, and scores of its residuals v @ matrix.
    """
    groups = int(codes.max()) + 1
    scores = np.bincount(codes, weights=arm * restricted, minlength=groups)
    taken = summed(beside * arm[:, None], codes) if beside.shape[1] else np.zeros((groups, 0))
    given = summed(beside * restricted[:, None], codes) if beside.shape[1] else taken
    matrix = np.diag(scores) - given @ taken.T
    if strata is not None:
        own = codes_of(strata)
        sizes = np.bincount(own)
        sums = [np.zeros((groups, len(sizes))) for _ in range(2)]
        for total, values in zip(sums, (restricted, arm), strict=True):
            np.add.at(total, (codes, own), values / np.sqrt(sizes[own]))
        matrix -= sums[0] @ sums[1].T
    matrix -= np.outer(scores, np.bincount(codes, weights=arm * arm, minlength=groups)) / length
    return scores.astype(np.float64), matrix


def _squared(shaken: Floats, scores: Floats, matrix: Floats) -> Floats:
    """(draws,): the square of the coefficient over its clustered error, without the factor."""
    moved = shaken @ scores
    adds = shaken @ matrix
    spread = np.einsum("ij,ij->i", adds, adds)
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.square(moved) / spread
    return np.where(np.isnan(squared), 0.0, squared)
