"""The fingerprint of a table: of its logical rows, whatever file or memory holds them."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.trail import fingerprint

BLOCK_ROWS = 1 << 17
"""Rows digested at once. Part of what a fingerprint is: another number gives other fingerprints of
tables with more rows than this."""


@dataclass(frozen=True)
class RowsDigest:
    """What a stream of rows came to: their number, their fingerprint, missing values by column."""

    rows: int
    fingerprint: str
    missing: dict[str, int]


def rows_fingerprint(table: pa.Table) -> str:
    """`sha256:` of column names, types and values in row order.

    Chunks, file compression, dictionary encoding and the library's padding do not change it; the
    order of rows does, so callers sort first. Floats are refused (TypeError), as everywhere.
    """
    return stream_digest(table.schema, table.to_batches()).fingerprint


def stream_digest(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, threads: int = 2
) -> RowsDigest:
    """The same fingerprint for rows that come in batches of any size, one after the other.

    No more than a few blocks of rows are held at a time. A column of one block is digested as it
    stands; a longer one by the digests of its blocks in order, which several threads make.
    """
    names = schema.names
    kinds = [_plain_type(field.type) for field in schema]
    digests: list[list[str]] = [[] for _ in names]
    missing = [0] * len(names)
    rows = 0
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[tuple[list[str], list[int]]]] = deque()

        def take_up() -> None:
            block, lacking = under_way.popleft().result()
            for at, digest in enumerate(block):
                digests[at].append(digest)
                missing[at] += lacking[at]

        for block in _blocks(schema, batches):
            rows += block.num_rows
            under_way.append(pool.submit(_block_digests, block))
            if len(under_way) > threads + 1:
                take_up()
        while under_way:
            take_up()
    if not rows:
        digests = [[digest] for digest in _block_digests(schema.empty_table())[0]]
    columns = [
        [name, str(kind), _joined(blocks)]
        for name, kind, blocks in zip(names, kinds, digests, strict=True)
    ]
    return RowsDigest(
        rows,
        fingerprint({"rows": rows, "columns": columns}),
        dict(zip(names, missing, strict=True)),
    )


def _blocks(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows cut anew in blocks of one size, the last one shorter."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= BLOCK_ROWS:
            whole = pa.Table.from_batches(held, schema=schema)
            yield whole.slice(0, BLOCK_ROWS)
            held = whole.slice(BLOCK_ROWS).to_batches()
            count -= BLOCK_ROWS
    if count:
        yield pa.Table.from_batches(held, schema=schema)


def _block_digests(block: pa.Table) -> tuple[list[str], list[int]]:
    columns = [_plain(column) for column in block.columns]
    return [_column_digest(column) for column in columns], [c.null_count for c in columns]


def _joined(blocks: list[str]) -> str:
    return blocks[0] if len(blocks) == 1 else hashlib.sha256("".join(blocks).encode()).hexdigest()


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_floating(kind):
        raise TypeError("a float has no canonical form; give decimals or text")
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    return kind


def _plain(column: pa.ChunkedArray) -> pa.Array:
    kind = _plain_type(column.type)
    if column.type != kind:
        column = column.cast(kind)
    array = column.combine_chunks()
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


def _column_digest(array: pa.Array) -> str:
    digest = hashlib.sha256()
    digest.update(_values(pc.is_null(array).cast(pa.uint8()), width=1))
    if pa.types.is_string(array.type):
        filled = pc.fill_null(array, "")
        digest.update(_values(pc.binary_length(filled), width=4))
        digest.update(_letters(filled))
    else:
        array = _numbers(array)
        filled = array.fill_null(pa.scalar(0).cast(array.type)) if array.null_count else array
        digest.update(_values(filled, width=array.type.bit_width // 8))
    return digest.hexdigest()


def _numbers(array: pa.Array) -> pa.Array:
    """Days and instants as counts, yes and no as 1 and 0: what can be filled, and lies in bytes."""
    kind = array.type
    if pa.types.is_date32(kind):
        return array.cast(pa.int32())
    if pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        return array.cast(pa.int64())
    return array.cast(pa.uint8()) if pa.types.is_boolean(kind) else array


def _values(array: pa.Array, *, width: int) -> memoryview:
    """The bytes of the values alone, without what lies before and after them in the buffer."""
    if not len(array):
        return memoryview(b"")
    start = array.offset * width
    return memoryview(array.buffers()[1])[start : start + len(array) * width]


def _letters(array: pa.Array) -> memoryview:
    """The bytes of all texts of a string array, one after the other."""
    if not len(array):
        return memoryview(b"")
    ends = memoryview(array.buffers()[1]).cast("i")
    letters = array.buffers()[2]
    first, last = ends[array.offset], ends[array.offset + len(array)]
    return memoryview(letters)[first:last] if letters is not None else memoryview(b"")
