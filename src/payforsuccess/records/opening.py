"""An agency's file opened: what it is, its header, its fingerprint, and how the engine reads it."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from payforsuccess.deal.data import Written
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.bench import Bench, quoted
from payforsuccess.records.workbook import sheet_rows

_PART = 1 << 20
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7-Zip",
    b"\xfd7zXZ": "xz",
    b"PK": "ZIP",
}
_DELIMITERS = {"tab": "\t", "\\t": "\t"}


@dataclass(frozen=True)
class OpenedFile:
    """A file that can be read: `reads` is the engine's table function that opens it.

    `texts` gives for each column, in the file's order, the engine's expression of its values as
    text. `kinds` names the types of columns that are no text (in Parquet); days among them come
    year-month-day (`iso_days`).
    """

    reads: str
    texts: Mapping[str, str]
    fingerprint: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    iso_days: frozenset[str] = frozenset()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the file's columns, in order."""
        return tuple(self.texts)


def open_file(path: Path, written: Written, *, shown_as: str, bench: Bench) -> OpenedFile:
    """The file, after seeing that it is of a kind that can be read.

    CSV has a header, one delimiter and quotes as in RFC 4180; the rows of an XLSX sheet are put on
    the bench. Refuses files that are not there, empty, packed, of another character set, or whose
    header is no header.
    """
    if path.suffix.lower() == ".parquet":
        return _parquet(path, shown_as)
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path, written, shown_as, bench)
    encoding = written.encoding
    delimiter = _DELIMITERS.get(written.delimiter, written.delimiter)
    fingerprint = _passed_through(path, shown_as, encoding)
    header = _header(path, encoding, delimiter, shown_as)
    columns = ", ".join(f"{quoted(f'c{at}')}: 'VARCHAR'" for at in range(len(header)))
    reads = (
        f"read_csv({quoted(_unglobbed(path))}, auto_detect=false, header=true, "
        f"delim={quoted(delimiter)}, quote='\"', escape='\"', strict_mode=true, "
        f"encoding={quoted(encoding)}, columns={{{columns}}})"
    )
    return OpenedFile(reads, {name: f"c{at}" for at, name in enumerate(header)}, fingerprint)


