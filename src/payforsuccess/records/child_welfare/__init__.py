"""Placements of a child-welfare agency."""

from __future__ import annotations

from payforsuccess.records.child_welfare.clean import clean
from payforsuccess.records.child_welfare.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
