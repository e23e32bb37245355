"""Feeds made of a few rows, so that a feed's cleaning can be tested without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa

from payforsuccess.records.feed import Feed, FeedFile, FeedLayout
from payforsuccess.store import open_store

_TYPES = {
    "text": pa.string(),
    "whole": pa.int64(),
    "decimal": pa.decimal128(38, 9),
    "day": pa.date32(),
}


def cleaned(
    layout: FeedLayout,
    files: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    feed: str = "f",
    complete_through: date = date(2026, 12, 31),
) -> dict[str, list[dict[str, object]]]:
    """What the layout's cleaning makes of rows by file: canonical rows by table, in their order.

    A column that a row does not give is missing.
    """
    with open_store() as store:
        tables = {
            file.name: ibis.memtable(_arrow(file, files.get(file.name, ())))
            for file in layout.files
        }
        made = layout.clean(Feed(feed, layout, complete_through, tables))
        return {
            name: sorted(
                store.run(table).to_pylist(), key=lambda row: [str(v) for v in row.values()]
            )
            for name, table in made.items()
        }


def _arrow(file: FeedFile, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    odd = {key for row in rows for key in row} - {column.name for column in file.columns}
    assert not odd, f"{file.name} has no column {', '.join(sorted(odd))}"
    columns = {
        column.name: pa.array([_value(row.get(column.name)) for row in rows], _TYPES[column.type])
        for column in file.columns
    }
    return pa.table({**columns, "row": pa.array(range(1, len(rows) + 1), pa.int64())})


def _value(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, float) else value
