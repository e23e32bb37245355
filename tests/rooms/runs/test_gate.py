"""What `pfs gate` says of an initiative on file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.initiative.gate import gate

ON = date(2026, 6, 1)
INITIATIVE = """\
format: 1
initiative: A made-up initiative
standing: illustrative
department: Health
jurisdiction: Example County
contract_type: without-investors
policy_areas: [public-safety]
population: People about to leave jail without a home
started_on: 2026-01-05
"""
GROUP = """\
advisory_group:
  convened_by: Chief Executive Officer
  members:
  - name: A
    organisation: Auditor-Controller
    kind: office
    office: auditor-controller
    seated_on: 2026-02-01
  - name: E
    organisation: Example Advisers
    kind: external
    affiliates: [Example Capital]
    seated_on: 2026-02-01
    clearance: {by: Counsel, on: 2026-01-20, basis: Policy 5.1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "initiative.yaml").write_text(INITIATIVE + GROUP, "utf-8")
    return tmp_path


def test_the_gates_shown_are_those_it_may_enter_next(folder: Path) -> None:
    found = gate(folder, on=ON)
    assert found.stage == "idea"
    assert [each.stage.name for each in found.gates] == ["readiness", "stopped"]


def test_a_gate_says_who_is_missing(folder: Path) -> None:
    shown = str(gate(folder, on=ON, stage="competition"))
    assert "County Counsel, the Director of Internal Services" in shown
    assert "NO   Every external expert has signed" in shown
    assert "yes  Counsel has cleared every external expert. (R20)" in shown


def test_a_payment_to_a_firm_of_an_unpaid_expert_is_a_problem(folder: Path) -> None:
    payment = (
        "  payments:\n  - {to: example capital, on: 2026-03-01, amount: 500, for: a, from: b}\n"
    )
    (folder / "initiative.yaml").write_text(INITIATIVE + GROUP + payment, "utf-8")
    (problem,) = gate(folder, on=ON).problems
    assert "was paid for this work" in problem.what
    assert problem.where.field == "advisory_group.payments[0]"


def test_a_task_that_is_not_for_the_blueprint_is_a_problem(folder: Path) -> None:
    task = "  tasks:\n  - {says: a, on: 2026-03-01, kind: vote, purpose: other}\n"
    (folder / "initiative.yaml").write_text(INITIATIVE + GROUP + task, "utf-8")
    assert ["vote" in problem.what for problem in gate(folder, on=ON).problems] == [True]


@pytest.mark.parametrize(
    ("adopted", "on", "says"),
    [
        ("2013-10-15", date(2014, 1, 13), "was due on 2014-01-13: due in 0 days"),
        ("2013-10-15", date(2014, 1, 14), "1 day late"),
    ],
)
def test_the_report_is_due_90_days_after_adoption(
    folder: Path, adopted: str, on: date, says: str
) -> None:
    """R21; the day of adoption is made up, the fixture is that of the domain's page."""
    motion = f"motion: {{title: M, body: Board, adopted_on: {adopted}}}\n"
    (folder / "initiative.yaml").write_text(INITIATIVE + motion, "utf-8")
    (finding,) = gate(folder, on=on).findings
    assert says in finding.what


def test_an_extension_is_shown_beside_the_first_due_day(folder: Path) -> None:
    motion = (
        "motion:\n  title: M\n  body: Board\n  adopted_on: 2013-10-15\n"
        "  extensions: [{to: 2014-03-01, by: Board, on: 2014-01-10, reason: more time}]\n"
    )
    (folder / "initiative.yaml").write_text(INITIATIVE + motion, "utf-8")
    (finding,) = gate(folder, on=date(2014, 3, 3)).findings
    assert "due on 2014-03-01: 2 days late; 49 days after the first due day" in finding.what


def test_a_folder_without_an_initiative_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"no initiative\.yaml"):
        gate(tmp_path, on=ON)


def test_a_lifecycle_of_ones_own_is_read(folder: Path) -> None:
    (folder / "lifecycle.yaml").write_text(
        "format: 1\nsays: Ours.\nstages:\n"
        "- {name: idea, title: Idea, says: a, to: [end]}\n"
        "- {name: end, title: End, says: b, gate: [never-heard-of], is_end: true}\n",
        "utf-8",
    )
    with pytest.raises(Refusal, match="never-heard-of"):
        gate(folder, on=ON)
