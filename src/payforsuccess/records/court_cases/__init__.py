"""Cases and hearings of a criminal court."""

from __future__ import annotations

from payforsuccess.records.court_cases.clean import clean
from payforsuccess.records.court_cases.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
