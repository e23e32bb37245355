"""The comparison group of a matched plan, chosen or weighted where no outcome can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.deal.evaluation import Matched
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.comparison import (
    ComparisonPool,
    EntropyWeights,
    Match,
    MatchBothWays,
    NearestRule,
    PropensityScore,
    balance_by_entropy,
    fit_score,
    match_both_ways,
    match_nearest,
)
from payforsuccess.evaluation.designs.sample import LABEL, Sample
from payforsuccess.trail import fingerprint


@dataclass(frozen=True, eq=False)
class Chosen:
    """The pool, and the match, weights or score that the plan's estimator makes of it.

    both: where the effect on everyone is sought by matching; `match` is then the one of them that
    is of people served.
    score is None for entropy balancing and for Mahalanobis distances without a calliper; a doubly
    robust estimate fits its scores fold by fold with the outcomes, and has no score here.
    """

    pool: ComparisonPool
    score: PropensityScore | None = None
    match: Match | None = None
    entropy: EntropyWeights | None = None
    both: MatchBothWays | None = None

    def fingerprint(self, plan: Matched) -> str:
        """Of the match; of the pool and the rule, where weights follow from these alone."""
        if self.both is not None:
            return self.both.fingerprint
        if self.match is not None:
            return self.match.fingerprint
        rule = {"estimator": plan.estimator, "trimmed_at": str(plan.trimmed_at)}
        return fingerprint({"pool": self.pool.fingerprint, "rule": rule})


def without_outcomes(plan: Matched, sample: Sample) -> Sample:
    """The same people with their arm, the plan's covariates and exact facts, and nothing else.

    Outcomes and all that is known from afterwards are not in these rows, so no match made from
    them can have looked.
    """
    asked = dict.fromkeys((*plan.covariates, *plan.exact_on))
    columns = [c for name in asked for c in (name, name + LABEL) if sample.has(c)]
    return Sample(sample.rows.select(["arm", *columns]), sample.treated_arm, sample.control_arm)


def choose(plan: Matched, people: Sample) -> Chosen:
    """The plan's comparison group of these people, whose rows hold no outcome.

    Refuses (ValueError) rows with a quantity; people of whom a covariate or a fact of `exact_on`
    is not known, counted; and what matching, scores and balancing refuse.
    """
    if people.has("quantity"):
        raise ValueError("a comparison group is chosen where no outcome can be seen")
    _refuse_no_side(people)
    traits, names = people.covariates(plan.covariates)
    pool = ComparisonPool(np.arange(len(people)), people.treated, names, traits)
    if plan.estimator == "entropy-balancing":
        return Chosen(pool, entropy=balance_by_entropy(pool))
    if plan.estimator == "doubly-robust":
        return Chosen(pool)
    if plan.estimator == "inverse-probability":
        return Chosen(pool, score=fit_score(pool))
    rule = rule_of(plan)
    asks = plan.distance != "mahalanobis" or plan.caliper is not None
    chooses = not plan.with_replacement and plan.order != "file-order"
    score = fit_score(pool) if asks or chooses else None
    strata = people.codes(plan.exact_on, "groups matched within") if plan.exact_on else None
    if plan.estimand == "ate":
        both = match_both_ways(pool, rule, score=score, strata=strata)
        return Chosen(pool, score, both.served, both=both)
    return Chosen(pool, score, match_nearest(pool, rule, score=score, strata=strata))


def rule_of(plan: Matched) -> NearestRule:
    """The plan's rule of matching."""
    return NearestRule(
        distance=plan.distance,
        per_treated=plan.matches_each or 1,
        with_replacement=plan.with_replacement,
        calliper=None if plan.caliper is None else float(plan.caliper),
        order=plan.order,
        ties=plan.ties,
        alike=plan.alike or 0,
    )


def _refuse_no_side(people: Sample) -> None:
    sides = ((people.treated_arm, people.treated), (people.control_arm, ~people.treated))
    empty = [arm for arm, mask in sides if not mask.any()]
    if empty:
        raise Refusal(
            Problem(
                f"No one is in the arm {', '.join(empty)}.",
                "Check the arms' labels, and where the comparison people come from.",
            )
        )
