"""What agencies send by mistake, as a person meets it who runs `pfs ingest`.

Each mistake is told with its place and what to do, nothing of the extract is kept, what was there
before is as it was, and no value of a row is in anything that is said or written about it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.lib.booked import COLUMNS, GOOD, HEADER, a_booked_folder
from tests.lib.pfs import Done, pfs

CHARGED = [*(f"bookings.{name}" for name in COLUMNS), "charges.booking_id", "charges.level"]
NAMED = [*COLUMNS, "given_name", "family_name", "born_on"]


def said(done: Done) -> str:
    return " ".join((done.err + done.out).split())


def snapshots(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("out/snapshots/*/snapshot.json")}


def stopped(folder: Path) -> Path:
    return folder / "out" / "quality" / "stopped"


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("bookings.csv", text)
    return packed.getvalue()


UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "a semicolon for a comma": (GOOD.replace(",", ";"), "holds `;` where `,` should stand"),
    "another character set": (
        GOOD.replace("P2", "Peña").encode("latin-1"),
        "bookings.csv:3 The file cannot be read as UTF-8 text.",
    ),
    "a header of its own": (
        GOOD.replace("booking_id", "BookingNumber"),
        "lacks these columns of the layout jail-bookings: booking_id",
    ),
    "no header": (GOOD.removeprefix(HEADER), "lacks these columns of the layout jail-bookings"),
    "a zipped file": (zipped(GOOD), "The file is packed (ZIP)"),
    "a file in gzip": (gzip.compress(GOOD.encode()), "The file is packed (gzip)"),
    "a file of nothing": ("", "The file is empty; its first line should name the columns."),
    "a row cut short": (GOOD + "B3,P3\n", "more or fewer values than the header has columns"),
}


@pytest.mark.parametrize(("content", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_by_its_line(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    folder = a_booked_folder(tmp_path, {"bookings.csv": content})

    done = pfs("ingest", folder)

    assert done.code == 10
    assert message in said(done)
    assert "Peña" not in done.err
    assert not snapshots(folder)
    found = json.loads((stopped(folder) / "quality.json").read_text())
    assert found["unread"] == ["jail"]
    assert any(message.split(":")[-1].strip()[-20:] in each["what"] for each in found["stopped_by"])


FAULTY: dict[str, tuple[Mapping[str, str], dict[str, Any], str, tuple[str, ...]]] = {
    "days the other way round": (
        {"bookings.csv": GOOD.replace("2024-01-02", "02/01/2024")},
        {},
        "a value that is not a day of the calendar in 1 row: row 2.",
        ("2", "booked_at", "type"),
    ),
    "a key twice": (
        {"bookings.csv": GOOD + "B1,P3,2024-02-01,,\n"},
        {},
        "The key booking_id names a row a second time in 1 row: row 3.",
        ("3", "booking_id", "key"),
    ),
    "a child without its parent": (
        {"bookings.csv": GOOD, "charges.csv": "booking_id,level\nB1,felony\nB7,felony\n"},
        {"agreement": {"permitted_columns": CHARGED}},
        "The column booking_id names a row that bookings does not hold in 1 row: row 2.",
        ("2", "booking_id", "reference"),
    ),
    "a release before its booking": (
        {"bookings.csv": GOOD.replace("2024-01-05", "2023-12-31")},
        {},
        "The rule release-before-booking (nobody is released before they are booked) is broken in "
        "1 row: row 1.",
        ("1", "", "release-before-booking"),
    ),
    "a day that has not come": (
        {"bookings.csv": GOOD.replace("2024-01-02", "2031-01-02")},
        {},
        "a day after 2024-06-30, the last that the feed says it covers in 1 row: row 2.",
        ("2", "booked_at", "future"),
    ),
}


@pytest.mark.parametrize(("files", "jail", "message", "listed"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_row_stops_the_extract_with_a_report_and_the_way_on(
    tmp_path: Path,
    files: Mapping[str, str],
    jail: dict[str, Any],
    message: str,
    listed: tuple[str, ...],
) -> None:
    folder = a_booked_folder(tmp_path, files, **jail)

    done = pfs("ingest", folder)

    assert done.code == 10
    assert message in said(done)
    assert "rows of the feed jail are refused, and the deal accepts none" in said(done)
    assert "state `refused_at_most: " in said(done)
    assert "why under `refused_because`" in said(done)
    assert "the first row of a key is kept" not in said(done)
    assert str(stopped(folder) / "quality.html") in done.err
    assert not snapshots(folder)
    with (stopped(folder) / "refused-jail.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["column"], row["rule"]) == listed
    page = (stopped(folder) / "quality.html").read_text()
    assert "Stopped: nothing of this was kept" in page
    assert "What stopped it" in page
    found = json.loads((stopped(folder) / "quality.json").read_text())
    assert found["snapshot"] is None
    assert sum(file["refused"] for file in found["feeds"][0]["files"]) == 1
    for file in stopped(folder).iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        for value in ("P1", "P3", "2031-01-02", "02/01/2024"):
            assert value not in file.read_text()


def test_the_share_that_the_message_names_lets_the_work_go_on(tmp_path: Path) -> None:
    rows = "".join(f"B{n},P{n},2024-01-01,,\n" for n in range(700)) + "B700,P1,bad,,\n"
    folder = a_booked_folder(tmp_path, {"bookings.csv": HEADER + rows})
    refused = pfs("ingest", folder)
    share = said(refused).partition("`refused_at_most: ")[2].partition("`")[0]
    assert share == "0.15%"
    assert stopped(folder).exists()

    a_booked_folder(folder, {}, refused_at_most=share, refused_because="One slip of the pen")
    done = pfs("ingest", folder)

    assert done.code == 0
    assert "1 of 701 rows were refused, and the deal accepts that" in said(done)
    assert "Its reason: One slip of the pen" in said(done)
    assert not stopped(folder).exists(), "the report on a stop that is mended would mislead"


def test_a_reason_for_refused_rows_needs_a_share_of_them(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path)
    text = (folder / "deal.yaml").read_text()
    (folder / "deal.yaml").write_text(
        text.replace("  says: Bookings\n", "  says: Bookings\n  refused_because: Why not\n")
    )

    assert "none may be refused" in said(pfs("check", folder))


def test_a_header_alone_stops_the_first_load_unless_the_deal_says_it_may_be_so(
    tmp_path: Path,
) -> None:
    folder = a_booked_folder(tmp_path, {"bookings.csv": HEADER})

    done = pfs("ingest", folder)

    assert done.code == 10
    assert "bookings.csv The file holds a header and no rows" in said(done)
    assert "state `may_be_empty: [bookings]`" in said(done)
    assert not snapshots(folder)

    a_booked_folder(folder, {}, may_be_empty=["bookings"])
    done = pfs("ingest", folder)

    assert done.code == 0
    assert "feeds/jail/bookings.csv holds no rows." in said(done)


def test_a_file_that_may_be_missing_may_be_empty(tmp_path: Path) -> None:
    files = {"bookings.csv": GOOD, "charges.csv": "booking_id,level\n"}
    folder = a_booked_folder(tmp_path, files, agreement={"permitted_columns": CHARGED})

    assert pfs("ingest", folder).code == 0


def test_only_a_file_of_the_layout_may_be_said_to_be_empty(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, may_be_empty=["boookings"])

    done = pfs("ingest", folder)

    assert done.code == 10
    assert "under `may_be_empty` what the layout jail-bookings does not have: boookings" in said(
        done
    )


def test_two_people_under_one_number_are_told_by_their_rows(tmp_path: Path) -> None:
    header = HEADER.strip() + ",given_name,family_name,born_on\n"
    rows = "B1,P1,2024-01-01,,,Ann,Alder,1980-01-01\nB2,P1,2024-01-02,,,Bea,Birch,1990-02-02\n"
    folder = a_booked_folder(
        tmp_path, {"bookings.csv": header + rows}, agreement={"permitted_columns": NAMED}
    )

    done = pfs("ingest", folder)

    assert done.code == 0
    assert (
        "1 number stands for people who differ in birth date and in both names (rows 1 and 2)"
        in (said(done))
    )
    assert "Alder" not in done.out.replace("Alder County", "")


def test_numbers_that_change_between_loads_stop_the_second_until_a_person_accepts(
    tmp_path: Path,
) -> None:
    def rows(start: int) -> str:
        return HEADER + "".join(f"B{n},P{n},2024-01-01,,\n" for n in range(start, start + 30))

    folder = a_booked_folder(tmp_path, {"bookings.csv": rows(0)})
    assert pfs("ingest", folder).code == 0
    before = snapshots(folder)
    a_booked_folder(folder, {"bookings.csv": rows(1000)})

    done = pfs("ingest", folder)

    assert done.code == 10
    assert "100% are not in this one: its agency may have given them new numbers." in said(done)
    assert "--accept-changes jail" in said(done)
    assert "100% are not in this one" in (stopped(folder) / "quality.html").read_text()
    assert snapshots(folder) == before
    assert pfs("ingest", folder, "--accept-changes", "jail").code == 0
