"""The effect on people served, from a frozen match and outcomes that come later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.effect import ComparedEffect, error_of
from payforsuccess.evaluation.comparison.match import Match
from payforsuccess.evaluation.comparison.overlap import spread_of
from payforsuccess.evaluation.comparison.pool import (
    ComparisonPool,
    Outcomes,
    known_outcomes,
    refuse_dependent,
)

MatchedError = Literal["pairs", "abadie-imbens", "abadie-imbens-robust"]

SAID: dict[MatchedError, str] = {
    "pairs": "standard error of the pairs' differences, n - 1",
    "abadie-imbens": "Abadie-Imbens standard error, one variance for all, score taken as known",
    "abadie-imbens-robust": "Abadie-Imbens standard error, variances among people alike, score "
    "taken as known",
}


@dataclass(frozen=True, eq=False)
class MatchDifferences:
    """What a match says of each of its people, before it is brought to one number.

    rows: (m,) of the people matched, in order. instead: (m,) the mean outcome of the others of
    each. pairs_instead: (p,) that of each pair. used, squares: (n,) the parts for which one is
    used as another's match, added up, and their squares.
    """

    rows: NDArray[np.int64]
    instead: NDArray[np.float64]
    pairs_instead: NDArray[np.float64]
    used: NDArray[np.float64]
    squares: NDArray[np.float64]


def match_weights(match: Match) -> NDArray[np.float64]:
    """(n,) 1 for people served who are matched, the sum of 1/m for others; 0 for who is unused."""
    weights = np.zeros(len(match.treated))
    served, others = match.pairs.T
    weights[served] = 1.0
    np.add.at(weights, others, parts_of(match))
    return weights


def effect_of_match(
    match: Match,
    outcomes: Outcomes,
    *,
    frozen: str,
    errors: MatchedError,
    adjust: ComparisonPool | None = None,
    adjust_on: Sequence[str] | None = None,
) -> ComparedEffect:
    """The mean over people served of their outcome less that of their matches.

    outcomes: in the order of the pool. frozen: the fingerprint under which the match was kept
    before outcomes were at hand. errors: `pairs` for matches without replacement;
    `abadie-imbens` and its robust form for matches with replacement (Abadie and Imbens 2006, the
    variance of the effect on people like those served; one variance for all as in Abadie,
    Drukker, Herr and Imbens 2004). adjust: the pool, for a bias adjustment by a regression of the
    outcome on these traits among matches, weighted by their use (Abadie and Imbens 2011).

    Refuses another match than the frozen one, other people, outcomes not known, an error that
    does not belong to the match, and fewer than two matched people served.
    """
    _refuse_other(match, frozen)
    weights = match_weights(match)
    values = known_outcomes(
        outcomes, match.people, match.treated, used=_used(match, weights, errors)
    )
    found = differences_of_matches(match, values, errors=errors, adjust=adjust, on=adjust_on)
    rows, without = found.rows, found.instead
    gaps = values[rows] - without
    effect = float(gaps.mean())
    served_part, other_part = np.zeros(len(values)), np.zeros(len(values))
    divisor = np.sqrt(len(rows) * (len(rows) - 1)) if errors == "pairs" else len(rows)
    served_part[rows] = (values[rows] - values[rows].mean()) / divisor
    other_part[rows] = (without - without.mean()) / divisor
    if errors != "pairs":
        left = values[match.pairs[:, 0]] - found.pairs_instead - effect
        reuse = np.maximum(found.used**2 - found.squares, 0.0)
        other_part += np.sqrt(reuse * _variance(match, values, left, errors)) / divisor
    adjusted = "" if adjust is None else ", bias adjusted by regression"
    return ComparedEffect(
        effect,
        error_of(served_part - other_part),
        int((weights > 0).sum()),
        f"Matching, {match.rule.says}{adjusted}; {SAID[errors]}",
        float(len(rows) - 1) if errors == "pairs" else None,
        treated_mean=float(values[rows].mean()),
        control_mean=float(without.mean()),
        treated_weights=spread_of(weights[match.treated]),
        control_weights=spread_of(weights[~match.treated]),
        treated_part=served_part,
        control_part=other_part,
        weights=weights,
    )


def differences_of_matches(
    match: Match,
    values: NDArray[np.float64],
    *,
    errors: MatchedError,
    adjust: ComparisonPool | None = None,
    on: Sequence[str] | None = None,
) -> MatchDifferences:
    """Everyone matched, with what stands in for the outcome that they lack.

    values: (n,) known outcomes. adjust, on: the pool, and its traits, of a bias adjustment.
    Refuses an error that does not belong to the match, and fewer than two matched people.
    """
    _refuse_error(match, errors)
    served, others = match.pairs.T
    parts = parts_of(match)
    instead = values[others]
    if adjust is not None:
        instead = instead + _bias(match, values, match_weights(match), adjust, on)
    rows = np.unique(served)
    at = np.searchsorted(rows, served)
    n = len(match.treated)
    return MatchDifferences(
        rows,
        _summed(at, parts * instead, len(rows)),
        instead,
        _summed(others, parts, n),
        _summed(others, parts**2, n),
    )


def _summed(at: NDArray[np.int64], values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(at, weights=values, minlength=length), np.float64)


def parts_of(match: Match) -> NDArray[np.float64]:
    """(p,) the part of each pair: one over the matches of its person served."""
    counts = np.bincount(match.pairs[:, 0])
    return 1.0 / counts[match.pairs[:, 0]]


def _used(match: Match, weights: NDArray[np.float64], errors: MatchedError) -> NDArray[np.bool_]:
    used = weights > 0
    if errors == "abadie-imbens-robust":
        used[match.alike.ravel()] = True
    return used


def _variance(
    match: Match, values: NDArray[np.float64], left: NDArray[np.float64], errors: MatchedError
) -> NDArray[np.float64]:
    """(n,) the variance of an outcome given traits; left: (p,) pair differences less the effect."""
    if errors == "abadie-imbens":
        served = len(np.unique(match.pairs[:, 0]))
        one = float((parts_of(match) * left**2).sum()) / (2 * served)
        return np.full(len(values), one)
    varied = np.zeros(len(values))
    near = match.alike.shape[1] - 1
    gap = values[match.alike[:, 0]] - values[match.alike[:, 1:]].mean(axis=1)
    varied[match.alike[:, 0]] = near / (near + 1) * gap**2
    return varied


def _bias(
    match: Match,
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
    pool: ComparisonPool,
    names: Sequence[str] | None,
) -> NDArray[np.float64]:
    """(p,) what the regression among matches says of the traits that still differ."""
    if pool.fingerprint != match.pool:
        raise Refusal(
            Problem("The traits are of another pool.", "Adjust by the pool that was matched.")
        )
    columns = pool.columns(names)
    served, others = match.pairs.T
    used = np.unique(others)
    if len(used) <= columns.shape[1] + 1:
        raise Refusal(
            Problem(
                f"{len(used):,} people compared with are too few for an adjustment by "
                f"{columns.shape[1]:,} traits.",
                "Adjust by fewer traits, or not at all.",
            )
        )
    said = tuple(pool.names if names is None else names)
    refuse_dependent(columns[used], said, who="Everyone compared with")
    middle, scale = columns[used].mean(axis=0), columns[used].std(axis=0)
    standard = (columns - middle) / scale
    root = np.sqrt(weights[used])
    design = np.column_stack([np.ones(len(used)), standard[used]])
    slopes = np.linalg.lstsq(design * root[:, None], values[used] * root, rcond=None)[0][1:]
    return (standard[served] - standard[others]) @ slopes


def _refuse_other(match: Match, frozen: str) -> None:
    if match.fingerprint != frozen:
        raise Refusal(
            Problem(
                "The match is not the one that was frozen before outcomes were known.",
                "Use the frozen match. A match made later is exploratory, and says so.",
            )
        )


def _refuse_error(match: Match, errors: MatchedError) -> None:
    wanted = match.rule.with_replacement
    if (errors == "pairs") == wanted:
        raise Refusal(
            Problem(
                f"The standard error {errors} does not belong to a match "
                f"{'with' if wanted else 'without'} replacement.",
                "With replacement, use an Abadie-Imbens error; without, use pairs.",
            )
        )
    if errors == "abadie-imbens-robust" and not match.rule.alike:
        raise Refusal(
            Problem(
                "The match keeps no people alike within the comparison group.",
                "Set `alike` to 1 or more when the match is made.",
            )
        )
    if len(np.unique(match.pairs[:, 0])) < 2:
        raise Refusal(
            Problem(
                "Fewer than two people served are matched.",
                "Widen the calliper or the strata; such a change belongs in the plan.",
            )
        )
