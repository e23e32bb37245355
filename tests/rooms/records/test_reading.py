"""A feed's file is read as typed columns, and every fault is named by row and column, no value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.records.feed import FeedColumn, FeedFile, Rule
from tests.lib.extracts import layout_of, read, refused

VISITS = layout_of(
    FeedFile(
        "visits",
        "One row a visit.",
        (
            FeedColumn("who", "text", "a key"),
            FeedColumn("on", "day", "the day", "protected", earliest=date(2000, 1, 1)),
            FeedColumn("times", "whole", "how often", "public", least=1, most=9),
            FeedColumn(
                "kind",
                "text",
                "the kind",
                "public",
                codes=("in", "out"),
                unknown=("99",),
                may_be_missing=True,
            ),
            FeedColumn("paid", "decimal", "what it cost", least=0, may_be_missing=True),
            FeedColumn("zip", "text", "ZIP code", pattern="[0-9]{5}", may_be_missing=True),
            FeedColumn("due", "day", "next time", may_lie_ahead=True, may_be_missing=True),
        ),
        rules=(
            Rule(
                "due-later",
                "the next time is after this one",
                ("on", "due"),
                lambda rows: rows.due <= rows.on,
            ),
        ),
    )
)
HEADER = "who,on,times,kind,paid,zip,due\n"
GOOD = "who,on,times,kind,secret\nana,2024-02-29,1,in,x\nben,2024-01-31,9,,y\n"


def test_columns_get_their_types_and_an_empty_value_is_missing(tmp_path: Path) -> None:
    rows = read(tmp_path, VISITS, HEADER + "ana,2024-02-29,1,in,1.50,90012,2030-01-01\n")

    assert rows.only == [
        {
            "who": "ana",
            "on": date(2024, 2, 29),
            "times": 1,
            "kind": "in",
            "paid": Decimal("1.5"),
            "zip": "90012",
            "due": date(2030, 1, 1),
            "row": 1,
        }
    ]


def test_a_column_that_may_be_missing_may_be_absent(tmp_path: Path) -> None:
    rows = read(tmp_path, VISITS, GOOD).only

    assert [(row["who"], row["kind"], row["paid"], row["row"]) for row in rows] == [
        ("ana", "in", None, 1),
        ("ben", None, None, 2),
    ]


def test_a_column_that_is_not_permitted_is_never_read(tmp_path: Path) -> None:
    (file,) = read(tmp_path, VISITS, GOOD, permitted=("who", "on", "times")).files.files

    assert file.staged.columns == ("who", "on", "times")
    assert file.staged.unread == ("kind", "secret")


def test_a_fault_in_a_column_that_is_not_permitted_goes_unseen(tmp_path: Path) -> None:
    rows = read(tmp_path, VISITS, "who,on,times,kind\nana,no day,1,in\n", permitted=("who",)).only

    assert [row["who"] for row in rows] == ["ana"]


def test_a_mark_at_the_start_of_the_file_and_quotes_are_no_fault(tmp_path: Path) -> None:
    content = (
        b'\xef\xbb\xbf"who","on",times\r\n"a, ""b""",2024-01-01, 2 \r\n"c\nd",2024-01-01,3\r\n'
    )

    rows = read(tmp_path, VISITS, content).only

    assert [(row["who"], row["times"]) for row in rows] == [('a, "b"', 2), ("c\nd", 3)]


def test_a_code_for_unknown_becomes_missing_and_is_no_fault(tmp_path: Path) -> None:
    rows = read(tmp_path, VISITS, "who,on,times,kind\nana,2024-01-01,1,99\n").only

    assert rows[0]["kind"] is None


def test_a_time_of_day_is_left_out_of_a_day(tmp_path: Path) -> None:
    rows = read(tmp_path, VISITS, "who,on,times\na,2024-01-01 23:59:59,1\nb,2024-01-02T00:00,1\n")

    assert [row["on"] for row in rows.only] == [date(2024, 1, 1), date(2024, 1, 2)]


