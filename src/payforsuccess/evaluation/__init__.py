"""Rows of people to an Estimate: one file a design, numbers in free functions, no identifier."""

from __future__ import annotations

from payforsuccess.evaluation.designs.estimating import estimate_effect
from payforsuccess.evaluation.estimable import check_estimable
from payforsuccess.evaluation.payable import payable_of
from payforsuccess.evaluation.proportions import interval_of_share

__all__ = ["check_estimable", "estimate_effect", "interval_of_share", "payable_of"]
