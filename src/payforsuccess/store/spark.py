"""The same tables on Spark, for those who own a cluster: a store with the face of DuckDB's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from payforsuccess.deal.tables import CONSENTS, IDENTITIES, TABLES, TableLayout
from payforsuccess.store.scratch import private_scratch, unlocked
from payforsuccess.store.snapshot import Snapshot
from payforsuccess.store.vault import Vault

if TYPE_CHECKING:
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
class SparkStore:
    """An open Spark session. Get one from `open_spark`, which also stops it."""

    backend: Any
    session: Any
    scratch: Path
    vault: Vault | None = None

    def tables_of(self, snapshot: Snapshot) -> dict[str, ir.Table]:
        """The snapshot's canonical tables as Ibis tables, by name; nothing is read yet.

        Refuses locked parts whose key is gone, and those that were changed.
        """
        return {layout.name: self._table_of(snapshot, layout) for layout in TABLES}

    def identities_of(self, snapshot: Snapshot) -> ir.Table:
        """What the records say of who people are. Linkage alone may ask for it."""
        return self._table_of(snapshot, IDENTITIES)

    def consents_of(self, snapshot: Snapshot) -> ir.Table:
        """Who agreed to what."""
        return self._table_of(snapshot, CONSENTS)

    def tables_from(self, tables: Mapping[str, pa.Table]) -> dict[str, ir.Table]:
        """Arrow tables as Ibis tables, by name, for rows that are not in a snapshot."""
        for name, table in tables.items():
            self.session.createDataFrame(table).createOrReplaceTempView(name)
        return {name: self.backend.table(name) for name in tables}

    def kept(self, expression: ir.Table, name: str) -> ir.Table:
        """The rows of an expression, computed once and held until the session stops."""
        self._frame(expression).cache().createOrReplaceTempView(name)
        return self.backend.table(name)

    def run(self, expression: Any) -> pa.Table:
        """The rows an Ibis expression gives."""
        table = expression.as_table()
        return self._frame(table).toArrow().cast(table.schema().to_pyarrow())

    def sql_of(self, expression: Any) -> str:
        """The SQL an Ibis expression stands for, to be filed as evidence."""
        return str(self.backend.compile(expression, pretty=True))

    def _frame(self, expression: Any) -> Any:
        return self.session.sql(str(self.backend.compile(expression)))

    def _table_of(self, snapshot: Snapshot, layout: TableLayout) -> ir.Table:
        places = [
            unlocked(snapshot.path_of(part), part.key, self.vault, self.scratch)
            for part in snapshot.parts_of(layout.name)
        ]
        if places:
            frame = self.session.read.parquet(*(place.resolve().as_uri() for place in places))
        else:
            schema = ", ".join(f"`{c.name}` {SPARK_TYPES[c.type]}" for c in layout.columns)
            frame = self.session.createDataFrame([], schema)
        frame.selectExpr(
            *(f"CAST(`{c.name}` AS {SPARK_TYPES[c.type]}) AS `{c.name}`" for c in layout.columns)
        ).createOrReplaceTempView(layout.name)
        return self.backend.table(layout.name)


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
            yield SparkStore(ibis.pyspark.connect(session), session, scratch, vault)
        finally:
            session.stop()
