"""HMIS exports of either year are read from their files: tombstones, codes, faults by row."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Refusal
from payforsuccess.records.hmis import LAYOUT
from payforsuccess.records.reading import read_feed
from payforsuccess.store import open_store
from tests.rooms.records.test_county_pages import folder_of

Rows = dict[str, list[dict[str, object]]]
OF_2024 = """\
PersonalID,FirstName,LastName,Woman,Man,NonBinary,HispanicLatinaeo,White,VeteranStatus,DateDeleted
P-1,Ana,Sample,1,0,0,1,0,99,
P-2,Ben,Specimen,0,1,0,0,1,1,
P-3,Chris,Dummy,0,0,1,0,0,8,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deal's folder with the sample as its feed."""
    shutil.copytree(folder_of(LAYOUT) / "sample", tmp_path / "feeds" / "hmis")
    return tmp_path


def rows_of(folder: Path) -> Rows:
    """The canonical rows of the feed in a folder."""
    source = DataSource.model_validate(
        {
            "feed": "hmis",
            "layout": "hmis",
            "says": "Made-up rows.",
            "held_by": [{"name": "Nobody"}],
            "public": {"licence": "none", "source": "made up"},
            "refreshed": "once",
            "complete_through": date(2025, 12, 31),
        }
    )
    workspace = folder / "workspace"
    workspace.mkdir()
    permitted = {file.name: file.columns for file in LAYOUT.files}
    with open_store() as store:
        read = read_feed(
            source, LAYOUT, folder, permitted=permitted, store=store, workspace=workspace
        )
        made = LAYOUT.clean(read.feed)
        return {name: store.run(table).to_pylist() for name, table in made.items()}


def labels(made: Rows, trait: str) -> dict[object, object]:
    """A trait by person, as a word or else as a number."""
    rows = [row for row in made["traits"] if row["trait"] == trait]
    return {row["person"]: row["label"] or row["value"] for row in rows}


def test_an_export_of_2026_becomes_stays_nights_and_people(folder: Path) -> None:
    made = rows_of(folder)

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


def test_an_export_of_2024_is_read_by_the_same_layout(folder: Path) -> None:
    (folder / "feeds/hmis/Client.csv").write_text(OF_2024, encoding="utf-8")

    made = rows_of(folder)

    assert {row["person"]: row["sex"] for row in made["identities"]} == {
        "P-1": "female",
        "P-2": "male",
        "P-3": None,
    }
    assert labels(made, "race") == {"P-1": "hispanic", "P-2": "white"}
    assert labels(made, "veteran") == {"P-2": 1}


def test_withdrawn_rows_are_left_out_with_all_that_names_them(folder: Path) -> None:
    clients = folder / "feeds/hmis/Client.csv"
    text = clients.read_text(encoding="utf-8")
    clients.write_text(text.replace("u,,1\nP-4", "u,2026-01-03 08:00:00,1\nP-4"), encoding="utf-8")

    made = rows_of(folder)

    assert {row["person"] for rows in made.values() for row in rows} == {"P-1", "P-2"}


def test_a_code_that_hud_does_not_have_is_refused_by_row_and_never_shown(folder: Path) -> None:
    exits = folder / "feeds/hmis/Exit.csv"
    text = exits.read_text(encoding="utf-8")
    exits.write_text(text.replace(",207,", ",777,"), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        rows_of(folder)

    (problem,) = refused.value.problems
    assert "row 2" in problem.what
    assert problem.where is not None
    assert (problem.where.file, problem.where.field) == ("feeds/hmis/Exit.csv", "Destination")
    assert "777" not in problem.what + problem.do
