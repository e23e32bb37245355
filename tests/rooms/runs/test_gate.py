"""What `pfs gate` says of an initiative on file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.initiative.gate import gate

ON = date(2026, 6, 1)
LOS_ANGELES = Path(__file__).parents[3] / "examples" / "los-angeles-blueprint"
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


def test_of_published_sources_no_stage_is_claimed_and_every_gate_is_shown() -> None:
    """R113: the contract was approved, and no source says at which stage it stands."""
    found = gate(LOS_ANGELES, on=date(2026, 11, 22))
    assert "Stage: not on file; no move along the lifecycle has a source." in str(found)
    assert found.next_stages == ()
    assert [each.stage.name for each in found.gates][:3] == ["idea", "readiness", "competition"]


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
    finding = gate(folder, on=on).findings[0]
    assert says in finding.what


def test_an_extension_is_shown_beside_the_first_due_day(folder: Path) -> None:
    motion = (
        "motion:\n  title: M\n  body: Board\n  adopted_on: 2013-10-15\n"
        "  extensions: [{to: 2014-03-01, by: Board, on: 2014-01-10, reason: more time}]\n"
    )
    (folder / "initiative.yaml").write_text(INITIATIVE + motion, "utf-8")
    finding = gate(folder, on=date(2014, 3, 3)).findings[0]
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


EXAMPLE = Path(__file__).parents[3] / "examples" / "just-in-reach"


def beside(folder: Path, *names: str, **more: str) -> Path:
    """An initiative with files of the worked example beside it."""
    for name in names:
        (folder / name).write_bytes((EXAMPLE / name).read_bytes())
    (folder / "initiative.yaml").write_text(
        INITIATIVE + "".join(f"{key}: {value}\n" for key, value in more.items()), "utf-8"
    )
    return folder


def conditions(folder: Path, on: date = ON) -> dict[str, str]:
    """What each condition found, by name; empty where it holds."""
    return {
        judged.condition.name: "" if judged.is_met else str(getattr(judged.found, "found", ""))
        for each in gate(folder, on=on, every=True).gates
        for judged in each.judged
    }


def test_readiness_is_read_from_the_concept_beside_it(tmp_path: Path) -> None:
    """R33: ready, no mechanism, and no move to launch."""
    found = conditions(beside(tmp_path, "concept.yaml"))
    assert "the concept" not in found["assessed-suitable"]
    assert "approved path to contract and finance" in found["mechanism-exists"]
    early = conditions(tmp_path, on=date(2016, 1, 1))
    assert "after this day" in early["assessed-suitable"]


def test_a_concept_that_nobody_assessed_yet_stops_nothing(tmp_path: Path) -> None:
    beside(tmp_path, "concept.yaml")
    text = (tmp_path / "concept.yaml").read_text("utf-8")
    (tmp_path / "concept.yaml").write_text(text.split("assessments:")[0], "utf-8")
    assert "No assessment" in conditions(tmp_path)["assessed-suitable"]


def test_shortfalls_come_from_forecast_and_budget(tmp_path: Path) -> None:
    """R39: set-aside against maximum and expected liability by fiscal year."""
    beside(tmp_path, "deal.yaml", "assumptions.yaml")
    assert "No budget is on file" in conditions(tmp_path)["funds-set-aside"]
    beside(tmp_path, "budget.yaml", "value.yaml")
    found = conditions(tmp_path)
    assert "short of" in found["funds-set-aside"]
    assert "Los Angeles County, 20" in found["funds-set-aside"]
    assert found["no-pay-without-success"] == ""
    assert not (tmp_path / "out").exists()


def test_the_checksum_of_outcomes_and_terms_is_printed(tmp_path: Path) -> None:
    """R38: the checksum an approval is bound to is the one `pfs gate` prints."""
    assert gate(beside(tmp_path), on=ON).outcomes_checksum == ""
    found = gate(beside(tmp_path, "deal.yaml"), on=ON)
    assert f"Checksum of outcomes and terms: {found.outcomes_checksum}" in str(found)
    payors = (
        "[{organisation: Los Angeles County, share: 80%}]\n"
        "organisations: [{name: Los Angeles County, roles: [{role: payor}]}]\n"
        f"approvals: [{{by: Los Angeles County, on: 2026-05-01, of: outcomes, outcomes: '"
        f"{found.outcomes_checksum}'}}]"
    )
    beside(tmp_path, "deal.yaml", payors=payors)
    assert conditions(tmp_path)["outcomes-approved"] == ""
    text = (tmp_path / "deal.yaml").read_text("utf-8")
    assert "price: 12_000" in text
    (tmp_path / "deal.yaml").write_text(text.replace("12_000", "12_001", 1), "utf-8")
    assert "Void" in conditions(tmp_path)["outcomes-approved"]


MOVES = (
    "moves: [{to: readiness, on: 2026-02-01, by: A}, {to: competition, on: 2026-03-01, by: A}]\n"
)


def test_a_move_past_a_closed_gate_is_a_problem(folder: Path) -> None:
    """R113: what stands on record and must not be ends with exit code 10."""
    (folder / "initiative.yaml").write_text(INITIATIVE + MOVES, "utf-8")
    (problem,) = gate(folder, on=ON).problems
    assert "moved to `competition` while 3 conditions of its gate were not met" in problem.what
    assert problem.where.field == "moves[1]"


def test_of_published_terms_a_move_past_a_closed_gate_is_not_known(folder: Path) -> None:
    """R113: no source shows what was so on the day, which is no fault of the initiative."""
    published = INITIATIVE.replace("standing: illustrative", "standing: published-terms")
    (folder / "initiative.yaml").write_text(published + MOVES, "utf-8")
    found = gate(folder, on=ON)
    assert found.problems == ()
    assert any("no source at hand shows 3 conditions" in each.what for each in found.findings)
