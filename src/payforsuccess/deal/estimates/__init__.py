"""An estimate: an effect with its interval, its test, and the people it rests on.

Estimation works in floating point; what it hands over is decimal text of 12 significant digits, so
that an estimate can be fingerprinted and read back. Point estimates from counts are exact.
"""

from __future__ import annotations

from payforsuccess.deal.estimates.estimate import (
    ArmFlow,
    ArmOutcome,
    Effect,
    Estimate,
    StatusCount,
    TestOfNoEffect,
    TraitBalance,
)

__all__ = [
    "ArmFlow",
    "ArmOutcome",
    "Effect",
    "Estimate",
    "StatusCount",
    "TestOfNoEffect",
    "TraitBalance",
]
