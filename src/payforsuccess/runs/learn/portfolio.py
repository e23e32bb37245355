"""What the initiatives on file show together, part by part, in words and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from payforsuccess.deal.fields import Exact
from payforsuccess.deal.words.phrases import plural
from payforsuccess.governance.initiative.change import Target
from payforsuccess.governance.pipeline import is_priority, place_in_pipeline
from payforsuccess.governance.portfolio import (
    OnFile,
    blueprint_use,
    by_scale,
    current_by,
    decisions_without_evidence,
    effort,
    initiatives_by_stage,
    months_to_signature,
    notes,
    reuse,
    take_up,
    tracked_subjects,
)
from payforsuccess.reports.learning import Part
from payforsuccess.reports.numbers import counted, exact_or_near
from payforsuccess.runs.learn.held import Held
from payforsuccess.runs.learn.money import capital_part, dollars_part
from payforsuccess.runs.library.library import library

NOT_KNOWN = "not known"


def portfolio_parts(held: Held, *, on: date) -> Iterator[Part]:
    """Every part that has something to say, the subjects of the motion first."""
    every = held.initiatives
    if every:
        yield _tracked(every, on)
        yield _stages(every, on)
        if not held.is_one:
            yield _pipeline(every, on)
        yield _blueprint(every, on)
        yield capital_part(every)
        yield _effort(every)
        yield _reuse(every)
        yield _notes(every, on)
        yield _practice(every)
    if held.streams:
        yield dollars_part(held.streams)
    yield _peers()


def _tracked(held: Sequence[OnFile], on: date) -> Part:
    """R31: what is not known is said to be so."""
    rows = []
    told: list[str] = []
    for one in held:
        for subject in tracked_subjects(one.initiative):
            target = subject.target
            says = "no metric on file"
            if target is not None:
                says = f"{target.name}, in {plural(target.unit)}"
                told.append(f"{one.name}, {target.name}: {target.says}")
            values = (
                (None, None, None)
                if target is None
                else (target.baseline, target.target, current_by(target, on))
            )
            as_of = _as_of(target, on)
            rows.append(
                (
                    one.name,
                    subject.kind.replace("-", " "),
                    says,
                    *(_number(value) for value in values),
                    as_of,
                )
            )
    return Part(
        "Homelessness, return to custody, public spending",
        caption="Each subject: where it started, where it is to go, where it stands",
        columns=("Initiative", "Subject", "Metric", "Baseline", "Target", "Now", "As of"),
        rows=tuple(rows),
        numbers=("Baseline", "Target", "Now"),
        points=tuple(told),
    )


def _as_of(target: Target | None, on: date) -> str:
    if target is None or target.current_on is None or target.current_on > on:
        return NOT_KNOWN
    return target.current_on.isoformat()


def _stages(held: Sequence[OnFile], on: date) -> Part:
    stages = initiatives_by_stage(held, on=on)
    scales = by_scale(held)
    return Part(
        "Initiatives by stage",
        caption="How many stand at each stage",
        says=(
            f"{counted(len(held), 'initiative')}. Scale: "
            + ", ".join(f"{name.replace('-', ' ')} {count}" for name, count in scales.items())
            + ".",
        ),
        columns=("Stage", "Initiatives"),
        rows=tuple((stage, str(count)) for stage, count in stages.items()),
        numbers=("Initiatives",),
    )


def _pipeline(held: Sequence[OnFile], on: date) -> Part:
    """R28: a priority comes first, with the motion it comes from."""
    ordered = sorted(held, key=lambda one: place_in_pipeline(one.initiative, on=on))
    return Part(
        "The pipeline",
        caption="Initiatives in their order: a priority first, then the one longest on file",
        columns=("Initiative", "Stage", "On file since", "Why first"),
        rows=tuple(
            (
                one.name,
                one.initiative.stage_text(on),
                one.initiative.started_on.isoformat(),
                _why_first(one, on),
            )
            for one in ordered
        ),
    )


def _why_first(one: OnFile, on: date) -> str:
    priority = one.initiative.priority
    if priority is None:
        return "none"
    if is_priority(one.initiative, on=on):
        return str(priority.source)
    return f"removed on {priority.removed_on} by {priority.removed_by}"


def _blueprint(held: Sequence[OnFile], on: date) -> Part:
    use = blueprint_use(held, on=on)
    taken, of = take_up(held)
    says = [
        f"{counted(len(use.departments), 'department')} started an initiative from a blueprint"
        + (f": {', '.join(use.departments)}." if use.departments else ".")
    ]
    says.append(
        f"Incentives for leaders: {taken} of {of} taken up." if of else "No incentive is on file."
    )
    return Part(
        "Use of the blueprint",
        caption="Initiatives started from a blueprint, by stage",
        says=tuple(says),
        columns=("Stage of those started from a blueprint", "Initiatives"),
        rows=tuple((stage, str(count)) for stage, count in use.by_stage.items()),
        numbers=("Initiatives",),
    )


def _effort(held: Sequence[OnFile]) -> Part:
    rows = []
    for one in held:
        found = effort(one.initiative)
        months = months_to_signature(one.initiative)
        rows.append(
            (
                one.name,
                *(_hours(found.of(phase)) for phase in ("contracting", "implementation")),
                NOT_KNOWN if found.ratio is None else f"{float(found.ratio):.1f}",
                NOT_KNOWN if months is None else str(months),
            )
        )
    return Part(
        "Effort and time",
        caption="Hours before and after signing, and months until it",
        says=(
            "Staff hours as logged; the ratio is hours of implementation for each of contracting. "
            "Months run from the day the idea was put on file to the signed contract.",
        ),
        columns=("Initiative", "Contracting", "Implementation", "Ratio", "Months to signature"),
        rows=tuple(rows),
        numbers=("Contracting", "Implementation", "Ratio", "Months to signature"),
    )


def _reuse(held: Sequence[OnFile]) -> Part:
    rows = []
    for one in held:
        found = reuse(one.initiative)
        share = NOT_KNOWN if found.share is None else f"{float(found.share):.0%}"
        numbers = (str(found.reused), str(found.adapted), str(found.new))
        rows.append((one.name, *numbers, share))
    return Part(
        "Documents taken over",
        caption="Documents by where they come from",
        says=("The share taken over, as it was or changed, of all documents on file.",),
        columns=("Initiative", "As it was", "Changed", "Made anew", "Share taken over"),
        rows=tuple(rows),
        numbers=("As it was", "Changed", "Made anew", "Share taken over"),
    )


def _notes(held: Sequence[OnFile], on: date) -> Part:
    found = notes(held, on=on)
    if not found:
        return Part("Learning notes", says=("No note is on file.",))
    return Part(
        "Learning notes",
        caption="Each note with who read and who used it",
        says=("Departments that read a note, and initiatives that used it, its own not counted.",),
        columns=("Note", "Of", "Lesson", "Rests on", "Read by", "Used by"),
        rows=tuple(
            (
                note.name,
                note.initiative,
                note.says,
                "; ".join(note.evidence),
                str(note.read_by),
                str(note.reused_by),
            )
            for note in found
        ),
        numbers=("Read by", "Used by"),
    )


def _practice(held: Sequence[OnFile]) -> Part:
    rows = []
    for one in held:
        own = one.initiative
        without = decisions_without_evidence(own)
        seen = [routine.adoption[-1] for routine in own.change_plan if routine.adoption]
        used = f"{len(seen)} of {len(own.change_plan)} measured" if own.change_plan else "no plan"
        if seen:
            parts = [f"{float(each.value / each.of):.0%}" for each in seen if each.of]
            used += f": {', '.join(parts)}" if parts else ""
        rows.append(
            (
                one.name,
                "not known"
                if without and own.is_from_sources
                else f"{len(own.decisions) - len(without)} of {len(own.decisions)}",
                str(len(own.practice_changes)),
                str(sum(action.done_on is None for action in own.actions)),
                used,
            )
        )
    return Part(
        "How it is run",
        caption="Decisions, changes, actions and routines by initiative",
        says=("Decisions that name the metric or evidence they rest on, of all on record.",),
        columns=(
            "Initiative",
            "Decisions with evidence",
            "Practice changes",
            "Open actions",
            "New routines in use",
        ),
        rows=tuple(rows),
        numbers=("Decisions with evidence", "Practice changes", "Open actions"),
    )


def _peers() -> Part:
    found = library()
    return Part(
        "Peers with such contracts",
        caption="Deals of the library by standing",
        says=(
            f"{found.of_all} deals in the library, each with its sources; a folder of your own "
            "adds to them (pfs library).",
        ),
        columns=("Standing", "Deals"),
        rows=tuple((state, str(count)) for state, count in found.by_state.items()),
        numbers=("Deals",),
    )


def _number(value: Exact | None) -> str:
    return NOT_KNOWN if value is None else exact_or_near(value)


def _hours(hours: Fraction) -> str:
    return exact_or_near(hours) if hours else NOT_KNOWN
