"""The only door to DuckDB: typed tables, locked snapshots named by content, the vault of keys.

Names are loaded when asked for, so that who only writes a file does not wait for Arrow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from payforsuccess.store.door import Store, open_store
    from payforsuccess.store.engine import duckdb_beside, open_engine
    from payforsuccess.store.limits import StoreSettings, settings_from
    from payforsuccess.store.parts import KeptPart, Part
    from payforsuccess.store.rows import rows_fingerprint
    from payforsuccess.store.snapshot import (
        Snapshot,
        SnapshotTable,
        read_manifest,
        read_snapshot,
        write_snapshot,
        write_without,
    )
    from payforsuccess.store.spark import SparkSettings, SparkStore, open_spark
    from payforsuccess.store.tables import (
        ARROW_TYPES,
        arrow_schema,
        empty_table,
        in_order,
        joined,
        typed_table,
    )
    from payforsuccess.store.vault import Destroyed, Vault, open_vault, vault_folder
    from payforsuccess.store.writing import sync_folder, write_whole

_MODULES = {
    "ARROW_TYPES": "tables",
    "Destroyed": "vault",
    "KeptPart": "parts",
    "Part": "parts",
    "Snapshot": "snapshot",
    "SnapshotTable": "snapshot",
    "SparkSettings": "spark",
    "SparkStore": "spark",
    "Store": "door",
    "StoreSettings": "limits",
    "Vault": "vault",
    "arrow_schema": "tables",
    "duckdb_beside": "engine",
    "empty_table": "tables",
    "in_order": "tables",
    "joined": "tables",
    "open_engine": "engine",
    "open_spark": "spark",
    "open_store": "door",
    "open_vault": "vault",
    "read_manifest": "snapshot",
    "read_snapshot": "snapshot",
    "rows_fingerprint": "rows",
    "settings_from": "limits",
    "sync_folder": "writing",
    "typed_table": "tables",
    "vault_folder": "vault",
    "write_snapshot": "snapshot",
    "write_whole": "writing",
    "write_without": "snapshot",
}

__all__ = [
    "ARROW_TYPES",
    "Destroyed",
    "KeptPart",
    "Part",
    "Snapshot",
    "SnapshotTable",
    "SparkSettings",
    "SparkStore",
    "Store",
    "StoreSettings",
    "Vault",
    "arrow_schema",
    "duckdb_beside",
    "empty_table",
    "in_order",
    "joined",
    "open_engine",
    "open_spark",
    "open_store",
    "open_vault",
    "read_manifest",
    "read_snapshot",
    "rows_fingerprint",
    "settings_from",
    "sync_folder",
    "typed_table",
    "vault_folder",
    "write_snapshot",
    "write_whole",
    "write_without",
]


def __getattr__(name: str) -> object:
    """The name, loaded now and kept."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
