"""The vault: the keys that open records, and what stands between a person and their numbers.

Everything in it is drawn from the system's random source and derived from nothing. Where keys lie,
who holds them and how they change is told in docs/explanation/keys.md.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.store.lock import alone_in
from payforsuccess.store.writing import sync_folder, write_whole
from payforsuccess.trail import canonical_bytes

if TYPE_CHECKING:
    import pyarrow as pa

KEY_BYTES = 32
_LETTERS = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[value & 31] for value in range(256))
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_KEY_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")
_JOURNAL = "destroying.json"

NumbersOf = Literal["people", "enrolments"]


@dataclass(frozen=True)
class Destroyed:
    """Under which order and on which day a key was destroyed."""

    order: str
    on: str

    def __str__(self) -> str:
        return f"destroyed under {self.order} on {self.on}"


def random_text(count: int) -> bytes:
    """`count` random letters and digits of lowercase base32, five random bits each."""
    return os.urandom(count).translate(_LETTERS)


@dataclass(frozen=True)
class Vault:
    """A folder of keys that its owner alone may open. Get one from `open_vault`.

    Keys are grouped by feed, which is by agreement: a feed's keys are destroyed together.
    """

    folder: Path

    def draw(self, feed: str, use: str) -> tuple[str, bytes]:
        """A new random key and its name, `feed/use-...`; nothing is kept yet."""
        name = f"{_named(feed)}/{_named(use)}-{random_text(12).decode()}"
        return name, os.urandom(KEY_BYTES)

    def keep(self, name: str, key: bytes) -> None:
        """Keep a drawn key, on disk before this returns."""
        path = self._path(name)
        private_folder(path.parent)
        _write_private(path, key)

    def new_key(self, feed: str, use: str) -> str:
        """The name of a new random key, drawn and kept."""
        name, key = self.draw(feed, use)
        self.keep(name, key)
        return name

    def key(self, name: str) -> bytes:
        """The key of this name. Refuses one that was destroyed, and one that is not here."""
        if destroyed := self.destroyed(name):
            raise Refusal(gone(name, destroyed))
        try:
            key = self._path(name).read_bytes()
        except FileNotFoundError:
            key = b""
        if len(key) != KEY_BYTES:
            raise Refusal(
                Problem(
                    f"The vault lacks the key {name}, without which the records stay locked.",
                    "Put the vault back that was beside the deal when the feeds were ingested "
                    "(PFS_VAULT names another folder), or ingest them again.",
                    Place(str(self.folder)),
                )
            )
        return key

    def has(self, name: str) -> bool:
        """Whether the key is here and was not destroyed."""
        return self.destroyed(name) is None and self._path(name).is_file()

    def keys_of(self, feed: str) -> tuple[str, ...]:
        """The names of a feed's keys, sorted."""
        group = self.folder / "keys" / _named(feed)
        return tuple(sorted(f"{feed}/{path.stem}" for path in group.glob("*.key")))

    def destroyed(self, name: str) -> Destroyed | None:
        """Under which order a key was destroyed, or None where it was not."""
        try:
            plain = json.loads(self._path(name).with_suffix(".destroyed").read_bytes())
            return Destroyed(plain["order"], plain["on"])
        except FileNotFoundError:
            return None

    def destroy(self, names: Iterable[str], *, order: str, on: str) -> tuple[str, ...]:
        """Destroy keys for good: all of them, even if this is killed half way.

        The list is on disk before the first key goes, and whoever opens the vault next finishes
        it. Each key is overwritten and removed, and leaves a note of the order and the day. The
        names of those that were there are returned; one destroyed before keeps its first order.
        """
        with alone_in(self.folder):
            self._finish()
            listed = [name for name in sorted(set(names)) if self.has(name)]
            if listed:
                journal = {"keys": listed, "order": order, "on": on}
                _write_private(self.folder / _JOURNAL, canonical_bytes(journal))
                self._finish()
        return tuple(listed)

    def forget(self, names: Iterable[str]) -> None:
        """Destroy keys under which nothing was kept; no order is needed, and no note is left."""
        with alone_in(self.folder):
            for name in names:
                _shred(self._path(name))

    def keys_for(
        self, numbers_of: str, ids: pa.Array | pa.ChunkedArray, *, of: NumbersOf = "people"
    ) -> pa.Array:
        """A random key for each of an agency's numbers, in their order; missing stays missing.

        `numbers_of` is the feed whose numbers they are. A number met before keeps its key, in this
        and every later run; a new one gets 16 random letters, on disk before this returns.
        """
        from payforsuccess.store.numbers import keys_for

        with alone_in(self.folder):
            return keys_for(self, _named(numbers_of), ids, of=of)

    def known_keys(
        self, numbers_of: str, ids: pa.Array | pa.ChunkedArray, *, of: NumbersOf = "people"
    ) -> pa.Array:
        """The key of each number that has one, in their order; missing for others. Adds none."""
        from payforsuccess.store.numbers import known_keys

        with alone_in(self.folder):
            return known_keys(self, _named(numbers_of), ids, of=of)

    def _path(self, name: str) -> Path:
        if not _KEY_NAME.fullmatch(name):
            raise ValueError(f"not the name of a key: {name}")
        return self.folder / "keys" / f"{name}.key"

    def _finish(self) -> None:
        """Carry out what a list of keys to destroy says, if there is one."""
        path = self.folder / _JOURNAL
        try:
            plain = json.loads(path.read_bytes())
        except FileNotFoundError:
            return
        note = canonical_bytes({"order": plain["order"], "on": plain["on"]}) + b"\n"
        for name in plain["keys"]:
            key = self._path(name)
            _write_private(key.with_suffix(".destroyed"), note)
            _shred(key)
        path.unlink()
        sync_folder(self.folder)


def open_vault(folder: Path) -> Vault:
    """The vault in this folder, made where there is none.

    Refuses a folder that others may read. Finishes a destruction that was killed half way.
    """
    fresh = not folder.exists()
    private_folder(folder)
    others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    if others and os.name == "posix":
        raise Refusal(
            Problem(
                "Others than its owner may open the vault, which holds the keys of the records.",
                "Close it to them: chmod -R go-rwx, followed by the folder's name.",
                Place(str(folder)),
            )
        )
    if fresh:
        write_whole(folder / ".gitignore", b"*\n")
    vault = Vault(folder)
    if (folder / _JOURNAL).exists():
        with alone_in(folder):
            vault._finish()
    return vault


def vault_folder(deal_root: Path) -> Path:
    """Where the vault of a deal lies: what PFS_VAULT names, or `vault` beside deal.yaml."""
    named = os.environ.get("PFS_VAULT", "")
    return Path(named).expanduser() if named else deal_root / "vault"


def gone(name: str, destroyed: Destroyed) -> Problem:
    """The problem of records whose key was destroyed."""
    return Problem(
        f"The records of {name.split('/')[0]} that this rests on were {destroyed}.",
        "Nothing brings them back; statements stand on the determinations made from them.",
    )


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name that a vault can hold: {name}")
    return name


def private_folder(folder: Path) -> None:
    """The folder, made where there is none so that its owner alone may open it."""
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def _write_private(path: Path, content: bytes) -> None:
    """Write a file whole, that no one but its owner ever could read."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def _shred(path: Path) -> None:
    """Overwrite a file in its place and remove it; one that is gone already is fine."""
    try:
        with path.open("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)
