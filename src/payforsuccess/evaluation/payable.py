"""What a payment may rest on: fall-back rules asked of recorded facts, pooling, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.estimates import Estimate, PayableEstimate, PayablePart, RecordedFact
from payforsuccess.deal.evaluation import EffectForm, EvaluationPlan, Fallback
from payforsuccess.evaluation.decision import decide


def payable_of(
    plan: EvaluationPlan, estimate: Estimate, others: Mapping[str, Estimate] | None = None
) -> PayableEstimate:
    """The value payments read. others: the estimates of the plans it may fall back to or pool."""
    facts = recorded_facts(plan, estimate)
    people = sum(arm.known for arm in estimate.arms)
    own = PayablePart(
        plan=estimate.plan,
        weight=Fraction(1),
        value=estimate.effect.value,
        estimate=estimate.fingerprint,
    )
    rule = set_off(plan, facts)
    if rule is not None and rule.then == "pay-nothing":
        return PayableEstimate(
            plan=estimate.plan,
            value=no_effect(estimate.effect.form),
            because=f"The fall-back rule holds: {rule.says}",
            people=people,
            parts=(own,),
            facts=facts,
        )
    decided = decide(
        plan.decision,
        point=estimate.effect.value,
        interval=estimate.effect.interval,
        p_value=estimate.test.p_value,
        none=no_effect(estimate.effect.form),
    )
    return PayableEstimate(
        plan=estimate.plan,
        value=decided.value,
        because=decided.because,
        standard_error=estimate.effect.standard_error,
        interval=estimate.effect.interval,
        p_value=estimate.test.p_value,
        people=people,
        parts=(own,),
        facts=facts,
    )


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


def _fact(rule: Fallback, plan: EvaluationPlan, estimate: Estimate) -> RecordedFact:
    limit = rule.limit if rule.limit is not None else Fraction(plan.sample_floor or 0)
    match rule.when:
        case "sample-below-floor":
            found = Fraction(min(arm.known for arm in estimate.arms))
            holds = found < limit
        case "attrition-above":
            found = estimate.attrition.overall
            holds = found > limit
        case "crossover-above":
            control = estimate.flow[1]
            found = Fraction(control.took_part or 0, max(1, control.assigned))
            holds = found > limit
        case "match-rate-below":
            found = min(Fraction(f.linked or 0, max(1, f.assigned)) for f in estimate.flow)
            holds = found < limit
    return RecordedFact(rule=rule.says, found=found, limit=limit, holds=holds)
