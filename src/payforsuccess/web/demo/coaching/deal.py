"""The deal of Coaching by Lot, with days that put its fifth quarter around today."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.folder import open_folder
from payforsuccess.units.calendar import add_months

QUARTERS_BEFORE = 4
FILES = ("deal.yaml", "initiative.yaml")


def first_day(today: date) -> date:
    """The first day of the deal: four whole quarters before the quarter of today."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return add_months(quarter, -3 * QUARTERS_BEFORE)


def write_deal(folder: Path, *, today: date) -> Deal:
    """The deal in a folder, with the ethics record beside it."""
    start = first_day(today)
    days = {
        "start": start,
        "end": add_months(start, 36) - timedelta(1),
        "signed": start - timedelta(30),
        "after": add_months(start, 54) - timedelta(1),
        "through": today - timedelta(1),
        "drawn_to": add_months(start, 9) - timedelta(1),
        "first_look": add_months(start, 9),
        "second_look": add_months(start, 18),
        "determined": add_months(start, 33),
        "idea": add_months(start, -10),
        "reviewed": start - timedelta(45),
        "opened": today - timedelta(20),
        "due": today + timedelta(10),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        text = files("payforsuccess.web.demo.coaching").joinpath(name).read_text("utf-8")
        for key, day in days.items():
            text = text.replace(f"<{key}>", day.isoformat())
        folder.joinpath(name).write_text(text, "utf-8")
    return open_folder(folder).history().latest
