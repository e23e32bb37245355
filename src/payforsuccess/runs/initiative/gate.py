"""What each gate of the lifecycle still needs, and what stands on record that must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.governance.conditions.condition import Unmet
from payforsuccess.governance.conditions.themes import CONDITIONS, THEMES
from payforsuccess.governance.gate import (
    Gate,
    Judged,
    MovedPast,
    gates_of,
    moved_past,
    moves_allowed,
)
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.outcomes_approved import outcomes_checksum
from payforsuccess.runs.folder import DealPath
from payforsuccess.runs.initiative.files import open_initiative

INCOMPLETE = ("published-terms",)
"""Standings of initiatives built from what was published: what is not on file may have been so."""

NOT_ON_FILE = "not on file"
"""The stage of an initiative of such a standing without a move on record."""


@dataclass(frozen=True, repr=False)
class Gates:
    """The gates of an initiative on a day.

    stage: where it is, or `not on file`. gates: those asked for. next_stages: where it may go.
    problems: what is on record and must not be; findings: what a reader should know.
    outcomes_checksum: what a payor's approval of outcomes is bound to; empty without a deal.
    """

    initiative: str
    standing: str
    contract_type: str
    on: date
    stage: str
    next_stages: tuple[str, ...]
    gates: tuple[Gate, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    outcomes_checksum: str = ""

    def __str__(self) -> str:
        lines = [
            f"{self.initiative}, as of {self.on} ({self.standing}; {self.contract_type})",
            _stage_line(self.stage, self.next_stages),
        ]
        if self.outcomes_checksum:
            lines.append(f"Checksum of outcomes and terms: {self.outcomes_checksum}")
        for gate in self.gates:
            lines += ["", *_gate_lines(gate)]
        if self.findings:
            lines += ["", "To know", *(f"  {each}" for each in self.findings)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """The gates with every condition; a condition passed over keeps its reason."""
        return {
            "initiative": self.initiative,
            "standing": self.standing,
            "contract_type": self.contract_type,
            "on": self.on,
            "stage": self.stage,
            "next_stages": self.next_stages,
            "outcomes_checksum": self.outcomes_checksum,
            "gates": [
                {
                    "stage": gate.stage.name,
                    "is_open": gate.is_open,
                    "conditions": [_plain(judged) for judged in gate.judged],
                }
                for gate in self.gates
            ],
            "problems": self.problems,
            "findings": self.findings,
        }


def gate(path: DealPath, *, on: date, stage: str | None = None, every: bool = False) -> Gates:
    """The gates that an initiative may enter next; one by name, or every one.

    Where its stage is not on file, every gate is shown.

    Reads `initiative.yaml` and what lies beside it. What stands on record and must not be is among
    the `problems` of what comes back. Refuses a stage that the lifecycle does not have, and all
    that is wrong in a file.
    """
    opened = open_initiative(path, on=on, with_money=True)
    facts, lifecycle = opened.facts, opened.lifecycle
    at = lifecycle.stage(facts.initiative.stage_on(on)) if facts.initiative.has_stage else None
    next_stages = at.to if at is not None else ()
    known = [each.name for each in lifecycle.stages]
    if stage is not None and stage not in known:
        close = nearest(stage, known)
        raise Refusal(
            Problem(
                f"`{stage}` is no stage of the lifecycle.",
                f"Did you mean `{close}`?" if close else f"Write one of: {ticked(known)}.",
                Place(str(opened.folder.root)),
            )
        )
    moved = [(each, facts.initiative) for each in moved_past(lifecycle, facts, CONDITIONS)]
    past = [each for each in moved if each[0].unmet]
    asked = known if every else [stage] if stage is not None else next_stages if at else known
    return Gates(
        facts.initiative.initiative,
        facts.initiative.standing,
        facts.initiative.contract_type.replace("-", " "),
        on,
        facts.initiative.stage_on(on) if facts.initiative.has_stage else NOT_ON_FILE,
        next_stages,
        tuple(each for each in gates_of(lifecycle, facts, CONDITIONS) if each.stage.name in asked),
        (
            *moves_allowed(lifecycle, facts),
            *(() if facts.initiative.standing in INCOMPLETE else map(_moved_problem, past)),
            *(problem for theme in THEMES for problem in theme.problems(facts)),
        ),
        (
            *(map(_moved_finding, past) if facts.initiative.standing in INCOMPLETE else ()),
            *(_unknown_finding(each) for each in moved if each[0].unknown),
            *(finding for theme in THEMES for finding in theme.findings(facts)),
        ),
        outcomes_checksum(facts.deal) if facts.deal is not None else "",
    )


def _moved_problem(moved: tuple[MovedPast, Initiative]) -> Problem:
    past, initiative = moved
    return Problem(
        f"The initiative moved to `{past.stage.name}` while "
        f"{counted(len(past.unmet), 'condition')} of its gate "
        f"{'was' if len(past.unmet) == 1 else 'were'} not met: {_names(past.unmet)}.",
        "Put on record what was so on that day; or name them under `overrides` of the move, with "
        "the body's reason.",
        initiative.place_of("moves", past.number),
    )


def _moved_finding(moved: tuple[MovedPast, Initiative]) -> Finding:
    past, initiative = moved
    return Finding(
        "moves",
        f"Of the move to `{past.stage.name}`, no source at hand shows {len(past.unmet)} "
        f"conditions: {_names(past.unmet)}.",
        initiative.place_of("moves", past.number),
    )


def _unknown_finding(moved: tuple[MovedPast, Initiative]) -> Finding:
    past, initiative = moved
    return Finding(
        "moves",
        f"Of the move to `{past.stage.name}`, it was not looked whether these conditions hold: "
        f"{_names(past.unknown)}.",
        initiative.place_of("moves", past.number),
    )


def _names(judged: Sequence[Judged]) -> str:
    return ticked([each.condition.name for each in judged], "and")


def _stage_line(stage: str, next_stages: Sequence[str]) -> str:
    if stage == NOT_ON_FILE:
        return "Stage: not on file; no move along the lifecycle has a source."
    return f"Stage: {stage}. It may move to: {', '.join(next_stages) or 'nothing'}."


def _gate_lines(gate: Gate) -> list[str]:
    met = sum(judged.is_met for judged in gate.judged)
    if not gate.judged:
        return [f"{gate.stage.title}: nothing is asked"]
    head = "open" if gate.is_open else "closed"
    lines = [f"{gate.stage.title}: {head}, {met} of {len(gate.judged)} conditions hold"]
    for judged in gate.judged:
        lines += _judged_lines(judged)
    return lines


def _judged_lines(judged: Judged) -> list[str]:
    condition, found = judged.condition, judged.found
    source = ", ".join(condition.requirement)
    if not isinstance(found, Unmet):
        return [f"  yes  {condition.says} ({source}) {found.by}."]
    passed = f" Passed over: {judged.overridden}" if judged.overridden else ""
    where = f"  ({found.where})" if found.where is not None and str(found.where) else ""
    return [
        f"  NO   {condition.says} ({source}){passed}",
        f"       {found.found} {found.do}{where}",
    ]


def _plain(judged: Judged) -> dict[str, object]:
    found = judged.found
    plain: dict[str, object] = {
        "name": judged.condition.name,
        "requirement": judged.condition.requirement,
        "says": judged.condition.says,
        "is_met": judged.is_met,
        "passed_over": judged.overridden,
    }
    if isinstance(found, Unmet):
        return {**plain, "found": found.found, "do": found.do, "where": found.where}
    return {**plain, "shown_by": found.by}
