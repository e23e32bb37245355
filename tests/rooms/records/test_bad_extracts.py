"""What agencies send by mistake: each is told by file and row, and no row is lost unsaid."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from payforsuccess.records.jail_bookings.layout import LAYOUT as JAIL
from tests.lib.extracts import read, refused

HEADER = "booking_id,person_ref,booked_at,released_at,release_type\n"
CHARGES = "charge_id,booking_id,statute,level\n"
GOOD = HEADER + "B1,P1,2024-01-01,2024-01-05,actual\nB2,P2,2024-01-02,,\n"

BAD = {
    "a semicolon for a comma": (
        {"bookings.csv": GOOD.replace(",", ";")},
        "bookings.csv:1 The header holds `;` where `,` should stand between the columns.",
    ),
    "another character set": (
        {"bookings.csv": GOOD.replace("P2", "Peña").encode("latin-1")},
        "bookings.csv:3 The file cannot be read as UTF-8 text.",
    ),
    "a header of its own": (
        {"bookings.csv": GOOD.replace("booking_id", "BookingNumber")},
        "bookings.csv:1 The file lacks these columns of the layout jail-bookings: booking_id.",
    ),
    "no header": (
        {"bookings.csv": GOOD.removeprefix(HEADER)},
        "bookings.csv:1 The file lacks these columns of the layout jail-bookings: booking_id, "
        "person_ref, booked_at.",
    ),
    "days the other way round": (
        {"bookings.csv": GOOD.replace("2024-01-02", "02/01/2024")},
        "bookings.csv:3  booked_at The column booked_at holds a value that is not a day of the "
        "calendar in 1 row: row 2.",
    ),
    "a key twice": (
        {"bookings.csv": GOOD + "B1,P3,2024-02-01,,\n"},
        "bookings.csv:4  booking_id The key booking_id names a row a second time in 1 row: row 3.",
    ),
    "a child without its parent": (
        {"bookings.csv": GOOD, "charges.csv": CHARGES + "C1,B1,459,felony\nC2,B7,459,felony\n"},
        "charges.csv:3  booking_id The column booking_id names a row that bookings does not hold "
        "in 1 row: row 2.",
    ),
    "a release before its booking": (
        {"bookings.csv": GOOD.replace("2024-01-05", "2023-12-31")},
        "bookings.csv:2 The rule release-before-booking (nobody is released before they are "
        "booked) is broken in 1 row: row 1.",
    ),
    "a day that has not come": (
        {"bookings.csv": GOOD.replace("2024-01-02", "2031-01-02")},
        "bookings.csv:3  booked_at The column booked_at holds a day after 2025-12-31, the last "
        "that the feed says it covers in 1 row: row 2.",
    ),
    "a file of nothing": (
        {"bookings.csv": ""},
        "bookings.csv:1 The file is empty; its first line should name the columns.",
    ),
    "a row cut short": (
        {"bookings.csv": GOOD + "B3,P3\n"},
        "bookings.csv:4 1 line with more or fewer values than the header has columns: line 4.",
    ),
}


@pytest.mark.parametrize(("files", "message"), BAD.values(), ids=BAD)
def test_a_mistake_is_told_by_file_and_row(
    tmp_path: Path, files: dict[str, str | bytes], message: str
) -> None:
    assert refused(tmp_path, JAIL, files) == [f"feeds/f/{message}"]


def test_a_zipped_file_is_refused_and_told_from_text(tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("bookings.csv", GOOD)

    assert refused(tmp_path, JAIL, {"bookings.csv": packed.read_bytes()}) == [
        "feeds/f/bookings.csv The file is packed (ZIP), and its name says that it is text."
    ]


@pytest.mark.parametrize("name", ["bookings.zip", "Bookings.csv.gz", "bookings.txt"])
def test_an_extract_of_another_kind_is_told_from_one_that_is_not_there(
    tmp_path: Path, name: str
) -> None:
    assert refused(tmp_path, JAIL, {name: b"PK"}) == [
        f"feeds/f/{name} The extract is there as a file of a kind that is not read."
    ]


def test_a_packed_file_is_not_passed_over_where_none_need_be(tmp_path: Path) -> None:
    assert refused(tmp_path, JAIL, {"bookings.csv": GOOD, "charges.csv.zip": b"PK"}) == [
        "feeds/f/charges.csv.zip The extract is there as a file of a kind that is not read."
    ]


def test_of_two_files_that_could_be_meant_none_is_taken(tmp_path: Path) -> None:
    assert refused(tmp_path, JAIL, {"bookings.csv": GOOD, "Bookings.parquet": b"PAR1"}) == [
        "feeds/f 2 files here could be the same extract: Bookings.parquet and bookings.csv."
    ]


def test_a_header_alone_would_say_that_nothing_happened_and_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, JAIL, {"bookings.csv": HEADER}) == [
        "feeds/f/bookings.csv The file holds a header and no rows, which would say that none of it "
        "ever happened to anyone."
    ]


def test_a_header_alone_is_a_file_without_rows_where_the_deal_says_so(tmp_path: Path) -> None:
    seen = read(tmp_path, JAIL, {"bookings.csv": HEADER}, may_be_empty=["bookings"])

    assert seen.rows["bookings"] == []


def test_a_child_of_a_refused_row_is_refused_with_the_reason(tmp_path: Path) -> None:
    files = {
        "bookings.csv": GOOD + "B3,,2024-01-01,,\n",
        "charges.csv": CHARGES + "C1,B3,459,felony\nC2,B1,459,felony\n",
    }

    seen = read(tmp_path, JAIL, files, refused_at_most="50%")

    assert seen.refused["charges"] == {"parent-refused": [1]}
    assert [row["row"] for row in seen.rows["charges"]] == [2]


def test_no_row_is_lost_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    files = {
        "bookings.csv": GOOD + "B1,,2031-01-01,x,actual\n,,,,\nB4,P4,2024-01-01,,\n",
        "charges.csv": CHARGES + ",,,\nC2,B9,,felony\nC3,B4,459,felony\n",
    }

    seen = read(tmp_path, JAIL, files, refused_at_most="100%")

    for file in seen.files.files:
        kept = {row["row"] for row in seen.rows[file.staged.file.name]}
        listed = {row for broken in file.broken for row in broken.first}
        assert kept | listed == set(range(1, file.rows + 1))
        assert not kept & listed
