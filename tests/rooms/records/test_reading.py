"""A feed's file is read as typed columns, and every fault is named by row and column, no value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.records import Cleaned, FeedColumn, FeedLayout, FileRead, read_file

LAYOUT = FeedLayout(
    name="visits",
    says="Visits, made up for these tests.",
    columns=(
        FeedColumn("who", "text", "a key", "personal"),
        FeedColumn("on", "day", "the day", "protected"),
        FeedColumn("times", "whole", "how often", "public", least=1, most=9),
        FeedColumn("kind", "text", "the kind", "public", codes=("in", "out"), may_be_missing=True),
    ),
    reports=(),
    clean=lambda rows: Cleaned({}),
)
ALL = tuple(column.name for column in LAYOUT.columns)
GOOD = "who,on,times,kind,secret\nana,2024-02-29,1,in,x\nben,2024-01-31,9,,y\n"


def read(tmp_path: Path, text: str | bytes, permitted: tuple[str, ...] = ALL) -> FileRead:
    path = tmp_path / "visits.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path, LAYOUT, feed="v", shown_as="feeds/visits.csv", permitted=permitted)


def refused(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        read(tmp_path, text)
    return [f"{problem.where} {problem.what}" for problem in refusal.value.problems]


def test_columns_get_their_types_and_an_empty_value_is_missing(tmp_path: Path) -> None:
    rows = read(tmp_path, GOOD).rows

    assert {name: array.to_pylist() for name, array in rows.columns.items()} == {
        "who": ["ana", "ben"],
        "on": [date(2024, 2, 29), date(2024, 1, 31)],
        "times": [1, 9],
        "kind": ["in", None],
    }
    assert rows.row.to_pylist() == [1, 2]


def test_a_column_that_is_not_permitted_is_never_read(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD, permitted=("who", "times"))

    assert set(found.rows.columns) == {"who", "times"}
    assert found.unread == ("on", "kind", "secret")


def test_a_fault_in_a_column_that_is_not_permitted_goes_unseen(tmp_path: Path) -> None:
    found = read(tmp_path, "who,on,times,kind\nana,no day,1,in\n", permitted=("who",))

    assert found.rows.columns["who"].to_pylist() == ["ana"]


def test_a_mark_at_the_start_of_the_file_and_quotes_are_no_fault(tmp_path: Path) -> None:
    found = read(tmp_path, b'\xef\xbb\xbf"who","on",times,kind\n"a, b",2024-01-01, 2 ,in\r\n')

    assert found.rows.columns["who"].to_pylist() == ["a, b"]
    assert found.rows.columns["times"].to_pylist() == [2]


FAULTS = {
    "a missing value": (
        "ana,,1,in",
        "feeds/visits.csv:2  on The column on holds no value in 1 row: row 1.",
    ),
    "no day of the calendar": (
        "ana,2023-02-29,1,in",
        "feeds/visits.csv:2  on The column on holds a value that is not a day of the calendar in "
        "1 row: row 1.",
    ),
    "a day in another order": (
        "ana,31/01/2024,1,in",
        "feeds/visits.csv:2  on The column on holds a value that is not a day of the calendar in "
        "1 row: row 1.",
    ),
    "no whole number": (
        "ana,2024-01-01,1.5,in",
        "feeds/visits.csv:2  times The column times holds a value that is not a whole number in "
        "1 row: row 1.",
    ),
    "a number out of range": (
        "ana,2024-01-01,10,in",
        "feeds/visits.csv:2  times The column times holds a number out of range in 1 row: row 1.",
    ),
    "an unknown code": (
        "ana,2024-01-01,1,up",
        "feeds/visits.csv:2  kind The column kind holds a code the layout does not know in 1 row: "
        "row 1.",
    ),
    "too few values": (
        "ana,2024-01-01,1",
        "feeds/visits.csv:2 1 row with more or fewer values than the header has columns: row 1.",
    ),
}


@pytest.mark.parametrize(("row", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_by_row_and_column(tmp_path: Path, row: str, message: str) -> None:
    assert refused(tmp_path, f"who,on,times,kind\n{row}\n") == [message]


def test_all_faults_are_gathered_and_none_shows_a_value(tmp_path: Path) -> None:
    rows = ["ana,someday,0,up"] * 7 + ["ben,2024-01-01,1,in"]

    messages = refused(tmp_path, "who,on,times,kind\n" + "\n".join(rows) + "\n")

    assert len(messages) == 3
    assert all("in 7 rows: rows 1, 2, 3, 4, 5 and more." in message for message in messages)
    assert not any("someday" in message or "up" in message.split() for message in messages)


def test_a_column_the_file_lacks_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "who,kind\nana,in\n") == [
        "feeds/visits.csv:1 The file lacks these columns of the layout visits: on, times."
    ]


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "who,who,on,times,kind\n") == [
        "feeds/visits.csv:1 The header names a column twice: who."
    ]


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "The file is empty" in refused(tmp_path, content)[0]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    content = b"who,on,times,kind\nJos\xe9,2024-01-01,1,in\n"

    assert "cannot be read as UTF-8" in refused(tmp_path, content)[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not there"):
        read_file(tmp_path / "x.csv", LAYOUT, feed="v", shown_as="feeds/x.csv", permitted=ALL)


@given(
    body=st.binary(max_size=60) | st.text(alphabet='ab,"\n\r 0129-', max_size=60).map(str.encode),
    with_header=st.booleans(),
)
def test_any_bytes_end_in_rows_or_in_a_problem(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, with_header: bool
) -> None:
    folder = tmp_path_factory.mktemp("feed")
    header = b"who,on,times,kind\n" if with_header else b""
    try:
        found = read(folder, header + body)
    except Refusal as refusal:
        assert refusal.problems
    else:
        assert {len(column) for column in found.rows.columns.values()} == {len(found.rows.row)}
