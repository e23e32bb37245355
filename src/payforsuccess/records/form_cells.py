"""The cells of named sheets of an XLSX workbook, by address; formulas are refused."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.small_sheet import MOST_PROBLEMS, no_workbook, refuse_swollen

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_ROWS = 5_000
MOST_COLUMNS = 100
_DIGITS = 15
"""A spreadsheet shows no more digits of a number than these."""


def form_cells(
    content: bytes, sheets: Collection[str], *, shown_as: str
) -> dict[str, dict[str, str | Fraction]]:
    """What each of the named sheets holds; one that is not there is left out.

    A day is written year-month-day. Refuses what is no workbook, a sheet of more rows than a form
    has, formulas and error values, each with its sheet and cell.
    """
    from openpyxl import load_workbook

    problems: list[Problem] = []
    try:
        refuse_swollen(content, shown_as)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        found = {
            name: dict(_cells(book[name], name, problems, shown_as))
            for name in book.sheetnames
            if name in sheets
        }
    except Refusal:
        raise
    except Exception:
        # A damaged workbook fails wherever it is damaged, each of its parts in its own way.
        raise no_workbook(shown_as) from None
    if problems:
        raise Refusal(problems[:MOST_PROBLEMS])
    return found


def _cells(
    page: ReadOnlyWorksheet, name: str, problems: list[Problem], shown_as: str
) -> Iterator[tuple[str, str | Fraction]]:
    # A workbook may claim to be smaller than it is; what it holds is read, not what it claims.
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Refusal(
                Problem(
                    f"The sheet {name} has more than {MOST_ROWS:,} rows, which no form has.",
                    "Check that it is the right file.",
                    Place(shown_as),
                )
            )
        for cell in row:
            if cell.value is None:
                continue
            if cell.data_type in ("f", "e"):
                what = "a formula" if cell.data_type == "f" else "an error value"
                problems.append(
                    Problem(
                        f"{name}, {cell.coordinate} holds {what}.",
                        "Write the value itself: in the sheet, copy and paste values only.",
                        Place(shown_as, field=f"{name}, {cell.coordinate}"),
                    )
                )
            else:
                yield cell.coordinate, _value(cell.value)


def _value(value: object) -> str | Fraction:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(f"{value:.{_DIGITS}g}")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
