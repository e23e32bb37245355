"""Quarterly wages from unemployment insurance records."""

from __future__ import annotations

from payforsuccess.records.quarterly_wages.clean import clean
from payforsuccess.records.quarterly_wages.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
