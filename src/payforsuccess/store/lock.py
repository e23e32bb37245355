"""One run at a time: a folder locked against other processes that would change it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other run changes this folder, and keep others waiting meanwhile.

    The system lets go of the lock when a process dies, so a killed run blocks no one. Not to be
    entered twice by one thread. Systems without `flock` are not guarded.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
