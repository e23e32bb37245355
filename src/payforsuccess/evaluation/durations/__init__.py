"""Times until an event: curves, tests and effects where some people are followed only so far."""

from __future__ import annotations

from payforsuccess.evaluation.durations.accelerated import AcceleratedFailure, accelerated_failure
from payforsuccess.evaluation.durations.competing import (
    CumulativeIncidence,
    cumulative_incidence,
    incidence_difference,
)
from payforsuccess.evaluation.durations.gray import GrayTest, gray_test
from payforsuccess.evaluation.durations.log_rank import LogRank, log_rank
from payforsuccess.evaluation.durations.proportional_hazards import (
    ProportionalHazards,
    proportional_hazards,
)
from payforsuccess.evaluation.durations.restricted_mean import (
    RestrictedMeans,
    restricted_mean,
    restricted_means,
)
from payforsuccess.evaluation.durations.survival import (
    ArmCurves,
    AtRisk,
    SurvivalCurve,
    counts_at_risk,
    curves_by_arm,
    survival_curve,
    survival_difference,
)

__all__ = [
    "AcceleratedFailure",
    "ArmCurves",
    "AtRisk",
    "CumulativeIncidence",
    "GrayTest",
    "LogRank",
    "ProportionalHazards",
    "RestrictedMeans",
    "SurvivalCurve",
    "accelerated_failure",
    "counts_at_risk",
    "cumulative_incidence",
    "curves_by_arm",
    "gray_test",
    "incidence_difference",
    "log_rank",
    "proportional_hazards",
    "restricted_mean",
    "restricted_means",
    "survival_curve",
    "survival_difference",
]
