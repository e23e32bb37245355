"""The average effect on everyone of a pool, from people of both sides matched with the other.

Abadie and Imbens (Econometrica 2006): each person lacks one of two outcomes, and gets it from the
nearest of the other side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison.effect import ComparedEffect, error_of
from payforsuccess.evaluation.comparison.match import Match, NearestRule
from payforsuccess.evaluation.comparison.matched import (
    SAID,
    MatchedError,
    differences_of_matches,
    parts_of,
)
from payforsuccess.evaluation.comparison.nearest import match_nearest
from payforsuccess.evaluation.comparison.overlap import spread_of
from payforsuccess.evaluation.comparison.pool import ComparisonPool, Outcomes, known_outcomes
from payforsuccess.evaluation.comparison.score import PropensityScore, fit_score
from payforsuccess.trail import fingerprint

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MatchBothWays:
    """Two matches of one pool: people served with others, and others with people served.

    In the second the sides are told the other way about, so that `treated` says who is not served.
    """

    served: Match
    others: Match

    @property
    def fingerprint(self) -> str:
        """Of both matches."""
        return fingerprint({"served": self.served.fingerprint, "others": self.others.fingerprint})

    @property
    def unmatched(self) -> int:
        """People of either side who found no one."""
        return len(self.served.unmatched) + len(self.others.unmatched)


def other_way_about(pool: ComparisonPool) -> ComparisonPool:
    """The same people, with those not served called treated."""
    return ComparisonPool(pool.keys, ~pool.treated, pool.names, pool.traits)


def match_both_ways(
    pool: ComparisonPool,
    rule: NearestRule,
    *,
    score: PropensityScore | None = None,
    strata: NDArray | None = None,
) -> MatchBothWays:
    """Each person with the nearest of the other side, by one rule, with replacement.

    score: fitted on this pool, where the rule uses one. ValueError for a rule without replacement:
    the smaller side could not serve the larger. Refuses what `match_nearest` does.
    """
    if not rule.with_replacement:
        raise ValueError("everyone is matched with replacement")
    other = other_way_about(pool)
    return MatchBothWays(
        match_nearest(pool, rule, score=score, strata=strata),
        match_nearest(
            other, rule, score=None if score is None else fit_score(other), strata=strata
        ),
    )


def average_effect(
    both: MatchBothWays,
    outcomes: Outcomes,
    *,
    frozen: str,
    errors: MatchedError,
    adjust: ComparisonPool | None = None,
) -> ComparedEffect:
    """The mean over everyone matched of the outcome served less the outcome not served.

    frozen: the fingerprint under which both matches were kept before outcomes were at hand. The
    variance is that of the effect on people like these (Abadie and Imbens 2006, theorem 7, and
    with ties as in Abadie, Drukker, Herr and Imbens 2004): of the effects found, and of outcomes
    among people alike by how often each person is used. adjust: the pool, for a bias adjustment on
    either side (Abadie and Imbens 2011).

    Refuses other matches than the frozen ones, other people, outcomes not known, and an error that
    does not belong to matches with replacement. A pair of parts that the effect hands over has
    twice as many places as people: what comes of effects, and of outcomes.
    """
    if both.fingerprint != frozen:
        raise Refusal(
            Problem(
                "The matches are not those that were frozen before outcomes were known.",
                "Use the frozen matches. A match made later is exploratory, and says so.",
            )
        )
    treated = both.served.treated
    values = known_outcomes(outcomes, both.served.people, treated, used=np.ones(len(treated), bool))
    other = None if adjust is None else other_way_about(adjust)
    down = differences_of_matches(both.served, values, errors=errors, adjust=adjust)
    up = differences_of_matches(both.others, values, errors=errors, adjust=other)
    rows = np.concatenate([down.rows, up.rows])
    people = len(rows)
    with_it = np.concatenate([values[down.rows], up.instead])
    without = np.concatenate([down.instead, values[up.rows]])
    effect = float((with_it - without).mean())
    used = down.used + up.used
    varied = _varied(both, values, effect, errors, (down.pairs_instead, up.pairs_instead))
    spread = np.sqrt(np.maximum(used**2 + 2 * used - down.squares - up.squares, 0.0) * varied)
    of_effects = np.zeros((2, len(values)))
    of_effects[0, rows] = (with_it - with_it.mean()) / people
    of_effects[1, rows] = (without - without.mean()) / people
    of_served = np.concatenate([of_effects[0], np.where(treated, spread, 0.0) / people])
    of_others = np.concatenate([of_effects[1], np.where(treated, 0.0, spread) / people])
    weights = used.copy()
    weights[rows] += 1.0
    adjusted = "" if adjust is None else ", bias adjusted by regression"
    return ComparedEffect(
        effect,
        error_of(of_served - of_others),
        int((weights > 0).sum()),
        f"Matching everyone with the other side (ATE), {both.served.rule.says}{adjusted}; "
        f"{SAID[errors]}",
        treated_mean=float(with_it.mean()),
        control_mean=float(without.mean()),
        treated_weights=spread_of(weights[treated]),
        control_weights=spread_of(weights[~treated]),
        treated_part=of_served,
        control_part=of_others,
        weights=weights,
    )


def _varied(
    both: MatchBothWays,
    values: Floats,
    effect: float,
    errors: MatchedError,
    instead: tuple[Floats, Floats],
) -> Floats:
    """(n,) the variance of an outcome among people alike; one for all, or each person's own."""
    if errors == "abadie-imbens":
        total, people = 0.0, 0
        for match, found, sign in ((both.served, instead[0], 1), (both.others, instead[1], -1)):
            left = sign * (values[match.pairs[:, 0]] - found) - effect
            total += float(parts_of(match) @ left**2)
            people += len(np.unique(match.pairs[:, 0]))
        return np.full(len(values), total / (2 * people))
    varied = np.zeros(len(values))
    for match in (both.served, both.others):
        near = match.alike.shape[1] - 1
        gap = values[match.alike[:, 0]] - values[match.alike[:, 1:]].mean(axis=1)
        varied[match.alike[:, 0]] = near / (near + 1) * gap**2
    return varied
