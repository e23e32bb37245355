"""What all pages of registers share: title, day, standing, and tables that may be empty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Block, Document, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.of_initiative import initiative_notices
from payforsuccess.reports.table import Column, Table, cell


def register_page(
    facts: Facts, title: str, blocks: Iterable[Block], *, notices: Sequence[Notice] = ()
) -> Document:
    """A register as a document, as of the day."""
    return Document(
        title=title,
        language="en",
        subtitle=f"{facts.initiative.initiative}, as of {day_text(facts.on)}",
        notices=(*initiative_notices(facts.initiative.standing), *notices),
        blocks=tuple(blocks),
        lists_contents=False,
    )


def rows_or(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    empty: str,
    numbers: Collection[str] = (),
    blank: str = "none",
) -> Block:
    """A table of words; the sentence `empty` where it has no rows, `blank` where a cell is empty.

    numbers: the columns of numbers, by their titles.
    """
    cells = tuple(tuple(cell(each or blank) for each in row) for row in rows)
    if not cells:
        return paragraph(empty)
    return Table(
        caption, tuple(Column(title, is_number=title in numbers) for title in columns), cells
    )


def blank_in(facts: Facts, otherwise: str = "none") -> str:
    """What a blank says: put together from published sources, that it is not known."""
    return "not known" if facts.initiative.is_from_sources else otherwise


def day_or(day: date | None, otherwise: str = "not known") -> str:
    """A day in words, or what is said without one."""
    return day_text(day) if day is not None else otherwise


def words(name: str) -> str:
    """A name of the file as words: `not-asked` as `not asked`."""
    return "MOU" if name == "mou" else name.replace("-", " ")
