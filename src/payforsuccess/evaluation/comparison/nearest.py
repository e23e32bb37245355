"""Matching each person served with the nearest others, before any outcome is at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.match import Match, NearestRule
from payforsuccess.evaluation.comparison.pool import ComparisonPool, refuse_dependent
from payforsuccess.evaluation.comparison.score import PropensityScore
from payforsuccess.trail import fingerprint

DIGITS = 10
"""Standardised places are rounded here, so that equal people stand in one place everywhere."""
EQUAL = 1e-8
"""Distances that differ by no more, in standard deviations, are equal: a float ends there."""


@dataclass(frozen=True)
class _Places:
    """Where people stand: `at` (n, d) in standard deviations; `limit_at` (n,) for the calliper."""

    at: NDArray[np.float64]
    limit_at: NDArray[np.float64] | None
    groups: NDArray[np.int64]


def match_nearest(
    pool: ComparisonPool,
    rule: NearestRule,
    *,
    score: PropensityScore | None = None,
    strata: NDArray | None = None,
    given_order: NDArray[np.int64] | None = None,
) -> Match:
    """The match by this rule (Rosenbaum and Rubin 1985; Stuart 2010 for its choices).

    score: fitted on this pool; needed for a distance, an order or a calliper that uses it.
    strata: (n,) codes; matches are sought within a code alone. given_order: rows of all people
    served, first chooser first, for the order "given". Without replacement, everyone chooses a
    first match before anyone chooses a second. Equal scores choose in file order. A person served
    who finds no one within the calliper or stratum stays unmatched, and the estimate is then for
    those who are matched. Refuses a match of no one, and a score of another pool.
    """
    if score is not None and score.pool != pool.fingerprint:
        raise Refusal(
            Problem("The score was fitted on another pool.", "Fit the score on this pool.")
        )
    places = _places(pool, rule, score, strata)
    if rule.with_replacement:
        chosen = _each_alone(pool.treated, places, rule)
    else:
        order = _order(pool, rule, score, given_order)
        chosen = _one_after_another(pool.treated, places, rule, order)
    served = np.flatnonzero(pool.treated).tolist()
    pairs = [(row, other) for row in served for other in sorted(chosen[row])]
    if not pairs:
        raise Refusal(
            Problem(
                "No one served has a match within the calliper and the strata.",
                "Widen the calliper or the strata; such a change belongs in the plan.",
            )
        )
    return Match(
        rule=rule,
        pool=pool.fingerprint,
        people=pool.people,
        strata=None if strata is None else fingerprint([str(one) for one in strata.tolist()]),
        treated=pool.treated,
        pairs=np.array(pairs, dtype=np.int64),
        unmatched=np.array([row for row in served if not chosen[row]], dtype=np.int64),
        short=sum(0 < len(chosen[row]) < rule.per_treated for row in served),
        alike=_alike(pool.treated, places, rule, sorted({other for _, other in pairs})),
    )


def _places(
    pool: ComparisonPool, rule: NearestRule, score: PropensityScore | None, strata: NDArray | None
) -> _Places:
    needs_score = rule.distance != "mahalanobis" or rule.calliper is not None
    if score is None and needs_score:
        raise ValueError("this rule needs a score")
    on_score: NDArray[np.float64] | None = None
    at: NDArray[np.float64]
    if score is not None:
        on_score = _standardised(score.logit if rule.distance == "logit" else score.value)
    if rule.distance == "mahalanobis":
        if not pool.names:
            raise ValueError("a Mahalanobis distance needs at least one trait")
        refuse_dependent(pool.traits, pool.names)
        centred = pool.traits - pool.traits.mean(axis=0)
        scales = centred.std(axis=0, ddof=1)
        root = np.linalg.cholesky(np.cov((centred / scales).T).reshape(len(scales), -1))
        at = np.asarray(np.linalg.solve(root, (centred / scales).T).T.round(DIGITS), np.float64)
    else:
        assert on_score is not None
        at = on_score[:, None]
    if strata is not None and strata.shape != pool.treated.shape:
        raise ValueError("strata are one code a person")
    groups = np.zeros(len(at), dtype=np.int64)
    if strata is not None:
        groups = np.unique(strata, return_inverse=True)[1].astype(np.int64)
    return _Places(at, on_score if rule.calliper is not None else None, groups)


def _standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values.std(ddof=1)
    return np.round((values - values.mean()) / (spread or 1.0), DIGITS)


def _order(
    pool: ComparisonPool,
    rule: NearestRule,
    score: PropensityScore | None,
    given: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    served = np.flatnonzero(pool.treated)
    if (rule.order == "given") != (given is not None):
        raise ValueError("rows are given for the order `given`, and only for it")
    if given is not None:
        if sorted(np.asarray(given).tolist()) != served.tolist():
            raise ValueError("the given order holds each row of a person served, once")
        return np.asarray(given, dtype=np.int64)
    if rule.order == "file-order":
        return served
    if score is None:
        raise ValueError("this order needs a score")
    heights = _standardised(score.value)[served]
    if rule.order == "largest-first":
        heights = -heights
    return served[np.argsort(heights, kind="stable")]


def _far(places: _Places, row: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
    """(m,) how far others are from a row, in standard deviations."""
    gap = places.at[others] - places.at[row]
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", gap, gap)))


def _within(
    places: _Places, rule: NearestRule, row: int, others: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether others are of the row's stratum and within its calliper (its end counts in)."""
    fits = places.groups[others] == places.groups[row]
    if rule.calliper is not None and places.limit_at is not None:
        gap = np.abs(places.limit_at[others] - places.limit_at[row])
        fits &= gap <= rule.calliper + EQUAL
    return fits


