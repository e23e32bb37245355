"""HMIS exports of either year are read from their files: tombstones, codes, faults by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from payforsuccess.records.hmis import LAYOUT
from tests.lib.extracts import read, refused
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

    (said,) = refused(tmp_path, LAYOUT, {**SAMPLE, "Exit.csv": exits})

    assert "Exit.csv" in said
    assert "Destination holds a code the layout does not know in 1 row: row 2" in said
    assert "777" not in said
