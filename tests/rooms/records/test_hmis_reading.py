"""HMIS exports of either year are read from their files: tombstones, codes, faults by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Place
from payforsuccess.records import check_use
from payforsuccess.records.hmis import LAYOUT
from tests.lib.extracts import a_source, read, refused
from tests.lib.feeds import cleaned
from tests.rooms.records.test_county_pages import folder_of

Rows = dict[str, list[dict[str, Any]]]
SAMPLE = {
    path.name: path.read_text(encoding="utf-8") for path in (folder_of(LAYOUT) / "sample").iterdir()
}
OF_2024 = """\
PersonalID,FirstName,LastName,Woman,Man,NonBinary,HispanicLatinaeo,White,VeteranStatus,DateDeleted
P-1,Ana,Sample,1,0,0,1,0,99,
P-2,Ben,Specimen,0,1,0,0,1,1,
P-3,Chris,Dummy,0,0,1,0,0,8,
"""


def rows_of(folder: Path, **files: str) -> Rows:
    """The canonical rows of the sample, with other text for some of its files."""
    seen = read(folder, LAYOUT, {**SAMPLE, **{f"{name}.csv": files[name] for name in files}})
    typed = {
        name: [{column: row[column] for column in row if column != "row"} for row in rows]
        for name, rows in seen.rows.items()
    }
    return cleaned(LAYOUT, typed)


def labels(made: Rows, trait: str) -> dict[object, object]:
    """A trait by person, as a word or else as a number."""
    rows = [row for row in made["traits"] if row["trait"] == trait]
    return {row["person"]: row["label"] or row["value"] for row in rows}


def test_an_export_of_2026_becomes_stays_nights_and_people(tmp_path: Path) -> None:
    made = rows_of(tmp_path)

    assert {row["person"] for row in made["people"]} == {"P-1", "P-2", "P-3"}
    assert sorted(
        (row["person"], row["state"], row["start_on"].isoformat(), str(row["end_on"]))
        for row in made["spells"]
    ) == [
        ("P-1", "housed", "2025-02-03", "2025-09-14"),
        ("P-1", "sheltered", "2024-06-01", "2024-06-03"),
        ("P-1", "sheltered", "2024-10-05", "2024-10-06"),
        ("P-2", "sheltered", "2025-01-10", "2025-03-04"),
        ("P-3", "housed", "2025-02-03", "None"),
        ("P-3", "unsheltered", "2025-01-02", "2025-01-03"),
    ]
    assert labels(made, "race") == {"P-1": "black", "P-2": "several"}
    assert labels(made, "veteran") == {"P-1": 0}


def test_an_export_of_2024_is_read_by_the_same_layout(tmp_path: Path) -> None:
    made = rows_of(tmp_path, Client=OF_2024)

    assert {row["person"]: row["sex"] for row in made["identities"]} == {
        "P-1": "female",
        "P-2": "male",
        "P-3": None,
    }
    assert labels(made, "race") == {"P-1": "hispanic", "P-2": "white"}
    assert labels(made, "veteran") == {"P-2": 1}


def test_withdrawn_rows_are_left_out_with_all_that_names_them(tmp_path: Path) -> None:
    withdrawn = SAMPLE["Client.csv"].replace("u,,1\nP-4", "u,2026-01-03 08:00:00,1\nP-4")

    made = rows_of(tmp_path, Client=withdrawn)

    assert {row["person"] for rows in made.values() for row in rows} == {"P-1", "P-2"}


def test_a_code_that_hud_does_not_have_is_refused_by_row_and_never_shown(tmp_path: Path) -> None:
    exits = SAMPLE["Exit.csv"].replace(",207,", ",777,")

    enrolment, said = refused(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits})

    assert "Exit.csv" in said
    assert "Destination holds a code the layout does not know in 1 row: row 2" in said
    assert "Enrollment.csv" in enrolment
    assert "777" not in said + enrolment


def test_an_exit_before_its_entry_is_refused_and_listed(tmp_path: Path) -> None:
    exits = SAMPLE["Exit.csv"].replace("2025-09-14,435", "2025-01-19,435")

    seen = read(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits}, refused_at_most="90%")

    assert seen.refused["Exit"] == {"exit-before-entry": [1]}


def test_an_exit_on_the_day_of_entry_breaks_nothing(tmp_path: Path) -> None:
    exits = SAMPLE["Exit.csv"].replace("2025-09-14,435", "2025-01-20,435")

    assert read(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits}).refused["Exit"] == {}


EXITS = {
    "before the entry": ("2025-09-14,435", "2025-01-19,435"),
    "on no day": ("2025-09-14,435", "2025-09-31,435"),
    "to nowhere that is known": ("2025-09-14,435", "2025-09-14,777"),
}


@pytest.mark.parametrize(("stated", "instead"), EXITS.values(), ids=EXITS)
def test_an_enrolment_whose_exit_was_refused_does_not_go_on(
    tmp_path: Path, stated: str, instead: str
) -> None:
    """Nor does what rests on it: how long it lasted is not known, and open would be too long."""
    files = {**SAMPLE, "Exit.csv": SAMPLE["Exit.csv"].replace(stated, instead)}

    seen = read(tmp_path, LAYOUT, files, refused_at_most="90%")

    assert seen.refused["Enrollment"] == {"end-refused": [2]}
    assert seen.refused["Services"] == {"parent-refused": [5]}
    assert [row["EnrollmentID"] for row in seen.rows["Exit"]] == ["N-4", "N-1"]
    assert "N-2" not in {row["EnrollmentID"] for row in seen.rows["Enrollment"]}
    assert "parent-refused" not in seen.refused["Exit"], "the exit took its enrolment with it"


def test_an_exit_that_names_no_enrolment_on_record_takes_none_with_it(tmp_path: Path) -> None:
    exits = SAMPLE["Exit.csv"].replace("X-1,N-2", "X-1,N-9")

    seen = read(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits}, refused_at_most="90%")

    assert seen.refused["Exit"] == {"reference": [1]}
    assert seen.refused["Enrollment"] == {}


def test_an_exit_that_was_withdrawn_leaves_its_enrolment_open(tmp_path: Path) -> None:
    exits = SAMPLE["Exit.csv"].replace(
        "2025-09-14 08:00:00,u,,1", "2025-09-14 08:00:00,u,2025-09-20,1"
    )

    seen = read(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits})

    assert "N-2" in {row["EnrollmentID"] for row in seen.rows["Enrollment"]}


@pytest.mark.parametrize(
    ("stated", "instead", "day"),
    [
        ("2020-01-01,2026-06-30", "2020-01-01,2025-09-30", "2025-09-30"),
        ("2026-07-05 09:30:00", "2025-11-30 09:30:00", "2025-11-30"),
    ],
)
def test_an_export_that_ends_before_the_deal_says_stops_the_work(
    tmp_path: Path, stated: str, instead: str, day: str
) -> None:
    files = {**SAMPLE, "Export.csv": SAMPLE["Export.csv"].replace(stated, instead)}

    (said,) = refused(tmp_path, LAYOUT, files, refused_at_most="90%")

    assert "Export.csv" in said
    assert f"ends on {day}, and the deal that the feed f is complete through 2025-12-31" in said
    assert read(tmp_path, LAYOUT, files, complete_through=day, refused_at_most="90%").rows


def test_a_column_that_marks_withdrawn_rows_must_be_permitted() -> None:
    columns = [f"{file.name}.{c.name}" for file in LAYOUT.files for c in file.columns]
    agreement = {
        "kind": "dsa",
        "parties": ["Agency", "Evaluator"],
        "purpose": "Evaluation",
        "permitted_columns": [name for name in columns if name != "Exit.DateDeleted"],
        "regime": "none",
        "signed_on": "2024-01-01",
        "expires_on": "2026-12-31",
    }
    day = date(2026, 1, 1)

    (problem,) = check_use(
        a_source(LAYOUT, agreement=agreement, public=None),
        LAYOUT,
        as_of=day,
        today=day,
        where=Place(),
    )

    assert "does not permit columns that the layout hmis needs: Exit.DateDeleted." in problem.what
