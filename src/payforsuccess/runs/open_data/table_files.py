"""Tables as CSV or Parquet in a folder, with their published schema beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports.open_data import OpenTable, descriptor, exact_json
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.files import write_whole

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIPTOR = "datapackage.json"


def write_tables(
    tables: Sequence[OpenTable],
    folder: Path,
    *,
    form: Literal["csv", "parquet"],
    name: str,
    title: str,
    says: str,
) -> tuple[Path, ...]:
    """Each table as a file, then `datapackage.json`; every file is made before one is written."""
    if folder.exists() and not folder.is_dir():
        raise Refusal(Problem("This is a file.", "Name a folder.", Place(str(folder))))
    write = _csv if form == "csv" else _parquet
    made = [(folder / f"{table.name}.{form}", write(table)) for table in tables]
    schema = descriptor(tables, name=name, title=title, says=says, form=form)
    made.append((folder / DESCRIPTOR, exact_json(schema).encode()))
    for path, content in made:
        write_whole(path, content)
    return tuple(path for path, _ in made)


def _csv(table: OpenTable) -> bytes:
    """Text that begins like a formula stands after an apostrophe, as in all our CSV files."""
    return csv_text([column.name for column in table.columns], table.rows).encode()


def _parquet(table: OpenTable) -> bytes:
    """Amounts as decimals, days as days; what is not shown is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [
        _array([row[at] for row in table.rows], column.type)
        for at, column in enumerate(table.columns)
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns, names=[column.name for column in table.columns]), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _array(cells: list[str], type_: str) -> pa.Array:
    from datetime import date
    from decimal import Decimal

    import pyarrow as pa

    if type_ == "integer":
        return pa.array([int(cell) if cell else None for cell in cells], pa.int64())
    if type_ == "date":
        return pa.array([date.fromisoformat(c) if c else None for c in cells], pa.date32())
    if type_ == "number":
        return pa.array([Decimal(c) if c else None for c in cells], pa.decimal128(38, 3))
    return pa.array([cell or None for cell in cells], pa.string())
