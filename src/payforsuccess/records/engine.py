"""Files of the workspace as tables of the engine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import ibis.expr.types as ir

from payforsuccess.store import Store


def quoted(text: str) -> str:
    """A text as the engine's SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def selected(select: str, store: Store) -> ir.Table:
    """The rows that a SELECT of the engine's own SQL gives; nothing is read yet.

    For what Ibis cannot say: how a CSV file is written, and the number of a row in its file.
    """
    name = f"selected_{hashlib.sha256(select.encode()).hexdigest()[:16]}"
    store.backend.con.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {select}')
    return store.backend.table(name)


def parquet_rows(path: Path, store: Store) -> ir.Table:
    """The rows of a Parquet file."""
    return selected(f"SELECT * FROM read_parquet({quoted(str(path))})", store)


def numbered_rows(path: Path, store: Store) -> ir.Table:
    """The rows of a Parquet file with `row`, the place of each, the first being 1."""
    return selected(
        'SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS "row" '
        f"FROM read_parquet({quoted(str(path))}, file_row_number=true)",
        store,
    )


def write_rows(rows: ir.Table, path: Path, store: Store) -> Path:
    """The rows written to a Parquet file, in their order where they have one."""
    store.backend.to_parquet(rows, str(path), compression="lz4")
    return path
