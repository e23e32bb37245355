"""Rows of identities for tests: what is not given is missing."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.store import ARROW_TYPES


def identities(*rows: Mapping[str, object], feed: str = "anchor") -> pa.Table:
    """The rows as the canonical table, in the order given; each has at least its `person`."""
    full = [{"feed": feed, "row": at, **row} for at, row in enumerate(rows, 1)]
    schema = pa.schema(
        pa.field(column.name, ARROW_TYPES[column.type]) for column in IDENTITIES.columns
    )
    return pa.Table.from_pylist(full, schema=schema)
