"""A run of plans that claim no effect comes to a statement like any other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.runs.run.run import run
from tests.lib.deals import EVALUATOR
from tests.lib.watched import END, MEASURE, a_watched_deal

ALONE: dict[str, Any] = {
    "assignment": None,
    "arms": None,
    "estimand": "att",
    "as": None,
    "standard_errors": None,
    "confidence": None,
    "test": None,
    "looks": None,
    "monitoring": None,
}
COUNT = {"design": "verified-count", "estimator": "none", "verified_by": EVALUATOR}
CHANGE = {
    "design": "pre-post",
    "estimator": "change-in-means",
    "before": {**MEASURE, "looks": "back"},
}


@pytest.mark.parametrize(
    ("plan", "unit", "says"),
    [(COUNT, "person", "count: 50.0 people"), (CHANGE, "percentage point", "change: ")],
)
def test_a_count_or_a_change_is_run_to_a_statement(
    tmp_path: Path, plan: dict[str, Any], unit: str, says: str
) -> None:
    """50 of 120 were booked; nothing is compared, and so nothing is tested."""
    deal = a_watched_deal(tmp_path / "deal", through=END, plan={**ALONE, **plan})
    stated = json.loads((deal / "deal.yaml").read_text())
    stated["outcomes"]["reduction"] |= {"unit": unit}
    stated["outcomes"]["reduction"]["bounds"]["value"] = {"least": "-200", "most": "200"}
    for source in stated["data"]:
        source["complete_from"] = "2020-01-01"
    (deal / "deal.yaml").write_text(json.dumps(stated))

    made = run(deal, as_of=date(2025, 12, 31))

    assert says in str(made)
    assert "Tests of no effect" not in made.report.read_text()
    assert made.statement.results[0].outcome == "reduction"
