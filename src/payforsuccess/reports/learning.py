"""What was learned, as a document: parts that say something, with a table where they have one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.table import Column, Table, cell

FOR_THE_PARTIES = Notice(
    "For the parties",
    "Small numbers are hidden. What the records tell of sites and practices is for the parties to "
    "learn from, and is not recorded as given out.",
)
MADE_UP = Notice("Made up", "At least one initiative or stream in here is not real.")


@dataclass(frozen=True)
class Part:
    """One part: what it is about, what it says, and its rows with the caption of their table.

    numbers: the columns of numbers. points: what is listed below the table.
    """

    title: str
    says: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has a cell for each column")
        if not (self.says or self.rows or self.points):
            raise ValueError("a part must say something")


def learning_document(
    title: str,
    subtitle: str,
    parts: tuple[Part, ...],
    *,
    is_made_up: bool,
    from_records: bool = False,
) -> Document:
    """Every part under its heading. from_records: whether records of people stand behind some."""
    return Document(
        title=title,
        language="en",
        subtitle=subtitle,
        notices=(
            *((MADE_UP,) if is_made_up else ()),
            *((FOR_THE_PARTIES,) if from_records else ()),
        ),
        blocks=tuple(block for part in parts for block in _blocks(part)),
    )


def _blocks(part: Part) -> list[Block]:
    blocks: list[Block] = [Heading(2, part.title, _anchor(part.title))]
    blocks += [paragraph(each) for each in part.says]
    if part.rows:
        columns = tuple(Column(name, is_number=name in part.numbers) for name in part.columns)
        rows = tuple(tuple(cell(text or "none") for text in row) for row in part.rows)
        blocks.append(Table(part.caption or part.title, columns, rows))
    if part.points:
        blocks.append(ItemList(tuple((each,) for each in part.points)))
    return blocks


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
