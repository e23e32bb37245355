"""Encounters of a health department: emergency, inpatient, crisis, detoxification."""

from __future__ import annotations

from payforsuccess.records.health_encounters.clean import clean
from payforsuccess.records.health_encounters.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
