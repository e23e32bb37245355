"""Another department starts from a blueprint without editing code (R59, R61, R97)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.portfolio import reuse
from payforsuccess.runs.initiative.gate import gate
from payforsuccess.runs.initiative.replicate import NewInitiative, replicate
from payforsuccess.runs.learn.learn import learn
from tests.lib.initiatives import LEAST, PLANNED
from tests.lib.pfs import pfs

ON = date(2027, 1, 5)
SETTLED: dict[str, Any] = {
    **LEAST,
    **PLANNED,
    "milestones": [{"name": "Team seated", "baseline": "2026-02-04", "actual": "2026-02-10"}],
    "change_plan": [
        {
            "who": "Case managers",
            "changes": "They enter moves the same day",
            "why": "Days are paid for",
            "training": "An hour",
            "owner": "Ash",
            "due": "2026-03-01",
            "measure": "Entries within a day",
            "adoption": [{"on": "2026-04-01", "value": "8", "of": "10"}],
        }
    ],
    "data_access": [
        {
            "source": "jail",
            "holder": "Sheriff",
            "regime": "criminal records law",
            "agreement_needed": "an MOU",
            "status": "received",
            "first_file_on": "2026-05-01",
        }
    ],
    "documents": [{"document": "Term sheet", "origin": "new"}],
    "agreements": [
        {
            "name": "contract",
            "title": "Contract",
            "kind": "contract",
            "parties": ["A county", "A provider"],
            "signed_on": "2026-09-01",
        }
    ],
    "decisions": [
        {"name": "go", "on": "2026-02-02", "by": "Ash", "says": "Go", "reasons": "It is good"}
    ],
}


@pytest.fixture
def blueprint(tmp_path: Path) -> Path:
    folder = tmp_path / "housing-blueprint"
    folder.mkdir()
    (folder / "initiative.yaml").write_text(json.dumps(SETTLED))
    (folder / "performance.yaml").write_text("{format: 1, name: ours, version: 1, says: Ours.}")
    (folder / "deal.yaml").write_text("not read")
    return folder


def started(blueprint: Path, **changes: Any) -> tuple[NewInitiative, Initiative]:
    target = blueprint.parent / "new"
    asked = {"department": "Probation", "name": "Homes: “again”", "on": ON, **changes}
    made = replicate(target, blueprint=blueprint, **asked)
    file = target / "initiative.yaml"
    return made, read_whole(Initiative, file.read_bytes(), file=str(file))


def test_tasks_documents_and_gates_are_created(blueprint: Path) -> None:
    """R59."""
    made, found = started(blueprint)
    assert (found.department, found.from_blueprint) == ("Probation", "housing-blueprint")
    assert found.initiative == "Homes: “again”"
    tasks = (blueprint.parent / "new" / "TASKS.md").read_text()
    assert "- [ ] An end payor chairs the planning team. (R43)" in tasks
    assert made.tasks == tasks.count("- [ ]") > 10
    assert made.files == ("initiative.yaml", "TASKS.md", "performance.yaml")
    assert gate(blueprint.parent / "new", on=ON).stage == "idea"


def test_what_others_did_stays_behind(blueprint: Path) -> None:
    """R59: a milestone 30 days after the start is so again; no access, no adoption, no decision."""
    _, found = started(blueprint)
    assert [(m.baseline, m.actual) for m in found.milestones] == [(date(2027, 2, 4), None)]
    assert [(d.source, d.status, d.first_file_on) for d in found.data_access] == [
        ("jail", "not-asked", None)
    ]
    assert [(r.who, r.adoption, r.due) for r in found.change_plan] == [("Case managers", (), None)]
    assert not (found.decisions or found.agreements or found.organisations or found.team)
    assert not (blueprint.parent / "new" / "deal.yaml").exists()


def test_the_share_reused_is_on_record(blueprint: Path) -> None:
    """R97: term sheet and contract are reused, until one is changed."""
    _, found = started(blueprint)
    assert {(d.document, d.origin, d.from_) for d in found.documents} == {
        ("Term sheet", "reused", "housing-blueprint"),
        ("Contract", "reused", "housing-blueprint"),
    }
    assert reuse(found).share == 1


def test_the_type_of_contract_is_a_choice_and_gates_follow_it(blueprint: Path) -> None:
    """R61: without investors no one asks for the limit on their returns."""
    _, found = started(blueprint, contract_type="with-investors")
    assert found.contract_type == "with-investors"
    with pytest.raises(Refusal, match="no such type"):
        replicate(
            blueprint.parent / "other",
            blueprint=blueprint,
            department="Probation",
            name="x",
            on=ON,
            contract_type="with-luck",
        )


def test_use_by_further_departments_is_counted(blueprint: Path) -> None:
    """R60."""
    started(blueprint)
    (blueprint / "deal.yaml").unlink()
    assert "1 department started an initiative from a blueprint: Probation." in str(
        learn(blueprint.parent, on=ON)
    )


def test_a_folder_that_holds_something_is_left_alone(blueprint: Path) -> None:
    with pytest.raises(Refusal, match="not empty"):
        replicate(blueprint, blueprint=blueprint, department="a", name="b", on=ON)
    with pytest.raises(Refusal, match=r"no initiative.yaml"):
        replicate(
            blueprint.parent / "new", blueprint=blueprint.parent, department="a", name="b", on=ON
        )


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "x"),
        ("new", "x", "--template", "rate-card", "--from", "y"),
        ("new", "x", "--from", "y"),
        ("new", "x", "--template", "rate-card", "--department", "Probation"),
    ],
)
def test_one_start_is_asked_for_with_all_it_needs(arguments: tuple[str, ...]) -> None:
    assert pfs(*arguments).code == 2
