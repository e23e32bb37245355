"""The door to DuckDB: opened with limits, closed for certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from payforsuccess.deal.tables import TABLES
from payforsuccess.store.snapshot import Snapshot

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class StoreSettings:
    """How much of the machine the engine may take."""

    memory: str = "1GB"
    threads: int = 2
    spill_to: Path | None = None


@dataclass(frozen=True)
class Store:
    """An open engine. Get one from `open_store`, which also closes it."""

    backend: Any

    def tables_of(self, snapshot: Snapshot) -> dict[str, ir.Table]:
        """The snapshot's canonical tables as Ibis tables, by name; nothing is read yet.

        They carry their plain names, so that filed SQL reads the same for every snapshot; a store
        shows one snapshot at a time.
        """
        return {
            layout.name: self.backend.read_parquet(
                str(snapshot.path_of(layout.name)), table_name=layout.name
            )
            for layout in TABLES
        }

    def tables_from(self, tables: Mapping[str, pa.Table]) -> dict[str, ir.Table]:
        """Arrow tables as Ibis tables, by name, for rows that are not in a snapshot."""
        for name, table in tables.items():
            self.backend.con.register(name, table)
        return {name: self.backend.table(name) for name in tables}

    def run(self, expression: Any) -> pa.Table:
        """The rows an Ibis expression gives."""
        return self.backend.to_pyarrow(expression)

    def sql_of(self, expression: Any) -> str:
        """The SQL an Ibis expression stands for, to be filed as evidence."""
        return str(self.backend.compile(expression, pretty=True))


@contextmanager
def open_store(settings: StoreSettings | None = None) -> Iterator[Store]:
    """An engine in memory for the length of a `with` block.

    It is closed in any case: DuckDB 2.0 prints a long report at exit when one is left open.
    """
    import duckdb
    import ibis

    settings = settings or StoreSettings()
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory,
        "threads": settings.threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if settings.spill_to is not None:
        limits["temp_directory"] = str(settings.spill_to)
    connection = duckdb.connect(":memory:", config=limits)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        backend = ibis.duckdb.from_connection(connection)
        try:
            yield Store(backend)
        finally:
            backend.disconnect()
    finally:
        connection.close()
