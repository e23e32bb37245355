"""What a formula found, with the people around it: arms, balance, flow, attrition, tests."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from payforsuccess.deal.estimates import (
    AllFacts,
    ArmFlow,
    ArmOutcome,
    Estimate,
    TraitBalance,
)
from payforsuccess.deal.evaluation import (
    DifferenceInDifferences,
    EvaluationPlan,
    Randomised,
    Staggered,
    TwoArmBase,
)
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import proportions
from payforsuccess.evaluation.attrition import attrition_reading
from payforsuccess.evaluation.balance import balance_of
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import Compared, ends_of
from payforsuccess.evaluation.designs.sample import Mask, Sample
from payforsuccess.evaluation.designs.tests_of import blocks_unknown, test_of
from payforsuccess.evaluation.diagnostics import joint_balance, study_reading
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.flow import flow_of
from payforsuccess.evaluation.notes import disagreement, people_elsewhere, unlikely_split
from payforsuccess.trail import fingerprint


@dataclass(frozen=True)
class Asked:
    """What an estimate is made for: the plan's name, unit and evidence, and the seed of chance.

    unit: of the measure's quantity, such as day or USD. evidence: the fingerprint of the people's
    results. seed: of the plan; chance begins anew from it for each use, so that one use more or
    less moves no other.
    """

    name: str
    evidence: str
    unit: str = "event"
    seed: int = 0

    def rng(self, use: int) -> np.random.Generator:
        """Chance for one use: 0 the estimate, 1 its test, 2 onwards what is shown beside it."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, use])))


def estimate_from(
    plan: EvaluationPlan, sample: Sample, found: Compared, asked: Asked, *, elsewhere: int
) -> Estimate:
    """The whole estimate. elsewhere: people of the records whom the sample leaves out."""
    known, confidence = sample.known, plan.confidence or Fraction(0)
    effect = found.in_form(plan.as_)
    test = (
        None
        if plan.test is None
        else test_of(plan.test, plan, known, found, rng=asked.rng(1), is_exploratory=False)
    )
    flows = tuple(_flow(sample, mask, label) for label, mask in sample.sides)
    split = (
        unlikely_split(int(sample.treated.sum()), len(sample), planned=plan.treated_share)
        if isinstance(plan, Randomised) and plan.assignment != "clustered"
        else ()
    )
    estimate = Estimate(
        plan=asked.name,
        plan_fingerprint=fingerprint(plan.as_plain()),
        design=plan.design,
        estimand=plan.estimand,
        estimator=plan.estimator,
        unit=asked.unit,
        is_share=sample.is_yes_no,
        confidence=confidence,
        arms=tuple(
            _outcome(sample, mask, label, role, float(confidence), found)
            for (label, mask), role in zip(sample.sides, ("treated", "control"), strict=False)
        ),
        effect=effect,
        also=tuple(other for other in found.effects.values() if other is not effect),
        test=test,
        sensitivity=tuple(
            test_of(other, plan, known, found, rng=asked.rng(100 + at), is_exploratory=True)
            for at, other in enumerate(plan.sensitivity)
        ),
        balance=balance(sample, _shown(plan), found),
        all_facts=_all_facts(plan, sample, asked.rng(2)),
        flow=flows,
        attrition=attrition_reading(flows),
        take_up=found.take_up,
        overlap=found.overlap,
        curve=found.curve,
        event_times=found.event_times,
        draws=plan.draws,
        seed=plan.seed,
        notes=(
            *split,
            *_left_out(plan, elsewhere),
            *disagreement(effect, test, confidence),
            *_of_index(plan, known),
            *blocks_unknown(plan, known),
            *found.notes,
        ),
        evidence=asked.evidence,
    )
    return estimate.model_copy(update={"standards": study_reading(plan, estimate).says})


def _all_facts(plan: EvaluationPlan, sample: Sample, rng: np.random.Generator) -> AllFacts | None:
    """The joint test; None where facts cannot be tested together, which hinders no estimate."""
    try:
        found = joint_balance(plan, sample, draws=plan.draws or 0, rng=rng)
    except Refusal:
        return None
    if found is None:
        return None
    return AllFacts(
        facts=len(found.facts),
        statistic=decimal_of(found.statistic),
        freedom=found.freedom,
        p_value=optional_decimal(found.p_value),
        p_by_chance=optional_decimal(found.p_by_chance),
        draws=found.draws,
        left_out=found.left_out,
    )


def _of_index(plan: EvaluationPlan, known: Sample) -> tuple[str, ...]:
    if not isinstance(plan, TwoArmBase) or plan.index is None:
        return ()
    from payforsuccess.evaluation.designs.indexed import index_told

    return index_told(plan.index, known)


