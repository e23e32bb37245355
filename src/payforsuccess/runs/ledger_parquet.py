"""The person ledger of a large statement as Parquet."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.runs.pay import Draft


def write_ledger(made: Draft, path: Path) -> None:
    """One row a line and person with a quantity or an amount, in order of line and key."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert made.people is not None
    keys = pa.array(made.people.keys, pa.string())
    writer: pq.ParquetWriter | None = None
    try:
        for line in made.ledger:
            quantity, amount = np.asarray(line.quantities), np.asarray(line.amounts)
            rows = np.flatnonzero((quantity != 0) | (amount != 0))
            count = len(rows)
            people = pa.DictionaryArray.from_arrays(pa.array(rows, pa.int32()), keys)
            if line.sources:
                texts = [line.sources.get(made.people.keys[at], "") for at in rows.tolist()]
            else:
                texts = None
            table = pa.table(
                {
                    "term": pa.DictionaryArray.from_arrays(
                        pa.array(np.zeros(count, dtype=np.int32)), pa.array([line.term])
                    ),
                    "period": pa.array(np.full(count, line.period, dtype=np.int32)),
                    "person": people,
                    "quantity": pa.array(quantity[rows].astype(np.int64)),
                    "amount_minor": pa.array(amount[rows].astype(np.int64)),
                    "allocated": pa.array(np.full(count, line.is_allocated)),
                    "source": pa.array(texts, pa.string())
                    if texts is not None
                    else pa.nulls(count, pa.string()),
                }
            )
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()
