"""A sheet of an XLSX workbook written as CSV, row by row, so that the engine reads all alike."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from payforsuccess.errors import Place, Problem, Refusal


def sheet_as_csv(path: Path, to: Path, *, sheet: str | None, days: str, shown_as: str) -> None:
    """Write one sheet (the first unless named) as CSV: UTF-8, commas.

    A cell that holds a day is written as the feed writes days; a whole number without a point.
    Rows are written as they stand, empty ones within the table too; those after its end are left
    out. Refuses what is no workbook, and a sheet that is not there.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Refusal(
            Problem(
                "The file cannot be read as an XLSX workbook.",
                "Save it again as XLSX, or as CSV.",
                Place(shown_as),
            )
        ) from None
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise Refusal(
                Problem(
                    f"The workbook has no sheet called {sheet}; it has: "
                    f"{', '.join(book.sheetnames)}.",
                    "Correct `written.sheet`.",
                    Place(shown_as),
                )
            )
        rows = (book[sheet] if sheet is not None else book.worksheets[0]).iter_rows(
            values_only=True
        )
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            width = 0
            empty = 0
            for row in rows:
                texts = [_text(value, days) for value in row]
                if not any(texts):
                    empty += 1
                    continue
                if not width:
                    while texts and not texts[-1]:
                        texts.pop()
                    width = len(texts)
                    empty = 0
                writer.writerows([[""] * width] * empty)
                empty = 0
                while len(texts) > width and not texts[-1]:
                    texts.pop()
                writer.writerow(texts + [""] * (width - len(texts)))
    finally:
        book.close()


def _text(value: object, days: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.strftime(days) if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.strftime(days)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
