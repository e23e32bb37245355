"""What lies beside the deal of the made-up county: what was expected, capital, who does what."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from payforsuccess.units.calendar import add_months

FILES = ("assumptions.yaml", "budget.yaml", "capital.yaml", "initiative.yaml")


def write_beside(folder: Path, *, start: date, today: date) -> None:
    """The files that pages about money and people in charge read, with days around today."""
    signed = start - timedelta(30)
    year = start.year + (start.month >= 7)  # a fiscal year is named by the year in which it ends
    days: dict[str, date | int] = {
        **{f"year_{n}": year + n - 1 for n in range(1, 5)},
        "today": today,
        "vote": today + timedelta(45),
        "signed": signed,
        "start": start,
        "idea": add_months(start, -18),
        "housed": start + timedelta(34),
        "second_asked": add_months(start, 9) - timedelta(20),
        "second_due": add_months(start, 9),
        "third_asked": today - timedelta(10),
        "third_due": today + timedelta(20),
        "half_planned": add_months(start, 15),
        "half_expected": add_months(start, 18),
        "enrolled_last": add_months(start, 36),
        "opened": today - timedelta(25),
        "due": today - timedelta(4),
        "due_later": today + timedelta(17),
        **{f"move_{n}": add_months(start, 2 * n - 15) for n in range(1, 10)},
        **{f"paid_{n}": add_months(start, 3 * n) + timedelta(14) for n in range(1, 5)},
    }
    for name in FILES:
        text = files("payforsuccess.web.demo").joinpath(name).read_text("utf-8")
        for key, day in days.items():
            text = text.replace(f"<{key}>", str(day))
        folder.joinpath(name).write_text(text, "utf-8")
