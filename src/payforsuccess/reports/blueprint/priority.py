"""The initiative that is to come first: whom it is for, what is done, what is tracked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.words.phrases import plural
from payforsuccess.governance.initiative.change import Target
from payforsuccess.governance.portfolio import current_by
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import table
from payforsuccess.reports.document import Block, Heading, Particular, Particulars, paragraph
from payforsuccess.reports.inline import Content, NoteReference, Strong
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text, name_text, number_text
from payforsuccess.reports.table import Cell, Row, cell

TRACKED = ("homelessness", "return-to-custody", "public-spending")
NOT_KNOWN = "not known"


def priority_blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """The priority initiative (R28, R29, R31), with the authority that put it first."""
    initiative = facts.told.initiative
    yield Heading(2, "The initiative that comes first", "priority")
    yield Particulars(
        (
            Particular("Initiative", (initiative.initiative,)),
            Particular("For whom", (initiative.population,)),
            Particular(
                "What is done",
                (initiative.intervention,) if initiative.intervention else (Strong("Not known."),),
            ),
            Particular(
                "Policy areas", (", ".join(name_text(each) for each in initiative.policy_areas),)
            ),
            Particular("Led by", (initiative.department,)),
            Particular("Stage", (initiative.stage_text(facts.told.on),)),
            Particular("Why it comes first", _why(facts, notes)),
        )
    )
    yield from _tracked(facts, notes)


def _why(facts: ReportFacts, notes: NoteBook) -> Content:
    priority = facts.told.initiative.priority
    if priority is None:
        return ("No motion or decision that puts it first is on file.",)
    if priority.removed_on is not None:
        return (
            f"It no longer does: {priority.removed_by} removed the priority on "
            f"{day_text(priority.removed_on)}.",
        )
    set_on = f", {day_text(priority.set_on)}" if priority.set_on is not None else ""
    return (f"{priority.source.title}{set_on} ", notes.paper(priority.source))


def _tracked(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    targets = facts.told.initiative.targets
    kinds = {each.kind for each in targets}
    rows = [_target(each, facts, notes) for each in targets]
    rows += [
        (
            cell(kind.replace("-", " ").capitalize()),
            *(cell("nothing on file") for _ in range(4)),
        )
        for kind in TRACKED
        if kind not in kinds
    ]
    yield paragraph(
        "Homelessness, returns to jail or prison, and public spending are tracked for these "
        "people: what it was before, what is aimed at, and where it stands."
    )
    yield table(
        "What is tracked", ("What", "Before", "Source of it", "Aimed at", "Stands at"), rows
    )


def _target(each: Target, facts: ReportFacts, notes: NoteBook) -> Row:
    mark = notes.note(
        f"target {each.name}",
        f"{each.says.rstrip('.')}: as initiative.yaml has it.",
        checksum=facts.told.initiative.fingerprint,
        evidence=each.baseline_source or "",
    )
    on = f", {day_text(each.current_on)}" if each.current_on is not None else ""
    of = f", of {each.denominator:,} people" if each.denominator is not None else ""
    return (
        cell(each.says),
        Cell(_value(each.baseline, each.unit, "", mark)),
        cell(each.baseline_source or "no source on file"),
        Cell(_value(each.target, each.unit, "", mark)),
        Cell(_value(current_by(each, facts.told.on), each.unit, f"{of}{on}", mark)),
    )


def _value(value: Fraction | None, unit: str, more: str, mark: NoteReference) -> Content:
    said = NOT_KNOWN if value is None else f"{_with_unit(value, unit)}{more}"
    return (f"{said} ", mark)


def _with_unit(value: Fraction, unit: str) -> str:
    return f"{number_text(value)} {unit if abs(value) == 1 else plural(unit)}"
