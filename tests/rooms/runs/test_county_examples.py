"""Just in Reach end to end on a small simulated county: near the truth, and labelled made up."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from payforsuccess.runs.run.run import Run, run
from payforsuccess.runs.simulate_county import simulate_county

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without its review band: what doubts are worth is tested where it is computed."""
    folder = tmp_path_factory.mktemp("just-in-reach")
    text = (EXAMPLES / "just-in-reach" / "deal.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("  review:")]
    (folder / "deal.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    simulate_county(folder, people=1_000, seed=2017, enrolled=100)
    return folder


@pytest.fixture(scope="module")
def done(folder: Path) -> Run:
    return run(folder)


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth" / "programme.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["moved_in_on"]]


def measured(done: Run, outcome: str) -> tuple[int, int]:
    """The outcome's total over all periods, and the people it is known for."""
    results = json.loads((done.folder / "results.json").read_text("utf-8"))["results"]
    mine = [result for result in results if result["outcome"] == outcome]
    assert mine
    return (
        sum(int(result["value"]) for result in mine),
        sum(int(result["people"] or 0) for result in mine),
    )


@pytest.mark.parametrize("months", [6, 12])
def test_homes_kept_are_within_five_points_of_the_truth(
    months: int, done: Run, truth: list[dict[str, str]]
) -> None:
    """Both ways of linkage to err take people out of the count, kept homes and lost ones alike."""
    known = [row[f"held_{months}_months"] for row in truth if row[f"held_{months}_months"]]
    kept, people = measured(done, f"home_{months}_months")

    assert 0.85 * len(known) <= people <= len(known)
    assert abs(kept / people - known.count("1") / len(known)) < 0.05


def test_returns_that_linkage_misses_look_like_success(
    done: Run, truth: list[dict[str, str]]
) -> None:
    """A jail record not found hides returns: the share without one lies above the truth's."""
    returns = [int(row["jail_returns_24_months"]) for row in truth if not row["died_on"]]
    free, people = measured(done, "no_return")
    counted, watched = measured(done, "returns")

    assert -0.02 < free / people - returns.count(0) / len(returns) < 0.12
    assert 0.75 < (counted / watched) / (sum(returns) / len(returns)) < 1.15


def test_every_amount_is_marked_as_made_up(done: Run) -> None:
    shown = str(done)

    assert "Practice statement" in shown
    assert "synthetic people" in shown
    assert "The payment terms are illustrative" in shown
    assert "synthetic" in done.report.read_text("utf-8")


def test_nothing_of_the_truth_is_read(folder: Path, done: Run) -> None:
    read = (done.folder / "reads.json").read_text("utf-8")

    assert "feeds/" in read
    assert "truth/" not in read


@pytest.mark.parametrize("name", ["just-in-reach", "denver-supportive-housing"])
def test_the_records_of_an_example_are_not_kept_in_the_repository(name: str) -> None:
    ignored = (EXAMPLES / name / ".gitignore").read_text("utf-8").splitlines()

    assert {"feeds/", "truth/"} <= set(ignored)
