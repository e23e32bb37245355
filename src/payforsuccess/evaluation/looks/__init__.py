"""Looking before the end without fooling oneself: bounds at planned looks, and at any time."""

from __future__ import annotations

from payforsuccess.evaluation.looks.any_time import (
    ConfidenceSequence,
    betting_sequence,
    mixture_sequence,
    running_effects,
    weighted_outcomes,
)
from payforsuccess.evaluation.looks.bounds import (
    Bounds,
    Convention,
    Spending,
    obrien_fleming,
    pocock,
    spending_bounds,
)
from payforsuccess.evaluation.looks.crossing import Crossing, crossing
from payforsuccess.evaluation.looks.decision import LookDecision, decide_at_look
from payforsuccess.evaluation.looks.planned import (
    PlannedDecision,
    TakenLook,
    decide_any_time,
    decide_as_planned,
    decide_at_end,
    statistic_of,
)

__all__ = [
    "Bounds",
    "ConfidenceSequence",
    "Convention",
    "Crossing",
    "LookDecision",
    "PlannedDecision",
    "Spending",
    "TakenLook",
    "betting_sequence",
    "crossing",
    "decide_any_time",
    "decide_as_planned",
    "decide_at_end",
    "decide_at_look",
    "mixture_sequence",
    "obrien_fleming",
    "pocock",
    "running_effects",
    "spending_bounds",
    "statistic_of",
    "weighted_outcomes",
]
