"""A new initiative of another department, started from a blueprint without editing code (R59)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast, get_args

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.conditions.themes import CONDITIONS
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.initiative import ContractType
from payforsuccess.governance.lifecycle import Lifecycle
from payforsuccess.reports.numbers import counted
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.initiative.files import (
    FILE,
    LIFECYCLE,
    initiative_folder,
    shipped_lifecycle,
)

TAKEN_OVER = (LIFECYCLE, "performance.yaml", "blueprint.yaml")
"""Files that are rules or texts and no one's own record: taken over as they are."""
TASKS = "TASKS.md"
_SAME = ("policy_areas", "decision_parts", "policies", "systems_change")
Plain = Mapping[str, object]


@dataclass(frozen=True, repr=False)
class NewInitiative:
    """The folder that was written. documents: how many it takes over; tasks: how many it lists."""

    folder: str
    blueprint: str
    department: str
    files: tuple[str, ...]
    documents: int
    tasks: int
    gates: int

    def __str__(self) -> str:
        return "\n".join(
            [
                f"Wrote {self.folder} for {self.department}, from the blueprint {self.blueprint}:",
                *(f"  {file}" for file in self.files),
                "",
                f"{counted(self.gates, 'gate')} with {counted(self.tasks, 'task')}; "
                f"{counted(self.documents, 'document')} taken over: reused, until you write "
                "`adapted` or `new` as the origin.",
                "What only the new department can know is left out. Read TASKS.md next, then:",
                f"  pfs gate {self.folder}",
            ]
        )

    __repr__ = __str__


def replicate(
    folder: Path | str,
    *,
    blueprint: Path | str,
    department: str,
    name: str,
    on: date,
    contract_type: str | None = None,
) -> NewInitiative:
    """Write a folder with an initiative that takes over what a blueprint settled.

    Taken over: its stages and gates, its own rules, kinds of decision and who has which part in
    them, policies, changes in people's work, milestones (as many days after the start), sources of
    data (none asked for yet), and its documents and agreements as documents reused. Left behind:
    who took part, what was decided, signed, measured or paid. Refuses a folder that holds
    something, a blueprint without `initiative.yaml`, and a type of contract that there is not.
    """
    source = initiative_folder(blueprint)
    read = read_whole(Initiative, read_bytes(source.root / FILE), file=str(source.root / FILE))
    known = get_args(ContractType)
    problems = []
    if contract_type is not None and contract_type not in known:
        problems.append(
            Problem("There is no such type of contract.", f"Use one of: {', '.join(known)}.")
        )
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        problems.append(
            Problem(
                "The folder is not empty, and nothing in it is overwritten.",
                "Name a new folder.",
                Place(str(target)),
            )
        )
    if problems:
        raise Refusal(problems)
    lifecycle = source.read(Lifecycle, LIFECYCLE) or shipped_lifecycle()
    origin = source.root.resolve().name
    plain = _taken_over(read, origin, department=department, name=name, on=on)
    plain["contract_type"] = contract_type or read.contract_type
    text = f"# Started from the blueprint {origin} on {on}. Fill in what is yours.\n" + _yaml(plain)
    made = read_whole(Initiative, text, file=FILE)
    tasks = _tasks(made, lifecycle)
    contents = {FILE: text.encode(), TASKS: "\n".join(tasks).encode() + b"\n"}
    for file in TAKEN_OVER:
        if (source.root / file).is_file():
            contents[file] = read_bytes(source.root / file)
    target.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        write_whole(target / file, content)
    return NewInitiative(
        str(folder),
        origin,
        department,
        tuple(contents),
        len(made.documents),
        sum(line.startswith("- [ ]") for line in tasks),
        sum(bool(stage.gate) for stage in lifecycle.stages),
    )


def _taken_over(
    read: Initiative, origin: str, *, department: str, name: str, on: date
) -> dict[str, object]:
    """The new initiative in plain parts, in the order of the file."""
    old = read.as_plain()
    moved = on - read.started_on
    plain: dict[str, object] = {
        "format": "1",
        "initiative": name,
        "standing": "practice" if read.standing == "practice" else "template",
        "department": department,
        "jurisdiction": read.jurisdiction,
        "contract_type": read.contract_type,
        "policy_areas": list(read.policy_areas),
        "population": read.population,
        "started_on": on.isoformat(),
        "from_blueprint": origin,
    }
    plain |= {key: old[key] for key in _SAME if key in old}
    if read.milestones:
        plain["milestones"] = [
            {"name": each.name, "baseline": _later(each.baseline, moved)}
            for each in read.milestones
        ]
    if read.change_plan:
        kept = cast(Sequence[Plain], old["change_plan"])
        plain["change_plan"] = [
            {key: value for key, value in routine.items() if key not in ("adoption", "due")}
            for routine in kept
        ]
    if read.data_access:
        plain["data_access"] = [
            {
                "source": each.source,
                "holder": each.holder,
                "regime": each.regime,
                "agreement_needed": each.agreement_needed,
                "status": "not-asked",
                **({"waits_for": list(each.waits_for)} if each.waits_for else {}),
            }
            for each in read.data_access
        ]
    documents = [each.document for each in read.documents]
    documents += [each.title for each in read.agreements]
    plain["documents"] = [
        {"document": each, "origin": "reused", "from": origin} for each in dict.fromkeys(documents)
    ]
    return plain


def _later(day: date, by: timedelta) -> str:
    return (day + by).isoformat()


def _tasks(made: Initiative, lifecycle: Lifecycle) -> list[str]:
    """Every condition of every gate, as far as asked of this type of contract, to tick off."""
    lines = [
        f"# Tasks of {made.initiative}",
        "",
        "What each gate asks, in order; `pfs gate` says which of them hold.",
    ]
    for stage in lifecycle.stages:
        asked = [
            CONDITIONS[each]
            for each in stage.gate
            if each in CONDITIONS and made.contract_type in CONDITIONS[each].types
        ]
        if asked:
            lines += ["", f"## {stage.title}", ""]
            lines += [f"- [ ] {one.says} ({', '.join(one.requirement)})" for one in asked]
    return lines


def _yaml(plain: Plain) -> str:
    """Keys one under the other; what stands in a list on lines of its own, strings quoted."""
    lines = []
    for key, value in plain.items():
        if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            lines.append(f"{key}:")
            for each in value:
                told = [f"{name}: {_scalar(part)}" for name, part in each.items()]
                lines += [f"- {told[0]}", *(f"  {line}" for line in told[1:])]
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def _scalar(value: object) -> str:
    """A text in quotes, or a list or mapping on one line: JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False)
