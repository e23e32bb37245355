"""The door to DuckDB: opened with limits, closed for certain."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from payforsuccess.deal.tables import CONSENTS, IDENTITIES, TABLES, Column, TableLayout
from payforsuccess.errors import Refusal
from payforsuccess.store.compiling import compiled_as_written, compiled_once
from payforsuccess.store.limits import StoreSettings, settings_from
from payforsuccess.store.locked_files import PROTOCOL, LockedFiles, locked_path
from payforsuccess.store.parts import KeptPart, layout_of
from payforsuccess.store.scratch import private_scratch
from payforsuccess.store.shown import shown_table, sql_type
from payforsuccess.store.snapshot import Snapshot
from payforsuccess.store.tables import DECIMAL_PLACES
from payforsuccess.store.vault import Vault

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir

SQL_TYPES = {
    "text": "VARCHAR",
    "day": "DATE",
    "whole": "BIGINT",
    "decimal": f"DECIMAL(38, {DECIMAL_PLACES})",
}


@dataclass(frozen=True)
class Store:
    """An open engine. Get one from `open_store`, which also closes it."""

    backend: Any
    vault: Vault | None = None
    files: LockedFiles | None = None

    @property
    def keys(self) -> Vault:
        """The vault; ValueError without one."""
        if self.vault is None:
            raise ValueError("locked records need a vault: open_store(vault=...)")
        return self.vault

    @property
    def locked_files(self) -> LockedFiles:
        """The file system of locked files; ValueError without a vault."""
        if self.files is None:
            raise ValueError("locked records need a vault: open_store(vault=...)")
        return self.files

    def tables_of(self, snapshot: Snapshot) -> dict[str, ir.Table]:
        """The snapshot's canonical tables as Ibis tables, by name; nothing is read yet.

        These are what measures see: identities and consents are not among them. They carry their
        plain names, so that filed SQL reads the same for every snapshot; a store shows one
        snapshot at a time. Refuses locked parts whose key is gone.
        """
        return {layout.name: self._table_of(snapshot, layout) for layout in TABLES}

    def identities_of(self, snapshot: Snapshot) -> ir.Table:
        """What the records say of who people are. Linkage alone may ask for it."""
        return self._table_of(snapshot, IDENTITIES)

    def consents_of(self, snapshot: Snapshot) -> ir.Table:
        """Who agreed to what."""
        return self._table_of(snapshot, CONSENTS)

    def rows_of(self, snapshot: Snapshot, part: KeptPart) -> ir.Table:
        """The rows of one part of a snapshot."""
        layout = layout_of(part.table)
        return self._view(f"{part.table} of {part.feed}", snapshot, (part,), layout)

    def is_among(self, table: ir.Table, rows: Sequence[tuple[str | None, int]]) -> ir.BooleanValue:
        """Whether a row of a canonical table comes from one of these rows of the feed's files."""
        import ibis

        of_any_file = [row for file, row in rows if file is None]
        is_meant = table.row.isin(of_any_file) if of_any_file else ibis.literal(False)
        for file in sorted({file for file, _ in rows if file is not None}):
            of_file = [row for other, row in rows if other == file]
            is_meant = is_meant | ((table.file.fill_null("") == file) & table.row.isin(of_file))
        return is_meant

    def table(self, name: str, schema: ibis.Schema | None = None) -> ir.Table:
        """The table or view that the engine has under a name; its schema, where it is known."""
        return shown_table(self.backend, name, schema)

    def tables_from(self, tables: Mapping[str, pa.Table]) -> dict[str, ir.Table]:
        """Arrow tables as Ibis tables, by name, for rows that are not in a snapshot."""
        for name, table in tables.items():
            self.backend.con.register(name, table)
        return {name: self.table(name) for name in tables}

    def kept(self, expression: ir.Table, name: str) -> ir.Table:
        """The rows of an expression, computed once and held until the store closes."""
        schema = expression.schema()
        columns = ", ".join(
            f'CAST("{column}" AS {sql_type(kind)}) AS "{column}"' for column, kind in schema.items()
        )
        with self._refusals():
            self.backend._run_pre_execute_hooks(expression)  # rows held in memory become views
            sql = self.backend.compile(expression)
            # Ibis cannot replace a temporary table, and would find the SQL anew.
            self.backend.con.execute(
                f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {columns} FROM ({sql})'
            )
        return self.table(name, schema)

    def run(self, expression: Any) -> pa.Table:
        """The rows an Ibis expression gives. Refuses records that were changed or are locked."""
        table = expression.as_table()
        with self._refusals():
            self.backend._run_pre_execute_hooks(table)  # rows held in memory become views
            found = self.backend.con.sql(self.backend.compile(table)).to_arrow_table()
        return _typed(found, table.schema().to_pyarrow())  # by Ibis' own way, pandas is loaded

    def sql_of(self, expression: Any) -> str:
        """The SQL an Ibis expression stands for, to be filed as evidence."""
        return str(self.backend.compile(expression, pretty=True))

    def write_sorted(self, rows: ir.Table, layout: TableLayout, target: str) -> None:
        """Write rows of a layout, all of one feed, to a Parquet file, typed, in the layout's order.

        Rows that are alike in the order go by their other columns, so that the file has one
        spelling. More rows than fit in memory are sorted on disk.
        """
        columns = ", ".join(_typed_as_laid_out(c, is_there=True) for c in layout.columns)
        others = [name for name in layout.column_names if name not in layout.sorted_by]
        order = [name for name in (*layout.sorted_by, *others) if name != "feed"]
        ordered = ", ".join(f'"{name}" ASC NULLS LAST' for name in order)
        place = target.replace("'", "''")
        with self._refusals():
            self.backend._run_pre_execute_hooks(rows)  # rows held in memory become views
            source = compiled_as_written(self.backend, rows)
            self.backend.con.execute(
                f"COPY (SELECT {columns} FROM ({source}) ORDER BY {ordered}) "
                f"TO '{place}' (FORMAT PARQUET, COMPRESSION zstd)"
            )

    def _table_of(self, snapshot: Snapshot, layout: TableLayout) -> ir.Table:
        return self._view(layout.name, snapshot, snapshot.parts_of(layout.name), layout)

    def _view(
        self, name: str, snapshot: Snapshot, parts: Sequence[KeptPart], layout: TableLayout
    ) -> ir.Table:
        places = []
        for part in parts:
            path = snapshot.path_of(part)
            if part.key is not None:
                self.keys.key(part.key)
            places.append(str(path) if part.key is None else locked_path(path))
        if places:
            listed = ", ".join("'" + place.replace("'", "''") + "'" for place in places)
            files = f"read_parquet([{listed}], union_by_name = true)"
            with self._refusals():
                there = self.backend.con.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()
            # A snapshot of an earlier version lacks the columns that were added since.
            known = {str(column[0]) for column in there}
            columns = ", ".join(
                _typed_as_laid_out(c, is_there=c.name in known) for c in layout.columns
            )
            source = f"SELECT {columns} FROM {files}"
        else:
            columns = ", ".join(_typed_as_laid_out(c, is_there=False) for c in layout.columns)
            source = f"SELECT {columns} WHERE FALSE"
        with self._refusals():
            self.backend.con.execute(f'CREATE OR REPLACE VIEW "{name}" AS {source}')
        return self.table(name)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """Let a refusal of a locked file through, which the engine wraps in an error of its own."""
        import duckdb

        try:
            yield
        except duckdb.Error:
            failed = self.files.take_failure() if self.files else None
            if isinstance(failed, Refusal | OSError):
                raise failed from None
            raise


