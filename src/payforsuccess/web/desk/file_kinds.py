"""Whether a file is of the kind that its ending says, and holds nothing but data."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath

from payforsuccess.errors import Problem, Refusal, sentence

KINDS = (".csv", ".parquet", ".xlsx", ".zip")
LARGEST = 256 * 1024 * 1024
"""Bytes of one upload, and of all that a packed one holds."""
MOST_PACKED = 200
"""How many times smaller than its content a packed file may be; text rarely shrinks more."""
MOST_MEMBERS = 10_000
_PART = 1 << 20
_LIVE = ("vbaproject", "macrosheets", "externallinks", "embeddings", "activex", "connections")
"""Parts of a workbook that do something, or fetch something, when it is opened."""


def refuse_other_kind(path: Path, ending: str, *, encoding: str) -> None:
    """Refuse a file that is not of the kind that its ending says. encoding: of its text, as CSV."""
    if ending == ".parquet":
        _refuse_unless_parquet(path)
    elif ending == ".xlsx":
        _refuse_unless_workbook(path)
    else:
        _refuse_unless_text(path, encoding)


def _refuse_unless_text(path: Path, encoding: str) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(
        (b"PK", b"PAR1", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ", b"\x7fELF")
    ):
        raise Refusal(
            Problem(
                sentence("The file says that it is CSV, and is not."), sentence("Save it as CSV.")
            )
        )
    try:
        with path.open("r", encoding=encoding, newline="") as text:
            while part := text.read(_PART):
                if "\x00" in part:
                    raise ValueError
    except (UnicodeError, ValueError):
        raise Refusal(
            Problem(
                sentence(
                    "The file cannot be read as text in {encoding}.", encoding=encoding.upper()
                ),
                sentence("Save it as CSV in {encoding}.", encoding=encoding.upper()),
            )
        ) from None


def _refuse_unless_parquet(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise Refusal(
            Problem(
                sentence("The file says that it is Parquet, and is not."),
                sentence("Export it again."),
            )
        ) from None


def _refuse_unless_workbook(path: Path) -> None:
    damaged = Refusal(
        Problem(
            sentence("The file cannot be read as an XLSX workbook."),
            sentence("Save it again as XLSX, or as CSV."),
        )
    )
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged from None
    refuse_bomb(members, path.stat().st_size)
    names = [member.filename.casefold() for member in members]
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise damaged
    if any(part in name for name in names for part in _LIVE):
        raise Refusal(
            Problem(
                sentence("The workbook holds macros, or links to other files."),
                sentence("Copy the sheet's values into a new workbook, or save it as CSV."),
            )
        )


def refuse_bomb(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse what unpacks to far more than its size, or to thousands of parts."""
    total = sum(member.file_size for member in members)
    if total > LARGEST or total > MOST_PACKED * max(packed, 1) or len(members) > MOST_MEMBERS:
        raise Refusal(
            Problem(
                sentence("The file holds far more than its size, or too many parts."),
                sentence("Upload the files one by one, without packing them."),
            )
        )


def refuse_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse a ZIP whose members lie in folders, are links, are locked, or of other kinds."""
    if not members:
        raise Refusal(
            Problem(sentence("The ZIP holds no file."), sentence("Pack the feed's files into it."))
        )
    for member in members:
        name = member.filename
        if "/" in name or "\\" in name or ".." in name or name.startswith((".", "~")):
            raise Refusal(
                Problem(
                    sentence("A file of the ZIP lies in a folder."),
                    sentence("Pack the files without folders."),
                )
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refusal(
                Problem(
                    sentence("A file of the ZIP is a link to another."),
                    sentence("Pack the files themselves."),
                )
            )
        if member.flag_bits & 0x1:
            raise Refusal(
                Problem(
                    sentence("The ZIP is locked with a password."),
                    sentence("Pack the files without a password."),
                )
            )
        if PurePosixPath(name).suffix.lower() not in KINDS[:-1]:
            raise Refusal(
                Problem(
                    sentence("A file of the ZIP is of a kind that is not taken."),
                    sentence("Pack CSV, Parquet or XLSX files alone."),
                )
            )