FAULTS = {
    "a missing value": ("ana,,1,in,,,", "on The column on holds no value"),
    "no day of the calendar": (
        "ana,2023-02-29,1,in,,,",
        "on The column on holds a value that is not a day of the calendar",
    ),
    "a day in another order": (
        "ana,31/01/2024,1,in,,,",
        "on The column on holds a value that is not a day of the calendar",
    ),
    "a day of too few digits": (
        "ana,2024-1-5,1,in,,,",
        "on The column on holds a value that is not a day of the calendar",
    ),
    "a day in words after it": (
        "ana,2024-01-05 noon,1,in,,,",
        "on The column on holds a value that is not a day of the calendar",
    ),
    "a day too early": (
        "ana,1999-12-31,1,in,,,",
        "on The column on holds a day before 2000-01-01",
    ),
    "a day that has not come": (
        "ana,2026-01-01,1,in,,,",
        "on The column on holds a day after 2025-12-31, the last that the feed says it covers",
    ),
    "no whole number": (
        "ana,2024-01-01,1.5,in,,,",
        "times The column times holds a value that is not a whole number",
    ),
    "a number out of range": (
        "ana,2024-01-01,10,in,,,",
        "times The column times holds a number out of range",
    ),
    "an unknown code": (
        "ana,2024-01-01,1,up,,,",
        "kind The column kind holds a code the layout does not know",
    ),
    "a sign of money": (
        "ana,2024-01-01,1,in,$5,,",
        "paid The column paid holds a value that is not a number",
    ),
    "less than nothing": (
        "ana,2024-01-01,1,in,-5,,",
        "paid The column paid holds a number out of range",
    ),
    "another form": (
        "ana,2024-01-01,1,in,,9001,",
        "zip The column zip holds a value that is not of its form",
    ),
    "two columns at odds": (
        "ana,2024-01-02,1,in,,,2024-01-01",
        "The rule due-later (the next time is after this one) is broken",
    ),
}


@pytest.mark.parametrize(("row", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_by_row_and_column(tmp_path: Path, row: str, message: str) -> None:
    head = "feeds/f.csv:2" if message.startswith("The rule") else "feeds/f.csv:2 "

    assert refused(tmp_path, VISITS, f"{HEADER}{row}\n") == [f"{head} {message} in 1 row: row 1."]


def test_all_faults_are_gathered_and_none_shows_a_value(tmp_path: Path) -> None:
    rows = ["ana,someday,0,up"] * 7 + ["ben,2024-01-01,1,in"]

    messages = refused(tmp_path, VISITS, "who,on,times,kind\n" + "\n".join(rows) + "\n")

    assert len(messages) == 3
    assert all("in 7 rows: rows 1, 2, 3, 4, 5 and more." in message for message in messages)
    assert not any("someday" in message or "up" in message.split() for message in messages)


def test_a_share_of_refused_rows_may_be_accepted_and_each_is_listed(tmp_path: Path) -> None:
    rows = "ana,2024-01-01,0,up\nben,2024-01-01,1,in\nc,2024-01-01,2,in\nd,2024-01-01,3,in\n"

    seen = read(tmp_path, VISITS, "who,on,times,kind\n" + rows, refused_at_most="25%")

    assert [row["row"] for row in seen.only] == [2, 3, 4]
    assert seen.refused == {"visits": {"range": [1], "code": [1]}}
    assert [file.refused for file in seen.files.files] == [1]


def test_one_row_more_than_accepted_refuses_the_extract(tmp_path: Path) -> None:
    rows = "ana,2024-01-01,0,in\nben,2024-01-01,0,in\nc,2024-01-01,2,in\nd,2024-01-01,3,in\n"

    assert refused(tmp_path, VISITS, "who,on,times,kind\n" + rows, refused_at_most="25%") == [
        "feeds/f.csv:2  times The column times holds a number out of range in 2 rows: rows 1, 2."
    ]


@pytest.mark.parametrize(
    ("row", "count", "lines"),
    [
        ("ana,2024-01-01,1\n", "1 line with", "line 3"),
        ("ana,2024-01-01,1,in,more\n", "1 line with", "line 3"),
        ("a\n" * 7, "7 lines with", "lines 3, 4, 5, 6, 7 and more"),
    ],
)
def test_too_few_or_too_many_values_are_named_by_line(
    tmp_path: Path, row: str, count: str, lines: str
) -> None:
    good = "who,on,times,kind\nben,2024-01-01,1,in\n"

    assert refused(tmp_path, VISITS, good + row) == [
        f"feeds/f.csv:3 {count} more or fewer values than the header has columns: {lines}."
    ]


def test_a_column_the_file_lacks_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, VISITS, "who,kind,ON\nana,in,x\n") == [
        "feeds/f.csv:1 The file lacks these columns of the layout made-up: on, times; it has ON, "
        "whose letters differ."
    ]


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, VISITS, "who,who,on,times,kind\n") == [
        "feeds/f.csv:1 The columns 1 and 2 of the header have the same name."
    ]


