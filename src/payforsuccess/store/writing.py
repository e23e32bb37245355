"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write `content` so that a reader sees the old file or the new one, never a part.

    It is written beside its place, synced to disk, and then renamed over it; the folder is synced
    too, so that the name survives a crash. mode: who may read and write it, as `chmod` takes it;
    as the system has it for any new file when left out. Two writers of one path must not run at
    once. Refuses a path that is a folder.
    """
    if path.is_dir():
        raise Refusal(Problem("That is a folder.", "Name a file in it.", Place(str(path))))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            if mode is not None:
                beside.chmod(mode)  # before there is anything to read
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system lets a folder be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
