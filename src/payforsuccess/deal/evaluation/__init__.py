"""How an effect is estimated: the plan agreed before the data are seen, told apart by `design`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from payforsuccess.deal.evaluation.arms import Arms, TwoArmBase
from payforsuccess.deal.evaluation.beside import SecondaryOutcome, SeveralOutcomes, Variation
from payforsuccess.deal.evaluation.changes import (
    Adoption,
    DifferenceInDifferences,
    PrePost,
    Staggered,
)
from payforsuccess.deal.evaluation.changing import Changing
from payforsuccess.deal.evaluation.decision import Decision, Fallback, PoolingWeight
from payforsuccess.deal.evaluation.index import IndexPart, OutcomeIndex
from payforsuccess.deal.evaluation.looks import Look, Monitoring
from payforsuccess.deal.evaluation.matched import Matched
from payforsuccess.deal.evaluation.plan import ComparisonBase, PlanBase
from payforsuccess.deal.evaluation.randomised import Randomised
from payforsuccess.deal.evaluation.verified_count import VerifiedCount
from payforsuccess.deal.evaluation.wording import (
    DURATION_ESTIMATORS,
    CohortAggregate,
    EffectForm,
    Estimand,
    StandardErrors,
    Test,
)

EvaluationPlan = Annotated[
    DifferenceInDifferences | Matched | PrePost | Randomised | Staggered | VerifiedCount,
    Field(discriminator="design"),
]

__all__ = [
    "DURATION_ESTIMATORS",
    "Adoption",
    "Arms",
    "Changing",
    "CohortAggregate",
    "ComparisonBase",
    "Decision",
    "DifferenceInDifferences",
    "EffectForm",
    "Estimand",
    "EvaluationPlan",
    "Fallback",
    "IndexPart",
    "Look",
    "Matched",
    "Monitoring",
    "OutcomeIndex",
    "PlanBase",
    "PoolingWeight",
    "PrePost",
    "Randomised",
    "SecondaryOutcome",
    "SeveralOutcomes",
    "Staggered",
    "StandardErrors",
    "Test",
    "TwoArmBase",
    "Variation",
    "VerifiedCount",
]
