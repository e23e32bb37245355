"""The public form of an INDIGO project as a workbook, with its words in place and cells filled in.

a_form(tmp_path / "form.xlsx", {"General Overview!C10": "Alder Homes"})
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from payforsuccess.deal.indigo.form_cells import (
    ID_CELL,
    ID_LABEL,
    ID_SHEET,
    ID_WORDS,
    ORGANISATIONS,
    OVERVIEW,
    SINGLES,
    TABLES,
)

FILLED: Mapping[str, object] = {
    f"{ID_SHEET}!{ID_CELL}": "INDIGO-POJ-9001",
    f"{OVERVIEW}!C10": "Alder Homes",
    f"{OVERVIEW}!C14": "Implementation",
    f"{OVERVIEW}!C20": "GB",
    f"{OVERVIEW}!C29": 2021,
    f"{OVERVIEW}!C45": "GBP",
    f"{OVERVIEW}!C46": 500_000.25,
    f"{OVERVIEW}!C62": "Homelessness",
    f"{OVERVIEW}!C71": "Adults without a home",
    "Delivery Locations!B11": "Alder",
    "Delivery Locations!D11": "GB",
    "Outcome Payment Commitments!A11": "INDIGO-ORG-0001",
    "Service Provisions!A11": "s1",
    "Service Provisions!B11": "INDIGO-ORG-0002",
    "Outcome Metrics!A11": "homes",
    "Outcome Metrics!B11": "Homes kept for a year",
    "Organisations!A11": "INDIGO-ORG-0001",
    "Organisations!B11": "Alder County",
    "Organisations!A12": "INDIGO-ORG-0002",
    "Organisations!B12": "Cedar Homes",
}
"""What a comparator needs."""


def a_form(path: Path, changes: Mapping[str, object] = {}) -> Path:
    """Write the form, filled in but for what is changed; None leaves a cell empty."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in (ID_SHEET, OVERVIEW, ORGANISATIONS.sheet, *(table.sheet for table in TABLES)):
        book.create_sheet(name)
    book[ID_SHEET][ID_LABEL] = ID_WORDS
    for single in SINGLES:
        if single.words:
            letter = "B" if single.words.startswith("(") else "A"
            book[OVERVIEW][f"{letter}{single.row}"] = single.words
    for table in (ORGANISATIONS, *TABLES):
        for letter, (_, words) in table.columns.items():
            book[table.sheet][f"{letter}{table.first - 1}"] = words
    for at, value in {**FILLED, **changes}.items():
        sheet, _, cell = at.partition("!")
        book[sheet][cell] = value
    book.save(path)
    return path
