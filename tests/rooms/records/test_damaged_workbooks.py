"""A damaged workbook ends in rows or in a refusal, wherever it is damaged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl import Workbook

from payforsuccess.errors import Refusal
from payforsuccess.records.workbook import sheet_rows


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    book, path, rng = Workbook(), tmp_path / "people.xlsx", random.Random(seed)
    page = book.active
    assert page is not None
    for number in range(30):
        page.append([f"name-{number}", number])
    book.save(path)
    content = bytearray(path.read_bytes())
    for _ in range(6):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(content)
    try:
        assert sheet_rows(path, sheet=None, days="%Y-%m-%d", shown_as="people.xlsx").header
    except Refusal as refusal:
        assert "cannot be read as an XLSX workbook" in str(refusal)
