"""A feed is read under an agreement that holds, or not at all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Refusal
from payforsuccess.records import LAYOUTS, Ingest, ingest
from payforsuccess.records import reading as reading_module
from payforsuccess.store import open_store

SAMPLE = Path(reading_module.__file__).parent / "reentry_experiment" / "sample.csv"
COLUMNS = [column.name for column in LAYOUTS["reentry-experiment"].files[0].columns]
AGREEMENT: dict[str, Any] = {
    "kind": "dsa",
    "parties": ["Department of corrections", "Evaluator"],
    "purpose": "Evaluation",
    "permitted_columns": COLUMNS,
    "regime": "none",
    "signed_on": "2024-01-01",
    "expires_on": "2024-12-31",
}
IN_FORCE = date(2024, 6, 1)


def source(**changes: Any) -> DataSource:
    stated = {
        "feed": "prison",
        "layout": "reentry-experiment",
        "says": "Releases and arrests",
        "held_by": [{"name": "Department of corrections"}],
        "agreement": AGREEMENT,
        "refreshed": "once",
        "complete_through": "1975-12-30",
        **changes,
    }
    return DataSource.model_validate({k: v for k, v in stated.items() if v is not None})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds").mkdir()
    shutil.copy(SAMPLE, tmp_path / "feeds" / "prison.csv")
    return tmp_path


def ingested(folder: Path, *sources: DataSource, on: date = IN_FORCE, **more: Any) -> Ingest:
    with open_store() as store:
        return ingest(sources, folder, as_of=on, store=store, **more)


def refused(folder: Path, *sources: DataSource, on: date = IN_FORCE) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        ingested(folder, *sources, on=on)
    return [f"{problem.where}: {problem.what}" for problem in refusal.value.problems]


def test_a_feed_becomes_canonical_rows_that_keep_feed_and_row(folder: Path) -> None:
    heard: list[str] = []
    found = ingested(folder, source(), tell=heard.append)

    rows = {name: table.num_rows for name, table in found.tables.items()}
    assert rows == {"people": 6, "enrolments": 6, "spells": 0, "events": 3, "traits": 36}
    arrests = found.tables["events"].to_pylist()
    assert [(e["person"], e["feed"], e["row"]) for e in arrests] == [
        ("p001", "prison", 1),
        ("p002", "prison", 2),
        ("p004", "prison", 4),
    ]
    assert heard == ["prison: 6 rows, 9 columns read"]


def test_a_read_is_logged_with_its_columns_and_the_files_fingerprint(folder: Path) -> None:
    path = folder / "feeds" / "prison.csv"
    path.write_text(
        "\n".join(
            line + (",name" if at == 0 else ",A. Person")
            for at, line in enumerate(path.read_text().splitlines())
        )
        + "\n"
    )

    (read,) = ingested(folder, source()).reads

    assert read.columns == tuple(COLUMNS)
    assert read.unread == ("name",)
    assert read.fingerprint.startswith("sha256:")


@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2024, 12, 31)])
def test_an_agreement_holds_from_its_first_day_to_its_last(folder: Path, on: date) -> None:
    assert ingested(folder, source(), on=on).reads


def test_an_expired_agreement_stops_the_ingest_before_any_file_is_opened(tmp_path: Path) -> None:
    assert refused(tmp_path, source(), on=date(2025, 1, 1)) == [
        "data[0]: The agreement for the feed prison expired on 2024-12-31; none of it was read."
    ]


def test_an_agreement_not_yet_signed_stops_the_ingest(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, source(), on=date(2023, 12, 31))

    assert "is signed on 2024-01-01, after 2023-12-31" in message


def test_a_column_the_layout_needs_must_be_permitted(folder: Path) -> None:
    agreement = {**AGREEMENT, "permitted_columns": ["week", "arrest", "name"]}

    needed, unknown = refused(folder, source(agreement=agreement))

    assert "does not permit columns that the layout reentry-experiment needs: fin, age" in needed
    assert "permits columns that the layout reentry-experiment does not have: name" in unknown


def test_no_feed_is_read_when_another_may_not_be(folder: Path) -> None:
    stale = source(feed="jail", agreement={**AGREEMENT, "expires_on": "2024-02-01"})

    (message,) = refused(folder, source(), stale)

    assert message.startswith("data[1]: The agreement for the feed jail expired")


def test_a_layout_that_is_not_there_is_refused_with_those_that_are(folder: Path) -> None:
    (message,) = refused(folder, source(layout="taxes"))

    assert "There is no layout called taxes." in message


def test_someone_must_hold_the_feed_on_the_day(folder: Path) -> None:
    (message,) = refused(folder, source(held_by=[{"name": "County", "from": "2025-01-01"}]))

    assert "No one holds the feed prison on 2024-06-01." in message


def test_public_data_need_no_agreement(folder: Path) -> None:
    public = {"licence": "MIT", "source": "A book"}

    assert ingested(folder, source(agreement=None, public=public), on=date(2040, 1, 1)).reads


def test_faults_of_all_feeds_are_told_together(folder: Path) -> None:
    (folder / "feeds" / "prison.csv").write_text(",".join(COLUMNS) + "\n1,1,2,20,1,0,0,1,2\n")

    messages = refused(folder, source(), source(feed="other"))

    assert len(messages) == 2
    assert "feeds/prison.csv:2  fin: The column fin holds a code" in messages[0]
    assert "feeds/other.csv: The feed's file is not there" in messages[1]


def test_the_place_in_the_deal_file_is_shown(tmp_path: Path) -> None:
    place = Place("deal.yaml", 31, 5, "data[0]")

    with pytest.raises(Refusal) as refusal:
        ingested(tmp_path, source(), on=date(2030, 1, 1), places=[place])

    assert refusal.value.problems[0].where == place


def test_an_enrolment_told_by_two_feeds_is_refused_not_counted_twice(folder: Path) -> None:
    shutil.copy(SAMPLE, folder / "feeds" / "other.csv")

    (message,) = refused(folder, source(), source(feed="other"))

    assert message == (
        "data: 6 enrolments stand in more than one row (feeds: other, prison), so they would be "
        "counted twice."
    )
