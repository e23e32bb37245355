"""Files that come from outside: looked at before anything of them is used.

A file is taken whole or not at all. It is held under a random name of our own, in a folder that no
browser reaches, until it is known to be of its kind; where it goes then is said by the deal, never
by the file's own name. Values are never looked at here: the load does that, under the agreement.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.records.feed import FeedFile
from payforsuccess.records.layouts import LAYOUTS

KINDS = (".csv", ".parquet", ".xlsx", ".zip")
LARGEST = 256 * 1024 * 1024
"""Of one upload, and of all that a packed one holds."""
MOST_PACKED = 200
"""How many times smaller than its content a packed file may be; text rarely shrinks more."""
_PART = 1 << 20
_LIVE = ("vbaproject", "macrosheets", "externallinks", "embeddings", "activex", "connections")
"""Parts of a workbook that do something, or fetch something, when it is opened."""


@dataclass(frozen=True)
class Staged:
    """One file that passed, still under our own name: the layout's name for it, and its place."""

    file: str
    held: Path
    to: Path


@dataclass(frozen=True)
class Arrival:
    """Everything that one upload brings, with its size and checksum."""

    files: tuple[Staged, ...]
    size: int
    checksum: str


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """A folder of our own for one arrival, gone afterwards with all that was not taken."""
    folder = home / "uploads" / secrets.token_hex(16)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hold(parts: Iterable[bytes], folder: Path) -> Path:
    """Write what comes under a random name; refuses it as soon as it is too large."""
    held, size = folder / secrets.token_hex(16), 0
    with held.open("xb") as file:
        held.chmod(0o600)
        for part in parts:
            size += len(part)
            if size > LARGEST:
                raise Refusal(
                    Problem(
                        sentence(
                            "The file is larger than {largest} MB.", largest=LARGEST // 1024**2
                        ),
                        sentence(
                            "Have whoever runs the server put it into the drop folder, or send "
                            "it as Parquet, which is smaller."
                        ),
                    )
                )
            file.write(part)
    if size == 0:
        raise Refusal(
            Problem(sentence("The file is empty."), sentence("Export it again, and upload that."))
        )
    return held


def look_at(source: DataSource, held: Path, *, name: str, root: Path, folder: Path) -> Arrival:
    """See that a held file is what the deal reads for a feed, and where each part of it goes.

    name: what the sender called it, of which the ending counts and, where the feed has several
    files, which of them it is. root: the deal's folder. Refuses other kinds, what is not of the
    kind that it says, workbooks with macros or links, packed files with paths, passwords, unknown
    members, or far too much in them.
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending not in KINDS:
        raise Refusal(
            Problem(
                sentence(
                    "Files of the kind {ending} are not taken.",
                    ending=ending or sentence("without an ending"),
                ),
                sentence("Upload CSV, Parquet, XLSX, or a ZIP of those."),
            )
        )
    checksum, size = _checksum(held), held.stat().st_size
    if ending == ".zip":
        staged = tuple(_unpacked(source, held, root, folder))
    else:
        _refuse_other_kind(held, ending, source)
        file = _file_of(source, name)
        staged = (Staged(file.name, held, _place(source, file, ending, root)),)
    return Arrival(staged, size, checksum)


def put(arrival: Arrival) -> None:
    """Put each file in its place, one whole file after the other."""
    for one in arrival.files:
        one.to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = one.to.with_name(f".{secrets.token_hex(8)}.part")
        shutil.move(one.held, beside)
        beside.chmod(0o600)
        beside.replace(one.to)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _file_of(source: DataSource, name: str) -> FeedFile:
    """Which of the layout's files it is; one that has a single file takes any name."""
    files = LAYOUTS[source.layout].files
    if len(files) == 1:
        return files[0]
    plain = PurePosixPath(name.replace("\\", "/")).name
    for file in files:
        named = source.written.files.get(file.name)
        if plain == named or (
            named is None and _folded(PurePosixPath(plain).stem) == _folded(file.name)
        ):
            return file
    known = ", ".join(source.written.files.get(file.name, file.name) for file in files)
    raise Refusal(
        Problem(
            sentence("The file has the name of none of this feed's files."),
            sentence("Name it as one of these: {known}.", known=known),
        )
    )


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _place(source: DataSource, file: FeedFile, ending: str, root: Path) -> Path:
    """Where the deal reads the file; refuses another kind than the deal names."""
    layout, stated = LAYOUTS[source.layout], root / source.path
    if len(layout.files) == 1 and stated.suffix:
        to = stated
    else:
        base = stated if not stated.suffix else stated.with_suffix("")
        named = source.written.files.get(file.name)
        to = base / (named or f"{file.name}{ending}")
        if named is None:
            _refuse_second(base, file, to)
    if to.suffix.lower() != ending:
        raise Refusal(
            Problem(
                sentence(
                    "The deal reads this feed as a {suffix} file.",
                    suffix=to.suffix.lower() or sentence("folder"),
                ),
                sentence(
                    "Upload it as {suffix}.",
                    suffix=to.suffix.lower() or sentence("a ZIP of its files"),
                ),
            )
        )
    if root.resolve() not in to.resolve().parents:
        raise Refusal(
            Problem(
                sentence("The deal reads this feed from outside the initiative's folder."),
                sentence("Ask whoever runs the server to put the extract there."),
            )
        )
    return to


