"""Enrolments and absences of a school district."""

from __future__ import annotations

from payforsuccess.records.school_enrolment.clean import clean
from payforsuccess.records.school_enrolment.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
