"""Text that stays text in a spreadsheet: a cell that begins like a formula is never run as one.

Spreadsheet programs take what begins with =, +, - or @ for a formula, also in a CSV file, and a
tab or a carriage return before it does not stop them. A name that somebody typed must not reach
into the machine of whoever opens the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_MARKED = re.compile(r"'+[=+\-@\t\r]")


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula; a plain number is none."""
    return text.startswith(STARTS) and not _NUMBER.fullmatch(text)


def as_text(value: object) -> object:
    """A cell's value: text that begins like a formula after an apostrophe, all else as it is."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if begins_like_a_formula(value) or _MARKED.match(value) else value


def read_back(text: str) -> str:
    """What was written by `as_text`."""
    return text[1:] if _MARKED.match(text) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file with a header, every cell of it `as_text`."""
    rows_written = _Rows()
    # Only a cell that holds a part of the line's end is quoted for it, so lines end in both parts
    # here: a carriage return inside a cell would otherwise begin a row of its own.
    out = csv.writer(rows_written, lineterminator="\r\n")
    out.writerow([as_text(cell) for cell in header])
    out.writerows([as_text(cell) for cell in row] for row in rows)
    return "".join(rows_written)


class _Rows(list[str]):
    """Each row as it is written, ending in a line feed alone."""

    def write(self, row: str) -> None:
        """Keep one row."""
        self.append(f"{row[:-2]}\n")
