"""The public spreadsheet form of an INDIGO project, as it would stand in the standard's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from payforsuccess.deal.indigo.fields import PROJECT, Described, Leaf
from payforsuccess.deal.indigo.fields import Rows as RowsOf
from payforsuccess.deal.indigo.form_cells import (
    FORM_VERSION,
    ID_CELL,
    ID_LABEL,
    ID_SHEET,
    ID_WORDS,
    ORGANISATIONS,
    OVERVIEW,
    SINGLES,
    TABLES,
    Rows,
)
from payforsuccess.deal.indigo.reading import IndigoFile, read_plain
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.units import exact_text

Cells = Mapping[str, str | Fraction]
"""The cells of a sheet that hold something, by address such as C10: texts, and numbers exactly."""

SHEETS = (ID_SHEET, OVERVIEW, ORGANISATIONS.sheet, *(table.sheet for table in TABLES))
_UNFILLED = "SPREADSHEETFORM:"
_FIRST_HEADER = 9
MOST_NAMED = 5


def read_form(sheets: Mapping[str, Cells], *, file: str) -> IndigoFile:
    """The one record of a form; raises Refusal with all problems, each with its sheet and cell.

    sheets: the cells of each sheet by its name. Refuses another form, or one in which something
    was moved, before any value is read.
    """
    moved = list(_moved(sheets, file))
    if moved:
        raise Refusal(moved)
    where: dict[str, str] = {}
    data: dict[str, object] = {}
    overview = sheets[OVERVIEW]
    for single in SINGLES:
        at = f"C{single.row}"
        _put(data, PROJECT, single.path, _filled(overview, at))
        where[f"project.data.{single.path.replace('/', '.')}"] = f"{OVERVIEW}, {at}"
    for table in TABLES:
        rows, cells = _rows(table, PROJECT[table.part], sheets.get(table.sheet, {}))
        if rows:
            data[table.part] = rows
        where.update(cells)
    id_ = _filled(sheets[ID_SHEET], ID_CELL)
    where["project.id"] = f"{ID_SHEET}, {ID_CELL}"
    top = {
        "project": {"id": exact_text(id_) if isinstance(id_, Fraction) else id_, "data": data},
        "organisations": list(_organisations(sheets.get(ORGANISATIONS.sheet, {}))),
    }
    try:
        return read_plain(top, file=file)
    except Refusal as refusal:
        raise Refusal([_in_sheet(each, where) for each in refusal.problems]) from None


def _moved(sheets: Mapping[str, Cells], file: str) -> Iterator[Problem]:
    """What does not stand where the form has it."""
    place = Place(file)
    if OVERVIEW not in sheets or _words(sheets.get(ID_SHEET, {}), ID_LABEL) != ID_WORDS.casefold():
        yield Problem(
            "This workbook is not the public form of an INDIGO project.",
            f"Read here is the form of version {FORM_VERSION}; a project can be had as JSON too.",
            place,
        )
        return
    wrong = [
        f"{OVERVIEW}, row {single.row}"
        for single in SINGLES
        if single.words and single.words.casefold() not in _beside(sheets[OVERVIEW], single.row)
    ]
    wrong += [
        f"{table.sheet}, column {letter}"
        for table in (ORGANISATIONS, *TABLES)
        if table.sheet in sheets
        for letter, (_, words) in table.columns.items()
        if _above(sheets[table.sheet], letter, table.first) != words.casefold()
    ]
    if wrong:
        more = f" and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        yield Problem(
            f"This is not as the form has it: {'; '.join(wrong[:MOST_NAMED])}{more}.",
            f"Use the form of version {FORM_VERSION} without changing its layout, or JSON.",
            place,
        )


def _beside(cells: Cells, row: int) -> tuple[str, str]:
    return _words(cells, f"A{row}"), _words(cells, f"B{row}")


def _above(cells: Cells, letter: str, first: int) -> str:
    """The words nearest above a column's first value."""
    rows = range(first - 1, _FIRST_HEADER - 1, -1)
    return next((words for row in rows if (words := _words(cells, f"{letter}{row}"))), "")


def _words(cells: Cells, at: str) -> str:
    found = cells.get(at, "")
    return " ".join(found.split()).casefold() if isinstance(found, str) else ""


def _filled(cells: Cells, at: str) -> str | Fraction | None:
    """What stands in a cell; nothing where the form was left as it came."""
    found = cells.get(at)
    if isinstance(found, str) and (not found.strip() or found.startswith(_UNFILLED)):
        return None
    return found


def _rows(
    table: Rows, described: Described, cells: Cells
) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The rows that hold something, and where each of their fields stands."""
    assert isinstance(described, RowsOf)
    rows: list[dict[str, object]] = []
    where: dict[str, str] = {}
    for number in _numbers(table, cells):
        row: dict[str, object] = {}
        for letter, (path, _) in table.columns.items():
            _put(row, described.of, path, _filled(cells, f"{letter}{number}"))
            named = f"project.data.{table.part}[{len(rows)}].{path.replace('/', '.')}"
            where[named] = f"{table.sheet}, {letter}{number}"
        if row:
            rows.append(row)
    return rows, where


def _numbers(table: Rows, cells: Cells) -> list[int]:
    """The rows of values in which one of the table's columns holds something."""
    parted = ((at.rstrip("0123456789"), at) for at in cells)
    numbers = {int(at[len(letter) :]) for letter, at in parted if letter in table.columns}
    return sorted(number for number in numbers if number >= table.first)


def _put(
    into: dict[str, object],
    described: Mapping[str, Described],
    path: str,
    found: str | Fraction | None,
) -> None:
    """A value at its place, as the standard's JSON has it."""
    if found is None:
        return
    *parts, last = path.split("/")
    for part in parts:
        inner = described[part]
        assert isinstance(inner, Mapping)
        described = inner
        into = into.setdefault(part, {})  # type: ignore[assignment]
    leaf = described[last]
    assert isinstance(leaf, Leaf)
    # A year alone, or an id, that a spreadsheet took for a number is a text all the same.
    if isinstance(found, Fraction) and leaf.kind != "number":
        found = exact_text(found)
    into[last] = found if leaf.is_plain else {"value": found}


def _organisations(cells: Cells) -> Iterator[dict[str, object]]:
    for number in _numbers(ORGANISATIONS, cells):
        id_, name = _filled(cells, f"A{number}"), _filled(cells, f"B{number}")
        if isinstance(id_, str) and isinstance(name, str):
            yield {"id": id_.strip(), "data": {"name": {"value": name}}}


def _in_sheet(problem: Problem, where: Mapping[str, str]) -> Problem:
    """The problem with its sheet and cell in place of the field."""
    named = problem.where.field.removesuffix(".value")
    at = where.get(named)
    if at is None:
        return problem
    return replace(problem, where=Place(problem.where.file, field=at))
