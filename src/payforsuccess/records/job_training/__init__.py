"""The public file of the National Supported Work experiment: one row a person, no dates."""

from __future__ import annotations

from payforsuccess.records.job_training.clean import (
    NOMINAL_ASSIGNMENT_ON,
    NOMINAL_FOLLOW_UP_FROM,
    clean,
)
from payforsuccess.records.job_training.layout import LAYOUT

__all__ = ["LAYOUT", "NOMINAL_ASSIGNMENT_ON", "NOMINAL_FOLLOW_UP_FROM", "clean"]
