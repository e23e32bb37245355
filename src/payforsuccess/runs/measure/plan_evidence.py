"""The fingerprint of all that an estimate reads of its people."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.store import rows_fingerprint
from payforsuccess.trail import fingerprint


def evidence_of(rows: pa.Table, others: Mapping[str, pa.Table] | None = None) -> str:
    """`sha256:` of every row and column of a plan's people, so that no change goes unseen.

    Outcome and status, what was before, who took part, when what was watched ended, each fact that
    is adjusted for or makes strata, clusters and matches. others: the people with other outcomes,
    by name, where the plan's own p-value depends on these.
    """
    tables = {"": rows, **{f":{name}": table for name, table in (others or {}).items()}}
    return fingerprint({name: _of_table(table) for name, table in tables.items()})


def _of_table(table: pa.Table) -> dict[str, str]:
    """The fingerprint of the plain columns, and that of each column of lists by its name."""
    plain = {n: _plain(table[n]) for n in table.column_names if not _is_list(table, n)}
    lists = [name for name in table.column_names if _is_list(table, name)]
    return {
        "": rows_fingerprint(pa.table(plain)),
        **{name: _of_list(table[name]) for name in lists},
    }


def _of_list(column: pa.ChunkedArray) -> str:
    """Of a list of structs: one row an entry, with the place of the list it stands in."""
    whole = column.combine_chunks()
    inside = pc.list_flatten(whole)
    entries = {field.name: _plain(pc.struct_field(inside, field.name)) for field in inside.type}
    return rows_fingerprint(pa.table({":list": pc.list_parent_indices(whole), **entries}))


def _is_list(table: pa.Table, name: str) -> bool:
    return bool(pa.types.is_list(table.schema.field(name).type))


def _plain(values: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Floats by the shortest text that gives them back: rows are not digested as floats."""
    return values.cast(pa.string()) if pa.types.is_floating(values.type) else values
