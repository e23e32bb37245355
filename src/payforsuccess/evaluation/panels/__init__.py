"""Effects on units watched over time: differences in differences, and mixes of the untreated."""

from __future__ import annotations

from payforsuccess.evaluation.panels.aggregated import Aggregated, aggregate
from payforsuccess.evaluation.panels.bands import Bands, uniform_bands
from payforsuccess.evaluation.panels.doubly_robust import adjusted_difference
from payforsuccess.evaluation.panels.event_study import EventStudy, JointTest, event_study
from payforsuccess.evaluation.panels.group_time import GroupTime, group_time_effects
from payforsuccess.evaluation.panels.panel import NEVER, Panel
from payforsuccess.evaluation.panels.pre_post import PrePost, pre_post_change
from payforsuccess.evaluation.panels.synthetic_control import SyntheticControl, synthetic_control
from payforsuccess.evaluation.panels.synthetic_differences import (
    SyntheticDifference,
    synthetic_difference,
)
from payforsuccess.evaluation.panels.two_by_two import (
    TwoByTwoDifference,
    difference_in_changes,
    difference_in_levels,
)
from payforsuccess.evaluation.panels.two_way import two_way_effect

__all__ = [
    "NEVER",
    "Aggregated",
    "Bands",
    "EventStudy",
    "GroupTime",
    "JointTest",
    "Panel",
    "PrePost",
    "SyntheticControl",
    "SyntheticDifference",
    "TwoByTwoDifference",
    "adjusted_difference",
    "aggregate",
    "difference_in_changes",
    "difference_in_levels",
    "event_study",
    "group_time_effects",
    "pre_post_change",
    "synthetic_control",
    "synthetic_difference",
    "two_way_effect",
    "uniform_bands",
]
