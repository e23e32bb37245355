"""A sheet of an XLSX workbook as columns of text, read row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

import pyarrow as pa

from payforsuccess.errors import Place, Problem, Refusal

_AT_ONCE = 1 << 14


@dataclass(frozen=True)
class Sheet:
    """A sheet: its header, and its rows as columns of text named c0, c1, ..."""

    header: tuple[str, ...]
    rows: pa.Table


def sheet_rows(path: Path, *, sheet: str | None, days: str, shown_as: str) -> Sheet:
    """One sheet of a workbook, the first unless named; it holds a million rows at most.

    A cell that holds a day is written as the feed writes days; a whole number without a point. The
    first row that is not empty is the header; empty rows below it are rows, but for those at the
    end. Refuses what is no workbook, a sheet that is not there, and values beside the header's
    columns.
    """
    try:
        return _read(path, sheet=sheet, days=days, shown_as=shown_as)
    except (Refusal, ImportError):
        raise
    except Exception:
        # A damaged workbook fails wherever it is damaged: in the archive, in XML, in any of the
        # many parts of which each raises its own kind of error.
        raise Refusal(
            Problem(
                "The file cannot be read as an XLSX workbook.",
                "Save it again as XLSX, or as CSV.",
                Place(shown_as),
            )
        ) from None


def _read(path: Path, *, sheet: str | None, days: str, shown_as: str) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
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
        page = book[sheet] if sheet is not None else book.worksheets[0]
        texts = ([_text(v, days) for v in row] for row in page.iter_rows(values_only=True))
        header = _trimmed(next((row for row in texts if any(row)), []))
        return Sheet(tuple(name.strip() for name in header), _table(texts, len(header), shown_as))
    finally:
        book.close()


def _table(texts: Iterable[list[str]], width: int, shown_as: str) -> pa.Table:
    names = [f"c{at}" for at in range(width)]
    schema = pa.schema([(name, pa.string()) for name in names])
    batches = []
    rows = enumerate(texts, 2)
    while part := list(islice(rows, _AT_ONCE)):
        for line, row in part:
            if any(row[width:]):
                raise Refusal(
                    Problem(
                        f"Row {line - 1} has values beside the columns that the header names.",
                        "Give each column a name in the header, or clear those cells.",
                        Place(shown_as, line),
                    )
                )
        columns = [[row[at] if at < len(row) else "" for _, row in part] for at in range(width)]
        batches.append(pa.record_batch([pa.array(c, pa.string()) for c in columns], schema=schema))
    table = pa.Table.from_batches(batches, schema=schema)
    return table.slice(0, _last_filled(table))


def _last_filled(table: pa.Table) -> int:
    """The number of rows up to the last that holds anything."""
    rows = table.num_rows
    for start in range((rows - 1) // _AT_ONCE * _AT_ONCE, -1, -_AT_ONCE):
        part = table.slice(start, _AT_ONCE).to_pylist()
        for at in range(len(part) - 1, -1, -1):
            if any(part[at].values()):
                return start + at + 1
    return 0


def _trimmed(row: Sequence[str]) -> list[str]:
    """The row without the empty cells at its end."""
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


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
