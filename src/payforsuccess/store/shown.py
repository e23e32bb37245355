"""Tables of the engine as Ibis sees them, without Ibis' own long way of asking for their types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis
    import ibis.expr.datatypes as dt
    import ibis.expr.types as ir


def shown_table(backend: Any, name: str, schema: ibis.Schema | None = None) -> ir.Table:
    """What DuckDB holds under a name, a table or a view, as an Ibis table.

    The same as `backend.table(name)`, which asks for an Arrow table of the types and parses each.
    schema: its columns, where they are known; the engine is then not asked.
    """
    import ibis.expr.operations as ops
    from ibis.expr.schema import Schema

    if schema is None:
        quoted = name.replace('"', '""')
        columns = backend.con.execute(f'DESCRIBE "{quoted}"').fetchall()
        schema = Schema({name: _type_of(kind, null == "YES") for name, kind, null, *_ in columns})
    return ops.DatabaseTable(name, schema=schema, source=backend).to_expr()


@cache
def _type_of(kind: str, is_nullable: bool) -> dt.DataType:
    from ibis.backends.sql.datatypes import DuckDBType

    return DuckDBType.from_string(kind, nullable=is_nullable)


@cache
def sql_type(kind: dt.DataType) -> str:
    """DuckDB's name of a type of Ibis."""
    from ibis.backends.sql.datatypes import DuckDBType

    return str(DuckDBType.to_string(kind))
