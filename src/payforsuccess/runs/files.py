"""Reading and writing files so that a killed process leaves nothing half done."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.store.writing import sync_folder, write_whole

__all__ = [
    "LARGEST_TEXT_FILE",
    "clear_unfinished",
    "folder_at_once",
    "json_bytes",
    "locked",
    "read_bytes",
    "read_json",
    "text_of",
    "write_new_private",
    "write_whole",
]
LARGEST_TEXT_FILE = 64 * 1024 * 1024


def read_bytes(path: Path, *, largest: int = LARGEST_TEXT_FILE) -> bytes:
    """The content of a file; refuses one that is missing, no file, unreadable or too large.

    A pipe is read too, up to the size of a text file: it does not say how much will come.
    """
    try:
        if path.is_dir():
            raise Refusal(
                Problem(
                    sentence("{path} is a folder.", path=str(path)),
                    sentence("Name a file."),
                    Place(str(path)),
                )
            )
        if not path.is_file():
            largest = min(largest, LARGEST_TEXT_FILE)
        if path.is_char_device() or path.is_block_device():
            raise Refusal(
                Problem(sentence("This is a device."), sentence("Name a file."), Place(str(path)))
            )
        size = path.stat().st_size
        content = b""
        if size <= largest:
            with path.open("rb") as opened:
                # Python makes room for all it is asked for, so a file is not asked for the limit.
                content = opened.read() if path.is_file() else opened.read(largest + 1)
        if max(size, len(content)) > largest:
            raise Refusal(
                Problem(
                    sentence(
                        "The file is larger than {largest} MB.", largest=largest // (1024 * 1024)
                    ),
                    sentence("Check that it is the right file."),
                    Place(str(path)),
                )
            )
        return content
    except FileNotFoundError:
        raise Refusal(
            Problem(
                sentence("There is no such file."), sentence("Check the name."), Place(str(path))
            )
        ) from None
    except OSError as error:
        raise Refusal(
            Problem(
                sentence("The file cannot be read: {strerror}.", strerror=error.strerror or ""),
                sentence("Check the name and the rights to it."),
                Place(str(path)),
            )
        ) from None


def read_json(path: Path) -> object:
    """A JSON file's content; refuses what is no JSON."""
    try:
        return json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise Refusal(
            Problem(
                sentence("This is not a file that `pfs` wrote, or it was changed by hand."),
                sentence("Put the original back; records of this kind are never edited."),
                Place(str(path)),
            )
        ) from None


def json_bytes(value: object) -> bytes:
    """Readable JSON in one spelling: keys as given, two spaces, one newline at the end."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def write_new_private(to: Path, content: bytes, what: str) -> None:
    """Write a file that its owner alone may read; refuses to replace one.

    what: what cannot be written, such as "The key".
    """
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(
            Problem(
                sentence("There is such a file already."),
                sentence("Name another, or take it away."),
                Place(str(to)),
            )
        ) from None
    except OSError as error:
        raise Refusal(
            Problem(
                sentence(
                    "{what} cannot be written: {strerror}.",
                    what=what,
                    strerror=error.strerror or "",
                ),
                sentence("Name a file in a folder that is there."),
                Place(str(to)),
            )
        ) from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def clear_unfinished(folder: Path) -> None:
    """Take away what a killed process began to write in a folder that this one has locked."""
    for left in folder.glob(".writing-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def folder_at_once(path: Path) -> Iterator[Path]:
    """A folder to fill that appears at `path` whole, or not at all; refuses to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    filling = Path(tempfile.mkdtemp(dir=path.parent, prefix=".writing-"))
    try:
        yield filling
        for path_in in filling.rglob("*"):
            if path_in.is_dir():
                sync_folder(path_in)
                continue
            with path_in.open("rb") as written:
                os.fsync(written.fileno())
        sync_folder(filling)
        os.rename(filling, path)
        sync_folder(path.parent)
    except BaseException:
        shutil.rmtree(filling, ignore_errors=True)
        raise


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one process at a time in here; others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def text_of(mapping: Mapping[str, object], key: str) -> str:
    """A text in a mapping read from JSON; empty when absent."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""
