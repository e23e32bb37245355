"""A feed's file read as typed columns: permitted ones only, every fault named by row and column."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.layout import FeedColumn, FeedLayout, FeedRows

ROWS_NAMED = 5
_PART = 1 << 20
_WHOLE = r"^-?[0-9]{1,9}$"


@dataclass(frozen=True)
class FileRead:
    """A file's rows, the columns that were left unread, and the fingerprint of its bytes."""

    rows: FeedRows
    unread: tuple[str, ...]
    fingerprint: str


def read_file(
    path: Path, layout: FeedLayout, *, feed: str, shown_as: str, permitted: Sequence[str]
) -> FileRead:
    """The layout's columns of a CSV file (UTF-8, a header, commas, no line breaks in a value).

    Only columns that the layout has and the agreement permits are read; the bytes of the others
    are passed over. Every fault is gathered and refused together: row numbers and counts, never
    a value.
    """
    fingerprint = _passed_through(path, shown_as)
    header = _header(path, shown_as)
    wanted = [column for column in layout.columns if column.name in permitted]
    lacking = [column.name for column in wanted if column.name not in header]
    if lacking:
        raise Refusal(
            Problem(
                f"The file lacks these columns of the layout {layout.name}: {', '.join(lacking)}.",
                "Ask its holder for a complete extract, or correct the header.",
                Place(shown_as, 1),
            )
        )
    texts = _texts(path, shown_as, [column.name for column in wanted])
    problems: list[Problem] = []
    columns: dict[str, pa.Array] = {}
    for column in wanted:
        text = _trimmed(texts.column(column.name))
        faults = _faults(text, column, shown_as)
        problems += faults
        columns[column.name] = None if faults else _typed(text, column)
    if problems:
        raise Refusal(problems)
    rows = FeedRows(feed, shown_as, columns, pa.array(range(1, texts.num_rows + 1), pa.int64()))
    return FileRead(rows, tuple(name for name in header if name not in columns), fingerprint)


def _passed_through(path: Path, shown_as: str) -> str:
    """The fingerprint of the file's bytes, after seeing that all of them are UTF-8 text."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                digest.update(part)
                decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refusal(_unreadable(shown_as, 0)) from None
    except OSError:
        raise Refusal(
            Problem(
                "The feed's file is not there or cannot be read.",
                "Put the extract there, or correct `file` under `data`.",
                Place(shown_as),
            )
        ) from None
    return f"sha256:{digest.hexdigest()}"


def _header(path: Path, shown_as: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file), [])
    except csv.Error:
        raise Refusal(_unreadable(shown_as, 1)) from None
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not any(names):
        raise Refusal(
            Problem(
                f"The header names a column twice: {', '.join(twice)}."
                if twice
                else "The file is empty; its first line should name the columns.",
                "Correct the header.",
                Place(shown_as, 1),
            )
        )
    return names


def _texts(path: Path, shown_as: str, names: list[str]) -> pa.Table:
    uneven: list[int] = []

    def note(row: pyarrow.csv.InvalidRow) -> str:
        uneven.append(row.number or 0)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(
                newlines_in_values=False, invalid_row_handler=note, ignore_empty_lines=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=names,
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        raise Refusal(_unreadable(shown_as, 0)) from None
    if uneven:
        raise Refusal(
            Problem(
                f"{_counted(len(uneven), 'row')} with more or fewer values than the header has "
                f"columns: {_listed([number - 1 for number in uneven])}.",
                "Correct the file; a value that holds a comma stands in quotes.",
                Place(shown_as, uneven[0]),
            )
        )
    return table


def _trimmed(column: pa.ChunkedArray) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(column).combine_chunks()
    return pa.concat_arrays(trimmed.chunks) if isinstance(trimmed, pa.ChunkedArray) else trimmed


def _faults(text: pa.Array, column: FeedColumn, shown_as: str) -> list[Problem]:
    """What is wrong with a column, one problem a rule; a row counts under the first it breaks."""
    missing = pc.equal(text, "")
    faults = []
    if not column.may_be_missing and pc.any(missing).as_py():
        faults.append(_fault(missing, "no value", "Give a value in each row.", column, shown_as))
    given = pc.invert(missing)
    if column.codes:
        known = pc.is_in(text, pa.array(column.codes, pa.string()))
        odd = pc.and_(given, pc.invert(known))
        codes = ", ".join(column.codes)
        if pc.any(odd).as_py():
            do = f"The layout knows these codes: {codes}."
            faults.append(_fault(odd, "a code the layout does not know", do, column, shown_as))
        given = pc.and_(given, known)
    if column.type in ("whole", "day"):
        whole = column.type == "whole"
        noun = "a whole number" if whole else "a day of the calendar"
        fits = pc.match_substring_regex(text, _WHOLE) if whole else pc.is_valid(_days(text))
        odd = pc.and_(given, pc.invert(fits))
        if pc.any(odd).as_py():
            do = "Write digits only." if whole else "Write year-month-day."
            faults.append(_fault(odd, f"a value that is not {noun}", do, column, shown_as))
        given = pc.and_(given, fits)
    if column.type == "whole" and (column.least is not None or column.most is not None):
        numbers = pc.if_else(given, text, None).cast(pa.int64())
        low = pc.less(numbers, column.least) if column.least is not None else pc.equal(1, 0)
        high = pc.greater(numbers, column.most) if column.most is not None else pc.equal(1, 0)
        odd = pc.fill_null(pc.or_(low, high), False)
        if pc.any(odd).as_py():
            least = "" if column.least is None else f" from {column.least}"
            most = "" if column.most is None else f" to {column.most}"
            do = f"The layout allows whole numbers{least}{most}."
            faults.append(_fault(odd, "a number out of range", do, column, shown_as))
    return faults


def _fault(bad: pa.Array, what: str, do: str, column: FeedColumn, shown_as: str) -> Problem:
    rows = [at + 1 for at in pc.indices_nonzero(bad).to_pylist()]
    return Problem(
        f"The column {column.name} holds {what} in {_counted(len(rows), 'row')}: {_listed(rows)}.",
        do,
        Place(shown_as, rows[0] + 1, field=column.name),
    )


def _typed(text: pa.Array, column: FeedColumn) -> pa.Array:
    present = pc.if_else(pc.equal(text, ""), None, text)
    if column.type == "day":
        return _days(text)
    return present.cast(pa.int64() if column.type == "whole" else pa.string())


def _days(text: pa.Array) -> pa.Array:
    """Days written year-month-day; missing where the text is not one, such as 30 February."""
    days = pc.strptime(text, format="%Y-%m-%d", unit="s", error_is_null=True).cast(pa.date32())
    return pc.if_else(pc.equal(days.cast(pa.string()), text), days, None)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _listed(rows: list[int]) -> str:
    named = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    label = "row" if len(rows) == 1 else "rows"
    return f"{label} {named}" + (" and more" if len(rows) > ROWS_NAMED else "")


def _unreadable(shown_as: str, line: int) -> Problem:
    return Problem(
        "The file cannot be read as UTF-8 text with commas.",
        "Save it as CSV in UTF-8.",
        Place(shown_as, line),
    )
