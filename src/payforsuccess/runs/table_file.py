"""Rows that people keep in CSV or XLSX, with the place of each, and every fault at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal, in_a_row, sentence
from payforsuccess.runs.files import read_bytes

NumberedRow = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class TableRow:
    """One row: its cells by column, trimmed, and where it stands."""

    cells: dict[str, str]
    place: Place

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty for one that the file does not have."""
        return self.cells.get(column, "")

    def whole(self, column: str, problems: list[Problem]) -> int:
        """The cell as a whole number from 0; a problem, and 0, where it is none."""
        text = self[column]
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        problems.append(
            Problem(
                sentence("`{column}` is not a whole number.", column=column),
                sentence("Write digits alone."),
                self.place,
            )
        )
        return 0


def read_table(
    path: Path,
    required: Sequence[str],
    *,
    sheet: str,
    problems: list[Problem],
    optional: Sequence[str] = (),
    also_called: Mapping[str, str] | None = None,
    passes_over_others: bool = False,
    may_be_empty: bool = False,
) -> tuple[TableRow, ...]:
    """The rows of a CSV file, or of a workbook's sheet of this name or its only one.

    The first row names the columns, in any order; `also_called` gives the column that another name
    of it stands for, and `passes_over_others` lets columns of other names stand there. Empty rows
    are passed over; a row with a required cell that is empty or too many cells is added to the
    problems. Refuses a file that cannot be read at all, and one without the columns it must have.
    Nothing of a cell is shown.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Refusal(
            Problem(
                sentence("Only CSV and XLSX are read here."),
                sentence("Save it as CSV."),
                Place(str(path)),
            )
        )
    rows = _from_xlsx(path, sheet) if path.suffix.lower() == ".xlsx" else _from_csv(path)
    _, titles = next(rows, (1, ()))
    names = [name.strip().lower() for name in titles]
    header = [(also_called or {}).get(name, name) for name in names]
    _check_header(header, required, optional, str(path), others=passes_over_others)
    found = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(str(path), number)
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(
                Problem(
                    sentence(
                        "The row has {count} cells; the header has {wanted}.",
                        count=len(cells),
                        wanted=len(header),
                    ),
                    sentence("Quote cells that hold commas."),
                    place,
                )
            )
            continue
        named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        problems += [
            Problem(sentence("`{column}` is empty.", column=column), sentence("Fill it in."), place)
            for column in required
            if not named.get(column)
        ]
        found.append(TableRow(named, place))
    if not found and not may_be_empty:
        problems.append(
            Problem(sentence("The file has no rows."), sentence("Add them."), Place(str(path)))
        )
    return tuple(found)


def _check_header(
    header: list[str],
    required: Sequence[str],
    optional: Sequence[str],
    file: str,
    *,
    others: bool,
) -> None:
    """Take empty cells off the end of the header; refuse one that is not as it should be."""
    while header and not header[-1]:
        header.pop()
    known = (*required, *optional)
    unknown = [str(at) for at, name in enumerate(header, 1) if name not in known and not others]
    faults = (
        (sentence("missing"), [name for name in required if name not in header]),
        (sentence("unknown name in column"), unknown),
        (sentence("twice"), [name for name in known if header.count(name) > 1]),
    )
    said = in_a_row(
        [in_a_row([what, ", ".join(names)], between=": ") for what, names in faults if names],
        between="; ",
    )
    if said:
        between = next((mark for mark in (";", "\t", "|") if mark in "".join(header)), "")
        hint = (
            sentence(" Cells are parted by commas in CSV.") if between and len(header) <= 1 else ""
        )
        more = sentence(" and, if needed, {names}", names=", ".join(optional)) if optional else ""
        raise Refusal(
            Problem(
                sentence("The columns are not as they should be ({said}).", said=said),
                sentence(
                    "Use {names}{more}.{hint}", names=", ".join(required), more=more, hint=hint
                ),
                Place(file, 1),
            )
        )


def _from_csv(path: Path) -> Iterator[NumberedRow]:
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            Problem(
                sentence("The file is not UTF-8 text."),
                sentence("Save it as UTF-8."),
                Place(str(path), line),
            )
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Refusal(
            Problem(
                sentence("The row cannot be read as CSV."),
                sentence("Check its quotes, and that no cell is longer than 131,072 characters."),
                Place(str(path), reader.line_num),
            )
        ) from None


def _from_xlsx(path: Path, sheet: str) -> Iterator[NumberedRow]:
    from payforsuccess.records.small_sheet import small_sheet_rows

    for row in small_sheet_rows(read_bytes(path), sheet=sheet, shown_as=str(path)):
        yield row.number, row.cells
