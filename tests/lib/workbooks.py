"""Workbooks recalculated by LibreOffice, read back as rows of values by sheet.

sheets = recalculated({"one": made_by_us}, folder)["one"]
sheets["Returns"].row("loan", under="Returns")    the cells of a row, from its second column
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

INPUTS = "Assumptions"
PROGRAM, PACKAGE = "soffice", "libreoffice-calc"


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet, first to last."""

    cells: tuple[tuple[Any, ...], ...]

    def row(self, says: str, *, under: str = "") -> tuple[Any, ...]:
        """The cells after the label in the first row that says so, below a heading if named."""
        found = not under
        for cells in self.cells:
            found = found or str(cells[0]).startswith(under)
            if found and cells[0] == says:
                return cells[1:]
        raise KeyError(says)


def rows_of(workbook: bytes, *, values: bool = True) -> dict[str, Rows]:
    """Every sheet: values as last worked out, or formulas as written."""
    book = load_workbook(BytesIO(workbook), data_only=values)
    return {
        page.title: Rows(tuple(tuple(cell.value for cell in row) for row in page.iter_rows()))
        for page in book.worksheets
    }


def recalculated(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Rows]]:
    """Workbooks as LibreOffice works them out, all in one go."""
    program = shutil.which(PROGRAM)
    assert program is not None
    into = folder / "recalculated"
    for name, workbook in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(workbook)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(into),
            *(str(folder / f"{name}.xlsx") for name in workbooks),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: rows_of((into / f"{name}.xlsx").read_bytes()) for name in workbooks}


def with_inputs_of(workbook: bytes, other: bytes) -> bytes:
    """A workbook with the inputs of another one typed into its marked cells, and nothing else."""
    book, typed = load_workbook(BytesIO(workbook)), load_workbook(BytesIO(other))
    page, source = book[INPUTS], typed[INPUTS]
    for row in page.iter_rows():
        for cell in row:
            if cell.fill.fill_type == "solid" and cell.data_type == "n":
                cell.value = source[cell.coordinate].value
    into = BytesIO()
    book.save(into)
    return into.getvalue()
