"""Snapshots: the records as they were, named by their content, never changed.

A snapshot is a manifest, `<name>/snapshot.json`, of parts that lie beside it under `parts/` and
are shared between snapshots: a feed that did not change is not written again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from payforsuccess.deal.tables import KEPT_TABLES
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.store.lock import alone_in
from payforsuccess.store.parts import (
    BUILDING,
    KeptPart,
    Part,
    bytes_digest,
    check_ends,
    digest_of,
    layout_of,
    write_part,
)
from payforsuccess.store.vault import gone
from payforsuccess.store.writing import sync_folder, write_whole
from payforsuccess.trail import canonical_bytes, fingerprint

if TYPE_CHECKING:
    from payforsuccess.store.door import Store
    from payforsuccess.store.vault import Vault

MANIFEST = "snapshot.json"
PARTS = "parts"

Check = Literal["files", "rows"]


@dataclass(frozen=True)
class SnapshotTable:
    """One table of a snapshot and how many rows it holds, of all feeds together."""

    name: str
    rows: int


@dataclass(frozen=True)
class Snapshot:
    """The records of one moment, named by the fingerprint of all their rows."""

    folder: Path
    fingerprint: str
    parts: tuple[KeptPart, ...]

    @property
    def tables(self) -> tuple[SnapshotTable, ...]:
        """Every table a snapshot can hold, with its rows."""
        return tuple(
            SnapshotTable(layout.name, sum(part.rows for part in self.parts_of(layout.name)))
            for layout in KEPT_TABLES
        )

    @property
    def rows(self) -> int:
        """How many rows it holds, of all tables together."""
        return sum(part.rows for part in self.parts)

    def parts_of(self, table: str) -> tuple[KeptPart, ...]:
        """The parts of one table, by feed."""
        return tuple(part for part in self.parts if part.table == table)

    def path_of(self, part: KeptPart) -> Path:
        """Where the rows of a part lie."""
        return self.folder.parent / PARTS / part.file


def write_snapshot(
    parts: Sequence[Part],
    folder: Path,
    *,
    store: Store | None = None,
    unchanged: Sequence[KeptPart] = (),
) -> Snapshot:
    """Keep parts under `folder` as a snapshot named by their rows.

    The same rows give the same snapshot, whatever their order, and are not written twice. The
    manifest is written last, so that a run killed before leaves the snapshots that were there and
    no other; what it left lying is cleared away by the next. `unchanged` are parts that lie there
    already, of another snapshot, and belong to this one too. Two parts of one feed and table are
    a fault (ValueError), and so is a locked part without a vault.
    """
    if store is None:
        from payforsuccess.store.door import open_store

        with open_store() as opened:
            return write_snapshot(parts, folder, store=opened, unchanged=unchanged)
    named = [(p.feed, p.table) for p in parts] + [(p.feed, p.table) for p in unchanged]
    if len(set(named)) != len(named):
        raise ValueError("two parts of one feed and table")
    home = folder / PARTS
    home.mkdir(parents=True, exist_ok=True)
    with alone_in(home):
        _clear(folder)
        found = [*unchanged, *(write_part(part, home, store) for part in parts)]
        kept = tuple(sorted((p for p in found if p), key=lambda part: (part.table, part.feed)))
        sync_folder(home)
        snapshot = Snapshot(folder / _name(kept).removeprefix("sha256:"), _name(kept), kept)
        manifest = canonical_bytes(_manifest(snapshot)) + b"\n"
        path = snapshot.folder / MANIFEST
        if not path.is_file() or path.read_bytes() != manifest:
            write_whole(path, manifest)
            sync_folder(folder)
    return snapshot


def write_without(
    snapshot: Snapshot, feed: str, rows: Sequence[tuple[str | None, int]], *, store: Store
) -> Snapshot:
    """A snapshot beside this one that lacks some rows of a feed's files, each by file and row.

    Nothing is taken from this one. Parts that have none of the rows go into both; where no part
    has any, this one is given back. A row without a file is the row of every file of the feed.
    """
    unchanged, parts = [], []
    for part in snapshot.parts:
        table = store.rows_of(snapshot, part) if part.feed == feed else None
        if table is None:
            unchanged.append(part)
            continue
        is_meant = store.is_among(table, rows)
        if store.run(table.filter(is_meant).limit(1)).num_rows:
            rest = table.filter(~is_meant)
            parts.append(Part(feed, part.table, rest, part.key is not None, part.regimes))
        else:
            unchanged.append(part)
    return write_snapshot(parts, snapshot.folder.parent, store=store, unchanged=unchanged)


def read_snapshot(
    home: Path,
    *,
    store: Store | None = None,
    check: Check = "files",
    without_destroyed: bool = False,
) -> Snapshot:
    """The snapshot in a folder, after checking that it is the one that was written.

    check: `files` reads the manifest and looks at every file: its size, that its key opens it and
    that it is whole (whatever else was changed in a locked file is refused when it is read), and
    the digest of its bytes where it is not locked. `rows` reads every row again, which finds even
    what was changed together with the manifest. Without a store that has a vault, locked files are
    checked by size alone. Refuses a folder without its manifest, what was changed, and parts whose
    key was destroyed, with the order and the day; `without_destroyed` leaves these out instead, to
    show what is left: no result may rest on it.
    """
    snapshot = read_manifest(home)
    vault = store.vault if store else None
    if without_destroyed and vault is not None:
        left = [p for p in snapshot.parts if not (p.key and vault.destroyed(p.key))]
        snapshot = replace(snapshot, parts=tuple(left))
    problems: list[Problem] = []
    for part in snapshot.parts:
        problems += _faults(snapshot, part, vault, check)
    if problems:
        raise Refusal(dict.fromkeys(problems))
    return snapshot


def read_manifest(home: Path) -> Snapshot:
    """What the manifest in a folder says; the parts may be gone. Refuses a changed one."""
    where = Place(home.name)
    try:
        plain = json.loads((home / MANIFEST).read_bytes())
        name = str(plain["fingerprint"])
        parts = tuple(
            KeptPart(**{**part, "regimes": tuple(part["regimes"])}) for part in plain["parts"]
        )
        changed = name != _name(parts)
    except (OSError, ValueError, KeyError, TypeError):
        raise Refusal(
            Problem(
                "This folder is not a snapshot: its manifest is missing or cannot be read.",
                "Ingest the feeds again.",
                where,
            )
        ) from None
    if changed:
        raise Refusal(
            Problem(
                "The manifest of this snapshot was changed after it was written.",
                "Ingest the feeds again; a snapshot is never edited.",
                where,
            )
        )
    return Snapshot(home, name, parts)


def _manifest(snapshot: Snapshot) -> dict[str, object]:
    return {
        "format": 2,
        "fingerprint": snapshot.fingerprint,
        "parts": [asdict(part) for part in snapshot.parts],
    }


def _name(parts: Sequence[KeptPart]) -> str:
    """What names a snapshot: the rows of each part and the laws they fall under."""
    return fingerprint([[p.table, p.feed, p.rows, p.fingerprint, p.regimes] for p in parts])


def _faults(
    snapshot: Snapshot, part: KeptPart, vault: Vault | None, check: Check
) -> Sequence[Problem]:
    """What is wrong with one part, if anything."""
    path = snapshot.path_of(part)
    if part.key and vault is None and check == "rows":
        raise ValueError("rows of locked parts need a vault: open_store(vault=...)")
    if part.key and vault and (destroyed := vault.destroyed(part.key)):
        return [gone(part.key, destroyed)]
    try:
        sound = path.stat().st_size == part.size
        if sound and part.key is None:
            sound = bytes_digest(path) == part.digest
        elif sound and vault and part.key:
            vault.key(part.key)
            check_ends(path, vault)
        if sound and check == "rows":
            key = vault.key(part.key) if part.key and vault else None
            sound = digest_of(path, layout_of(part.table), key).fingerprint == part.fingerprint
    except Refusal as refusal:
        if vault and part.key and not vault.has(part.key):
            return refusal.problems
        sound = False
    except (OSError, KeyError, pa.ArrowException):
        sound = False
    if sound:
        return []
    return [
        Problem(
            f"The rows of {part.feed} in the table {part.table} are not those the snapshot was "
            "named for.",
            "Ingest the feeds again; a snapshot is never edited.",
            Place(f"{PARTS}/{part.file}"),
        )
    ]


def _clear(folder: Path) -> None:
    """Take away what a killed run left: files half written, and folders without a manifest."""
    for left in (folder / PARTS).glob(f"*{BUILDING}*"):
        left.unlink()
    for left in folder.iterdir():
        if left.name.startswith(BUILDING) or _is_headless(left):
            shutil.rmtree(left)


def _is_headless(folder: Path) -> bool:
    name = folder.name
    is_ours = len(name) == 64 and not set(name) - set("0123456789abcdef")
    return is_ours and folder.is_dir() and not (folder / MANIFEST).exists()
