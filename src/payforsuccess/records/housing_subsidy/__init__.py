"""Leases and payments of a housing subsidy."""

from __future__ import annotations

from payforsuccess.records.housing_subsidy.clean import clean
from payforsuccess.records.housing_subsidy.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
