"""The engine that a run reads its snapshot with: DuckDB, or the Spark that the setting names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from payforsuccess.store.door import Store, open_store
from payforsuccess.store.limits import settings_from
from payforsuccess.store.spark import SparkStore
from payforsuccess.store.vault import Vault


@contextmanager
def open_engine(*, vault: Vault | None = None, rows: int | None = None) -> Iterator[Store]:
    """The engine for reading snapshots: on Spark where PFS_SPARK names a master, else DuckDB.

    rows: about how many will be read, where it is known; DuckDB leaves few to one processor.
    PFS_MEMORY is then the memory of Spark's driver, and PFS_SPILL the folder in which locked parts
    are opened, which every worker must reach.
    """
    master = os.environ.get("PFS_SPARK")
    if not master:
        with open_store(vault=vault, rows=rows) as store:
            yield store
        return
    from payforsuccess.store.spark import SparkSettings, open_spark

    limits = settings_from(os.environ)
    memory = limits.memory.lower().removesuffix("b").removesuffix("i")
    settings = SparkSettings(master, memory=memory, unlock_to=limits.spill_to)
    with open_spark(settings, vault=vault) as spark:
        yield spark


@contextmanager
def duckdb_beside(store: Store) -> Iterator[Store]:
    """DuckDB, for what is not done on Spark: the store itself, or one opened beside Spark's."""
    if not isinstance(store, SparkStore):
        yield store
        return
    with open_store(vault=store.vault) as opened:
        yield opened
