"""The initiative that is to come first: whom it is for, what is done, what is tracked."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.initiative.change import Target
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import table
from payforsuccess.reports.document import Block, Heading, Particular, Particulars, paragraph
from payforsuccess.reports.inline import Content, Strong
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text, name_text, number_text
from payforsuccess.reports.table import Row, cell

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
            Particular("Stage", (initiative.stage.replace("-", " "),)),
            Particular("Why it comes first", _why(facts, notes)),
        )
    )
    yield from _tracked(facts)


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


def _tracked(facts: ReportFacts) -> Iterator[Block]:
    targets = facts.told.initiative.targets
    kinds = {each.kind for each in targets}
    rows = [_target(each) for each in targets]
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


def _target(each: Target) -> Row:
    now = NOT_KNOWN
    if each.current is not None:
        on = f" on {day_text(each.current_on)}" if each.current_on is not None else ""
        of = f", of {each.denominator:,} people" if each.denominator is not None else ""
        now = f"{number_text(each.current)} {each.unit}{on}{of}"
    return (
        cell(each.says),
        cell(NOT_KNOWN if each.baseline is None else f"{number_text(each.baseline)} {each.unit}"),
        cell(each.baseline_source or "no source on file"),
        cell(NOT_KNOWN if each.target is None else f"{number_text(each.target)} {each.unit}"),
        cell(now),
    )
