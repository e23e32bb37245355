"""Other outcomes of the same people, each by the plan's own formula, adjusted for being several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa

from payforsuccess.deal.estimates import SecondaryFound
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised, TwoArmBase
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.draws import draw
from payforsuccess.evaluation.chance.joint import westfall_young
from payforsuccess.evaluation.chance.scores import score
from payforsuccess.evaluation.chance.several import benjamini_hochberg, bonferroni, holm
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.offered import strata_of
from payforsuccess.evaluation.designs.people import sample_of
from payforsuccess.evaluation.designs.sample import Mask, Sample
from payforsuccess.evaluation.designs.tests_of import design_of, test_of

Compare = Callable[[EvaluationPlan, Sample, np.random.Generator, str], Compared]
BY_P_VALUE = {"bonferroni": bonferroni, "holm": holm, "benjamini-hochberg": benjamini_hochberg}


@dataclass(frozen=True)
class OtherOutcome:
    """The rows of a secondary outcome, the same people in the same order, and its unit."""

    rows: pa.Table
    unit: str


@dataclass(frozen=True)
class OtherOutcomes:
    """What was found of other outcomes, and the own p-value adjusted with them, if it was."""

    found: tuple[SecondaryFound, ...]
    own_adjusted: Fraction | None = None


def secondary(
    plan: EvaluationPlan,
    sample: Sample,
    own_p_value: float | None,
    others: Mapping[str, OtherOutcome],
    compare: Compare,
    rng_of: Callable[[int], np.random.Generator],
) -> OtherOutcomes:
    """Each secondary outcome in the plan's order, with its p-value by itself and adjusted.

    own_p_value: of the plan's own outcome, which counts among the several; None without a test.
    Refuses one whose rows are not given, and what the formula refuses.
    """

    if isinstance(plan, TwoArmBase):
        plan = plan.model_copy(update={"index": None})  # each is looked at by itself
    found: list[tuple[Sample, Compared, float | None]] = []
    for at, outcome in enumerate(plan.secondary):
        other = others[outcome.name]
        mine = sample_of(plan, other.rows)
        compared = compare(plan, mine, rng_of(2 * at), other.unit)
        found.append((mine, compared, _p_value(plan, mine, compared, rng_of(2 * at + 1))))
    adjusted = _adjusted(
        plan, [sample, *(mine for mine, _, _ in found)], [own_p_value, *(p for _, _, p in found)],
        rng_of(2 * len(plan.secondary)),
    )  # fmt: skip
    each = tuple(
        SecondaryFound(
            name=outcome.name,
            says=outcome.says,
            effect=compared.in_form(plan.as_),
            p_value=optional_decimal(p_value),
            adjusted_p_value=None if adjusted is None else decimal_of(float(adjusted[at + 1])),
        )
        for at, (outcome, (_, compared, p_value)) in enumerate(
            zip(plan.secondary, found, strict=True)
        )
    )
    return OtherOutcomes(each, None if adjusted is None else decimal_of(float(adjusted[0])))


def _p_value(
    plan: EvaluationPlan, sample: Sample, found: Compared, rng: np.random.Generator
) -> float | None:
    if plan.test is None:
        return None
    test = test_of(plan.test, plan, sample.known, found, rng=rng, is_exploratory=True)
    return float(test.p_value)


def _adjusted(
    plan: EvaluationPlan,
    samples: list[Sample],
    p_values: list[float | None],
    rng: np.random.Generator,
) -> np.ndarray | None:
    """p-values adjusted for all outcomes, the plan's own first; None where no rule is named."""
    if plan.several_outcomes is None:
        return None
    if plan.several_outcomes != "westfall-young":
        if None in p_values:
            raise Refusal(
                Problem(
                    "p-values are to be adjusted for several outcomes, and the plan names no test.",
                    "Name a test, or take `several_outcomes` away.",
                )
            )
        return BY_P_VALUE[plan.several_outcomes](np.array(p_values, dtype=np.float64))
    if not isinstance(plan, Randomised):
        raise Refusal(
            Problem(
                "Westfall and Young's adjustment draws the arms again, and no chance made these.",
                "Use holm, which holds for any outcomes.",
            )
        )
    outcomes = np.column_stack([sample.outcome for sample in samples])
    everyone: Mask = ~np.asarray(np.isnan(outcomes).any(axis=1))
    kept = samples[0].take(everyone)
    scores = score(
        draw(design_of(plan, kept), plan.draws or 0, rng),
        kept.treated,
        outcomes[everyone],
        strata=strata_of(plan, kept),
        covariates=kept.covariates(plan.covariates)[0] if plan.covariates else None,
    )
    # The plan's own test may be another than that of the draws: adjusting makes no p-value smaller.
    alone = np.array([0.0 if p_value is None else p_value for p_value in p_values])
    return np.maximum(westfall_young(scores).step_down_max_t, alone)
