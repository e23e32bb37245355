"""The deal's own register of referrals, assignments and enrolments."""

from __future__ import annotations

from payforsuccess.records.programme_enrolments.clean import clean
from payforsuccess.records.programme_enrolments.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
