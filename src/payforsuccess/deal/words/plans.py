"""Evaluation plans in plain words: the comparison, the estimate, and what payments read."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.evaluation import (
    ComparisonBase,
    DifferenceInDifferences,
    EvaluationPlan,
    Fallback,
    Matched,
    OutcomeIndex,
    PrePost,
    Randomised,
    Staggered,
    TwoArmBase,
    VerifiedCount,
)
from payforsuccess.deal.evaluation.lottery import Lottery
from payforsuccess.deal.words.matches import matching_in_words
from payforsuccess.deal.words.measures import measure_in_words
from payforsuccess.deal.words.phrases import as_sentence, counted, day, listed, named, percent
from payforsuccess.units import exact_text

_ESTIMANDS = {
    "itt": "the effect of being offered the programme",
    "tot": "the effect of taking part",
    "att": "the effect on those served",
    "ate": "the effect on everyone compared, served or not",
}
_FORMS = {
    "difference": "a difference",
    "percent-reduction": "a percent reduction",
    "rate-ratio": "a ratio of rates",
    "hazard-ratio": "a ratio of hazards",
    "change": "a change, which is no effect",
    "count": "a count",
}
_TRIGGERS = {
    "sample-below-floor": "if too few people have a known result",
    "attrition-above": "if more than {} of people are lost",
    "crossover-above": "if more than {} of people change arms",
    "match-rate-below": "if fewer than {} of records can be matched",
    "weak-instrument": "if the draw moves too few people to take part",
}


def plan_in_words(plan: EvaluationPlan) -> tuple[str, ...]:
    """Sentences that say how the effect is estimated, agreed before the data are seen."""
    return tuple(_sentences(plan))


def _sentences(plan: EvaluationPlan) -> Iterator[str]:
    yield as_sentence(plan.says)
    yield _comparison(plan)
    if isinstance(plan, Randomised) and plan.lottery is not None:
        yield _lottery(plan.lottery)
    yield from measure_in_words(plan.measure)
    if isinstance(plan, TwoArmBase) and plan.index is not None:
        yield from _index(plan.index)
    yield _estimate(plan)
    if plan.covariates:
        by = plan.adjusted_by if isinstance(plan, Staggered) else None
        how = "" if by is None else f", by {named(by)}"
        yield f"Adjusted for {listed([named(name) for name in plan.covariates])}{how}."
    if isinstance(plan, Randomised) and plan.changing:
        said = [
            named(one.name)
            if one.state is None
            else f"{named(one.name)} (being {named(one.state)})"
            for one in plan.changing
        ]
        yield f"Adjusted for {listed(said)} as it changes, each change from the day after."
    if isinstance(plan, Staggered) and plan.aggregate is not None:
        yield f"The effect is the {plan.aggregate} mean of the effects of cohorts in periods."
    if plan.estimator == "two-stage-least-squares" and isinstance(plan, Randomised):
        yield (
            f"Nothing is paid on it where the F of the draw on taking part is below "
            f"{exact_text(plan.least_first_stage)}."
        )
    if isinstance(plan, ComparisonBase):
        if plan.confidence is not None and plan.test is not None:
            yield (
                f"It comes with a {percent(plan.confidence)} interval and one two-sided test, "
                f"{named(plan.test)}."
            )
        if plan.sensitivity:
            others = listed([named(test) for test in plan.sensitivity])
            yield f"Also shown, with nothing resting on it: {others}."
    if plan.sample_floor is not None:
        yield f"Each arm needs at least {counted(plan.sample_floor, 'person')} with a known result."
    for fallback in plan.fallback:
        yield _fallback(fallback)
    if plan.pooling:
        parts = [f"{named(part.plan)} with {percent(part.weight)}" for part in plan.pooling]
        yield f"Several plans are pooled into one value: {listed(parts)}."
    for look in plan.looks:
        stop = "it may end the study" if look.can_stop else "it cannot end the study"
        pays = "a payment rests on it" if look.pays else "no payment rests on it"
        yield f"Interim look {named(look.name)} on {day(look.on)}: {stop}, and {pays}."
    if plan.monitoring is not None:
        yield (
            f"Before the end only the evaluator and {plan.monitoring.board} see outcomes by arm. "
            f"A stop needs the bound {named(plan.monitoring.bounds)}, with a chance of "
            f"{percent(plan.monitoring.level)} over all looks of a stop without any effect."
        )
    yield _decision(plan)


def _lottery(lottery: Lottery) -> str:
    how = {
        "on-referral": "people are drawn as they are referred",
        "as-places-open": "each time places open, they are drawn among all who wait",
    }[lottery.draws]
    blocks = ", in blocks whose sizes nobody sees" if lottery.block_sizes else ""
    return (
        f"The lottery is sealed: {how}{blocks}. Who is not drawn can be served outside of the "
        f"comparison after {lottery.excluded_for}."
    )


def _index(index: OutcomeIndex) -> Iterator[str]:
    how = {
        "equal": "all counting alike",
        "inverse-covariance": "those that repeat one another counting less",
    }[index.weights]
    yield (
        "The outcome is an index in standard deviations of the control arm, higher being better: "
        f"of this measure ({index.better} is better) and "
        + listed([f"{named(part.name)} ({part.better} is better)" for part in index.parts])
        + f", {how}."
    )
    for part in index.parts:
        yield f"{named(part.name).capitalize()}: {' '.join(measure_in_words(part.measure))}"


def _comparison(plan: EvaluationPlan) -> str:
    match plan:
        case Randomised():
            how = {
                "individual": "person by person",
                "stratified": f"within {listed([named(s) for s in plan.strata])}",
                "blocked": f"in blocks of {plan.block_size or 'sealed sizes'}",
                "clustered": f"by {named(plan.cluster or '')}",
            }[plan.assignment]
            return (
                f"Chance decides, {how}, who is in {named(plan.arms.treated)} and who in "
                f"{named(plan.arms.control)}."
            )
        case Matched():
            how = {
                "matching": "chosen to be alike",
                "entropy-balancing": "weighted to be alike",
                "inverse-probability": "weighted by their chance of being served",
                "doubly-robust": "weighted and modelled to be alike",
            }[plan.estimator]
            return (
                f"People served are compared with others from {plan.pool.rstrip('.')}, {how}; no "
                f"chance decided who was served.{matching_in_words(plan)}"
            )
        case DifferenceInDifferences() if plan.since is not None:
            return (
                f"The change in {named(plan.arms.treated)} is compared with that in "
                f"{named(plan.arms.control)}, between other people: those who started before "
                f"{day(plan.since)} and those who started then or later."
            )
        case DifferenceInDifferences():
            before = () if plan.before is None else measure_in_words(plan.before)
            return (
                "The change among people served is compared with the change among others. "
                f"Before: {' '.join(before)}"
            )
        case Staggered():
            begun = [f"“{a.unit}” on {day(a.on)}" for a in plan.adopted]
            return (
                f"Followed by {named(plan.unit)} over {counted(plan.periods, plan.every)} from "
                f"{day(plan.from_)}; the programme began in {listed(begun)}, and elsewhere not."
            )
        case PrePost():
            return (
                "People served are compared with themselves before; no one else is looked at. "
                f"Before: {' '.join(measure_in_words(plan.before))}"
            )
        case VerifiedCount():
            return f"{plan.verified_by} verifies the count; it claims no effect."


def _estimate(plan: EvaluationPlan) -> str:
    if plan.estimator == "none":
        return f"Nothing is estimated; what is stated is {_ESTIMANDS[plan.estimand]}."
    form = f", stated as {_FORMS[plan.as_]}" if plan.as_ is not None else ""
    return f"It estimates {_ESTIMANDS[plan.estimand]} by {named(plan.estimator)}{form}."


def _fallback(fallback: Fallback) -> str:
    limit = percent(fallback.limit) if fallback.limit is not None else ""
    when = _TRIGGERS[fallback.when].format(limit)
    return f"{as_sentence(f'{when}: {fallback.says}')}"


def _decision(plan: EvaluationPlan) -> str:
    decision = plan.decision
    if decision.pays_on == "point-estimate":
        return "Payments read the estimate itself."
    if decision.pays_on == "lower-bound":
        return "Payments read the end of the interval that is nearer to no effect."
    level = percent(decision.level) if decision.level is not None else ""
    return (
        f"Payments read the estimate if the test rejects no effect at {level}, and no effect "
        "otherwise."
    )
