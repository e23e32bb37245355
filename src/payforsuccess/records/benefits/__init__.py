"""Months of benefit of a benefits agency."""

from __future__ import annotations

from payforsuccess.records.benefits.clean import clean
from payforsuccess.records.benefits.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
