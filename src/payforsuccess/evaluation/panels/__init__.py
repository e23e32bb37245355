"""Effects on units watched over time: differences in differences, and mixes of the untreated."""

from __future__ import annotations

from payforsuccess.evaluation.panels.aggregated import Aggregated, aggregate
from payforsuccess.evaluation.panels.bands import Bands, uniform_bands
from payforsuccess.evaluation.panels.doubly_robust import adjusted_difference
from payforsuccess.evaluation.panels.group_time import GroupTime, group_time_effects
from payforsuccess.evaluation.panels.panel import NEVER, Panel

__all__ = [
    "NEVER",
    "Aggregated",
    "Bands",
    "GroupTime",
    "Panel",
    "adjusted_difference",
    "aggregate",
    "group_time_effects",
    "uniform_bands",
]
