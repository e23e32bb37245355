"""Deaths of a vital records register."""

from __future__ import annotations

from payforsuccess.records.deaths.clean import clean
from payforsuccess.records.deaths.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
