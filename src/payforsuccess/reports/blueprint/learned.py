"""Protocols, what other deals taught, what is open, and the versions of the blueprint."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import guidelines, open_points, table
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Cell, cell

_PHASES = {
    "identify": "Identifying initiatives",
    "develop": "Developing initiatives",
    "fund": "Funding initiatives",
    "manage": "Managing initiatives",
}


def protocol_blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """The protocols in the order of an initiative's life; a phase without one says so."""
    yield Heading(2, "Protocols", "protocols")
    for phase, title in _PHASES.items():
        own = [each for each in facts.blueprint.protocols if each.phase == phase]
        yield Heading(3, title, f"protocol-{phase}")
        if not own:
            yield paragraph("No protocol is stated yet.")
            continue
        yield table(
            title,
            ("Step", "What is done", "By", "Standing"),
            [
                (cell(str(at)), cell(each.says), cell(each.by), Cell(notes.standing(each)))
                for at, each in enumerate(own, start=1)
            ],
        )


def lesson_blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """What was learned from other deals (R12, R148), each lesson with its sources."""
    yield Heading(2, "What others taught", "lessons")
    if facts.records:
        yield table(
            "The deals that were learned from",
            ("Deal", "Where and when", "For whom", "How it came out"),
            [
                (
                    cell(each.name),
                    cell(f"{each.place}, {each.years}"),
                    cell(each.population),
                    Cell((f"{each.result.says} ", _library(each.id, notes))),
                )
                for each in facts.records
            ],
        )
    if facts.lessons:
        yield table(
            "Lessons, and what the blueprint does about them",
            ("Deal", "About", "Lesson", "Used for"),
            [
                (
                    cell(each.deal),
                    cell(each.about),
                    Cell((f"{each.says} ", *notes.sources(each.sources))),
                    cell(each.used_for),
                )
                for each in facts.lessons
            ],
        )
    yield from guidelines(
        "Lessons from other sources",
        facts.blueprint.lessons,
        notes,
        none="No lesson from another source is stated.",
    )


def _library(name: str, notes: NoteBook) -> NoteReference:
    return notes.note(
        f"library {name}",
        "The library of deals that comes with the program; each figure there names its sources.",
        evidence=f"pfs library show {name}",
    )


def open_blocks(facts: ReportFacts) -> Iterator[Block]:
    """What is open in the whole."""
    yield Heading(2, "What is not known", "open")
    points = [each for each in facts.blueprint.open if each.part == "whole"]
    elsewhere = len(facts.blueprint.open) - len(points)
    if elsewhere:
        yield paragraph(f"What is open within a part stands there ({elsewhere} in all).")
    if points:
        yield from open_points(facts, "whole")
    elif not elsewhere:
        yield paragraph("Nothing is marked as open.")


def version_blocks(facts: ReportFacts) -> Iterator[Block]:
    """Every change with its day, author and reason (R13)."""
    yield Heading(2, "Changes of the blueprint", "changes")
    yield table(
        "Every change, in order",
        ("Day", "By", "What was changed, and why"),
        [
            (cell(day_text(each.on)), cell(each.by), cell(each.reason))
            for each in facts.blueprint.changes
        ],
    )
