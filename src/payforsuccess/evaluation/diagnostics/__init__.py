"""What a report says of a whole study before its figures: balance together, overlap, a class."""

from __future__ import annotations

from payforsuccess.evaluation.diagnostics.joint_balance import (
    JointBalance,
    f_test_of_balance,
    joint_balance,
)
from payforsuccess.evaluation.diagnostics.overlap import OverlapReading, overlap_reading
from payforsuccess.evaluation.diagnostics.study import StudyReading, study_reading

__all__ = [
    "JointBalance",
    "OverlapReading",
    "StudyReading",
    "f_test_of_balance",
    "joint_balance",
    "overlap_reading",
    "study_reading",
]
