"""Rows by person from a CSV or Parquet file; keys are pseudonyms, values never reach a message."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.people import People, PeopleList, PersonRow, people_fingerprint
from payforsuccess.reports.spreadsheet import read_back
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.measure.rows_needed import LARGEST, RowsNeeded
from payforsuccess.runs.people_names import PeopleNames
from payforsuccess.units import exact

if TYPE_CHECKING:
    from _csv import Reader

    from pyarrow import Table

REQUIRED = ("outcome", "period", "person", "quantity")
OPTIONAL = ("groups", "source", "cohort")


def read_people(
    path: Path, names: PeopleNames | None = None, needed: RowsNeeded | None = None
) -> tuple[People, str]:
    """The rows by person in a file, and their fingerprint, whatever their order.

    With the deal's names, rows that name something else and rows given twice are refused. With
    `needed`, all are looked at and those that a statement needs are given.
    CSV needs nothing but Python. Parquet, and CSV of a million rows, want the extra `analysis`.
    """
    if path.suffix == ".parquet":
        people = _from_parquet(path, names, needed)
    else:
        content = read_bytes(path, largest=LARGEST)
        people = people_from_csv(content, file=str(path), names=names, needed=needed)
    return people, people_fingerprint(people)


def people_from_csv(
    content: bytes,
    *,
    file: str,
    names: PeopleNames | None = None,
    needed: RowsNeeded | None = None,
) -> People:
    """Rows by person from CSV text with a header; gathers every problem with its row number."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            Problem("The file is not UTF-8 text.", "Save it as UTF-8.", Place(file, line))
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(_readable(reader, file), [])
    _refuse_columns(header, file)
    at = {name: header.index(name) for name in header}
    rows: list[PersonRow] = []
    seen: dict[tuple[str, ...], int] = {}
    problems: list[Problem] = []
    for cells in _readable(reader, file):
        if not cells:
            continue
        place = Place(file, reader.line_num)
        if len(cells) != len(header):
            problems.append(
                Problem(
                    f"The row has {len(cells)} cells; the header has {len(header)}.",
                    "Quote cells that hold commas.",
                    place,
                )
            )
            continue
        if names is not None:
            problems += names.problems({name: cells[at[name]].strip() for name in at}, place)
            problems += _twice(cells, seen, place)
        row = _row(cells, at, place, problems)
        if row is not None and (needed is None or needed.has(row.outcome, row.period)):
            rows.append(row)
        if len(problems) >= 50:
            break
    if problems:
        raise Refusal(problems)
    return PeopleList(rows)


def _twice(cells: list[str], seen: dict[tuple[str, ...], int], place: Place) -> list[Problem]:
    first = seen.setdefault(tuple(cells), place.line or 0)
    if first == place.line:
        return []
    return [
        Problem(
            f"The row is the same as row {first}, cell for cell.",
            "Take one out; if both hold, tell their sources apart or add them up in one row.",
            place,
        )
    ]


def _readable(reader: Reader, file: str) -> Iterator[list[str]]:
    """The rows; refuses what is no CSV, such as a cell of endless length."""
    try:
        yield from reader
    except csv.Error:
        raise Refusal(
            Problem(
                "The row cannot be read as CSV.",
                "Check its quotes, and that no cell is longer than 131,072 characters.",
                Place(file, reader.line_num),
            )
        ) from None


def _refuse_columns(header: list[str], file: str) -> None:
    missing = [name for name in REQUIRED if name not in header]
    known = REQUIRED + OPTIONAL
    # A file without a header has a person's row here: what a cell holds is never repeated.
    unknown = [str(number) for number, name in enumerate(header, 1) if name not in known]
    twice = [name for name in known if header.count(name) > 1]
    if missing or unknown or twice:
        said = "; ".join(
            f"{what}: {', '.join(names)}"
            for what, names in (
                ("missing", missing),
                ("unknown name in column", unknown),
                ("twice", twice),
            )
            if names
        )
        raise Refusal(
            Problem(
                f"The columns of the rows by person are not as they should be ({said}).",
                f"Use {', '.join(REQUIRED)} and, if needed, {', '.join(OPTIONAL)}.",
                Place(file, 1),
            )
        )


