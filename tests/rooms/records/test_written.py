"""Files that an agency writes in its own way are read by what the deal states, without code."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payforsuccess.records.feed import FeedColumn, FeedFile, Reference
from tests.lib.extracts import layout_of, read, refused

STAYS = FeedFile(
    "stays",
    "One row a stay.",
    (
        FeedColumn("stay", "text", "a key"),
        FeedColumn("person", "text", "the person"),
        FeedColumn("from_on", "day", "first day"),
        FeedColumn("sex", "text", "sex", codes=("female", "male"), may_be_missing=True),
        FeedColumn("nights", "whole", "nights", least=0, may_be_missing=True),
    ),
    key=("stay",),
)
CALLS = FeedFile(
    "late-calls",
    "One row a call.",
    (FeedColumn("call", "text", "a key"), FeedColumn("stay", "text", "the stay")),
    references=(Reference("stay", "stays", "stay"),),
    may_be_missing=True,
)
ONE, TWO = layout_of(STAYS), layout_of(STAYS, CALLS)
WRITTEN: dict[str, Any] = {
    "columns": {"stay": "Nr", "person": "Client No", "from_on": "Beginn"},
    "codes": {"sex": {"F": "female", "M": "male", "W": "female"}},
    "days": "%d.%m.%Y",
    "delimiter": ";",
    "encoding": "latin-1",
}
EXPECTED = [("1", "José", date(2024, 2, 29), "female", 3), ("2", "B", date(2024, 3, 1), None, None)]


def rows_of(seen: Any) -> list[tuple[object, ...]]:
    return [tuple(value for name, value in row.items() if name != "row") for row in seen]


def test_columns_codes_days_delimiter_and_characters_are_mapped(tmp_path: Path) -> None:
    text = "Nr;Client No;Beginn;sex;nights\n1;José;29.02.2024;W;3\n2;B;01.03.2024;;\n"

    seen = read(tmp_path, ONE, text.encode("latin-1"), written=WRITTEN)

    assert rows_of(seen.only) == EXPECTED
    assert seen.files.files[0].staged.unread == ()


def test_an_agencys_code_that_is_not_mapped_is_a_fault(tmp_path: Path) -> None:
    text = "Nr;Client No;Beginn;sex\n1;A;29.02.2024;X\n"

    assert refused(tmp_path, ONE, text, written=WRITTEN) == [
        "feeds/f.csv:2  sex The column sex holds a code the layout does not know in 1 row: row 1."
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "mark"), [("utf-8", "tab", "\t"), ("utf-16", "|", "|")]
)
def test_other_characters_and_delimiters(
    tmp_path: Path, encoding: str, delimiter: str, mark: str
) -> None:
    text = "stay,person,from_on,sex,nights\n1,José,2024-02-29,female,3\n2,B,2024-03-01,,\n"
    written = {"encoding": encoding, "delimiter": delimiter}

    seen = read(tmp_path, ONE, text.replace(",", mark).encode(encoding), written=written)

    assert rows_of(seen.only) == EXPECTED


def workbook(rows: list[list[object]], title: str = "Stays") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    page = book.create_sheet(title)
    for row in rows:
        page.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


XLSX = [
    ["Nr", "Client No", "Beginn", "sex", "nights", None],
    [1, "José", date(2024, 2, 29), "F", 3.0, None],
    ["2", "B", "01.03.2024", None, None, None],
    [None, None, None, None, None, None],
]


def test_a_sheet_of_a_workbook_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "f.xlsx").write_bytes(workbook(XLSX))

    seen = read(tmp_path, ONE, None, written={**WRITTEN, "sheet": "Stays"})

    assert rows_of(seen.only) == EXPECTED


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "f.xlsx").write_bytes(workbook(XLSX))

    (message,) = refused(tmp_path, ONE, None, written={"sheet": "Sheet1"})

    assert "no sheet called Sheet1; it has: Read me, Stays." in message


def test_cells_beside_the_header_are_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    rows = [["stay", "person", "from_on"], ["1", "A", "2024-01-01", "more"]]
    (tmp_path / "feeds" / "f.xlsx").write_bytes(workbook(rows))

    (message,) = refused(tmp_path, ONE, None, written={"sheet": "Stays"})

    assert "Row 1 has values beside the columns that the header names." in message


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "f.xlsx").write_bytes(b"stay,person\n")

    assert "cannot be read as an XLSX workbook" in refused(tmp_path, ONE, None)[0]


def test_parquet_gives_its_values_as_text_would(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    table = pa.table(
        {
            "Nr": pa.array([1, 2], pa.int64()),
            "Client No": ["José", "B"],
            "Beginn": pa.array([date(2024, 2, 29), date(2024, 3, 1)]),
            "sex": ["W", None],
            "nights": pa.array([3.0, None], pa.float64()),
        }
    )
    pq.write_table(table, tmp_path / "feeds" / "f.parquet")

    assert rows_of(read(tmp_path, ONE, None, written=WRITTEN).only) == EXPECTED


def test_a_parquet_file_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    pq.write_table(pa.table({"stay": ["1"]}), tmp_path / "feeds" / "f.parquet")
    whole = (tmp_path / "feeds" / "f.parquet").read_bytes()
    (tmp_path / "feeds" / "f.parquet").write_bytes(whole[:-20])

    assert "cannot be read as Parquet" in refused(tmp_path, ONE, None)[0]


def test_files_are_found_whatever_capitals_and_hyphens_they_have(tmp_path: Path) -> None:
    files = {
        "STAYS.CSV": "stay,person,from_on\n1,A,2024-01-01\n",
        "LateCalls.csv": "call,stay\nx,1\n",
    }

    assert [row["call"] for row in read(tmp_path, TWO, files).rows["late-calls"]] == ["x"]


def test_a_file_can_be_named_and_a_column_of_one_file_alone_mapped(tmp_path: Path) -> None:
    files = {
        "stays.csv": "stay,person,from_on\n1,A,2024-01-01\n",
        "export 7.csv": "call,Stay No\nx,1\n",
    }
    written = {"files": {"late-calls": "export 7.csv"}, "columns": {"late-calls.stay": "Stay No"}}

    seen = read(tmp_path, TWO, files, written=written)

    assert [row["stay"] for row in seen.rows["late-calls"]] == ["1"]


def test_a_file_that_may_be_missing_has_no_rows(tmp_path: Path) -> None:
    seen = read(tmp_path, TWO, {"stays.csv": "stay,person,from_on\n1,A,2024-01-01\n"})

    assert seen.rows["late-calls"] == []


def test_a_file_that_must_be_there_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, TWO, {"late-calls.csv": "call,stay\n"}) == [
        "feeds/f The feed f lacks these files: stays.csv."
    ]


def test_a_path_with_letters_that_mean_something_to_the_engine(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a [1]*'?.csv").write_text("stay,person,from_on\n1,A,2024-01-01\n")
    (tmp_path / "feeds" / "a 1.csv").write_text("stay,person,from_on\n2,A,2024-01-01\n")

    seen = read(tmp_path, ONE, None, file="feeds/a [1]*'?.csv")

    assert [row["stay"] for row in seen.only] == ["1"]