def _typed(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows in the types that an expression has: the engine's own may be wider."""
    if rows.schema == schema:
        return rows
    columns = [
        pa.nulls(rows.num_rows) if pa.types.is_null(field.type) else column.cast(field.type)
        for field, column in zip(schema, rows.columns, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _typed_as_laid_out(column: Column, *, is_there: bool) -> str:
    """SQL for one column of a canonical table; missing throughout where the files lack it."""
    value = f'"{column.name}"' if is_there else "NULL"
    return f'CAST({value} AS {SQL_TYPES[column.type]}) AS "{column.name}"'


def ibis_type(kind: str) -> str:
    """Ibis' name of a canonical column type."""
    names = {"text": "string", "day": "date", "whole": "int64"}
    return names.get(kind, f"decimal(38, {DECIMAL_PLACES})")


@contextmanager
def open_store(
    settings: StoreSettings | None = None, *, vault: Vault | None = None, rows: int | None = None
) -> Iterator[Store]:
    """An engine in memory for the length of a `with` block.

    settings: what it may take of the machine; where left out, what the environment says
    (PFS_MEMORY, PFS_THREADS, PFS_SPILL). vault: opens locked records. rows: about how many will be
    read, where it is known. What does not fit in memory lies in a private folder, removed at the
    end, or by the next run after one that was killed.
    Everything is closed in any case: DuckDB 2.0 prints a long report at exit when a connection is
    left open.
    """
    import duckdb
    import ibis

    settings = settings or settings_from(os.environ, rows=rows)
    with private_scratch(settings.spill_to) as spill:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": settings.memory,
            "threads": settings.threads,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(":memory:", config=limits)
        try:
            connection.execute("SET TimeZone = 'UTC'")
            files = LockedFiles(vault) if vault else None
            if files:
                connection.register_filesystem(files)
            backend = ibis.duckdb.from_connection(connection)
            backend.compile = compiled_once(backend.compile)
            try:
                yield Store(backend, vault, files)
            finally:
                if files:
                    connection.unregister_filesystem(PROTOCOL)
                backend.disconnect()
        finally:
            connection.close()
