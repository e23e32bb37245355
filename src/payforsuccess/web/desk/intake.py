"""Files that come from outside: looked at before anything of them is used.

A file is taken whole or not at all. It is held under a random name of our own, in a folder that no
browser reaches, until it is known to be of its kind; where it goes then is said by the deal, never
by the file's own name. Values are never looked at here: the load does that, under the agreement.
"""

from __future__ import annotations

import hashlib
import lzma
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.records.feed import FeedFile
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.web.desk.file_kinds import (
    KINDS,
    LARGEST,
    refuse_bomb,
    refuse_members,
    refuse_other_kind,
)

PART = 1 << 20
"""Bytes that are read at a time."""
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(OSError, RuntimeError, NotImplementedError, ValueError),
)
"""What a ZIP that is cut off, damaged or locked raises when it is read."""


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
        refuse_other_kind(held, ending, encoding=source.written.encoding)
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


def _unpacked(source: DataSource, held: Path, root: Path, folder: Path) -> Iterator[Staged]:
    """The members of a ZIP, each under a random name, after seeing that all of them are meant."""
    try:
        with zipfile.ZipFile(held) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            refuse_bomb(members, held.stat().st_size)
            refuse_members(members)
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
                    inner = hold(iter(lambda: content.read(PART), b""), folder)
                refuse_other_kind(inner, ending, encoding=source.written.encoding)
                yield Staged(file.name, inner, _place(source, file, ending, root))
    except _UNREADABLE:
        raise Refusal(
            Problem(
                sentence("The file cannot be read as a ZIP."),
                sentence("Pack the files again, without a password."),
            )
        ) from None