def test_a_file_without_a_header_shows_no_value_of_its_first_row(tmp_path: Path) -> None:
    told = refused(tmp_path, VISITS, "Ana,2024-01-01,2024-01-01,Ana\nBen,2024-01-02,1,in\n")

    assert told == [
        "feeds/f.csv:1 The columns 1 and 4 of the header have the same name.",
        "feeds/f.csv:1 The columns 2 and 3 of the header have the same name.",
    ]


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "The file is empty" in refused(tmp_path, VISITS, content)[0]


def test_another_delimiter_is_told_from_a_lacking_column(tmp_path: Path) -> None:
    assert refused(tmp_path, VISITS, "who;on;times\nana;2024-01-01;1\n") == [
        "feeds/f.csv:1 The header holds `;` where `,` should stand between the columns."
    ]


def test_a_file_that_is_not_utf_8_is_refused_by_line(tmp_path: Path) -> None:
    content = b"who,on,times\nana,2024-01-01,1\nJos\xe9,2024-01-01,1\n"

    assert refused(tmp_path, VISITS, content) == [
        "feeds/f.csv:3 The file cannot be read as UTF-8 text."
    ]


@pytest.mark.parametrize("mark", [b"PK\x03\x04rest", b"\x1f\x8brest", b"PAR1rest"])
def test_a_file_whose_name_is_not_what_it_is_is_refused(tmp_path: Path, mark: bytes) -> None:
    (message,) = refused(tmp_path, VISITS, mark)

    assert "its name says that it is text" in message


def test_a_quote_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, VISITS, 'who,on,times\n"ana,2024-01-01,1\nb,2024-01-01,1\n')

    assert "its quotes or the ends of its lines" in message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, VISITS, None)

    assert message == "feeds/f.csv The feed's file is not there or cannot be read."


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
        seen = read(folder, VISITS, header + body, refused_at_most="100%")
    except Refusal as refusal:
        assert refusal.problems
    else:
        (file,) = seen.files.files
        assert len(seen.only) == file.kept == file.rows - file.refused


def test_a_file_of_which_nothing_is_permitted_is_not_opened(tmp_path: Path) -> None:
    main = FeedFile("main", "one row a visit", (FeedColumn("id", "text", "its number"),))
    more = FeedFile(
        "more",
        "one row a remark",
        (FeedColumn("remark", "text", "words", may_be_missing=True),),
        may_be_missing=True,
    )

    seen = read(
        tmp_path,
        layout_of(main, more),
        {"main.csv": "id\n1\n", "more.csv": b"\xff\xfe no table"},
        permitted=("id",),
    )

    assert len(seen.files.files) == 1
    assert seen.rows.get("more", []) == []
