"""Locked files: encrypted in chunks, so that any part is read without the rest.

AES-256 in Galois/Counter Mode (NIST SP 800-38D) from the library `cryptography`, in the STREAM
construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): the nonce of a chunk is its number and
whether it is the last one, under a key that no other file has. A chunk that was changed, moved or
taken from another file is not opened, nor is a file that was cut short. The header says in plain
text which key opens the file; it is bound to every chunk.
"""

from __future__ import annotations

import io
import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Any

from payforsuccess.errors import Place, Problem, Refusal

MAGIC = b"pfslock\x01"
CHUNK = 1 << 18
_TAG = 16
_HEADER = 128
_KEPT_CHUNKS = 16


class LockedWriter(io.RawIOBase):
    """A new locked file, written from beginning to end and synced to disk when closed."""

    def __init__(self, path: Path, *, key_name: str, key: bytes) -> None:
        super().__init__()
        self._cipher = _cipher(key)
        self._header = _header(key_name)
        self._held = bytearray()
        self._chunks = 0
        self._written = 0
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(self._header)

    def writable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """How many bytes were written, before they were locked."""
        return self._written

    def write(self, content: Any) -> int:
        """Take up more bytes; a chunk is locked once the next one begins."""
        view = memoryview(content).cast("B")
        self._written += len(view)
        at = 0
        while len(self._held) + len(view) - at > CHUNK:
            taken = CHUNK - len(self._held)
            self._held += view[at : at + taken]
            at += taken
            self._lock_chunk(is_last=False)
        self._held += view[at:]
        return len(view)

    def close(self) -> None:
        """Lock the last chunk, and see the file onto the disk."""
        if not self.closed:
            try:
                self._lock_chunk(is_last=True)
                self._file.flush()
                os.fsync(self._file.fileno())
            finally:
                self._file.close()
                super().close()

    def _lock_chunk(self, *, is_last: bool) -> None:
        nonce = _nonce(self._chunks, is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(self._held), self._header))
        self._held.clear()
        self._chunks += 1


class LockedReader(io.RawIOBase):
    """A locked file opened at any place; only the chunks that are asked for are read.

    Refuses, when the place is reached, what was changed since it was written.
    """

    def __init__(self, path: Path, *, key: bytes) -> None:
        super().__init__()
        self._path = path
        self._cipher = _cipher(key)
        self._descriptor = os.open(path, os.O_RDONLY)
        try:
            self._header = os.pread(self._descriptor, _HEADER, 0)
            _key_name(self._header, path)
            self._chunks, self.size = _sizes(os.fstat(self._descriptor).st_size)
        except BaseException:
            os.close(self._descriptor)
            raise
        self._at = 0
        self._opened: OrderedDict[int, bytes] = OrderedDict()
        self._one_at_a_time = Lock()

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = start + offset
        return self._at

    def read(self, count: int | None = -1) -> bytes:
        """The next bytes, opened."""
        rest = max(self.size - self._at, 0)
        wanted = rest if count is None or count < 0 else min(count, rest)
        pieces = []
        while wanted:
            number, start = divmod(self._at, CHUNK)
            piece = self._chunk(number)[start : start + wanted]
            pieces.append(piece)
            wanted -= len(piece)
            self._at += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def readinto(self, buffer: Any) -> int:
        """The next bytes, opened into a buffer."""
        view = memoryview(buffer).cast("B")
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def readall(self) -> bytes:
        """All bytes from here on, opened."""
        return self.read()

    def check_ends(self) -> None:
        """Open the first and the last chunk, which shows the right key and a whole file."""
        self._chunk(0)
        self._chunk(self._chunks - 1)

    def close(self) -> None:
        """Let go of the file and of what was opened."""
        if not self.closed:
            os.close(self._descriptor)
            self._opened.clear()
        super().close()

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        with self._one_at_a_time:
            found = self._opened.get(number)
            if found is not None:
                return found
        at = _HEADER + number * (CHUNK + _TAG)
        locked = os.pread(self._descriptor, CHUNK + _TAG, at)
        nonce = _nonce(number, number == self._chunks - 1)
        try:
            content = self._cipher.decrypt(nonce, locked, self._header)
        except (InvalidTag, ValueError):
            raise Refusal(changed(self._path)) from None
        with self._one_at_a_time:
            self._opened[number] = content
            if len(self._opened) > _KEPT_CHUNKS:
                self._opened.popitem(last=False)
        return content


def key_name_of(path: Path) -> str:
    """The name of the key that opens a locked file. Refuses a file that is not locked."""
    with path.open("rb") as file:
        return _key_name(file.read(_HEADER), path)


def opened_size(path: Path) -> int:
    """How many bytes a locked file holds when opened."""
    return _sizes(path.stat().st_size)[1]


def changed(path: Path) -> Problem:
    """The problem of a file that is not as it was written."""
    return Problem(
        "This file was changed or cut short after it was written, or its key is another's.",
        "Put the original back, or ingest the feeds again; records kept are never edited.",
        Place(path.name),
    )


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _header(key_name: str) -> bytes:
    name = key_name.encode()
    if len(name) > _HEADER - len(MAGIC) - 1:
        raise ValueError(f"the name of a key is too long: {key_name}")
    return (MAGIC + bytes([len(name)]) + name).ljust(_HEADER, b"\0")


def _key_name(header: bytes, path: Path) -> str:
    if len(header) != _HEADER or not header.startswith(MAGIC):
        raise Refusal(changed(path))
    length = header[len(MAGIC)]
    try:
        return header[len(MAGIC) + 1 :][:length].decode()
    except UnicodeDecodeError:
        raise Refusal(changed(path)) from None


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _sizes(locked: int) -> tuple[int, int]:
    """How many chunks a file of this size has, and how many bytes they hold."""
    body = max(locked - _HEADER, 0)
    chunks = max(-(-body // (CHUNK + _TAG)), 1)
    return chunks, max(body - chunks * _TAG, 0)
