"""What several initiatives show together: stages, capital, effort, re-use, notes, decisions.

Counts of records on file, and nothing about people. What no file states is unknown, and is counted
as such: it is never taken for 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.change import Target
from payforsuccess.governance.initiative.initiative import Initiative

UNKNOWN = "unknown"
TRACKED = ("homelessness", "return-to-custody", "public-spending")
"""What the Board's motion wants tracked of the population (R31)."""


@dataclass(frozen=True)
class OnFile:
    """One initiative as it is on file: the folder's name, and the deal once there is one."""

    name: str
    initiative: Initiative
    deal: Deal | None = None


def initiatives_by_stage(held: Sequence[OnFile], *, on: date) -> dict[str, int]:
    """How many stand at each stage on a day, in the order in which they are met (R60)."""
    return dict(Counter(one.initiative.stage_text(on) for one in held))


@dataclass(frozen=True)
class BlueprintUse:
    """Departments that started an initiative from a blueprint, and their initiatives by stage."""

    departments: tuple[str, ...]
    by_stage: dict[str, int]


def blueprint_use(held: Sequence[OnFile], *, on: date) -> BlueprintUse:
    """Who uses a blueprint, and how far they came (R60)."""
    using = [one for one in held if one.initiative.from_blueprint is not None]
    departments = {one.initiative.department for one in using}
    return BlueprintUse(tuple(sorted(departments)), initiatives_by_stage(using, on=on))


def capital_by_sector(held: Sequence[OnFile]) -> dict[tuple[str, str, str], Fraction]:
    """Up-front capital by sector, instrument and currency, out of the deals (R11).

    The sector is that of the organisation of this name in the initiative.
    """
    sums: dict[tuple[str, str, str], Fraction] = {}
    for one in held:
        for tranche in one.deal.capital if one.deal is not None else ():
            organisation = one.initiative.organisation(tranche.party)
            sector = organisation.sector if organisation is not None else None
            key = (sector or UNKNOWN, tranche.kind, one.deal.currency if one.deal else "")
            sums[key] = sums.get(key, Fraction(0)) + tranche.amount
    return {key: sums[key] for key in sorted(sums)}


@dataclass(frozen=True)
class Effort:
    """Staff hours by phase and lever."""

    hours: dict[tuple[str, str], Fraction]

    @property
    def ratio(self) -> Fraction | None:
        """Hours of implementation for each of contracting; None where either is not on file."""
        contracting, implementation = (self.of(p) for p in ("contracting", "implementation"))
        return implementation / contracting if contracting and implementation else None

    def of(self, phase: str) -> Fraction:
        """All hours of a phase."""
        return sum(
            (hours for (of, _), hours in self.hours.items() if of == phase), start=Fraction(0)
        )


def effort(initiative: Initiative, *, on: date | None = None) -> Effort:
    """The hours on file, through a day where one is given (R102)."""
    found: dict[tuple[str, str], Fraction] = {}
    for each in initiative.hours:
        if on is not None and each.on > on:
            continue
        key = (each.phase, each.lever)
        found[key] = found.get(key, Fraction(0)) + each.hours
    return Effort(dict(sorted(found.items())))


def signed_on(initiative: Initiative) -> date | None:
    """The day of the first contract's last signature."""
    days = [
        each.signed_on
        for each in initiative.agreements
        if each.kind == "contract" and each.signed_on
    ]
    return min(days, default=None)


def months_to_signature(initiative: Initiative) -> int | None:
    """Whole months from the day the idea was put on file to the signed contract (R97)."""
    signed = signed_on(initiative)
    if signed is None or signed < initiative.started_on:
        return None
    start = initiative.started_on
    months = (signed.year - start.year) * 12 + signed.month - start.month
    return months - (signed.day < start.day)


@dataclass(frozen=True)
class Reuse:
    """Documents on file: taken over as they were, taken over and changed, made anew."""

    reused: int
    adapted: int
    new: int

    @property
    def share(self) -> Fraction | None:
        """The share taken over, changed or not; None where no document is on file."""
        total = self.reused + self.adapted + self.new
        return Fraction(self.reused + self.adapted, total) if total else None


def reuse(initiative: Initiative) -> Reuse:
    """How much of its documents an initiative took over (R97)."""
    counts = Counter(each.origin for each in initiative.documents)
    return Reuse(counts["reused"], counts["adapted"], counts["new"])


@dataclass(frozen=True)
class NoteUse:
    """A learning note with how often it was read and used by others."""

    initiative: str
    name: str
    on: date
    says: str
    evidence: tuple[str, ...]
    read_by: int
    reused_by: int


def notes(held: Iterable[OnFile], *, on: date) -> tuple[NoteUse, ...]:
    """Every note written by the day, the one used most first (R63)."""
    found = [
        NoteUse(
            one.initiative.initiative,
            note.name,
            note.on,
            note.says,
            note.evidence,
            len(set(note.read_by) - {one.initiative.department}),
            len(set(note.reused_by) - {one.initiative.initiative}),
        )
        for one in held
        for note in one.initiative.notes
        if note.on <= on
    ]
    return tuple(sorted(found, key=lambda note: (-note.reused_by, -note.read_by, note.name)))


def decisions_without_evidence(initiative: Initiative) -> tuple[str, ...]:
    """Decisions that name neither metric nor evidence (R107)."""
    return tuple(each.name for each in initiative.decisions if not each.evidence)


def current_by(target: Target, on: date) -> Fraction | None:
    """Where a target stands as far as it was known by a day; None where that is of a later day."""
    is_later = target.current_on is not None and target.current_on > on
    return None if is_later else target.current


@dataclass(frozen=True)
class TrackedSubject:
    """One of the subjects to be tracked, and the target that does; None where none is on file."""

    kind: str
    target: Target | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """What of baseline, target and current value no one has stated."""
        if self.target is None:
            return ("baseline", "target", "current value")
        stated = {
            "baseline": self.target.baseline,
            "target": self.target.target,
            "current value": self.target.current,
        }
        return tuple(name for name, value in stated.items() if value is None)


def tracked_subjects(initiative: Initiative) -> tuple[TrackedSubject, ...]:
    """Homelessness, return to custody and public spending, each with its targets on file (R31)."""
    found: list[TrackedSubject] = []
    for kind in TRACKED:
        targets = [each for each in initiative.targets if each.kind == kind]
        found += [TrackedSubject(kind, target) for target in targets]
        if not targets:
            found.append(TrackedSubject(kind, None))
    return tuple(found)


def take_up(held: Sequence[OnFile]) -> tuple[int, int]:
    """Incentives for leaders that were taken up, of all on file (R64)."""
    every = [each for one in held for each in one.initiative.incentives]
    return sum(each.taken_up_on is not None for each in every), len(every)


def by_scale(held: Sequence[OnFile]) -> dict[str, int]:
    """How many are a pilot, replicated, or a funding stream, by their last step (R65)."""
    return dict(
        Counter(
            one.initiative.scale[-1].to if one.initiative.scale else "not on file" for one in held
        )
    )
