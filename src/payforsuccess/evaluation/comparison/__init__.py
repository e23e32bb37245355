"""Comparison groups that chance did not make: scores, matches, weights, and how alike they are.

A match or a set of weights is made from a `ComparisonPool`, which has no place for an outcome.
Its effect is computed later, from the match and the outcomes.
"""

from __future__ import annotations

from payforsuccess.evaluation.comparison.alike import TraitDifference, differences
from payforsuccess.evaluation.comparison.doubly_robust import deal_folds, doubly_robust
from payforsuccess.evaluation.comparison.effect import ComparedEffect, percent_reduction
from payforsuccess.evaluation.comparison.entropy import (
    EntropyWeights,
    balance_by_entropy,
    effect_of_entropy,
)
from payforsuccess.evaluation.comparison.everyone import (
    MatchBothWays,
    average_effect,
    match_both_ways,
)
from payforsuccess.evaluation.comparison.inverse import effect_of_inverse
from payforsuccess.evaluation.comparison.match import Match, NearestRule
from payforsuccess.evaluation.comparison.matched import effect_of_match, match_weights
from payforsuccess.evaluation.comparison.nearest import match_nearest
from payforsuccess.evaluation.comparison.overlap import (
    Overlap,
    WeightSpread,
    overlap_of,
    spread_of,
)
from payforsuccess.evaluation.comparison.pool import ComparisonPool, Outcomes
from payforsuccess.evaluation.comparison.score import PropensityScore, fit_score

__all__ = [
    "ComparedEffect",
    "ComparisonPool",
    "EntropyWeights",
    "Match",
    "MatchBothWays",
    "NearestRule",
    "Outcomes",
    "Overlap",
    "PropensityScore",
    "TraitDifference",
    "WeightSpread",
    "average_effect",
    "balance_by_entropy",
    "deal_folds",
    "differences",
    "doubly_robust",
    "effect_of_entropy",
    "effect_of_inverse",
    "effect_of_match",
    "fit_score",
    "match_both_ways",
    "match_nearest",
    "match_weights",
    "overlap_of",
    "percent_reduction",
    "spread_of",
]
