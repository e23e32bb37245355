"""People served against others chosen or weighted to be like them, or both sides made alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.evaluation import EffectForm, Matched
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.comparison import (
    ComparedEffect,
    Outcomes,
    average_effect,
    deal_folds,
    doubly_robust,
    effect_of_entropy,
    effect_of_inverse,
    effect_of_match,
    percent_reduction,
)
from payforsuccess.evaluation.comparison.inverse import Whom
from payforsuccess.evaluation.comparison.matched import MatchedError
from payforsuccess.evaluation.designs.chosen import Chosen, choose, without_outcomes
from payforsuccess.evaluation.designs.compared import Compared, effect_of
from payforsuccess.evaluation.designs.likeness import (
    alike_after,
    left_out,
    overlap_seen,
    repeated,
    unmatched,
)
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.matched_plans import problems_of_matched


@dataclass(frozen=True, eq=False)
class FoundAlike:
    """The comparison group of people whose outcome is known, and the effect found with it."""

    chosen: Chosen
    effect: ComparedEffect


def compare_matched(
    plan: Matched, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The plan's formula on the people whose outcome is known, with overlap and balance after.

    Who has no known outcome is left out before the comparison group is chosen, by status alone.
    Refuses a person who is in both arms, people of whom a covariate is not known, a percent
    reduction of a comparison mean that is not above 0, and what the formula refuses.
    """
    known = sample.known
    found = find_alike(plan, known, rng=rng)
    weights = found.effect.weights
    overlap, seen = overlap_seen(plan, found.chosen, found.effect)
    alike = alike_after((*plan.covariates, *plan.balance_on), known, weights)
    return Compared(
        _in_forms(plan, found.effect, unit),
        found.effect.people,
        found.effect,
        overlap=overlap,
        weights=weights,
        after={n: one.standardised for n, one in alike.items() if one.standardised is not None},
        means_after={name: (one.treated_mean, one.control_mean) for name, one in alike.items()},
        notes=(
            *left_out(sample, known),
            *repeated(known),
            *unmatched(found.chosen, weights),
            *seen,
        ),
    )


def effects_alike(
    plan: Matched, sample: Sample, *, unit: str, rng: np.random.Generator
) -> dict[EffectForm, Effect]:
    """The effects alone, where the same is found many times of people drawn again."""
    return _in_forms(plan, find_alike(plan, sample.known, rng=rng).effect, unit)


def find_alike(plan: Matched, known: Sample, *, rng: np.random.Generator) -> FoundAlike:
    """The comparison group first, of rows without outcomes, and then the effect.

    known: people with a known outcome. rng deals the folds of cross-fitting.
    """
    problems = problems_of_matched(plan, where=Place())
    if problems:
        raise Refusal(problems)
    _refuse_both_arms(known)
    chosen = choose(plan, without_outcomes(plan, known))
    return FoundAlike(chosen, _effect(plan, chosen, Outcomes(chosen.pool.keys, known.outcome), rng))


def _effect(
    plan: Matched, chosen: Chosen, outcomes: Outcomes, rng: np.random.Generator
) -> ComparedEffect:
    keep = None
    if plan.trimmed_at is not None:
        keep = (float(plan.trimmed_at), 1 - float(plan.trimmed_at))
    if chosen.both is not None:
        return average_effect(
            chosen.both,
            outcomes,
            frozen=chosen.both.fingerprint,
            errors=_error_of_matches(plan),
            adjust=chosen.pool if plan.bias_adjusted else None,
        )
    if chosen.match is not None:
        return effect_of_match(
            chosen.match,
            outcomes,
            frozen=chosen.match.fingerprint,
            errors=_error_of_matches(plan),
            adjust=chosen.pool if plan.bias_adjusted else None,
        )
    if chosen.entropy is not None:
        return effect_of_entropy(
            chosen.pool,
            chosen.entropy,
            outcomes,
            errors="fixed-weights" if plan.standard_errors == "hc0" else "estimated-weights",
        )
    whom: Whom = "ate" if plan.estimand == "ate" else "att"
    if chosen.score is not None:
        return effect_of_inverse(chosen.pool, chosen.score, outcomes, whom=whom, keep=keep)
    fold = np.zeros(len(outcomes.values), dtype=np.int64)
    if plan.folds is not None and plan.folds > 1:
        fold = deal_folds(chosen.pool.treated, plan.folds, rng)
    return doubly_robust(chosen.pool, outcomes, whom=whom, fold=fold, keep=keep)


def _error_of_matches(plan: Matched) -> MatchedError:
    if not plan.with_replacement:
        return "pairs"
    return "abadie-imbens" if plan.alike is None else "abadie-imbens-robust"


def _in_forms(plan: Matched, found: ComparedEffect, unit: str) -> dict[EffectForm, Effect]:
    """The difference in the outcome's unit, and the percent reduction where it is defined."""
    confidence = float(plan.confidence or 0)
    effects: dict[EffectForm, Effect] = {
        "difference": effect_of(found, "difference", unit, confidence=confidence)
    }
    if found.control_mean > 0:
        effects["percent-reduction"] = effect_of(
            percent_reduction(found), "percent-reduction", "percent", confidence=confidence
        )
    elif plan.as_ == "percent-reduction":
        raise Refusal(
            Problem(
                "The comparison group's mean is not above 0, so nothing can be a percent of it.",
                "State the effect as a difference instead, before results are known.",
            )
        )
    return effects


def _refuse_both_arms(known: Sample) -> None:
    if not known.has("person"):
        return
    person = known.rows["person"].to_numpy()
    both = np.intersect1d(person[known.treated], person[~known.treated])
    if len(both):
        raise Refusal(
            Problem(
                f"{len(both):,} people are in both arms, so they would be compared with "
                "themselves.",
                "Take people who were served out of the comparison pool.",
            )
        )
