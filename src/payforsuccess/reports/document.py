"""The one model of a document, which every writer reads. It refuses nonsense when built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from payforsuccess.deal.public_risk import HONEST, says_without_risk
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import (
    ANCHOR,
    Content,
    Inline,
    Link,
    NoteReference,
    plain_text,
    required,
)
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.table import Table

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


NOT_WITHOUT_RISK = Notice("The public bears risk, whatever is written here", HONEST)
"""Stands on each document in which somebody's words say that the public bears none."""


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the document's title, so blocks start at 2. `anchor` is for links to it."""

    level: int
    text: str
    anchor: str = ""

    def __post_init__(self) -> None:
        required(self.text, "a heading")
        if not 2 <= self.level <= 6:
            raise ValueError("a heading's level is 2 to 6; the title of the document is level 1")
        if self.anchor and not ANCHOR.fullmatch(self.anchor):
            raise ValueError("an anchor is small letters, digits and hyphens")


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    parts: Content

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a paragraph must say something")


def paragraph(*parts: Inline) -> Paragraph:
    """A paragraph of these parts."""
    return Paragraph(tuple(parts))


@dataclass(frozen=True)
class ItemList:
    """A list, numbered where the order matters."""

    items: tuple[Content, ...]
    is_numbered: bool = False

    def __post_init__(self) -> None:
        if not self.items or not all(self.items):
            raise ValueError("a list needs items, and each must say something")


@dataclass(frozen=True)
class Particular:
    """A label and what is so."""

    label: str
    parts: Content

    def __post_init__(self) -> None:
        required(self.label, "a particular's label")
        if not self.parts:
            raise ValueError("a particular must say something")


@dataclass(frozen=True)
class Particulars:
    """Labelled particulars, one under the other."""

    particulars: tuple[Particular, ...]

    def __post_init__(self) -> None:
        if not self.particulars:
            raise ValueError("a list of particulars needs particulars")


@dataclass(frozen=True)
class KeyFigures:
    """The few numbers a reader came for, shown large.

    Each is a triple of label, value, and the small print without which it must not be quoted
    (denominator, interval, date).
    """

    figures: tuple[KeyFigure, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.figures) <= 4:
            raise ValueError("show one to four key figures; more are a table")


@dataclass(frozen=True)
class KeyFigure:
    """One large number: what it is, the number, and what must be said with it."""

    label: str
    value: str
    detail: Content

    def __post_init__(self) -> None:
        required(self.label, "a key figure's label")
        required(self.value, "a key figure's value")
        if not self.detail:
            raise ValueError("a key figure needs its denominator, interval or date")


Block: TypeAlias = (
    Heading | Paragraph | ItemList | Particulars | KeyFigures | Table | Figure | Notice
)


@dataclass(frozen=True)
class Document:
    """A whole document in one language.

    notices: shown at the top and on every printed page. blocks: the document in order. notes:
    sources and computations that note references lead to; a reference without a note and a note
    that nothing refers to are refused, as are skipped heading levels and links to anchors that are
    not there.
    Where a text of it says that the public bears no risk, a notice of what is so is added (R131).
    lists_contents: whether its sections are listed at its head; a letter or a page has no need.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    notices: tuple[Notice, ...] = ()
    notes: tuple[Note, ...] = ()
    lists_contents: bool = True

    def __post_init__(self) -> None:
        required(self.title, "a document's title")
        if not _LANGUAGE.fullmatch(self.language):
            raise ValueError("a document's language is a tag such as 'en' or 'es-US'")
        if not self.blocks:
            raise ValueError("a document needs blocks")
        if NOT_WITHOUT_RISK not in self.notices and _says_without_risk(self):
            object.__setattr__(self, "notices", (*self.notices, NOT_WITHOUT_RISK))
        _check_headings(self.blocks)
        _check_links(self.blocks)
        _check_notes(self)

    def note_keys(self) -> tuple[str, ...]:
        """The keys of the notes in the order in which a reader meets them: note 1, note 2, ..."""
        met = (
            part.note
            for block in self.blocks
            for part in inlines_of(block)
            if isinstance(part, NoteReference)
        )
        return tuple(dict.fromkeys(met))


def _says_without_risk(document: Document) -> bool:
    """Whether a title, a heading or running text of the document says so, in anybody's words."""
    return any(
        says_without_risk(text)
        for text in (
            document.title,
            document.subtitle,
            *(block.text for block in document.blocks if isinstance(block, Heading)),
            *(plain_text(content) for block in document.blocks for content in _contents_of(block)),
        )
    )


def _contents_of(block: Block) -> Iterator[Content]:
    """The contents of a block, each one whole: words on risk can lie in two parts of it."""
    match block:
        case Table():
            for row in (*block.rows, *block.footer):
                yield from (cell.parts for cell in row)
        case ItemList(items):
            yield from items
        case Particulars(particulars):
            yield from (each.parts for each in particulars)
        case Notice():
            yield (block.says,)
        case _:
            yield tuple(inlines_of(block))


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline part of a block, in reading order."""
    match block:
        case Paragraph(parts):
            yield from parts
        case ItemList(items):
            for item in items:
                yield from item
        case Particulars(particulars):
            for particular in particulars:
                yield from particular.parts
        case KeyFigures(figures):
            for figure in figures:
                yield from figure.detail
        case Table():
            for row in (*block.rows, *block.footer):
                for cell in row:
                    yield from cell.parts
        case Figure(table=Table() as table):
            yield from inlines_of(table)
        case Heading() | Figure() | Notice():
            return


def _check_headings(blocks: tuple[Block, ...]) -> None:
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                raise ValueError(
                    f"heading {block.text!r} of level {block.level} follows one of level {level}"
                )
            level = block.level


def _check_links(blocks: tuple[Block, ...]) -> None:
    anchors = [block.anchor for block in blocks if isinstance(block, Heading) and block.anchor]
    if len(set(anchors)) != len(anchors):
        raise ValueError("two headings have the same anchor")
    for block in blocks:
        for part in inlines_of(block):
            if isinstance(part, Link) and part.to.startswith("#") and part.to[1:] not in anchors:
                raise ValueError(f"no heading has the anchor {part.to!r}")


def _check_notes(document: Document) -> None:
    keys = [note.key for note in document.notes]
    if len(set(keys)) != len(keys):
        raise ValueError("two notes have the same key")
    met = document.note_keys()
    if missing := sorted(set(met) - set(keys)):
        raise ValueError(f"there is no note {missing[0]!r}")
    if unused := sorted(set(keys) - set(met)):
        raise ValueError(f"nothing refers to the note {unused[0]!r}")