def _passed_through(path: Path, shown_as: str, encoding: str | None) -> str:
    """The fingerprint of the file's bytes, after seeing that all of them are text."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    lines = 1
    try:
        for at, part in enumerate(_parts(path)):
            if at == 0 and encoding:
                _refuse_packed(part, shown_as)
            digest.update(part)
            if decoder is not None:
                decoder.decode(part)
                lines += part.count(b"\n")
        if decoder is not None:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        whole = fault.object if isinstance(fault.object, bytes) else b""
        raise Refusal(
            Problem(
                f"The file cannot be read as {str(encoding).upper()} text.",
                "Save it in UTF-8, or state its character set under `written.encoding`.",
                Place(shown_as, lines + whole[: fault.start].count(b"\n")),
            )
        ) from None
    except OSError:
        raise Refusal(not_there(shown_as)) from None
    return f"sha256:{digest.hexdigest()}"


def not_there(shown_as: str) -> Problem:
    """The problem of a file that cannot be opened."""
    return Problem(
        "The feed's file is not there or cannot be read.",
        "Put the extract there, or correct `file` under `data`.",
        Place(shown_as),
    )


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part


def _refuse_packed(start: bytes, shown_as: str) -> None:
    for mark, name in _PACKED.items():
        if start.startswith(mark):
            raise Refusal(
                Problem(
                    f"The file is packed ({name}), and its name says that it is text.",
                    "Unpack it, and put the CSV, Parquet or XLSX file there.",
                    Place(shown_as),
                )
            )
    if start.startswith(b"PAR1"):
        raise Refusal(
            Problem(
                "The file is Parquet, and its name says that it is text.",
                "Give its name the ending .parquet.",
                Place(shown_as),
            )
        )


def _header(path: Path, encoding: str, delimiter: str, shown_as: str) -> list[str]:
    marked = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        with path.open(encoding=marked, newline="") as file:
            names = [name.strip() for name in next(csv.reader(file, delimiter=delimiter), [])]
    except (csv.Error, UnicodeError):
        raise Refusal(unreadable(shown_as, 1)) from None
    _refuse_odd(names, shown_as)
    other = next((mark for mark in (",", ";", "\t", "|") if mark in names[0]), None)
    if len(names) == 1 and other is not None:
        named = "a tab" if other == "\t" else f"`{other}`"
        raise Refusal(
            Problem(
                f"The header holds {named} where `{delimiter}` should stand between the columns.",
                "State what stands between values under `written.delimiter`.",
                Place(shown_as, 1),
            )
        )
    return names


def _refuse_odd(names: Sequence[str], shown_as: str) -> None:
    """Refuse a header that names nothing, or one column twice."""
    if not any(names):
        raise Refusal(
            Problem(
                "The file is empty; its first line should name the columns.",
                "Correct the header.",
                Place(shown_as, 1),
            )
        )
    # Told by their places: in a file without a header these are values of a person.
    alike = {name: [at for at, one in enumerate(names, 1) if one == name] for name in names}
    problems = [
        Problem(
            f"The columns {listed([str(at) for at in places])} of the header have the same name.",
            "Name each column once. The file's first line should name the columns.",
            Place(shown_as, 1),
        )
        for places in alike.values()
        if len(places) > 1
    ]
    if problems:
        raise Refusal(problems)


def _xlsx(path: Path, written: Written, shown_as: str, bench: Bench) -> OpenedFile:
    fingerprint = _passed_through(path, shown_as, None)
    sheet = sheet_rows(path, sheet=written.sheet, days=written.days, shown_as=shown_as)
    _refuse_odd(sheet.header, shown_as)
    name = bench.registered(sheet.rows)
    return OpenedFile(name, {n: f"c{at}" for at, n in enumerate(sheet.header)}, fingerprint)


def _parquet(path: Path, shown_as: str) -> OpenedFile:
    fingerprint = _passed_through(path, shown_as, None)
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        raise Refusal(
            Problem(
                "The file cannot be read as Parquet.",
                "Write it again, or ask its holder for another copy.",
                Place(shown_as),
            )
        ) from None
    _refuse_odd(schema.names, shown_as)
    days = frozenset(
        column.name
        for column in schema
        if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)
    )
    reads = f"read_parquet({quoted(_unglobbed(path))})"
    texts = {column.name: _as_text(column) for column in schema}
    kinds = {column.name: str(column.type) for column in schema}
    return OpenedFile(reads, texts, fingerprint, kinds, days)


def _as_text(column: pa.Field) -> str:
    """The engine's expression of a Parquet column as text; a whole number never gets a point."""
    name = '"' + column.name.replace('"', '""') + '"'
    text = f"CAST({name} AS VARCHAR)"
    if pa.types.is_floating(column.type):
        whole = f"CAST(CAST({name} AS DECIMAL(38, 0)) AS VARCHAR)"
        return (
            f"CASE WHEN {name} = trunc({name}) AND abs({name}) < 1e15 THEN {whole} ELSE {text} END"
        )
    if pa.types.is_boolean(column.type):
        return f"CAST(CAST({name} AS TINYINT) AS VARCHAR)"
    return text


def unreadable(shown_as: str, line: int) -> Problem:
    """The problem of a file whose text is no table."""
    return Problem(
        "The file cannot be read as a table of text: its quotes or the ends of its lines are not "
        "those of a CSV file.",
        "Save it as CSV (RFC 4180).",
        Place(shown_as, line),
    )


def _unglobbed(path: Path) -> str:
    """The path with the letters that the engine takes for wildcards made plain."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path.resolve()))
