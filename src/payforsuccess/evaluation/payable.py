"""What a payment may rest on: fall-back rules asked of recorded facts, pooling, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from payforsuccess.deal.estimates import (
    Estimate,
    PayableEstimate,
    PayablePart,
    RecordedFact,
    RuleFollowed,
)
from payforsuccess.deal.evaluation import EffectForm, EvaluationPlan, Fallback
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.decision import Payable, decide
from payforsuccess.evaluation.weak_instrument import refuse_weak, weak_fact

if TYPE_CHECKING:
    from payforsuccess.evaluation.designs.sample import Sample

MOST_DRAWS = 999
"""Draws of the joint bootstrap where the plan states none."""


@dataclass(frozen=True, eq=False)
class Found:
    """A plan with its estimate and the people it rests on, with their numbers in `person`."""

    plan: EvaluationPlan
    estimate: Estimate
    sample: Sample | None = None


def payable_of(
    plan: EvaluationPlan,
    estimate: Estimate,
    *,
    sample: Sample | None = None,
    others: Mapping[str, Found] | None = None,
) -> PayableEstimate:
    """The value payments read: fall-back rules first, then pooling, then the decision.

    The first fall-back that recorded facts set off decides. sample: the plan's own people, where
    it pools. others: the plans it may fall back to or pools. Weights hold always or, where a
    fall-back says `then: pool`, only once it is set off. Refuses a plan that it needs and has not,
    pay on significance where there is no test, a rule on crossing over where there is one arm, and
    an effect of taking part by a draw too weak for it, where no fall-back says what then holds.
    """
    facts = recorded_facts(plan, estimate)
    rule = set_off(plan, facts)
    because = "" if rule is None else f"The fall-back rule holds: {rule.says}"
    own = _part(estimate, Fraction(1))
    followed = _followed(plan, estimate, facts)
    if rule is not None and rule.then == "pay-nothing":
        return PayableEstimate(
            plan=estimate.plan,
            value=no_effect(estimate.effect.form),
            because=because,
            people=_people(estimate),
            parts=(own,),
            facts=facts,
            followed=followed,
        )
    if rule is not None and rule.then in ("other-plan", "verified-count"):
        instead = _other(others, rule.plan or "")
        found = payable_of(instead.plan, instead.estimate, sample=instead.sample, others=others)
        return found.model_copy(
            update={
                "plan": estimate.plan,
                "because": f"{because} {found.because}",
                "facts": (*facts, *found.facts),
                "followed": (*followed, *found.followed),
            }
        )
    waits = any(fallback.then == "pool" for fallback in plan.fallback)
    if plan.pooling and (not waits or (rule is not None and rule.then == "pool")):
        mine = {estimate.plan: Found(plan, estimate, sample)}
        whole = _pooled(plan, estimate, {**(others or {}), **mine}, facts, because)
        return whole.model_copy(update={"followed": followed})
    refuse_weak(estimate)
    decided = _decided(plan, estimate.effect.value, estimate.effect.interval, estimate)
    return PayableEstimate(
        plan=estimate.plan,
        value=decided.value,
        because=decided.because,
        standard_error=estimate.effect.standard_error,
        interval=estimate.effect.interval,
        p_value=None if estimate.test is None else estimate.test.decides,
        people=_people(estimate),
        parts=(own,),
        facts=facts,
    )


def _pooled(
    plan: EvaluationPlan,
    estimate: Estimate,
    found: Mapping[str, Found],
    facts: tuple[RecordedFact, ...],
    because: str,
) -> PayableEstimate:
    """The weighted sum of the point estimates, decided on with the error of a joint bootstrap."""
    from payforsuccess.evaluation.pooled import Part, pooled

    each = [(_other(found, weight.plan), weight.weight) for weight in plan.pooling]
    parts = []
    for one, weight in each:
        refuse_weak(one.estimate)
        if one.sample is None:
            raise ValueError("a pooled plan comes with its people")
        parts.append(Part(one.plan, float(weight), one.sample, one.estimate.unit))
    seed = np.random.SeedSequence([plan.seed or 0, 3_000])
    whole = pooled(
        parts,
        draws=plan.draws or MOST_DRAWS,
        confidence=float(plan.confidence or 0),
        rng=np.random.Generator(np.random.PCG64(seed)),
    )
    value = sum((one.estimate.effect.value * weight for one, weight in each), Fraction(0))
    interval = decimal_of(whole.interval.low), decimal_of(whole.interval.high)
    p_value = decimal_of(min(1.0, whole.found.p_value))
    form = estimate.effect.form
    decided = decide(
        plan.decision, point=value, interval=interval, p_value=p_value, none=no_effect(form)
    )
    named = " and ".join(
        f"{float(weight):g} of {one.estimate.plan} ({float(one.estimate.effect.value):.6g})"
        for one, weight in each
    )
    return PayableEstimate(
        plan=estimate.plan,
        value=decided.value,
        because=f"{because} Pooled: {named}. {decided.because}".strip(),
        standard_error=decimal_of(whole.found.standard_error),
        interval=interval,
        p_value=p_value,
        people=whole.found.people,
        parts=tuple(_part(one.estimate, weight) for one, weight in each),
        facts=facts,
        draws=whole.draws,
        seed=plan.seed,
    )


def _decided(
    plan: EvaluationPlan,
    point: Fraction,
    interval: tuple[Fraction, Fraction] | None,
    estimate: Estimate,
) -> Payable:
    if plan.decision.pays_on == "significance" and estimate.test is None:
        raise Refusal(
            Problem(
                f"The plan {estimate.plan} pays only what its test shows, and its design has no "
                "test.",
                "Name a test that the design allows, or pay on the point estimate or the interval.",
            )
        )
    return decide(
        plan.decision,
        point=point,
        interval=interval,
        p_value=Fraction(1) if estimate.test is None else estimate.test.decides,
        none=no_effect(estimate.effect.form),
    )


def _part(estimate: Estimate, weight: Fraction) -> PayablePart:
    return PayablePart(
        plan=estimate.plan,
        weight=weight,
        value=estimate.effect.value,
        estimate=estimate.fingerprint,
    )


def _people(estimate: Estimate) -> int:
    return sum(arm.rests_on for arm in estimate.arms)


def _other(others: Mapping[str, Found] | None, name: str) -> Found:
    if others is None or name not in others:
        raise Refusal(
            Problem(
                f"The plan falls back to {name} or pools it, and {name} has no estimate.",
                "Estimate that plan too, from the same records.",
            )
        )
    return others[name]


def no_effect(form: EffectForm) -> Fraction:
    """What no effect is in a form: 1 for ratios, 0 for the others."""
    return Fraction(1 if form in ("rate-ratio", "hazard-ratio") else 0)


def recorded_facts(plan: EvaluationPlan, estimate: Estimate) -> tuple[RecordedFact, ...]:
    """What the records say to each fall-back rule, in the plan's order."""
    return tuple(_fact(rule, plan, estimate) for rule in plan.fallback)


