"""Every layout's sample rows are read and cleaned the way an agency's own files are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import payforsuccess.records
from payforsuccess.deal.data import DataSource, PublicLicence
from payforsuccess.deal.tables import KEPT_TABLES
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.reading import FeedFiles, read_feed
from payforsuccess.store import Store, open_store

COLUMNS = {table.name: list(table.column_names) for table in KEPT_TABLES}
WORDS = {"spells": "state", "events": "kind"}
OWN = ("hmis", "housing-subsidy", "provider-services", "programme-enrolments", "consents")
every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def sample_of(layout: FeedLayout, *, store: Store, workspace: Path) -> FeedFiles:
    """The layout's made-up rows, read as a feed that anyone can have."""
    folder = Path(payforsuccess.records.__file__).parent / layout.name.replace("-", "_")
    source = DataSource.model_validate(
        {
            "feed": "sample",
            "layout": layout.name,
            "says": "Made-up rows.",
            "held_by": [{"name": "Nobody"}],
            "public": PublicLicence(licence="none", source="made up"),
            "refreshed": "once",
            "complete_through": date(2026, 6, 30),
            "file": "sample" if (folder / "sample").is_dir() else "sample.csv",
        }
    )
    permitted = {file.name: file.columns for file in layout.files}
    return read_feed(source, layout, folder, permitted=permitted, store=store, workspace=workspace)


@every_layout
def test_no_row_of_a_sample_is_refused(layout: FeedLayout, tmp_path: Path) -> None:
    with open_store() as store:
        read = sample_of(layout, store=store, workspace=tmp_path)

        assert read.refused == 0
        assert read.rows > 0


@every_layout
def test_what_a_sample_becomes_has_the_columns_of_the_canonical_tables(
    layout: FeedLayout, tmp_path: Path
) -> None:
    with open_store() as store:
        read = sample_of(layout, store=store, workspace=tmp_path)
        made = {name: store.run(table) for name, table in layout.clean(read.feed).items()}

    for name, table in made.items():
        assert table.column_names == COLUMNS[name]
        assert table.num_rows > 0, f"the sample shows no {name}"


@pytest.mark.parametrize("name", OWN)
def test_a_sample_shows_all_that_its_layout_reports(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    with open_store() as store:
        read = sample_of(layout, store=store, workspace=tmp_path)
        made = layout.clean(read.feed)
        words = {
            word
            for table, column in WORDS.items()
            if table in made
            for word in store.run(made[table].select(column)).column(column).to_pylist()
        }

    assert set(layout.reports) <= words
