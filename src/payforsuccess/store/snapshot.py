"""Snapshots: the records as they were, named by their content, never changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from payforsuccess.deal.tables import TABLES
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.store.rows import rows_fingerprint
from payforsuccess.store.tables import joined
from payforsuccess.store.writing import sync_folder, write_whole
from payforsuccess.trail import canonical_bytes, fingerprint

MANIFEST = "snapshot.json"


@dataclass(frozen=True)
class SnapshotTable:
    """One table of a snapshot: how many rows it holds and what names them."""

    name: str
    rows: int
    fingerprint: str


@dataclass(frozen=True)
class Snapshot:
    """The records of one moment: a folder of Parquet files named by the fingerprint of all rows."""

    folder: Path
    fingerprint: str
    tables: tuple[SnapshotTable, ...]

    def path_of(self, table: str) -> Path:
        """Where the rows of one canonical table lie."""
        return self.folder / f"{table}.parquet"


def write_snapshot(tables: Mapping[str, pa.Table], folder: Path) -> Snapshot:
    """Keep the canonical tables under `folder`, in a folder of their own named by content.

    Rows are put in the layout's total order first, so the order in which files were read is
    nothing. The same rows give the same snapshot, which is then only checked, never rewritten. A
    table that is not given is empty.
    """
    ordered = {
        layout.name: joined(layout, [tables[layout.name]] if layout.name in tables else [])
        for layout in TABLES
    }
    listed = tuple(
        SnapshotTable(name, table.num_rows, rows_fingerprint(table))
        for name, table in ordered.items()
    )
    name = fingerprint([[table.name, table.rows, table.fingerprint] for table in listed])
    home = folder / name.removeprefix("sha256:")
    if (home / MANIFEST).exists():
        return read_snapshot(home)
    folder.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        for table_name, table in ordered.items():
            pq.write_table(table, building / f"{table_name}.parquet", compression="zstd")
        manifest = {
            "fingerprint": name,
            "tables": [
                {"name": t.name, "rows": t.rows, "fingerprint": t.fingerprint} for t in listed
            ],
        }
        write_whole(building / MANIFEST, canonical_bytes(manifest) + b"\n")
        if home.exists():  # a part left by a killed run of an older version: it has no manifest
            shutil.rmtree(home)
        building.rename(home)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    sync_folder(folder)
    return Snapshot(home, name, listed)


def read_snapshot(home: Path) -> Snapshot:
    """The snapshot in a folder, after checking that its rows are still those that named it.

    Refuses a folder without its manifest, and rows that were changed since.
    """
    where = Place(home.name)
    try:
        plain = json.loads((home / MANIFEST).read_bytes())
        name = str(plain["fingerprint"])
        listed = tuple(
            SnapshotTable(str(t["name"]), int(t["rows"]), str(t["fingerprint"]))
            for t in plain["tables"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise Refusal(
            Problem(
                "This folder is not a snapshot: its manifest is missing or cannot be read.",
                "Ingest the feeds again.",
                where,
            )
        ) from None
    snapshot = Snapshot(home, name, listed)
    problems = [problem for table in listed for problem in _changed(snapshot, table)]
    if name != fingerprint([[t.name, t.rows, t.fingerprint] for t in listed]):
        problems.append(
            Problem(
                "The manifest of this snapshot was changed after it was written.",
                "Ingest the feeds again; a snapshot is never edited.",
                where,
            )
        )
    if problems:
        raise Refusal(problems)
    return snapshot


def _changed(snapshot: Snapshot, table: SnapshotTable) -> list[Problem]:
    layout = next((layout for layout in TABLES if layout.name == table.name), None)
    try:
        if layout is None:
            raise OSError
        rows = joined(layout, [pq.read_table(snapshot.path_of(table.name))])
        unchanged = rows_fingerprint(rows) == table.fingerprint
    except (OSError, pa.ArrowException):
        unchanged = False
    if unchanged:
        return []
    return [
        Problem(
            f"The rows of the table {table.name} are not those the snapshot was named for.",
            "Ingest the feeds again; a snapshot is never edited.",
            Place(f"{snapshot.folder.name}/{table.name}.parquet"),
        )
    ]
