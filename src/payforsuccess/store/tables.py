"""Arrow tables of the canonical layouts: typed, complete, and in their one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.tables import ColumnType, TableLayout

DECIMAL_PLACES = 9
ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "day": pa.date32(),
    "whole": pa.int64(),
    "decimal": pa.decimal128(38, DECIMAL_PLACES),
}


def arrow_schema(layout: TableLayout) -> pa.Schema:
    """The Arrow schema of a layout; a column that may be missing is nullable."""
    return pa.schema(
        pa.field(column.name, ARROW_TYPES[column.type], nullable=column.may_be_missing)
        for column in layout.columns
    )


def typed_table(
    layout: TableLayout, columns: Mapping[str, pa.Array | pa.ChunkedArray | Sequence[object]]
) -> pa.Table:
    """The columns as a table of the layout, sorted by its total order.

    A column that may be missing and is not given is missing throughout. Refuses (ValueError)
    columns too many or too few, and a missing value where none may be: by
    then the cleaning of the feed should have told the person, so this is a fault of the program.
    """
    optional = {column.name for column in layout.columns if column.may_be_missing}
    if odd := sorted((set(columns) ^ set(layout.column_names)) - (optional - set(columns))):
        raise ValueError(f"the table {layout.name} has these columns wrong: {', '.join(odd)}")
    schema = arrow_schema(layout)
    arrays = []
    for field in schema:
        values = columns.get(field.name)
        if values is None:
            some = next(iter(columns.values()))
            values = pa.nulls(len(some), field.type)
        if isinstance(values, pa.Array | pa.ChunkedArray):
            arrays.append(values.cast(field.type))
        else:
            arrays.append(pa.array(values, type=field.type))
        if not field.nullable and arrays[-1].null_count:
            raise ValueError(f"{layout.name}.{field.name} lacks {arrays[-1].null_count} values")
    return in_order(pa.table(arrays, schema=schema), layout.sorted_by)


def empty_table(layout: TableLayout) -> pa.Table:
    """The layout without rows."""
    return arrow_schema(layout).empty_table()


def joined(layout: TableLayout, tables: Sequence[pa.Table]) -> pa.Table:
    """The rows of several tables of one layout, in the layout's order."""
    schema = arrow_schema(layout)
    whole = pa.concat_tables([schema.empty_table(), *(table.cast(schema) for table in tables)])
    return in_order(whole, layout.sorted_by)


def in_order(table: pa.Table, sorted_by: Sequence[str]) -> pa.Table:
    """The rows in a stated order, missing values last."""
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in sorted_by])
    return table.take(order).combine_chunks()
