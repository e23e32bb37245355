"""An estimate: an effect with its interval, its test, and the people it rests on.

Estimation works in floating point; what it hands over is decimal text of 12 significant digits, so
that an estimate can be fingerprinted and read back. Point estimates from counts are exact.
"""

from __future__ import annotations

from payforsuccess.deal.estimates.arms import (
    AllFacts,
    ArmFlow,
    ArmOutcome,
    AttritionReading,
    CurvePoint,
    EventTime,
    Overlap,
    OverlapBin,
    StatusCount,
    TakeUp,
    TraitBalance,
)
from payforsuccess.deal.estimates.effects import Effect, SecondaryFound, TestOfNoEffect, Varied
from payforsuccess.deal.estimates.estimate import Estimate
from payforsuccess.deal.estimates.followed import PayablePart, RuleFollowed
from payforsuccess.deal.estimates.payable import PayableEstimate, RecordedFact

__all__ = [
    "AllFacts",
    "ArmFlow",
    "ArmOutcome",
    "AttritionReading",
    "CurvePoint",
    "Effect",
    "Estimate",
    "EventTime",
    "Overlap",
    "OverlapBin",
    "PayableEstimate",
    "PayablePart",
    "RecordedFact",
    "RuleFollowed",
    "SecondaryFound",
    "StatusCount",
    "TakeUp",
    "TestOfNoEffect",
    "TraitBalance",
    "Varied",
]
