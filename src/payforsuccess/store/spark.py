"""The same tables on Spark, for those who own a cluster: a store with the face of DuckDB's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from payforsuccess.deal.tables import TableLayout
from payforsuccess.store.door import Store
from payforsuccess.store.parts import KeptPart
from payforsuccess.store.scratch import private_scratch, unlocked
from payforsuccess.store.snapshot import Snapshot
from payforsuccess.store.vault import Vault

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir

SPARK_TYPES = {
    "text": "STRING",
    "day": "DATE",
    "whole": "BIGINT",
    "decimal": "DECIMAL(38, 9)",
}
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}


@dataclass(frozen=True)
class SparkSettings:
    """Where Spark runs and what it may take.

    master: `local[2]` is this machine with two threads; `spark://host:7077`, `yarn` and
    `k8s://...` are clusters. memory: of the driver. config: any other setting of Spark, by its
    name. unlock_to: where locked parts are opened for the length of the work, a private folder
    that every worker must reach; this machine's folder for temporary files where left out.
    """

    master: str = "local[2]"
    memory: str = "2g"
    config: Mapping[str, str] = field(default_factory=dict)
    unlock_to: Path | None = None


@dataclass(frozen=True)
class SparkStore(Store):
    """An open Spark session with the face of a store. Get one from `open_spark`, which stops it.

    It reads snapshots; writing them is DuckDB's.
    """

    session: Any = None
    scratch: Path = Path()

    def table(self, name: str, schema: ibis.Schema | None = None) -> ir.Table:
        """The view that the session has under a name, which tells its schema."""
        return self.backend.table(name)

    def tables_from(self, tables: Mapping[str, pa.Table]) -> dict[str, ir.Table]:
        """Arrow tables as Ibis tables, by name, for rows that are not in a snapshot."""
        for name, table in tables.items():
            self.session.createDataFrame(table).createOrReplaceTempView(name)
        return {name: self.table(name) for name in tables}

    def kept(self, expression: ir.Table, name: str) -> ir.Table:
        """The rows of an expression, computed once and held until the session stops."""
        self._frame(expression).cache().createOrReplaceTempView(name)
        return self.table(name)

    def run(self, expression: Any) -> pa.Table:
        """The rows an Ibis expression gives."""
        table = expression.as_table()
        return self._frame(table).toArrow().cast(table.schema().to_pyarrow())

    def write_sorted(self, rows: ir.Table, layout: TableLayout, target: str) -> None:
        """Not done on Spark: a part is one file in one order, which DuckDB writes."""
        raise NotImplementedError("snapshots are written by DuckDB: open_store")

    def _frame(self, expression: Any) -> Any:
        self.backend._run_pre_execute_hooks(expression)  # rows held in memory become views
        return self.session.sql(str(self.backend.compile(expression)))

    def _view(
        self, name: str, snapshot: Snapshot, parts: Sequence[KeptPart], layout: TableLayout
    ) -> ir.Table:
        places = [
            unlocked(snapshot.path_of(part), part.key, self.vault, self.scratch) for part in parts
        ]
        if places:
            frame = self.session.read.parquet(*(place.resolve().as_uri() for place in places))
        else:
            schema = ", ".join(f"`{c.name}` {SPARK_TYPES[c.type]}" for c in layout.columns)
            frame = self.session.createDataFrame([], schema)
        frame.selectExpr(
            *(f"CAST(`{c.name}` AS {SPARK_TYPES[c.type]}) AS `{c.name}`" for c in layout.columns)
        ).createOrReplaceTempView(name)
        return self.table(name)


@contextmanager
def open_spark(
    settings: SparkSettings | None = None, *, vault: Vault | None = None
) -> Iterator[SparkStore]:
    """A Spark session for the length of a `with` block; needs Java 17 and the extra `spark`.

    Locked parts are opened into a private folder first, since Spark cannot read through the lock.
    It is removed at the end, and what a killed run left there by the next to start. One session at
    a time: Spark has no more in one process.
    """
    import ibis
    from pyspark.sql import SparkSession

    settings = settings or SparkSettings()
    with private_scratch(settings.unlock_to) as scratch:
        builder = SparkSession.builder.master(settings.master).appName("payforsuccess")
        own = {
            **_QUIET,
            "spark.driver.memory": settings.memory,
            "spark.sql.warehouse.dir": str(scratch / "warehouse"),
            **settings.config,
        }
        for name, value in own.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        try:
            backend = ibis.pyspark.connect(session)
            yield SparkStore(backend, vault, session=session, scratch=scratch)
        finally:
            session.stop()
