"""Remake day_counts.json: what QuantLib says of day counts and month boundaries.

Run by `make references`.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import QuantLib

RULES = {
    "actual/365": QuantLib.Actual365Fixed(),
    "actual/360": QuantLib.Actual360(),
    "30/360": QuantLib.Thirty360(QuantLib.Thirty360.BondBasis),
}
STARTS = [
    *(date(2024, 1, 27) + timedelta(days=n) for n in range(36)),
    *(date(2025, 2, 26) + timedelta(days=n) for n in range(5)),
    *(date(2026, month, 30) for month in range(3, 13)),
    *(date(2026, month, 31) for month in (3, 5, 7, 8, 10, 12)),
]
LENGTHS = (1, 28, 29, 30, 31, 59, 60, 61, 89, 90, 91, 92, 181, 365, 366, 731)
MONTHS = (1, 2, 3, 6, 11, 12, 13, 24, 48)


def on(day: date) -> QuantLib.Date:
    return QuantLib.Date(day.day, day.month, day.year)


def plain(day: QuantLib.Date) -> str:
    return str(date(day.year(), day.month(), day.dayOfMonth()))


def days() -> list[list[object]]:
    """Start, end and the days that each rule counts."""
    found: list[list[object]] = []
    for start in STARTS:
        for length in LENGTHS:
            end = start + timedelta(days=length)
            counts = [rule.dayCount(on(start), on(end)) for rule in RULES.values()]
            found.append([str(start), str(end), *counts])
    return found


def boundaries() -> list[list[object]]:
    """Anchor, months and the day so many months later, the month's end clipped."""
    calendar = QuantLib.NullCalendar()
    return [
        [
            str(start),
            months,
            plain(calendar.advance(on(start), months, QuantLib.Months, QuantLib.Unadjusted, False)),
        ]
        for start in STARTS
        for months in MONTHS
    ]


if __name__ == "__main__":
    made = {
        "made_with": f"QuantLib {version('QuantLib')}",
        "rules": list(RULES),
        "days": days(),
        "boundaries": boundaries(),
    }
    text = json.dumps(made, separators=(",", ":")).replace("],[", "],\n[")
    Path(__file__).with_name("day_counts.json").write_text(text + "\n")
