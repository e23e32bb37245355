"""A made-up blueprint that is whole, with ways to leave parts of it out."""

from __future__ import annotations

from pathlib import Path

INITIATIVE = """\
format: 1
initiative: Homes for people leaving jail (made up)
standing: illustrative
department: Health
jurisdiction: Example County
contract_type: without-investors
policy_areas: [public-safety, housing-and-homelessness]
population: People about to leave jail without a home
started_on: 2026-01-05
priority: {source: {title: Motion 7, where: minutes of 5 January 2026}}
motion:
  title: Make a blueprint
  body: Board of Example County
  adopted_on: 2026-01-05
  directions:
  - {says: Write the report, owner: Chief Executive, due: 2026-04-05, status: under-way}
  - says: Convene the group
    owner: Chief Executive
    status: done
    evidence: [{title: Minutes of the group, where: file 3}]
advisory_group:
  convened_by: Chief Executive
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
    attestation: {on: 2026-01-22, paper: {title: Form, where: file 4}}
    clearance: {by: Counsel, on: 2026-01-20, basis: Policy 5.1}
"""
POLICIES = "policies:\n" + "".join(
    f"- {{name: {group}-rule, group: {group}, title: A {group} rule, source: Code {number}, "
    f"present_rule: It says no., effect: Nothing can be paid., barrier: 2, "
    f"change: Let it say yes., owner: Finance, authority: board, status: proposed}}\n"
    for number, group in enumerate(("fiscal", "procurement", "other"), start=1)
)
HEAD = """\
format: 1
blueprint: Blueprint of Example County
standing: illustrative
proposed_by: the advisory group
changes:
- {on: 2026-03-01, by: A. Writer, reason: First version}
"""
PART_A = """\
criteria:
  sets:
  - criteria: pay-for-success
    version: 1
    approved: {by: Board of Example County, on: 2026-02-20}
"""
PART_B = """\
contracting:
  guidelines:
  - {subject: Evaluator, says: It is paid whatever the result.}
  evaluator:
  - name: open
    title: Open competition
    secured: By request
    contracted: By the county
    pros: [open]
    cons: [slow]
    recommended: It is open.
  - name: named
    title: A named university
    secured: By exception
    contracted: By the county
    pros: [fast]
    cons: [closed]
  intermediary:
  - name: none
    title: No intermediary
    secured: Not sought
    contracted: By departments
    pros: [cheap]
    cons: [hard]
    recommended: It is cheap.
  - name: company
    title: A company
    secured: By investors
    contracted: With the company
    pros: [whole]
    cons: [costly]
"""
PART_C = """\
financing:
  guidelines:
  - {subject: Outcomes, says: Pay for outcomes shown.}
  structure:
  - {name: homes, outcome: Homes kept for a year, pays: An amount for each person.}
  augmentations:
    county_wide:
    - {says: Vote on it, by: Board, gives: An appropriation, change: county-wide-increase}
    department:
    - {says: Move it in the unit, by: Officer, gives: An adjustment, change: within-unit}
"""
PARTS = {"a": PART_A, "b": PART_B, "c": PART_C}


def write_blueprint(folder: Path, *, without: str = "", more: str = "") -> Path:
    """A folder with an initiative and its blueprint; `without` names the parts left out."""
    policies = "" if "d" in without else POLICIES
    (folder / "initiative.yaml").write_text(INITIATIVE + policies, "utf-8")
    parts = "".join(text for part, text in PARTS.items() if part not in without)
    (folder / "blueprint.yaml").write_text(HEAD + parts + more, "utf-8")
    return folder


def change_blueprint(folder: Path, *, on: str, reason: str, more: str = "") -> None:
    """Add a change to the blueprint, with the entry that says who made it and why."""
    path = folder / "blueprint.yaml"
    entry = f"- {{on: {on}, by: B. Writer, reason: {reason}}}\n"
    text = path.read_text("utf-8")
    start, criteria, rest = text.partition("criteria:")
    path.write_text(f"{start}{entry}{criteria}{rest}{more}", "utf-8")
