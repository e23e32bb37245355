"""What a forecast assumes: people, costs, draws of capital, and what outcomes may come to."""

from __future__ import annotations

from payforsuccess.deal.assumptions.assumptions import Assumptions
from payforsuccess.deal.assumptions.lags import AssumedDays, AssumedLength, lag_in
from payforsuccess.deal.assumptions.results import (
    Counted,
    Effect,
    FactAssumption,
    GroupShare,
    Level,
    Listed,
    OutcomeAssumption,
    Planned,
)
from payforsuccess.deal.assumptions.service import (
    BasePay,
    CostLine,
    Enrolment,
    PlannedDraw,
    RampStep,
)
from payforsuccess.deal.assumptions.studies import StudiedAs, StudyAssumption
from payforsuccess.deal.assumptions.values import (
    CASES,
    Assumed,
    AssumedShare,
    Case,
    Correlation,
    Firmness,
    Sourced,
    Spread,
)

__all__ = [
    "CASES",
    "Assumed",
    "AssumedDays",
    "AssumedLength",
    "AssumedShare",
    "Assumptions",
    "BasePay",
    "Case",
    "Correlation",
    "CostLine",
    "Counted",
    "Effect",
    "Enrolment",
    "FactAssumption",
    "Firmness",
    "GroupShare",
    "Level",
    "Listed",
    "OutcomeAssumption",
    "Planned",
    "PlannedDraw",
    "RampStep",
    "Sourced",
    "Spread",
    "StudiedAs",
    "StudyAssumption",
    "lag_in",
]
