"""The only door to DuckDB: typed tables, snapshots named by content, files written whole."""

from __future__ import annotations

from payforsuccess.store.door import Store, StoreSettings, open_store
from payforsuccess.store.rows import rows_fingerprint
from payforsuccess.store.snapshot import Snapshot, SnapshotTable, read_snapshot, write_snapshot
from payforsuccess.store.tables import (
    ARROW_TYPES,
    arrow_schema,
    empty_table,
    in_order,
    joined,
    typed_table,
)
from payforsuccess.store.writing import sync_folder, write_whole

__all__ = [
    "ARROW_TYPES",
    "Snapshot",
    "SnapshotTable",
    "Store",
    "StoreSettings",
    "arrow_schema",
    "empty_table",
    "in_order",
    "joined",
    "open_store",
    "read_snapshot",
    "rows_fingerprint",
    "sync_folder",
    "typed_table",
    "write_snapshot",
    "write_whole",
]
