"""Seconds that LibreOffice takes to work out one scenario of the deal's own workbook.

The workbook that `pfs forecast --xlsx` writes of the deal, opened once without a window. Four of
its inputs are typed in for each scenario (enrolment reached, days, homes for a person, reduction),
and every formula that follows from them is worked out; starting, opening and saving are not
counted. It has one number for days where the simulation has one for each quarter, and works out
returns and a budget besides.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from lifetime_deal import Size, the_deal, what_is_assumed
from openpyxl import load_workbook

from payforsuccess.finance.summary import summarise
from payforsuccess.reports.workbook import workbook_of

SCENARIOS = 200
WRITTEN = {
    "Part of the plan that is reached": 0.1,
    "days: the level at first": 3000,
    "kept: units that one person earns each time": 0.15,
    "reduction: the effect": 8,
}
"""Labels of the inputs typed in, with the spread of each."""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Timed"/>
</library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Timed"
 script:language="StarBasic">{code}</script:module>
"""
CODE = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{book}", "_blank", 0, hidden())
  inputs = book.Sheets.getByName("Assumptions")
  book.calculateAll()
  before = Told(book)
  started = GetSystemTicks()
  For scenario = 1 To {scenarios}
    book.enableAutomaticCalculation(False)
{typed}
    book.calculate()
  Next
  took = GetSystemTicks() - started
  If Told(book) = before Then took = -1
  Open "{out}" For Output As #1
  Print #1, took
  Close #1
  book.close(True)
  StarDesktop.terminate()
End Sub

Function Told(book)
  whole = 0
  page = book.Sheets.getByName("Returns")
  For row = 0 To {rows}
    For at = 1 To {columns}
      whole = whole + page.getCellByPosition(at, row).Value
    Next
  Next
  Told = whole
End Function
"""


@dataclass(frozen=True)
class Office:
    """Seconds a scenario by the clock, formulas worked out for each, and the program's version."""

    seconds: float
    formulas: int
    version: str


def recalculated(scenarios: int = SCENARIOS) -> Office:
    """Time LibreOffice over some scenarios; it is a part of the Debian package libreoffice-calc."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("LibreOffice is needed for this comparison: apt install libreoffice-calc")
    size = Size()
    made = workbook_of(summarise(the_deal(size), what_is_assumed(size)), case="base", known=())
    book = load_workbook(BytesIO(made))
    formulas = sum(cell.data_type == "f" for page in book for row in page for cell in row)
    rows = {row[0].value: row[0].row for row in book["Assumptions"].iter_rows()}
    typed = "\n".join(
        f"    inputs.getCellByPosition(1, {rows[label] - 1}).Value = "
        f"{book['Assumptions'].cell(rows[label], 2).value} + {spread} * (2 * Rnd - 1)"
        for label, spread in WRITTEN.items()
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "deal.xlsx").write_bytes(made)
        program_with_profile = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        # The first start lays the profile down; the macro goes into it afterwards.
        run = partial(subprocess.run, check=True, capture_output=True, timeout=1800)
        run([*program_with_profile, "--terminate_after_init"])
        macros = folder / "profile" / "user" / "basic" / "Standard"
        (macros / "script.xlb").write_text(LIBRARY)
        code = CODE.format(
            book=(folder / "deal.xlsx").as_uri(),
            out=folder / "took",
            scenarios=scenarios,
            typed=typed,
            rows=book["Returns"].max_row - 1,
            columns=book["Returns"].max_column - 1,
        )
        escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        (macros / "Timed.xba").write_text(MODULE.format(code=escaped))
        run([*program_with_profile, "macro:///Standard.Timed.Main"])
        took = int((folder / "took").read_text())
        if took < 0:
            raise SystemExit("LibreOffice worked nothing out: its figures stood still.")
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    return Office(took / 1000 / scenarios, formulas, " ".join(version.stdout.split()[:2]))
