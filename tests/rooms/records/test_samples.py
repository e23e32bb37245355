"""Every layout's sample rows are read and cleaned the way an agency's own files are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import payforsuccess.records
from payforsuccess.deal.tables import KEPT_TABLES
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS, _by_name
from tests.lib.extracts import Seen, read
from tests.lib.feeds import cleaned

COLUMNS = {table.name: list(table.column_names) for table in KEPT_TABLES}
WORDS = {"spells": "state", "events": "kind"}
OWN = ("hmis", "housing-subsidy", "provider-services", "programme-enrolments", "consents")
every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def sample_of(layout: FeedLayout, folder: Path) -> Seen:
    """The layout's made-up rows, read as a feed that anyone can have."""
    own = Path(payforsuccess.records.__file__).parent / layout.name.replace("-", "_")
    if (own / "sample.csv").is_file():
        return read(
            folder, layout, (own / "sample.csv").read_bytes(), complete_through="2026-06-30"
        )
    files = {path.name: path.read_bytes() for path in (own / "sample").iterdir()}
    return read(folder, layout, files, complete_through="2026-06-30")


def made_of(layout: FeedLayout, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What cleaning makes of the sample."""
    seen = sample_of(layout, folder)
    typed = {
        name: [{column: row[column] for column in row if column != "row"} for row in rows]
        for name, rows in seen.rows.items()
    }
    return cleaned(layout, typed)


@every_layout
def test_no_row_of_a_sample_is_refused(layout: FeedLayout, tmp_path: Path) -> None:
    seen = sample_of(layout, tmp_path)

    assert seen.files.refused == 0
    assert seen.files.rows > 0


@every_layout
def test_what_a_sample_becomes_has_the_columns_of_the_canonical_tables(
    layout: FeedLayout, tmp_path: Path
) -> None:
    for name, rows in made_of(layout, tmp_path).items():
        assert rows, f"the sample shows no {name}"
        assert all(list(row) == COLUMNS[name] for row in rows)


@pytest.mark.parametrize("name", OWN)
def test_a_sample_shows_all_that_its_layout_reports(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    made = made_of(layout, tmp_path)

    words = {row[column] for table, column in WORDS.items() for row in made.get(table, ())}
    assert set(layout.reports) <= words


def test_two_layouts_of_one_name_are_refused() -> None:
    layout = next(iter(LAYOUTS.values()))
    with pytest.raises(ValueError, match="two layouts are called"):
        _by_name([layout, layout])
