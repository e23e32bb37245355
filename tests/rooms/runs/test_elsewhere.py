"""Results made elsewhere are determined by plan, code, log and paper; the chain ends there."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

import payforsuccess
from payforsuccess.deal.results import Determination
from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder, read_deal
from payforsuccess.runs.statement.determine import determine
from payforsuccess.trail import fingerprint

TEMPLATE = Path(payforsuccess.__file__).parent / "templates" / "randomised-reentry"
MARK = "sha256:" + "a" * 64
EVALUATOR = "Example University"


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    shutil.copytree(TEMPLATE, folder)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 signed elsewhere")
    return folder


def stated(deal: Path, **changes: Any) -> dict[str, Any]:
    plan = read_deal(deal).evaluation["arrests"]
    paper = hashlib.sha256((deal / "report.pdf").read_bytes()).hexdigest()
    effect: dict[str, Any] = {
        "plan": "arrests",
        "plan_fingerprint": fingerprint(plan.as_plain()),
        "as": "difference",
        "value": "7.3",
        "interval": ["0.4", "14.2"],
        "confidence": "90%",
        "p_value": "0.08",
        "treated": {"assigned": 200, "known": 190},
        "control": {"assigned": 200, "known": 188},
        "point": "one-year",
    }
    whole: dict[str, Any] = {
        "format": 1,
        "effects": [{**effect, **changes.pop("effect", {})}],
        "made_with": {
            "software": "R 4.4.1 with estimatr 1.0.4",
            "where": "The state's enclave, under its agreement of 2026",
            "code": MARK,
            "log": MARK,
        },
        "attested": {
            "by": "A. Name",
            "on": "2029-03-01",
            "document": f"sha256:{paper}",
            "kind": "report",
        },
    }
    return {**whole, **changes}


def signed(deal: Path, whole: dict[str, Any], **changes: Any) -> Determination:
    file = deal / "elsewhere.yaml"
    file.write_text(yaml.safe_dump(whole), encoding="utf-8")
    given: dict[str, Any] = {
        "party": EVALUATOR,
        "role": "evaluator",
        "signed_by": "A. Name",
        "on": date(2029, 3, 2),
        "made_elsewhere": file,
        "document": deal / "report.pdf",
    }
    return determine(deal, **{**given, **changes})


def refused(deal: Path, whole: dict[str, Any], **changes: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        signed(deal, whole, **changes)
    return [problem.what for problem in refusal.value.problems]


def test_an_estimate_of_another_program_is_determined_and_the_chain_ends_there(
    deal: Path,
) -> None:
    """R138: result, interval, plan fingerprint, code and log, a named person, a signed paper."""
    record = signed(deal, stated(deal))

    (result,) = record.results
    assert (result.outcome, result.point, result.value) == (
        "free_of_arrest",
        "one-year",
        Fraction(73, 10),
    )
    assert result.people == 378
    assert record.elsewhere is not None
    assert "the chain ends at the report signed by A. Name on 2029-03-01" in str(record)
    assert open_folder(deal).determinations() == (record,)
    kept = deal / "out" / "determinations"
    assert (kept / "0001-document.pdf").read_bytes() == (deal / "report.pdf").read_bytes()
    assert (kept / "0001-elsewhere.yaml").is_file()


def test_the_plans_decision_holds_for_it_too(deal: Path) -> None:
    """R138: an effect that the plan's level does not reject pays on no effect."""
    record = signed(deal, stated(deal, effect={"p_value": "0.11"}))

    assert [result.value for result in record.results] == [0]


def test_so_do_its_fall_back_rules(deal: Path) -> None:
    few = {"assigned": 130, "known": 110}

    record = signed(deal, stated(deal, effect={"treated": few}))

    assert [result.value for result in record.results] == [0]


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        ({"plan_fingerprint": MARK}, "Another plan was followed"),
        ({"as": "percent-reduction"}, "the plan pays on difference"),
        ({"confidence": "95%"}, "another confidence"),
        ({"plan": "unheard"}, "no plan called unheard"),
        ({"interval": ["8", "9"]}, "does not hold the estimate"),
        ({"treated": {"assigned": 10, "known": 11}}, "cannot hold 11"),
    ],
)
def test_what_does_not_fit_the_plan_is_refused(
    deal: Path, effect: dict[str, Any], message: str
) -> None:
    assert message in " ".join(refused(deal, stated(deal, effect=effect)))
    assert open_folder(deal).determinations() == ()


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        ({"value": "150", "interval": ["140", "160"], "p_value": "0.01"}, "lies outside what"),
        ({"p_value": "0.9"}, "contradict each other"),
        ({"interval": ["-3", "17.6"], "p_value": "0.001"}, "contradict each other"),
        ({"standard_error": "0.001"}, "does not fit the interval"),
        ({"treated": {"assigned": 4_000, "known": 3_000}}, "hold 4,200 people"),
    ],
)
def test_figures_that_cannot_belong_together_are_refused(
    deal: Path, effect: dict[str, Any], message: str
) -> None:
    assert message in " ".join(refused(deal, stated(deal, effect=effect)))


def test_a_paper_signed_after_the_determination_is_refused(deal: Path) -> None:
    early = refused(deal, stated(deal), on=date(2029, 2, 1))

    assert "signed on 2029-03-01, after the determination's day" in " ".join(early)


def test_another_paper_is_refused(deal: Path) -> None:
    whole = stated(deal)
    (deal / "report.pdf").write_bytes(b"%PDF-1.7 another")

    assert "not the one that was signed" in refused(deal, whole)[0]


def test_another_person_is_refused(deal: Path) -> None:
    assert "signed by another" in refused(deal, stated(deal), signed_by="B. Other")[0]


def test_no_paper_and_results_beside_it_are_refused(deal: Path) -> None:
    assert "need the document" in refused(deal, stated(deal), document=None)[0]
    assert "by themselves" in refused(deal, stated(deal), results=deal / "results.yaml")[0]


def test_an_agencys_totals_are_determined_the_same_way(deal: Path) -> None:
    """R138: the same for agencies that release only totals."""
    total = {
        "outcome": "in_work",
        "period": 1,
        "value": 6,
        "people": 40,
        "released_by": "State labor department",
    }

    record = signed(deal, stated(deal, effects=[], totals=[total]))

    (result,) = record.results
    assert (result.outcome, result.value) == ("in_work", 6)
    assert result.source == "Released by State labor department, without anything about a person"


def test_an_effect_is_no_total(deal: Path) -> None:
    total = {
        "outcome": "free_of_arrest",
        "point": "one-year",
        "value": 6,
        "released_by": "State police",
    }

    assert "rests on the estimate" in refused(deal, stated(deal, effects=[], totals=[total]))[0]