def _left_out(plan: EvaluationPlan, people: int) -> tuple[str, ...]:
    if isinstance(plan, Staggered):
        from payforsuccess.evaluation.designs.places import notes_of_places

        return notes_of_places(plan, people)
    return people_elsewhere(people)


def _shown(plan: EvaluationPlan) -> tuple[str, ...]:
    """The facts of the balance table; what was before is one of them."""
    has_before = isinstance(plan, DifferenceInDifferences) and plan.before is not None
    before = ("before",) if has_before else ()
    return (*before, *plan.covariates, *plan.balance_on)


def balance(sample: Sample, names: tuple[str, ...], found: Compared) -> tuple[TraitBalance, ...]:
    """How alike the arms were in each fact before; a fact in words is one row for each word."""
    rows = []
    for name in names:
        told = sample.words(name)
        if any(isinstance(value, str) for value in told):
            for word in sorted({str(value) for value in told if value is not None}):
                column = np.array(
                    [math.nan if value is None else float(str(value) == word) for value in told]
                )
                rows.append(_balance(f"{name}: {word}", column, sample.treated, found))
        else:
            column = np.array([math.nan if value is None else float(value) for value in told])
            rows.append(_balance(name, column, sample.treated, found))
    return tuple(rows)


def _balance(trait: str, column: np.ndarray, treated: Mask, found: Compared) -> TraitBalance:
    was = balance_of(column[treated], column[~treated])
    means = found.means_after.get(trait)
    return TraitBalance(
        trait=trait,
        treated_mean=optional_decimal(_mean(column) if treated.all() else was.treated_mean),
        control_mean=optional_decimal(was.control_mean),
        missing=was.missing,
        standardised_difference=optional_decimal(was.standardised_difference),
        effect_size=optional_decimal(was.effect_size),
        reading=was.reading,
        means_after=None if means is None else (decimal_of(means[0]), decimal_of(means[1])),
        after=optional_decimal(found.after.get(trait)),
    )


def _mean(column: np.ndarray) -> float | None:
    known = column[~np.isnan(column)]
    return float(known.mean()) if len(known) else None


def _outcome(
    sample: Sample, mask: Mask, label: str, role: str, confidence: float, found: Compared
) -> ArmOutcome:
    is_known = ~np.isnan(sample.outcome)
    mine = sample.outcome[mask & is_known]
    total = sample.total(mask)
    took = int(sample.flags("took_part")[mask].sum()) if sample.has("took_part") else None
    weighted, effective, compared = _weighted(sample, mask, found)
    return ArmOutcome(
        arm=label,
        role=role,
        assigned=int(mask.sum()),
        known=len(mine),
        took_part=took,
        total=total,
        mean=total / len(mine),
        spread=decimal_of(float(mine.std(ddof=1))) if len(mine) > 1 else None,
        interval=_interval(mine, total, sample.is_yes_no, confidence),
        weighted_mean=weighted,
        effective=effective,
        compared=compared,
    )


def _interval(
    mine: np.ndarray, total: Fraction, is_share: bool, confidence: float
) -> tuple[Fraction, Fraction] | None:
    if is_share:
        wilson = proportions.interval_of_share(int(total), len(mine), confidence=confidence)
        return ends_of(wilson)
    if len(mine) < 2:
        return None
    error = float(mine.std(ddof=1)) / math.sqrt(len(mine))
    found = Estimated(float(mine.mean()), error, len(mine), "mean", freedom=len(mine) - 1)
    return ends_of(found.interval(confidence))


def _weighted(
    sample: Sample, mask: Mask, found: Compared
) -> tuple[Fraction | None, Fraction | None, int | None]:
    """The weighted mean, the effective number of people, and how many have a weight."""
    if found.weights is None:
        return None, None, None
    is_known = ~np.isnan(sample.outcome)
    weights, mine = found.weights[mask[is_known]], sample.outcome[mask & is_known]
    compared = int(np.count_nonzero(weights))
    if not weights.sum():
        return None, None, compared
    mean = float(weights @ mine) / float(weights.sum())
    effective = float(weights.sum()) ** 2 / float(weights @ weights)
    return decimal_of(mean), decimal_of(effective), compared


def _flow(sample: Sample, mask: Mask, label: str) -> ArmFlow:
    statuses = sample.rows["status"].to_pylist()

    def counted(column: str) -> int | None:
        return int(sample.flags(column)[mask].sum()) if sample.has(column) else None

    flow = flow_of(label, [status for status, one in zip(statuses, mask, strict=True) if one])
    return flow.model_copy(
        update={
            "linked": counted("linked"),
            "took_part": counted("took_part"),
            "deaths": counted("died"),
            "moves": counted("moved"),
        }
    )
