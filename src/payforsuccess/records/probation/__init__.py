"""Supervision by a probation department, and violations of it."""

from __future__ import annotations

from payforsuccess.records.probation.clean import clean
from payforsuccess.records.probation.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
