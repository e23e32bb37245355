"""What the parts of the report share: headings, guidelines, what is missing, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.governance.blueprint.complete import Part, empty_parts, missing_of
from payforsuccess.governance.blueprint.said import Guideline
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.document import Block, Heading, ItemList, paragraph
from payforsuccess.reports.inline import Content, Strong
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.table import Cell, Column, Row, Table, cell

TITLES: dict[Part, str] = {
    "a": "Part a. Criteria for choosing interventions",
    "b": "Part b. Evaluators and intermediaries: options and recommendations",
    "c": "Part c. Guidelines for a financing model",
    "d": "Part d. Changes of policies and procedures",
}


def head(facts: ReportFacts, part: Part) -> tuple[Block, ...]:
    """The heading of a part, with what it still lacks."""
    lacking = [each.what for each in missing_of(facts.told) if each.part == part]
    heading = Heading(2, TITLES[part], f"part-{part}")
    if not lacking:
        return (heading,)
    state = "empty" if part in empty_parts(facts.told) else "unfinished"
    says = f"The report cannot be issued: this part has {'; '.join(lacking)}."
    return (heading, Notice(f"Part {part} is {state}", says))


def open_points(facts: ReportFacts, part: str) -> tuple[Block, ...]:
    """What is not known or not decided in a part, so marked."""
    points = [point for point in facts.blueprint.open if point.part == part]
    if not points:
        return ()
    blocks: list[Block] = []
    if part != "whole":
        blocks.append(Heading(3, f"Open in part {part}", f"open-{part}"))
    items: list[Content] = []
    for point in points:
        do = f" {point.do}" if point.do is not None else ""
        items.append((Strong("Open: "), f"{point.says}{do}"))
    return (*blocks, ItemList(tuple(items)))


def guidelines(
    title: str, stated: Sequence[Guideline], notes: NoteBook, *, none: str
) -> tuple[Block, ...]:
    """Guidelines as a table, each with its standing; a sentence where there are none."""
    if not stated:
        return (paragraph(none),)
    return (
        Table(
            title,
            (Column("Subject"), Column("Guideline"), Column("Standing")),
            tuple(
                (cell(each.subject), cell(each.says), Cell(notes.standing(each))) for each in stated
            ),
        ),
    )


def table(caption: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """A table of words; a title that starts with # is of numbers."""
    return Table(
        caption,
        tuple(Column(title.removeprefix("#"), is_number=title[0] == "#") for title in columns),
        tuple(rows),
    )
