"""A sheet of an XLSX workbook as it shows, row by row; formulas and merged cells are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from payforsuccess.errors import Place, Problem, Refusal

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

LARGEST_UNPACKED = 512 * 1024 * 1024
"""A sheet of a million rows is smaller; what is packed to swell beyond it is not opened."""
MOST_PROBLEMS = 50
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')


@dataclass(frozen=True)
class CellRow:
    """A row that is not empty: its number in the sheet, from 1, and the text of its cells."""

    number: int
    cells: tuple[str, ...]


def small_sheet_rows(content: bytes, *, sheet: str, shown_as: str) -> tuple[CellRow, ...]:
    """The rows of the sheet of this name, or of the only sheet.

    A day is written year-month-day; a number as Excel shows it, to 15 digits. Refuses what is no
    workbook, a workbook of several sheets without this one, formulas, error values and merged
    cells, each with its row.
    """
    from openpyxl import load_workbook

    try:
        refuse_swollen(content, shown_as)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        page = _page(book.sheetnames, sheet, shown_as)
        problems: list[Problem] = list(_merged(content, book, page, shown_as))
        rows = tuple(_rows(book[page], problems, shown_as))
    except Refusal:
        raise
    except Exception:
        # A damaged workbook fails wherever it is damaged: in the archive, in XML, in any of the
        # many parts of which each raises its own kind of error.
        raise no_workbook(shown_as) from None
    if problems:
        raise Refusal(problems[: MOST_PROBLEMS + 1])
    return rows


def _page(names: list[str], sheet: str, shown_as: str) -> str:
    same = [name for name in names if name.strip().casefold() == sheet]
    if same or len(names) == 1:
        return (same or names)[0]
    raise Refusal(
        Problem(
            f"The workbook has {len(names)} sheets, and none is called {sheet}.",
            f"Name the sheet {sheet}, or save it alone.",
            Place(shown_as),
        )
    )


def _rows(page: ReadOnlyWorksheet, problems: list[Problem], shown_as: str) -> Iterator[CellRow]:
    # A workbook may claim to be smaller than it is; what it holds is read, not what it claims.
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(), 1):
        for cell in row if len(problems) <= MOST_PROBLEMS else ():
            if cell.value is not None and cell.data_type in ("f", "e"):
                what = "a formula" if cell.data_type == "f" else "an error value"
                problems.append(
                    Problem(
                        f"Column {cell.column} of row {number} holds {what}.",
                        "Write the value itself: in the sheet, copy and paste values only.",
                        Place(shown_as, number),
                    )
                )
        cells = tuple(_text(cell.value) for cell in row)
        if any(cells):
            yield CellRow(number, cells)


def _merged(content: bytes, book: object, page: str, shown_as: str) -> Iterator[Problem]:
    """Merged cells of the sheet, which reading row by row would show as empty."""
    worksheet = book[page]  # type: ignore[index]
    path = str(getattr(worksheet, "_worksheet_path", "")).lstrip("/")
    with ZipFile(io.BytesIO(content)) as packed:
        if path not in packed.namelist():
            return
        found: list[bytes] = []
        with packed.open(path) as file:
            before = b""
            while part := file.read(1 << 20):
                found += _MERGED.findall(before + part)
                before = (before + part)[-200:]
    for ref in list(dict.fromkeys(found))[:MOST_PROBLEMS]:
        text = ref.decode()
        row = int(re.sub(r"\D+", "", text.partition(":")[0]))
        yield Problem(
            f"The cells {text} are merged, so it is not known which row their value belongs to.",
            "Unmerge them, and fill in every row.",
            Place(shown_as, row),
        )


def refuse_swollen(content: bytes, shown_as: str) -> None:
    """Refuse what is no workbook, or one packed to swell when it is opened."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (BadZipFile, ValueError, OSError):
        raise no_workbook(shown_as) from None
    if unpacked > LARGEST_UNPACKED:
        raise Refusal(
            Problem(
                f"The workbook would unpack to {unpacked // 2**20} MB.",
                "Check that it is the right file, or save the sheet as CSV.",
                Place(shown_as),
            )
        )


def no_workbook(shown_as: str) -> Refusal:
    """That a file is no workbook that can be read."""
    return Refusal(
        Problem(
            "The file cannot be read as an XLSX workbook.",
            "Save it again as XLSX, or as CSV.",
            Place(shown_as),
        )
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