def _each_alone(
    treated: NDArray[np.bool_], places: _Places, rule: NearestRule
) -> dict[int, list[int]]:
    others = np.flatnonzero(~treated)
    rows = np.flatnonzero(treated).tolist()
    if rule.calliper is not None and rule.distance == "mahalanobis":
        near = dict.fromkeys(rows, others)  # the nearest may lie beyond a calliper on the score
    else:
        near = _candidates(places, rows, others, rule.per_treated, rule.tie_within)
    chosen: dict[int, list[int]] = {}
    for row in rows:
        fits = near[row][_within(places, rule, row, near[row])]
        chosen[row] = _nearest(places, row, fits, rule.per_treated, rule)
    return chosen


def _candidates(
    places: _Places, rows: list[int], others: NDArray[np.int64], many: int, tie_within: float
) -> dict[int, NDArray[np.int64]]:
    """For each row, others of its stratum in file order: the nearest ones and all their ties.

    A few too many do no harm: who is nearest is settled by `_nearest`.
    """
    from scipy.spatial import KDTree

    found = {row: np.empty(0, dtype=np.int64) for row in rows}
    for group in np.unique(places.groups[rows]).tolist():
        mine = others[places.groups[others] == group]
        asking = [row for row in rows if places.groups[row] == group]
        if not len(mine):
            continue
        tree = KDTree(places.at[mine], compact_nodes=False, balanced_tree=False)
        last = min(many, len(mine))
        reach = tree.query(places.at[asking], k=[last])[0][:, 0]
        reach = np.sqrt(reach**2 + tie_within) * (1 + 1e-9) + 2 * EQUAL
        balls = tree.query_ball_point(places.at[asking], reach, return_sorted=True)
        for row, ball in zip(asking, balls, strict=True):
            found[row] = mine[np.array(ball, dtype=np.int64)]
    return found


def _nearest(
    places: _Places, row: int, others: NDArray[np.int64], many: int, rule: NearestRule
) -> list[int]:
    """The nearest of others (in file order), ties by the rule."""
    if not len(others):
        return []
    far = _far(places, row, others)
    last = float(np.partition(far, min(many, len(far)) - 1)[min(many, len(far)) - 1])
    near = np.flatnonzero(far <= np.sqrt(last**2 + rule.tie_within) + EQUAL)
    if rule.ties == "first" and len(near) > many:
        nearer = np.sqrt(max(last**2 - rule.tie_within, 0.0)) - EQUAL
        sure, tied = near[far[near] < nearer], near[far[near] >= nearer]
        near = np.concatenate([sure, tied[: many - len(sure)]])
    return [int(other) for other in others[near]]


def _one_after_another(
    treated: NDArray[np.bool_], places: _Places, rule: NearestRule, order: NDArray[np.int64]
) -> dict[int, list[int]]:
    others = np.flatnonzero(~treated)
    free = np.ones(len(others), dtype=bool)
    chosen: dict[int, list[int]] = {int(row): [] for row in order}
    for _ in range(rule.per_treated):
        for row in order:
            fits = np.flatnonzero(free & _within(places, rule, row, others))
            if not len(fits):
                continue
            far = _far(places, row, others[fits])
            best = fits[np.argmax(far <= far.min() + EQUAL)]  # the first of equals
            free[best] = False
            chosen[int(row)].append(int(others[best]))
    return chosen


def _alike(
    treated: NDArray[np.bool_], places: _Places, rule: NearestRule, used: list[int]
) -> NDArray[np.int64]:
    """Each person compared with, and the nearest others of the same group and stratum."""
    if not rule.alike:
        return np.empty((0, 0), dtype=np.int64)
    others = np.flatnonzero(~treated)
    near = _candidates(places, used, others, rule.alike + 1, 0.0)
    first = NearestRule(with_replacement=True)  # of equals the first in the file, whatever ties
    rows = []
    for row in used:
        fits = near[row][near[row] != row]
        if len(fits) < rule.alike:
            raise Refusal(
                Problem(
                    f"A stratum of the comparison group holds fewer than {rule.alike + 1:,} "
                    "people, too few to tell how much outcomes vary among people alike.",
                    "Use wider strata, or the standard error with one variance for everyone.",
                )
            )
        rows.append([row, *_nearest(places, row, fits, rule.alike, first)])
    return np.array(rows, dtype=np.int64)
