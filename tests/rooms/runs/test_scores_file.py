"""Scores from CSV and XLSX: hostile files end in problems with their rows, all together."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from payforsuccess.errors import Problem, Refusal
from payforsuccess.records import small_sheet
from payforsuccess.runs.selection.scores_file import read_scores, scores_path
from payforsuccess.selection.scores import Given, check_scores
from tests.lib.competitions import a_proposal, a_solicitation

HEADER = "reviewer,proposal,criterion,score,entered_on,first,reason,comment"
ROW = "one,a,need,3,2026-02-10,,,"
NAMES = HEADER.split(",")
CELLS = ["one", "a", "need", 3, date(2026, 2, 10), None, None, None]


def read(path: Path) -> tuple[tuple[Given, ...], list[str]]:
    """The scores and all problems, those that refuse the file among them."""
    problems: list[Problem] = []
    try:
        given = read_scores(path, problems)
    except Refusal as refusal:
        return (), [str(each) for each in (*problems, *refusal.problems)]
    return given, [str(each) for each in problems]


def csv_file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "scores.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def xlsx_file(
    folder: Path, *rows: list[object], change: Callable[[Workbook], None] = lambda book: None
) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "scores"
    for row in rows:
        page.append(row)
    change(book)
    path = folder / "scores.xlsx"
    book.save(path)
    return path


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    line = 'one,a,need,2.5,2026-02-10,2,"Heard, then thought",Good'
    (given,), problems = read(csv_file(tmp_path, HEADER, line))
    assert problems == []
    assert (given.score, given.first) == (Fraction(5, 2), Fraction(2))
    assert (given.reason, given.comment) == ("Heard, then thought", "Good")
    assert given.where.line == 2


def test_a_sheet_gives_what_the_same_csv_gives(tmp_path: Path) -> None:
    line: list[object] = ["one", "a", "need", 2.5, datetime(2026, 2, 10), 2, "Heard", None]  # noqa: DTZ001
    sheet, problems = read(xlsx_file(tmp_path, NAMES, line))  # type: ignore[arg-type]
    assert problems == []
    text, _ = read(csv_file(tmp_path, HEADER, "one,a,need,2.5,2026-02-10,2,Heard,"))
    assert [(one.score, one.first, one.entered_on, one.where.line) for one in sheet] == [
        (one.score, one.first, one.entered_on, one.where.line) for one in text
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("one,a,need,=1+2,2026-02-10,,,", "`score` is a formula"),
        ('one,a,need,"3,5",2026-02-10,,,', "`score` is not a number"),
        ("one,a,need,three,2026-02-10,,,", "`score` is not a number"),
        ("one,a,need,,2026-02-10,,,", "`score` is empty"),
        ("one,a,need,nan,2026-02-10,,,", "`score` is not a number"),
        ("one,a,need,1e999999999,2026-02-10,,,", "`score` is not a number"),
        (f"one,a,need,{'9' * 5000},2026-02-10,,,", "`score` is not a number"),
        ("one,a,need,3,10/02/2026,,,", "`entered_on` is not a day"),
        ("one,a,need,3,20260210,,,", "`entered_on` is not a day"),
        ("one,a,need,3,2026-02-30,,,", "`entered_on` is not a day"),
        ("one,a,need,3,2026-02-10,two,,", "`first` is not a number"),
        (",a,need,3,2026-02-10,,,", "`reviewer` is empty"),
        ("one,a,ne\0ed,3,2026-02-10,,,", "`criterion` holds signs that do not print"),
        ("one,\x1b[2Ja,need,3,2026-02-10,,,", "`proposal` holds signs that do not print"),
        ("one,a,need,3,2026-02-10,,,,more", "9 cells; the header has 8"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, line: str, says: str) -> None:
    _, (problem,) = read(csv_file(tmp_path, HEADER, ROW, line))
    assert says in problem
    assert "scores.csv:3" in problem


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_a_file_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, HEADER, ROW + "café", encoding=encoding)
    assert "not UTF-8" in read(path)[1][0]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    given, problems = read(csv_file(tmp_path, HEADER, ROW, encoding="utf-8-sig"))
    assert (len(given), problems) == (1, [])


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "missing: reviewer"),
        (["reviewer;proposal;criterion;score;entered_on"], "parted by commas"),
        ([HEADER + ",total"], "unknown name in column: 9"),
        ([HEADER + ",score"], "twice: score"),
        ([HEADER, 'one,a,"need,3'], "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_list_of_scores_is_refused(
    tmp_path: Path, lines: list[str], says: str
) -> None:
    _, problems = read(csv_file(tmp_path, *lines))
    assert [says in each for each in problems] == [True]


def test_no_value_of_an_unknown_column_is_repeated(tmp_path: Path) -> None:
    assert "Jane" not in read(csv_file(tmp_path, "Jane Doe,a,need"))[1][0]


def test_a_hundred_thousand_bad_rows_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    rows = [f"nobody{number},a,need,9,2026-02-10,,," for number in range(100_000)]
    given, problems = read(csv_file(tmp_path, HEADER, *rows))
    assert (len(given), problems) == (100_000, [])
    many = a_solicitation(proposals=[a_proposal(f"p{number}") for number in range(500)])
    assert sum(1 for _ in check_scores(given, many)) == 300_000


def test_formulas_in_a_sheet_are_refused_with_their_cells(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book["scores"]["D3"] = "=1+2"
        book["scores"]["D4"] = "#REF!"

    rows = [NAMES, CELLS, CELLS, CELLS]
    _, problems = read(xlsx_file(tmp_path, *rows, change=add))  # type: ignore[arg-type]
    assert ["Column 4 of row 3 holds a formula" in problems[0], "row 4" in problems[1]] == [
        True
    ] * 2


def test_merged_cells_are_refused_with_their_row(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book["scores"].merge_cells("A2:A3")

    _, problems = read(xlsx_file(tmp_path, NAMES, CELLS, CELLS, change=merge))  # type: ignore[arg-type]
    assert "A2:A3 are merged" in problems[0]
    assert "scores.xlsx:2" in problems[0]


def test_of_several_sheets_the_one_called_scores_is_read(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("notes", 0).append(["x"])

    given, problems = read(xlsx_file(tmp_path, NAMES, CELLS, change=add))  # type: ignore[arg-type]
    assert (len(given), problems) == (1, [])


def test_a_workbook_without_the_sheet_is_refused(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["scores"].title = "first"
        book.create_sheet("second")

    _, problems = read(xlsx_file(tmp_path, NAMES, CELLS, change=rename))  # type: ignore[arg-type]
    assert "2 sheets, and none is called scores" in problems[0]


def test_the_only_sheet_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["scores"].title = "Sheet1"

    given, _ = read(xlsx_file(tmp_path, NAMES, CELLS, change=rename))  # type: ignore[arg-type]
    assert len(given) == 1


def test_rows_keep_their_numbers_past_empty_ones(tmp_path: Path) -> None:
    bad = [*CELLS[:3], "x", *CELLS[4:]]
    _, problems = read(xlsx_file(tmp_path, NAMES, CELLS, [], [], bad))  # type: ignore[arg-type]
    assert "scores.xlsx:5" in problems[0]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"reviewer,proposal", b"\xd0\xcf\x11\xe0" * 99]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scores.xlsx"
    path.write_bytes(content)
    assert "cannot be read as an XLSX workbook" in read(path)[1][0]


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scores.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "hello")
    assert "cannot be read as an XLSX workbook" in read(path)[1][0]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_ends_in_scores_or_problems(tmp_path: Path, seed: int) -> None:
    """Bytes of the archive, or of one part within it, are changed; nothing else may come out."""
    rng = random.Random(seed)
    path = xlsx_file(tmp_path, NAMES, *[CELLS] * 30)  # type: ignore[list-item]
    if seed % 2:
        path.write_bytes(_damaged(path.read_bytes(), rng))
    else:
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        hit = rng.choice(sorted(parts))
        with zipfile.ZipFile(path, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, _damaged(content, rng) if name == hit else content)
    given, problems = read(path)
    assert given or problems


def _damaged(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(6):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def test_a_workbook_that_swells_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx_file(tmp_path, NAMES, CELLS)  # type: ignore[arg-type]
    monkeypatch.setattr(small_sheet, "LARGEST_UNPACKED", 1000)
    assert "would unpack to" in read(path)[1][0]


def test_a_sheet_that_claims_to_be_smaller_is_read_whole(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, NAMES, CELLS, [*CELLS[:1], "b", *CELLS[2:]])  # type: ignore[arg-type]
    small = tmp_path / "small" / "scores.xlsx"
    small.parent.mkdir()
    with zipfile.ZipFile(path) as was, zipfile.ZipFile(small, "w") as now:
        for each in was.namelist():
            now.writestr(each, was.read(each).replace(b'ref="A1:H3"', b'ref="A1:H2"'))
    assert len(read(small)[0]) == 2


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    assert "CSV and XLSX" in read(tmp_path / "scores.ods")[1][0]


def test_two_files_of_scores_are_refused(tmp_path: Path) -> None:
    assert scores_path(tmp_path, None) is None
    for name in ("scores.csv", "scores.xlsx"):
        (tmp_path / name).touch()
    with pytest.raises(Refusal, match="two files of scores"):
        scores_path(tmp_path, None)
    assert scores_path(tmp_path, tmp_path / "x.csv") == tmp_path / "x.csv"
