"""The person ledger of a large statement as Parquet."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.runs.pay import Draft


def write_ledger(made: Draft, path: Path) -> None:
    """One row a line and person with a quantity or an amount, in order of line and key."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    assert made.people is not None
    keys = pa.array(made.people.keys, pa.string())
    writer: pq.ParquetWriter | None = None
    try:
        for line in made.ledger:
            quantity = pa.array(line.quantities, pa.int64())
            amount = pa.array(line.amounts, pa.int64())
            rows = pc.indices_nonzero(pc.or_(pc.not_equal(quantity, 0), pc.not_equal(amount, 0)))
            count = len(rows)
            people = pa.DictionaryArray.from_arrays(rows.cast(pa.int32()), keys)
            if line.sources:
                texts = [line.sources.get(made.people.keys[at], "") for at in rows.to_pylist()]
            else:
                texts = None
            table = pa.table(
                {
                    "term": pa.DictionaryArray.from_arrays(
                        pa.repeat(pa.scalar(0, pa.int32()), count), pa.array([line.term])
                    ),
                    "period": pa.repeat(pa.scalar(line.period, pa.int32()), count),
                    "person": people,
                    "quantity": quantity.take(rows),
                    "amount_minor": amount.take(rows),
                    "allocated": pa.repeat(pa.scalar(line.is_allocated), count),
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
