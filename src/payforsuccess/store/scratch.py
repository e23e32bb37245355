"""Private folders for the length of a run: what spills from memory, and what Spark must read."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from payforsuccess.store.locked import CHUNK, LockedReader
from payforsuccess.store.vault import Vault

_OURS = re.compile(r"pfs-scratch-(?P<process>[0-9]+)-.+")


@contextlib.contextmanager
def private_scratch(parent: Path | None) -> Iterator[Path]:
    """A folder that its owner alone can open, removed with all that is in it at the end.

    What a killed run left in the same place is removed first.
    """
    clear_left(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"pfs-scratch-{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unlocked(path: Path, key: str | None, vault: Vault | None, folder: Path) -> Path:
    """Where the plain content of a part lies: the part itself when it is not locked.

    Refuses a key that is gone and a file that was changed; ValueError without a vault.
    """
    if key is None:
        return path
    if vault is None:
        raise ValueError("locked records need a vault: open_spark(vault=...)")
    target = folder / path.name
    if target.exists():
        return target
    beside = folder / f".{path.name}.part"
    with (
        LockedReader(path, key=vault.key(key)) as locked,
        os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as plain,
    ):
        shutil.copyfileobj(locked, plain, CHUNK)
    beside.rename(target)
    return target


def clear_left(parent: Path | None) -> None:
    """Remove the private folders of processes on this machine that are no more."""
    for left in (parent or Path(tempfile.gettempdir())).glob("pfs-scratch-*"):
        match = _OURS.fullmatch(left.name)
        if match and not _is_alive(int(match["process"])):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another's
        return True
    return True
