"""Locked files as the engine sees them: it reads and writes them as plain ones, chunk by chunk."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fsspec import AbstractFileSystem

from payforsuccess.store.locked import LockedReader, LockedWriter, key_name_of, opened_size
from payforsuccess.store.vault import Vault

PROTOCOL = "locked"


def locked_path(path: Path) -> str:
    """The name under which the engine opens a locked file."""
    return f"{PROTOCOL}://{path.resolve()}"


class LockedFiles(AbstractFileSystem):
    """A file system of locked files. Keys come from the vault, for a new file from `will_write`.

    A failure cannot travel through the engine as what it is: `take_failure` gives it afterwards.
    """

    protocol = PROTOCOL
    cachable = False

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._drawn: dict[str, tuple[str, bytes]] = {}
        self._failed: BaseException | None = None

    def will_write(self, path: Path, key_name: str, key: bytes) -> None:
        """Say with which key the file at this path is to be written."""
        self._drawn[str(path.resolve())] = (key_name, key)

    def note(self, failure: BaseException) -> None:
        """Keep the first failure since the last was taken."""
        self._failed = self._failed or failure

    def take_failure(self) -> BaseException | None:
        """What went wrong with a file, once."""
        failed, self._failed = self._failed, None
        return failed

    def open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        """The file, for reading or writing."""
        try:
            return self._opened(Path(self._strip_protocol(path)), mode)
        except BaseException as failure:
            self.note(failure)
            raise

    def info(self, path: str, **_: Any) -> dict[str, object]:
        """What the engine asks of a file before it opens it."""
        place = self._strip_protocol(path)
        changed = os.stat(place).st_mtime
        size = opened_size(Path(place))
        return {"name": path, "size": size, "type": "file", "mtime": changed, "created": changed}

    def exists(self, path: str, **_: Any) -> bool:
        """Whether there is such a file."""
        return os.path.exists(self._strip_protocol(path))

    def glob(self, path: str, maxdepth: int | None = None, **_: Any) -> Any:
        """The path itself: names of kept files have no stars."""
        return [path] if self.exists(path) else []

    def modified(self, path: str) -> datetime:
        """When the file was last changed."""
        return datetime.fromtimestamp(os.stat(self._strip_protocol(path)).st_mtime, UTC)

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        """Rename a file, as DuckDB 1.5 does with what it has written."""
        os.replace(self._strip_protocol(path1), self._strip_protocol(path2))

    def rm_file(self, path: str) -> None:
        """Remove a file."""
        os.unlink(self._strip_protocol(path))

    def isdir(self, path: str) -> bool:
        """Never: only files are named."""
        return False

    def _opened(self, path: Path, mode: str) -> Any:
        if "r" in mode:
            return _NotingReader(self, path, key=self._vault.key(key_name_of(path)))
        # DuckDB 1.5 writes beside the place, under a name of its own, and renames
        name, key = self._drawn[str(path.with_name(path.name.removeprefix("tmp_")))]
        return _NotingWriter(self, path, key_name=name, key=key)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path.split("://", 1)[-1]


class _NotingReader(LockedReader):
    """A locked file that tells its file system what it refuses."""

    def __init__(self, files: LockedFiles, path: Path, *, key: bytes) -> None:
        super().__init__(path, key=key)
        self._files = files

    def read(self, count: int | None = -1) -> bytes:
        """The next bytes, opened."""
        try:
            return super().read(count)
        except BaseException as failure:
            self._files.note(failure)
            raise


class _NotingWriter(LockedWriter):
    """A new locked file that tells its file system when the disk takes no more."""

    def __init__(self, files: LockedFiles, path: Path, *, key_name: str, key: bytes) -> None:
        super().__init__(path, key_name=key_name, key=key)
        self._files = files

    def write(self, content: Any) -> int:
        """Take up more bytes."""
        try:
            return super().write(content)
        except BaseException as failure:
            self._files.note(failure)
            raise

    def close(self) -> None:
        """Lock the last chunk, and see the file onto the disk."""
        try:
            super().close()
        except BaseException as failure:
            self._files.note(failure)
            raise
