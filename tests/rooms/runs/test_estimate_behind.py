"""From a dollar of a statement that rests on an estimate back to plan, estimate and fall-back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.runs.run.run import Run, run
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.statement.statements import issue
from payforsuccess.runs.statement.why import why
from tests.lib.deals import EVALUATOR
from tests.lib.watched import END, PLAN, a_watched_deal

AS_OF, IN_TIME = date(2025, 12, 31), date(2025, 6, 30)
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


@pytest.fixture(scope="module")
def pack(made: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The auditor's pack of the statement that was determined from the run and issued."""
    home = tmp_path_factory.mktemp("issued") / "deal"
    root = Path(shutil.copytree(made.folder.parents[2], home))
    signed: dict[str, Any] = {"role": "evaluator", "signed_by": "Jo Fir", "on": IN_TIME}
    determine(root, results=root / "out" / "runs" / made.name, party=EVALUATOR, **signed)
    for period in (1, 2):
        pay(root, period=period, as_of=AS_OF)
        issue(root)
    written = audit_pack(root, seed="dice", sample=30)
    assert "It rests on what the plan bookings found." in str(written)
    with zipfile.ZipFile(written.path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_auditor_can_draw_people_of_both_arms(pack: dict[str, bytes]) -> None:
    """Nobody is in the ledger: the line is paid on totals, and all 120 people decide it."""
    rows = list(csv.DictReader(io.StringIO(pack["estimate_people.csv"].decode())))
    drawn = json.loads(pack["pack.json"])["sample"]

    assert drawn["of"] == 120
    assert {row["person"] for row in rows} == set(drawn["drawn"])
    assert {row["arm"] for row in rows} == {"coach", "none"}
    assert {row["plan"] for row in rows} == {"bookings", "again"}
    sources = csv.DictReader(io.StringIO(pack["source_rows.csv"].decode()))
    assert {row["table"] for row in sources} >= {"enrolments"}


def test_the_pack_carries_the_estimates_as_the_run_wrote_them(
    made: Run, pack: dict[str, bytes]
) -> None:
    told = json.loads(pack["pack.json"])["estimates"]
    (result,) = told["results"]

    assert (result["plan"], result["estimand"]) == (
        "bookings",
        "intention to treat, everyone as assigned",
    )
    assert any("(60 people against a floor of 500)" in words for words in result["in_words"])
    assert told["made_again"] == [
        {"plan": "bookings", "is_same": True},
        {"plan": "again", "is_same": True},
    ]
    for name in ("payable-bookings.json", "estimate-bookings.json", "estimate-again.json"):
        assert pack[f"estimates/reduction/{name}"] == (made.folder / name).read_bytes()
    assert result["result"]["evidence"] == made.payable[0].fingerprint
