"""Rows by person: what cannot be is refused by row and column, and no cell is ever repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import a_folder, draft, sign
from tests.lib.settling import problems_of

SECRET = "SSN-123-45-6789"
COLUMNS = ("outcome", "period", "person", "quantity", "source", "groups", "cohort")
COHORTS = [
    {"name": "A1", "from": "2026-01-01", "to": "2026-06-30"},
    {"name": "A2", "from": "2026-07-01", "to": "2026-12-31"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people = {"says": "People", "start_event": "release", "cohorts": COHORTS, "subgroups": ["vet"]}
    return a_folder(tmp_path, a_deal(payments=[a_term(price="10")], people=people))


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    said = problems_of(refusal.value)
    assert SECRET not in said
    return said


def write_rows(folder: Path, *rows: str, header: str = ",".join(COLUMNS)) -> None:
    (folder / "people.csv").write_text("\n".join([header, *rows]) + "\n")


BAD = [
    (f"{SECRET},1,p,1,s:1,,A1", "The cell under `outcome` holds no name"),
    (f"homes,1,p,1,s:1,,{SECRET}", "The cell under `cohort` holds no name"),
    (f"homes,1,p,1,s:1,vet;{SECRET},A1", "The cell under `groups` holds no name"),
    ("homes,1,p,1,s:1,Vet,A1", "Write one of: vet."),
    (f"homes,{SECRET},p,1,s:1,,A1", "The period is not a whole number from 1."),
    (f"homes,1,p,{SECRET},s:1,,A1", "The quantity is not a number in digits."),
    ("homes,1,first,1,s:0,,A1", "The row is the same as row 2, cell for cell."),
]


@pytest.mark.parametrize(("row", "said"), BAD)
def test_a_row_that_cannot_be_is_named_by_its_number(folder: Path, row: str, said: str) -> None:
    write_rows(folder, "homes,1,first,1,s:0,,A1", row)
    for work in (lambda: draft(folder), lambda: sign(folder)):
        found = refused(work)
        assert said in found
        assert "people.csv:3" in found


def test_a_header_that_is_a_persons_row_is_not_repeated(folder: Path) -> None:
    write_rows(folder, header=f"homes,1,{SECRET},1")
    assert "unknown name in column: 1, 2, 3, 4" in refused(lambda: draft(folder))


@pytest.mark.parametrize("row", [row for row, _ in BAD if row.split(",")[1] == row.split(",")[3]])
def test_a_parquet_file_is_held_to_the_same(folder: Path, row: str) -> None:
    good = ["homes", "1", "first", "1", "s:0", "", "A1"]
    cells = zip(COLUMNS, good, row.split(","), strict=True)
    table = pa.table(
        {
            name: pa.array(map(int, values)) if name in ("period", "quantity") else pa.array(values)
            for name, *values in cells
        }
    )
    pq.write_table(table, folder / "people.parquet")
    assert "people.parquet" in refused(lambda: draft(folder))


def test_rows_of_known_names_are_paid(folder: Path) -> None:
    write_rows(folder, "homes,1,a,1,s:1,vet,A1", "homes,1,b,2,s:2,,A2")
    assert draft(folder).statement.total == 30_00
