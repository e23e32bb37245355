"""The public spreadsheet form of an INDIGO project, brought in as a comparator (R104)."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.deal.indigo.fields import PROJECT, Leaf, Rows
from payforsuccess.deal.indigo.form_cells import SINGLES, TABLES
from payforsuccess.errors import Refusal
from payforsuccess.runs.library.imported import library_import
from tests.lib.indigo_forms import a_form
from tests.lib.open_records import a_file


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as found:
        library_import(path, own=path.parent / "own")
    assert not (path.parent / "own").exists()
    return str(found.value)


def test_a_form_gives_the_comparator_that_the_same_json_gives(tmp_path: Path) -> None:
    """R12, R104: a spreadsheet or JSON, one comparator."""
    library_import(a_form(tmp_path / "form.xlsx"), own=tmp_path / "from-form")
    content = a_file().replace(b"500000", b"500000.25").replace(b'"2021-04"', b'"2021"')
    (tmp_path / "record.json").write_bytes(content)
    library_import(tmp_path / "record.json", own=tmp_path / "from-json")
    one, other = (
        (tmp_path / name / "indigo-poj-9001" / "record.yaml").read_text("utf-8")
        for name in ("from-form", "from-json")
    )
    assert one == other
    assert "500,000.25 GBP" in one


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("General Overview!C46", "500,000", "General Overview, C46\n  A number belongs here"),
        ("General Overview!C62", "Homes", "General Overview, C62\n  This is no word"),
        ("General Overview!C29", "next year", "General Overview, C29\n  This is not a date"),
        ("Delivery Locations!D11", "England", "Delivery Locations, D11\n  This is not a country"),
        ("Introduction!B2", None, "Introduction, B2\n  The project has no id"),
        ("Introduction!B2", "SPREADSHEETFORM:SINGLE:id", "The project has no id"),
        ("General Overview!C10", "=1+1", "General Overview, C10 holds a formula"),
        ("General Overview!C10", "#REF!", "General Overview, C10 holds an error value"),
        ("Introduction!A2", "Other", "not the public form of an INDIGO project"),
        ("General Overview!A62", "Sector", "not as the form has it: General Overview, row 62"),
        ("Sources!H10", "Name", "not as the form has it: Sources, column H"),
    ],
)
def test_what_is_wrong_in_a_form_is_told_with_its_cell(
    tmp_path: Path, cell: str, value: object, says: str
) -> None:
    """R104: an import is checked, and nothing is written."""
    assert says in refused(a_form(tmp_path / "form.xlsx", {cell: value}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    assert "cannot be read as an XLSX workbook" in refused(path)


def test_every_field_of_the_form_is_one_of_the_standard() -> None:
    for single in SINGLES:
        assert _leaf(PROJECT, single.path), single
    for table in TABLES:
        rows = PROJECT[table.part]
        assert isinstance(rows, Rows)
        for path, _ in table.columns.values():
            assert _leaf(rows.of, path), (table.sheet, path)


def _leaf(described: object, path: str) -> bool:
    for part in path.split("/"):
        described = described[part]  # type: ignore[index]
    return isinstance(described, Leaf)
