"""From a dollar of a statement that rests on an estimate back to plan, estimate and fall-back."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.runs.run.run import Run, run
from payforsuccess.runs.statement.why import why
from tests.lib.watched import END, PLAN, a_watched_deal

AS_OF = date(2025, 12, 31)
POOLED: dict[str, Any] = {
    "looks": None,
    "monitoring": None,
    "sample_floor": "500",
    "fallback": [
        {
            "when": "sample-below-floor",
            "then": "pool",
            "plan": "again",
            "says": "With fewer than 500 in an arm, both count.",
        }
    ],
    "pooling": [{"plan": "bookings", "weight": "80%"}, {"plan": "again", "weight": "20%"}],
    "draws": "40",
    "seed": "1",
}


def a_pooled_deal(folder: Path) -> Path:
    """A watched deal whose plan has too few people, and pools with another of the same kind."""
    deal = a_watched_deal(folder, through=END, plan=POOLED)
    stated = json.loads((deal / "deal.yaml").read_text())
    again = {key: value for key, value in PLAN.items() if key not in ("looks", "monitoring")}
    stated["evaluation"]["again"] = again
    (deal / "deal.yaml").write_text(json.dumps(stated))
    return deal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(a_pooled_deal(tmp_path_factory.mktemp("pooled") / "deal"), as_of=AS_OF)


def test_the_terminal_says_that_a_fall_back_was_followed_and_with_which_weights(made: Run) -> None:
    said = str(made)

    assert "for bookings. The fall-back rule holds: With fewer than 500" in said
    assert "Pooled: 0.8 of bookings" in said and "0.2 of again" in said


def test_a_statement_says_how_sure_it_is_and_how_its_value_was_come_to(made: Run) -> None:
    said = made.report.read_text()

    for text in (str(made), said):
        assert "(60 people against a floor of 500)" in text
        assert "Made of 80% of bookings" in text
        assert "p-value below 0.001." in text


def test_why_goes_on_to_the_plan_the_estimates_and_their_records(made: Run) -> None:
    found = why(made.folder, line="1")
    said = str(found)

    assert "Plan      bookings: The share booked within half a year, everyone as drawn." in said
    assert "Estimand  intention to treat, everyone as assigned" in said
    assert "coach (treated): 15 of 60" in said
    assert "Fall-back of bookings followed: With fewer than 500" in said
    (behind,) = found.estimates
    assert behind.payable is not None
    assert f"Evidence  {behind.payable.fingerprint}" in said
    assert [each.plan for each in behind.estimates] == ["bookings", "again"]
    assert all(each.evidence in said and each.fingerprint in said for each in behind.estimates)
    assert "payable-bookings.json, estimate-bookings.json, estimate-again.json" in said


def test_a_record_that_was_changed_since_is_not_taken_for_the_estimate(
    made: Run, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(made.folder.parents[2], tmp_path / "deal"))
    home = root / "out" / "runs" / made.name
    kept = home / "payable-bookings.json"
    kept.write_text(kept.read_text().replace('"people":120', '"people":121'))

    said = str(why(home, line="1"))

    assert "No run here keeps the estimate" in said
    assert "Made of 80% of bookings" in said
