"""Tables in memory as parts of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.store import Part


def parts_of(tables: Mapping[str, pa.Table]) -> list[Part]:
    """The tables by their layout's names, as parts by feed, none of them locked."""
    return [
        Part(feed, name, rows.filter(pc.equal(rows.column("feed"), feed)), is_locked=False)
        for name, rows in tables.items()
        for feed in sorted(rows.column("feed").unique().to_pylist())
    ]
