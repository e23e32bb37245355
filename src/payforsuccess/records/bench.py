"""What reading asks of the engine beyond Ibis: rows held for a while, and the number of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from payforsuccess.store import Store
from payforsuccess.store.compiling import compiled_as_written

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBERS = count(1)


def quoted(text: str) -> str:
    """A text as the engine's SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Bench:
    """Where a feed's rows lie while they are read. Get one from `open_bench`, which clears it.

    They lie in the engine, which spills what does not fit in memory: no plain copy is on disk.
    """

    store: Store
    _made: list[str] = field(default_factory=list)

    def selected(self, select: str, schema: ibis.Schema | None = None) -> ir.Table:
        """The rows that a SELECT of the engine's own SQL gives; nothing is read yet.

        schema: of the rows, where it is known. The engine would have to look for it in the file.
        """
        name = self._named("VIEW")
        self._do(f'CREATE TEMP VIEW "{name}" AS {select}')
        return self.store.table(name, schema)

    def viewed(self, rows: ir.Table) -> ir.Table:
        """The same rows under a name, so that what is built on them is translated on its own.

        Ibis would otherwise write the whole way from the file anew into every query, and merge
        steps into expressions that the engine computes many times over.
        """
        return self.selected(self.sql(rows), rows.schema())

    def held(self, rows: ir.Table) -> ir.Table:
        """The rows computed once, and held."""
        return self.computed(self.sql(rows), rows.schema())

    def computed(self, select: str, schema: ibis.Schema) -> ir.Table:
        """The same for a SELECT of the engine's own SQL."""
        name = self._named("TABLE")
        self._do(f'CREATE TEMP TABLE "{name}" AS {select}')
        return self.store.table(name, schema)

    def kept(self, select: str, schema: ibis.Schema) -> ir.Table:
        """The rows computed once and held, in their order, with `row`: their places from 1 on."""
        name = self.computed(select, schema).get_name()
        numbered = ibis.schema({**schema, "row": "int64"})
        return self.selected(f'SELECT *, rowid + 1 AS "row" FROM "{name}"', numbered)

    def counted(self, rows: ir.Table, what: str = "count(*)") -> int:
        """A count over rows that are on the bench."""
        ((found,),) = self.fetched(f'SELECT {what} FROM "{rows.get_name()}"')
        return int(found or 0)

    def registered(self, rows: pa.Table) -> str:
        """The name under which the engine sees an Arrow table."""
        name = f"bench_{next(_NUMBERS)}"
        self.store.backend.con.register(name, rows)
        self._made.append(f'DROP VIEW IF EXISTS "{name}"')
        return name

    def fetched(self, select: str) -> list[tuple[Any, ...]]:
        """The few rows of a SELECT."""
        rows: list[tuple[Any, ...]] = self.store.backend.con.execute(select).fetchall()
        return rows

    def arrow(self, select: str) -> pa.Table:
        """The rows of a SELECT as an Arrow table."""
        rows: pa.Table = self.store.backend.con.sql(select).to_arrow_table()
        return rows

    def clear(self) -> None:
        """Let go of everything that was held."""
        for drop in reversed(self._made):
            self._do(drop)
        self._made.clear()

    def sql(self, rows: ir.Table) -> str:
        """The engine's SQL for rows."""
        return compiled_as_written(self.store.backend, rows)

    def _named(self, kind: str) -> str:
        name = f"bench_{next(_NUMBERS)}"
        self._made.append(f'DROP {kind} IF EXISTS "{name}"')
        return name

    def _do(self, statement: str) -> None:
        self.store.backend.con.execute(statement)


@contextmanager
def open_bench(store: Store) -> Iterator[Bench]:
    """A bench for the length of a `with` block."""
    bench = Bench(store)
    try:
        yield bench
    finally:
        bench.clear()
