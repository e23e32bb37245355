"""Day counts and month boundaries agree with QuantLib (made by make_day_counts.py)."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.units import add_months, day_count_fraction

KNOWN = json.loads(Path(__file__).with_name("day_counts.json").read_text())
YEAR = {"actual/365": 365, "actual/360": 360, "30/360": 360}


def test_day_counts_are_those_of_quantlib() -> None:
    for start, end, *counts in KNOWN["days"]:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        for rule, count in zip(KNOWN["rules"], counts, strict=True):
            assert day_count_fraction(first, last, rule) == Fraction(count, YEAR[rule]), (
                start,
                end,
                rule,
            )


def test_month_boundaries_are_those_of_quantlib() -> None:
    for anchor, months, day in KNOWN["boundaries"]:
        assert str(add_months(date.fromisoformat(anchor), months)) == day, (anchor, months)