def _row(
    cells: list[str], at: dict[str, int], place: Place, problems: list[Problem]
) -> PersonRow | None:
    def cell(name: str) -> str:
        return read_back(cells[at[name]].strip()) if name in at else ""

    before = len(problems)
    if not cell("person"):
        problems.append(Problem("The row has no person key.", "Give one.", place))
    if not cell("outcome"):
        problems.append(Problem("The row names no outcome.", "Give one.", place))
    period = cell("period")
    if not (period.isascii() and period.isdigit()) or len(period) > 6 or int(period) < 1:
        problems.append(
            Problem("The period is not a whole number from 1.", "Number periods from 1.", place)
        )
    try:
        quantity = exact(cell("quantity"))
        if quantity < 0:
            problems.append(
                Problem(
                    "The quantity is below 0.",
                    "Correct the row that was wrong instead of taking it back with another.",
                    place,
                )
            )
    except ValueError:
        problems.append(
            Problem("The quantity is not a number in digits.", "Write it like 12 or 0.5.", place)
        )
    if len(problems) > before:
        return None
    return PersonRow(
        outcome=cell("outcome"),
        period=int(period),
        person=cell("person"),
        quantity=quantity,
        groups=tuple(part for part in cell("groups").split(";") if part),
        source=cell("source"),
        cohort=cell("cohort"),
    )


def _from_parquet(path: Path, names: PeopleNames | None, needed: RowsNeeded | None) -> People:
    if find_spec("pyarrow") is None or find_spec("numpy") is None:
        raise Refusal(
            Problem(
                "Parquet files need the extra `analysis`.",
                "Install it with: pip install 'payforsuccess[analysis]', or give a CSV file.",
                Place(str(path)),
            )
        )
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    from payforsuccess.payments.people import rows_from_columns
    from payforsuccess.payments.people_arrays import PeopleArrays

    try:
        texts = ["outcome", "person", "groups", "cohort"]
        table = pyarrow.parquet.read_table(path, read_dictionary=texts)
    except FileNotFoundError:
        raise Refusal(
            Problem("There is no such file.", "Check the name.", Place(str(path)))
        ) from None
    except (pyarrow.ArrowInvalid, OSError):
        raise Refusal(
            Problem("This is no Parquet file.", "Check the file.", Place(str(path)))
        ) from None
    _refuse_columns(table.schema.names, str(path))
    if any(table[name].null_count for name in REQUIRED):
        raise Refusal(
            Problem(
                "Some rows by person have empty cells in a needed column.",
                "Fill or drop them at the source.",
                Place(str(path)),
            )
        )
    if names is not None:
        _refuse_rows(table, names, path)
    whole = pyarrow.types.is_integer(table.schema.field("quantity").type)
    if whole and pyarrow.types.is_integer(table.schema.field("period").type):
        if min(pyarrow.compute.min(table["quantity"]).as_py() or 0, 0) < 0:
            raise _unusable(path)
        kept = table if needed is None else needed.of_table(table)
        return PeopleArrays(kept) if kept.num_rows else PeopleList(())
    try:
        columns = {name: table[name].to_pylist() for name in table.schema.names}
        rows = rows_from_columns(columns)
    except (ValueError, TypeError):
        raise _unusable(path) from None
    if any(row.quantity < 0 or row.period < 1 for row in rows):
        raise _unusable(path)
    return PeopleList(row for row in rows if needed is None or needed.has(row.outcome, row.period))


def _refuse_rows(table: Table, names: PeopleNames, path: Path) -> None:
    """Refuse names that the deal does not have, and rows that are the same in every column."""
    found = {
        name: table[name].unique().to_pylist()
        for name in ("outcome", "cohort", "groups")
        if name in table.schema.names
    }
    problems = [
        problem
        for name, values in found.items()
        for value in values
        for problem in names.problems(
            {"outcome": min(names.outcomes, default=""), name: str(value or "")}, Place(str(path))
        )
    ]
    if table.group_by(table.schema.names).aggregate([]).num_rows != table.num_rows:
        problems.append(
            Problem(
                "Some rows are the same in every column.",
                "Take the copies out at the source, or add them up in one row.",
                Place(str(path)),
            )
        )
    if problems:
        raise Refusal(dict.fromkeys(problems))


def _unusable(path: Path) -> Refusal:
    return Refusal(
        Problem(
            "A quantity or period among the rows by person is not a number from 0 on.",
            "Write quantities as whole numbers or decimal text, and periods as whole numbers from "
            "1; correct a wrong row instead of taking it back with another.",
            Place(str(path)),
        )
    )
