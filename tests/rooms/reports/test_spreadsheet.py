"""Text that begins like a formula stays text in every file that a spreadsheet may open."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.reports.spreadsheet import as_text, begins_like_a_formula, csv_text, read_back
from payforsuccess.reports.workbook.grid import Sheet
from payforsuccess.reports.workbook.render import write_workbook

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "-",
    "- Example County",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_written_after_an_apostrophe(text: str) -> None:
    assert as_text(text) == f"'{text}"
    assert read_back(f"'{text}") == text


@pytest.mark.parametrize("value", ["-12.50", "-12", "+3", "Example County", "a=b", "", -12, None])
def test_plain_numbers_and_other_text_stay_as_they_are(value: object) -> None:
    assert as_text(value) == value


def test_a_file_of_cells_holds_none_that_a_spreadsheet_would_run() -> None:
    text = csv_text(("name", "=head"), [(each, -5) for each in FORMULAS])
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if begins_like_a_formula(cell)]
    assert cells.count("-5") == len(FORMULAS)


@given(st.text(alphabet="'=+-@\t\ra1.", max_size=6))
def test_what_was_written_is_read_back_as_it_was(text: str) -> None:
    written = str(as_text(text))
    assert read_back(written) == text
    assert not begins_like_a_formula(written)


def test_a_workbook_marks_such_text_too() -> None:
    from openpyxl import load_workbook

    book = write_workbook([Sheet("A", "@says")], title="=1+1", digits=2, standing="made up")
    page = load_workbook(io.BytesIO(book))["A"]
    assert [page.cell(row, 1).data_type for row in (1, 2)] == ["s", "s"]
    assert all(page.cell(row, 1).quotePrefix for row in (1, 2))