def set_off(plan: EvaluationPlan, facts: tuple[RecordedFact, ...]) -> Fallback | None:
    """The first rule that is set off."""
    for rule, fact in zip(plan.fallback, facts, strict=True):
        if fact.holds:
            return rule
    return None


def _followed(
    plan: EvaluationPlan, estimate: Estimate, facts: tuple[RecordedFact, ...]
) -> tuple[RuleFollowed, ...]:
    """The rule that is set off, as results state it; nothing where none is."""
    for rule, fact in zip(plan.fallback, facts, strict=True):
        if fact.holds:
            return (
                RuleFollowed(
                    plan=estimate.plan,
                    when=rule.when,
                    then=rule.then,
                    found=fact.found,
                    limit=fact.limit,
                    says=rule.says,
                ),
            )
    return ()


def _fact(rule: Fallback, plan: EvaluationPlan, estimate: Estimate) -> RecordedFact:
    limit = rule.limit if rule.limit is not None else Fraction(plan.sample_floor or 0)
    match rule.when:
        case "sample-below-floor":
            found = Fraction(min(arm.rests_on for arm in estimate.arms))
            holds = found < limit
        case "attrition-above":
            found = estimate.attrition.overall
            holds = found > limit
        case "crossover-above":
            if len(estimate.flow) == 1:
                raise Refusal(
                    Problem(
                        f"A fall-back rule of {estimate.plan} asks how many people changed arms, "
                        "and the design has one arm.",
                        "Take the rule out, or compare two arms.",
                    )
                )
            control = estimate.flow[1]
            found = Fraction(control.took_part or 0, max(1, control.assigned))
            holds = found > limit
        case "match-rate-below":
            found = min(Fraction(f.linked or 0, max(1, f.assigned)) for f in estimate.flow)
            holds = found < limit
        case "weak-instrument":
            return weak_fact(rule, estimate)
    return RecordedFact(rule=rule.says, found=found, limit=limit, holds=holds)
