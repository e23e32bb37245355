"""The single steps from records to results give what the whole run gives."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.new import new
from payforsuccess.runs.run.deliver import evaluate, ingest, measure
from payforsuccess.runs.statement.determine import determine

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "maryland-reentry"


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("example") / "deal"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("out"))
    return copy


def test_the_same_records_give_the_same_snapshot(deal: Path) -> None:
    first, second = ingest(deal), ingest(deal)

    assert first.snapshot == second.snapshot
    assert dict(first.tables)["people"] == 432
    assert "spells" not in str(first) and "traits" not in str(first)


def test_measured_outcomes_are_provisional_and_can_be_signed(deal: Path, tmp_path: Path) -> None:
    found = measure(deal, to=tmp_path / "measured.json")
    record = determine(
        deal,
        party="Independent evaluator (illustrative)",
        role="evaluator",
        signed_by="A. Name",
        on=date(1975, 12, 31),
        results=tmp_path / "measured.json",
    )

    assert [int(result.value) for result in found.results] == [0, 168]
    assert "provisional" in str(found)
    assert [result.value for result in record.results] == [0, 168]


def test_a_plan_gives_its_counts_and_its_value(deal: Path) -> None:
    found = evaluate(deal)

    assert "aid (treated): 48 of 216" in str(found)
    assert "no-aid (control): 66 of 216" in str(found)
    assert [result.outcome for result in found.results] == ["arrest_reduction"]


def test_a_day_after_the_agreement_is_refused(deal: Path, tmp_path: Path) -> None:
    new(tmp_path, template="rate-card")
    with pytest.raises(Refusal):
        ingest(tmp_path, as_of=date(2040, 1, 1))


@pytest.mark.parametrize("step", [ingest, measure, evaluate])
def test_a_day_before_the_data_end_is_refused(deal: Path, step: object) -> None:
    with pytest.raises(Refusal, match=r"through 1975-12-30, which no one had on 1975-06-01"):
        step(deal, as_of=date(1975, 6, 1))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("step", "key", "said"),
    [(measure, "measure", "states a measure"), (evaluate, "estimate", "evaluation plan")],
    ids=["measure", "evaluate"],
)
def test_a_deal_without_such_outcomes_is_refused(
    deal: Path, tmp_path: Path, step: object, key: str, said: str
) -> None:
    copy = Path(shutil.copytree(deal, tmp_path / "deal"))
    before, heading, after = (copy / "deal.yaml").read_text("utf-8").partition("\nevaluation:\n")
    without = re.sub(rf"^    {key}:.*\n(?:      .*\n)*", "", before, flags=re.MULTILINE)
    (copy / "deal.yaml").write_text(without + heading + after, "utf-8")

    with pytest.raises(Refusal, match=said):
        step(copy)  # type: ignore[operator]
