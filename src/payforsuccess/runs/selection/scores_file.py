"""Scores from a CSV file or an XLSX sheet; whatever is wrong comes with its row number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.table_file import TableRow, read_table
from payforsuccess.selection.scores import Given
from payforsuccess.units import exact

CSV, XLSX = "scores.csv", "scores.xlsx"
SHEET = "scores"
REQUIRED = ("reviewer", "proposal", "criterion", "score", "entered_on")
OPTIONAL = ("first", "reason", "comment")
LONGEST_NUMBER = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Read = TypeVar("Read")


def scores_path(folder: Path, named: Path | None) -> Path | None:
    """The file of scores: the one named, else `scores.csv` or `scores.xlsx` beside, if any."""
    if named is not None:
        return named
    found = [folder / name for name in (CSV, XLSX) if (folder / name).is_file()]
    if len(found) > 1:
        raise Refusal(
            Problem(
                "There are two files of scores beside the solicitation.",
                f"Keep one, {CSV} or {XLSX}, or name it with --scores.",
                Place(str(folder)),
            )
        )
    return found[0] if found else None


def read_scores(path: Path, problems: list[Problem]) -> tuple[Given, ...]:
    """The scores in a file; what is wrong with single rows is added to the problems.

    Refuses a file that cannot be read at all, and one without the columns it must have.
    """
    rows = read_table(
        path, REQUIRED, sheet=SHEET, problems=problems, optional=OPTIONAL, may_be_empty=True
    )
    given = (_given(row, problems) for row in rows)
    return tuple(one for one in given if one is not None)


def _given(row: TableRow, problems: list[Problem]) -> Given | None:
    place = row.place
    before = len(problems)
    for name in ("reviewer", "proposal", "criterion"):
        if row[name] and not row[name].isprintable():
            what = f"`{name}` holds signs that do not print."
            problems.append(Problem(what, "Write the name anew.", place))
    score = _read(_number, row["score"], "score", "a number, such as 3 or 2.5", place, problems)
    entered = _read(
        _day, row["entered_on"], "entered_on", "a day, such as 2026-07-01", place, problems
    )
    first = (
        _read(_number, row["first"], "first", "a number, such as 3 or 2.5", place, problems)
        if row["first"]
        else None
    )
    is_named = row["reviewer"] and row["proposal"] and row["criterion"]
    if len(problems) > before or score is None or entered is None or not is_named:
        return None
    return Given(
        row["reviewer"],
        row["proposal"],
        row["criterion"],
        score,
        entered,
        first,
        " ".join(row["reason"].split()),
        " ".join(row["comment"].split()),
        place,
    )


def _read(
    read: Callable[[str], Read | None],
    text: str,
    column: str,
    wanted: str,
    place: Place,
    problems: list[Problem],
) -> Read | None:
    found = read(text)
    if found is None and text:
        what = "is a formula" if text[0] == "=" else f"is not {wanted}"
        problems.append(Problem(f"`{column}` {what}.", f"Write {wanted}.", place))
    return found


@cache
def _number(text: str) -> Fraction | None:
    """Few numbers come often, so each is read once."""
    if len(text) > LONGEST_NUMBER:
        return None
    try:
        return exact(text)
    except ValueError:
        return None


@cache
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
