"""The example gives the statement its README shows, and the same one again."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from payforsuccess.runs.run.replay import replay
from payforsuccess.runs.run.run import Run, run
from payforsuccess.units import exact, to_minor

EXAMPLE = Path(__file__).parents[2] / "examples" / "maryland-reentry"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = tmp_path_factory.mktemp("example") / "maryland-reentry"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("out"))
    return run(home)


def test_every_line_is_the_expected_one(done: Run) -> None:
    with (EXAMPLE / "expected" / "lines.csv").open() as file:
        expected = list(csv.DictReader(file))
    values = {(r.outcome, r.value) for r in done.statement.results}

    assert [(line.term, line.period, line.amount) for line in done.statement.lines] == [
        (row["term"], int(row["period"]), to_minor(exact(row["amount"]), "USD")) for row in expected
    ]
    assert {(row["outcome"], exact(row["value"])) for row in expected} == values
    assert done.statement.total == 156_300_00


def test_the_output_says_that_terms_are_illustrative(done: Run) -> None:
    assert "The payment terms are illustrative" in str(done)
    assert "48 of 216" in str(done)
    assert "66 of 216" in str(done)


def test_each_read_of_records_is_logged_with_its_columns(done: Run) -> None:
    (read,) = json.loads((done.folder / "reads.json").read_text())

    assert (read["feed"], read["rows"], read["unread"]) == ("rossi", 432, [])
    assert read["columns"][:3] == ["week", "arrest", "fin"]


def test_the_readme_shows_what_comes_out() -> None:
    readme = (EXAMPLE / "README.md").read_text()

    for shown in ("| **48** | **66** |", "156,300.00", "84,000.00", "72,300.00"):
        assert shown in readme


def test_a_replay_gives_every_result_again(done: Run) -> None:
    again = replay(done.folder)

    assert again.is_same, str(again)
