"""Scores from a CSV file or an XLSX sheet; whatever is wrong comes with its row number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.selection.scores import Given
from payforsuccess.units import exact

CSV, XLSX = "scores.csv", "scores.xlsx"
SHEET = "scores"
REQUIRED = ("reviewer", "proposal", "criterion", "score", "entered_on")
OPTIONAL = ("first", "reason", "comment")
LONGEST_NUMBER = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Read = TypeVar("Read")
NumberedRow = tuple[int, Sequence[str]]


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
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Refusal(
            Problem("Scores are read from CSV and XLSX.", "Save them as CSV.", Place(str(path)))
        )
    rows = _from_xlsx(path) if path.suffix.lower() == ".xlsx" else _from_csv(path)
    _, header = next(rows, (1, ()))
    at = _columns([name.strip().lower() for name in header], str(path))
    given = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            one = _given(number, cells, at, len(header), str(path), problems)
            if one is not None:
                given.append(one)
    return tuple(given)


def _given(
    number: int,
    cells: Sequence[str],
    at: dict[str, int],
    width: int,
    file: str,
    problems: list[Problem],
) -> Given | None:
    place = Place(file, number)
    if len(cells) != width:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            problems.append(
                Problem(
                    f"The row has {len(cells)} cells; the header has {width}.",
                    "Quote cells that hold commas.",
                    place,
                )
            )
            return None
        cells = (*cells, *[""] * (width - len(cells)))
    before = len(problems)
    texts = {name: cells[where].strip() for name, where in at.items()}
    for name in ("reviewer", "proposal", "criterion"):
        if not texts[name]:
            problems.append(Problem(f"The row names no {name}.", "Fill it in.", place))
        elif not texts[name].isprintable():
            what = f"`{name}` holds signs that do not print."
            problems.append(Problem(what, "Write the name anew.", place))
    score = _read(_number, texts["score"], "score", "a number, such as 3 or 2.5", place, problems)
    entered = _read(
        _day, texts["entered_on"], "entered_on", "a day, such as 2026-07-01", place, problems
    )
    first = (
        _read(_number, texts["first"], "first", "a number, such as 3 or 2.5", place, problems)
        if texts.get("first")
        else None
    )
    if len(problems) > before or score is None or entered is None:
        return None
    return Given(
        texts["reviewer"],
        texts["proposal"],
        texts["criterion"],
        score,
        entered,
        first,
        " ".join(texts.get("reason", "").split()),
        " ".join(texts.get("comment", "").split()),
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
    if found is None:
        what = "is empty" if not text else "is a formula" if text[0] == "=" else f"is not {wanted}"
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


def _columns(header: list[str], file: str) -> dict[str, int]:
    while header and not header[-1]:
        header.pop()
    known = REQUIRED + OPTIONAL
    missing = [name for name in REQUIRED if name not in header]
    unknown = [str(number) for number, name in enumerate(header, 1) if name not in known]
    twice = [name for name in known if header.count(name) > 1]
    if missing or unknown or twice:
        said = "; ".join(
            f"{what}: {', '.join(names)}"
            for what, names in (
                ("missing", missing),
                ("unknown name in column", unknown),
                ("twice", twice),
            )
            if names
        )
        between = next((mark for mark in (";", "\t", "|") if mark in "".join(header)), "")
        hint = " Cells are parted by commas in CSV." if between and len(header) <= 1 else ""
        raise Refusal(
            Problem(
                f"The columns of the scores are not as they should be ({said}).",
                f"Use {', '.join(REQUIRED)} and, if needed, {', '.join(OPTIONAL)}.{hint}",
                Place(file, 1),
            )
        )
    return {name: header.index(name) for name in header}


def _from_csv(path: Path) -> Iterator[NumberedRow]:
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            Problem("The file is not UTF-8 text.", "Save it as UTF-8.", Place(str(path), line))
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Refusal(
            Problem(
                "The row cannot be read as CSV.",
                "Check its quotes, and that no cell is longer than 131,072 characters.",
                Place(str(path), reader.line_num),
            )
        ) from None


def _from_xlsx(path: Path) -> Iterator[NumberedRow]:
    from payforsuccess.records.score_sheet import score_rows

    for row in score_rows(read_bytes(path), sheet=SHEET, shown_as=str(path)):
        yield row.number, row.cells
