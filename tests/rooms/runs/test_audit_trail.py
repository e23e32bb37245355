"""R110: what moves money and scores leaves records that cannot be changed unseen.

Records of the command line alone: there is no log yet of who looked at or did what in a web app.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.selection.rank import rank
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.statements import issue, show
from payforsuccess.runs.statement.verify import verify
from tests.lib.approving import PREPARER, certified, yes
from tests.lib.folders import a_folder, draft, sign, write_results
from tests.lib.settling import problems_of

FIRST, SECOND = date(2026, 4, 20), date(2026, 7, 20)
RECORDS = ("determinations", "statements", "approvals")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two periods determined, stated and approved, each by its own people."""
    folder = a_folder(tmp_path_factory.mktemp("trail") / "deal", certified())
    for period, on in enumerate((FIRST, SECOND), 1):
        write_results(folder, homes=["7", "11"][:period])
        sign(folder, on=on)
        draft(folder, period=period, as_of=on)
        issue(folder, by=PREPARER)
        for person in ("Ash Reed", "Bay Reed"):
            yes(folder, person, period, on=on)
    return folder


def files_of(folder: Path, kind: str) -> list[Path]:
    """The records of a kind, oldest first, without the register that names the newest."""
    found = sorted((folder / "out" / kind).rglob("*.json"))
    return [each for each in found if each.name != "chain.json" and "drafts" not in each.parts]


def read_all(folder: Path) -> None:
    """Whatever reads records reads all of them, and refuses what does not hang together."""
    opened = open_folder(folder)
    opened.determinations()
    opened.statements()
    read_approvals(opened)


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("how", ["changed", "taken away"])
def test_a_record_that_was_changed_or_taken_away_is_refused(
    settled: Path, tmp_path: Path, kind: str, how: str
) -> None:
    """R110: results, statements and approvals each name the record before them."""
    folder = shutil.copytree(settled, tmp_path / "deal")
    read_all(folder)
    first = files_of(folder, kind)[0]
    if how == "changed":
        first.write_text(first.read_text("utf-8").replace("2026-04-20", "2026-04-21"), "utf-8")
    elif kind == "statements":
        shutil.rmtree(first.parent)
    else:
        first.unlink()
    with pytest.raises(Refusal) as refusal:
        read_all(folder)
    assert "Put the original" in problems_of(refusal.value)


@pytest.mark.parametrize("kind", RECORDS)
def test_each_record_says_who_when_and_what(settled: Path, kind: str) -> None:
    """R110: and which record it follows."""
    for path in files_of(settled, kind):
        text = path.read_text("utf-8")
        assert any(each.isoformat() in text for each in (FIRST, SECOND))
        json.loads(text)
    if kind == "approvals":
        said = [(each.said, each.by) for each in read_approvals(open_folder(settled))]
        assert said[:3] == [
            ("prepared", PREPARER),
            ("approved", "Ash Reed"),
            ("approved", "Bay Reed"),
        ]


def test_the_records_of_a_payment_replay_to_the_same_amount(settled: Path, tmp_path: Path) -> None:
    """R110: from the bundle alone, in another place, to the cent."""
    made = bundle(settled, to=tmp_path / "bundle.zip")
    found = verify(Path(made.path))
    assert found.holds, str(found)
    assert show(settled, 2).statement.total > show(settled, 1).statement.total


def test_a_score_changed_after_the_ranking_was_kept_is_refused_with_before_and_after(
    tmp_path: Path,
) -> None:
    """R110, R57: scores are held to the record of the ranking."""
    example = Path(__file__).parents[3] / "examples" / "concept-competition"
    folder = shutil.copytree(example, tmp_path / "competition")
    on = date(2026, 10, 5)
    rank(folder, on=on, keep=True, draws=0)
    scores = folder / "scores.csv"
    lines = scores.read_text("utf-8").splitlines()
    cells = lines[1].split(",")
    at = lines[0].split(",").index("score")
    cells[at] = "0" if cells[at] != "0" else "1"
    scores.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", "utf-8")
    with pytest.raises(Refusal) as refusal:
        rank(folder, on=on, draws=0)
    assert "scores.csv" in problems_of(refusal.value)
