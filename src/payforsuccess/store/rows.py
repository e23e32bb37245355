"""The fingerprint of a table: of its logical rows, whatever file or memory holds them."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.trail import fingerprint


def rows_fingerprint(table: pa.Table) -> str:
    """`sha256:` of column names, types and values in row order.

    Chunks, file compression, dictionary encoding and the library's padding do not change it; the
    order of rows does, so callers sort first. Floats are refused (TypeError), as everywhere.
    """
    columns = [
        [name, str(_plain(table.column(name)).type), _column_digest(_plain(table.column(name)))]
        for name in table.column_names
    ]
    return fingerprint({"rows": table.num_rows, "columns": columns})


def _plain(column: pa.ChunkedArray) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = kind.value_type
    if pa.types.is_floating(kind):
        raise TypeError("a float has no canonical form; give decimals or text")
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        column = column.cast(pa.string())
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
