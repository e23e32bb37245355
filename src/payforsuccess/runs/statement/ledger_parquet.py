"""The person ledger of a large statement as Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.payments.ledger import LedgerLine

if TYPE_CHECKING:
    import pyarrow as pa

# Lines are written together until there are this many rows: the keys are stored once a group.
ROWS_TOGETHER = 500_000


def write_ledger_lines(lines: Iterable[LedgerLine], keys: Sequence[str], path: Path) -> None:
    """One row a line and person with a quantity or an amount, in order of line and key.

    Columns as in `ledger_csv.LEDGER_COLUMNS`; amounts in minor units.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    people = pa.array(keys, pa.string())
    with pq.ParquetWriter(path, _schema()) as writer:
        waiting: list[pa.RecordBatch] = []
        for line in lines:
            waiting.append(_rows(line, keys, people))
            if sum(batch.num_rows for batch in waiting) >= ROWS_TOGETHER:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))


def _schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            ("term", pa.string()),
            ("period", pa.int32()),
            ("person", text),
            ("quantity", pa.int64()),
            ("amount_minor", pa.int64()),
            ("allocated", pa.bool_()),
            ("source", pa.string()),
        ]
    )


def _rows(line: LedgerLine, keys: Sequence[str], people: pa.Array) -> pa.RecordBatch:
    import pyarrow as pa
    import pyarrow.compute as pc

    quantity, amount = pa.array(line.quantities, pa.int64()), pa.array(line.amounts, pa.int64())
    rows = pc.indices_nonzero(pc.or_(pc.not_equal(quantity, 0), pc.not_equal(amount, 0)))
    count = len(rows)
    sources = (
        pa.array([line.sources.get(keys[at], "") for at in rows.to_pylist()], pa.string())
        if line.sources
        else pa.nulls(count, pa.string())
    )
    return pa.record_batch(
        [
            pa.repeat(line.term, count),
            pa.repeat(pa.scalar(line.period, pa.int32()), count),
            pa.DictionaryArray.from_arrays(rows.cast(pa.int32()), people),
            quantity.take(rows),
            amount.take(rows),
            pa.repeat(line.is_allocated, count),
            sources,
        ],
        schema=_schema(),
    )
