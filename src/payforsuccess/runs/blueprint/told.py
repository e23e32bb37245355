"""A blueprint in words, on the screen and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Problem
from payforsuccess.governance.blueprint.complete import PARTS, empty_parts, missing_of
from payforsuccess.governance.clock import clocks_between, is_before, report_clock
from payforsuccess.governance.conditions.condition import Met
from payforsuccess.governance.initiative.mandate import Direction
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.runs.blueprint.issued import Issued

_TITLES = {
    "a": "criteria",
    "b": "evaluators and intermediaries",
    "c": "financing",
    "d": "policies",
}


@dataclass(frozen=True, repr=False)
class Blueprinted:
    """The state of a blueprint: a draft, or with `number` in its facts an issued version.

    problems: what is on record and must not be. issued: the versions so far.
    """

    facts: ReportFacts
    issued: tuple[Issued, ...]
    problems: tuple[Problem, ...] = ()
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        facts, told = self.facts, self.facts.told
        version = f"version {facts.number}" if facts.number else "draft"
        lines = [
            facts.blueprint.blueprint,
            f"{told.initiative.jurisdiction}; {version} as of {told.on} "
            f"({facts.blueprint.standing.replace('-', ' ')})",
            "",
        ]
        for part in PARTS:
            lacking = [each.what for each in missing_of(told) if each.part == part]
            state = "empty" if part in empty_parts(told) else "unfinished"
            said = f"{state}: {'; '.join(lacking)}" if lacking else "complete"
            lines.append(f"Part {part}, {_TITLES[part]}: {said}")
        lines += ["", *self._mandate(), ""]
        points = counted(len(facts.blueprint.open), "point")
        are = "is" if len(facts.blueprint.open) == 1 else "are"
        lines += [f"Open: {points} {are} marked as not known or undecided."]
        if not self.issued:
            lines.append("Issued: no version yet.")
        for each in self.issued:
            change = each.change
            lines.append(
                f"Issued: version {each.number} on {each.on}; {change.by}: {change.reason}"
            )
            lines.append(f"  checksum {each.fingerprint}")
        lines += [f"Written  {path}" for path in self.written]
        return "\n".join(lines)

    __repr__ = __str__

    def _mandate(self) -> list[str]:
        told = self.facts.told
        motion = told.initiative.motion
        group = self.facts.advisory
        shown = sum(isinstance(found, Met) for _, found in group)
        state = "complete" if shown == len(group) else "incomplete"
        lines = [f"Advisory group: {state}, {shown} of {len(group)} conditions hold."]
        if motion is None:
            return [*lines, "Report: no motion is on file."]
        done = sum(each.is_done(on=told.on) for each in motion.directions)
        lines.append(f"Directions: {done} of {len(motion.directions)} done.")
        lines += [
            f"  {each.standing(on=told.on)}: {each.says} ({each.owner})"
            for each in motion.directions
            if each.status in ("done", "unknown") and not each.is_done(on=told.on)
        ]
        lines += [
            f"  OVERDUE since {each.due}: {each.says} ({each.owner})" for each in self._overdue()
        ]
        if is_before(motion, on=told.on):
            return [*lines, "Report: the motion was not adopted by then, so no clock runs yet."]
        clock, both = report_clock(motion, on=told.on), clocks_between(motion, on=told.on)
        if clock is not None:
            lines.append(f"Report: due on {clock.due}; {clock.status}.")
        elif both is not None:
            early, late = both
            issued = "not issued" if early.reported_on is None else f"issued on {early.reported_on}"
            days = f"at least {late.days_late} and at most {early.days_late} days late"
            if early.dated_on is not None:
                issued = f"dated {early.dated_on}, the day of issue is not known"
                days = f"at least {late.days_late} days late"
            lines.append(f"Report: due between {early.due} and {late.due}; {issued}, {days}.")
        else:
            lines.append("Report: the day of the motion is not known, so there is no due day.")
        return lines

    def _overdue(self) -> list[Direction]:
        """The directions past their due day (R15)."""
        told = self.facts.told
        motion = told.initiative.motion
        directions = motion.directions if motion is not None else ()
        return [each for each in directions if each.is_overdue(on=told.on)]

    def as_plain(self) -> dict[str, object]:
        """The parts with what each lacks, and the versions issued."""
        told = self.facts.told
        return {
            "blueprint": self.facts.blueprint.blueprint,
            "standing": self.facts.blueprint.standing,
            "on": told.on,
            "version": self.facts.number or None,
            "missing": [{"part": each.part, **vars(each.problem)} for each in missing_of(told)],
            "empty_parts": empty_parts(told),
            "advisory_group_complete": all(
                isinstance(found, Met) for _, found in self.facts.advisory
            ),
            "directions_overdue": [each.as_plain() for each in self._overdue()],
            "open": [each.as_plain() for each in self.facts.blueprint.open],
            "issued": [{**each.as_plain(), "checksum": each.fingerprint} for each in self.issued],
            "problems": self.problems,
            "written": self.written,
        }


@dataclass(frozen=True, repr=False)
class Reopened:
    """An issued version as it was issued."""

    version: Issued
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"Version {self.version.number}, issued on {self.version.on}, unchanged since.",
            f"Checksum  {self.version.fingerprint}",
            "",
            *(f"{each.on}  {each.by}: {each.reason}" for each in self.version.changes),
            "",
            *(f"{each.sha256}  {each.name}" for each in self.version.files),
        ]
        lines += [f"Written  {path}" for path in self.written]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Its record."""
        return {
            **self.version.as_plain(),
            "checksum": self.version.fingerprint,
            "written": self.written,
        }