def _refuse_second(base: Path, file: FeedFile, to: Path) -> None:
    """Refuse a second file of the same name and another kind: the load could not tell which."""
    others = base.iterdir() if base.is_dir() else ()
    for other in others:
        if other.name != to.name and _folded(other.stem) == _folded(file.name):
            raise Refusal(
                Problem(
                    sentence(
                        "The feed's file {name} lies there as {suffix} already.",
                        name=file.name,
                        suffix=other.suffix,
                    ),
                    sentence("Upload it in the same kind."),
                )
            )


def _refuse_other_kind(path: Path, ending: str, source: DataSource) -> None:
    """Refuse a file that is not of the kind that its ending says."""
    if ending == ".parquet":
        _refuse_unless_parquet(path)
    elif ending == ".xlsx":
        _refuse_unless_workbook(path)
    else:
        _refuse_unless_text(path, source.written.encoding)


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
    _refuse_bomb(members, path.stat().st_size)
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


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(member.file_size for member in members)
    if total > LARGEST or total > MOST_PACKED * max(packed, 1) or len(members) > 10_000:
        raise Refusal(
            Problem(
                sentence("The file holds far more than its size, or too many parts."),
                sentence("Upload the files one by one, without packing them."),
            )
        )


def _unpacked(source: DataSource, held: Path, root: Path, folder: Path) -> Iterator[Staged]:
    """The members of a ZIP, each under a random name, after seeing that all of them are meant."""
    try:
        with zipfile.ZipFile(held) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            _refuse_bomb(members, held.stat().st_size)
            _refuse_members(members)
            taken: set[str] = set()
            for member in members:
                ending = PurePosixPath(member.filename).suffix.lower()
                file = _file_of(source, member.filename)
                if file.name in taken:
                    raise Refusal(
                        Problem(
                            sentence("Two files of it are {name}.", name=file.name),
                            sentence("Leave one of them out."),
                        )
                    )
                taken.add(file.name)
                with packed.open(member) as content:
                    inner = hold(iter(lambda: content.read(_PART), b""), folder)
                _refuse_other_kind(inner, ending, source)
                yield Staged(file.name, inner, _place(source, file, ending, root))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        raise Refusal(
            Problem(
                sentence("The file cannot be read as a ZIP."),
                sentence("Pack the files again, without a password."),
            )
        ) from None


def _refuse_members(members: list[zipfile.ZipInfo]) -> None:
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
