"""Who is in service on the day a deal ends: a list of people, for a private folder alone."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.files import read_bytes

COLUMNS = ("person", "provider", "needs", "started_on", "ended_on")


@dataclass(frozen=True)
class InService:
    """The people of a list who are in service on a day; `people` holds rows about persons."""

    people: tuple[Mapping[str, str], ...]

    @property
    def by_provider(self) -> Mapping[str, int]:
        """How many of them each provider serves."""
        return dict(sorted(Counter(row["provider"] for row in self.people).items()))

    def file(self) -> bytes:
        """The list: person, provider, what they need, since when, and room for what follows."""
        known = ("person", "provider", "needs", "started_on")
        rows = ([*(row[name] for name in known), "", ""] for row in self.people)
        return csv_text((*known, "continued_by", "agreed_on"), rows).encode()


def read_in_service(path: Path, *, on: date) -> InService:
    """The people of a CSV file who had started by a day and had not ended before it.

    Refuses a file without its columns (person, provider, needs, started_on, ended_on), days that
    are none, and rows without a person; it names rows by number, never what stands in them.
    """
    rows = list(csv.DictReader(io.StringIO(read_bytes(path).decode("utf-8-sig", "replace"))))
    lacking = [name for name in COLUMNS if rows and name not in rows[0]]
    if not rows or lacking:
        raise Refusal(
            Problem(
                f"The list of people lacks {', '.join(lacking)}."
                if lacking
                else "The list of people is empty.",
                f"Give a CSV file with the columns {', '.join(COLUMNS)}.",
                Place(str(path)),
            )
        )
    problems: list[Problem] = []
    found: list[Mapping[str, str]] = []
    for number, row in enumerate(rows, 2):
        start, end = _day(row["started_on"]), _day(row["ended_on"])
        if not row["person"] or start is None or (row["ended_on"] and end is None):
            problems.append(
                Problem(
                    "The row has no person, or a day that is none.",
                    "Write a key in `person` and days as year-month-day.",
                    Place(str(path), number),
                )
            )
        elif start <= on and (end is None or end > on):
            found.append(row)
    if problems:
        raise Refusal(problems)
    return InService(tuple(found))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None
