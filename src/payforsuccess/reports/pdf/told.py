"""A document as plain data, for writers that are given data: every text stays a text."""

from __future__ import annotations

import re
from typing import assert_never

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigures,
    Paragraph,
    Particulars,
)
from payforsuccess.reports.figure import Figure, Raster, Svg
from payforsuccess.reports.html import FEWEST_SECTIONS_LISTED
from payforsuccess.reports.html_blocks import Pen
from payforsuccess.reports.html_notes import in_order
from payforsuccess.reports.inline import Content, Exactly, Inline, Link, NoteReference, Strong
from payforsuccess.reports.inline import plain_text as plain
from payforsuccess.reports.markup import printable
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.svg import parse_svg
from payforsuccess.reports.table import Row, Table
from payforsuccess.reports.widths import widths_of

Plain = dict[str, object]

# With more columns than this a page is set sideways.
MOST_COLUMNS_UPRIGHT = 8
# Words longer than this, such as checksums, may be broken after so many letters.
LONGEST_WHOLE, PIECE = 30, 8
# A cell of no more letters than this is not split over two pages, and with it its row.
LONGEST_WHOLE_CELL = 600
# In inches, the height of a picture at most.
TALLEST = 4.5


def told(document: Document) -> Plain:
    """Everything the template needs; the keys are those that `template.py` reads."""
    pen = Pen(document)
    language, _, region = document.language.partition("-")
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "language": language,
        "region": region.upper() or "US",
        "running": " · ".join(printable(notice.title) for notice in document.notices),
        "is_wide": is_wide(document),
        "lists_contents": document.lists_contents
        and sum(heading.level == 2 for heading in pen.headings) >= FEWEST_SECTIONS_LISTED,
        "words": vars(pen.phrases),
        "notices": [_notice(notice) for notice in document.notices],
        "blocks": [_block(block, pen) for block in document.blocks],
        "notes": [
            _note(note, pen)
            for note in sorted(document.notes, key=lambda note: pen.note_numbers[note.key])
        ],
    }


def is_wide(document: Document) -> bool:
    """Whether a table has so many columns that pages lie sideways."""
    tables = [table for block in document.blocks if (table := _table_of(block)) is not None]
    return any(len(table.columns) > MOST_COLUMNS_UPRIGHT for table in tables)


def _table_of(block: Block) -> Table | None:
    match block:
        case Table():
            return block
        case Figure(table=Table() as table):
            return table
        case _:
            return None


def _block(block: Block, pen: Pen) -> Plain:
    match block:
        case Heading(level, text):
            return {
                "kind": "heading",
                "level": level,
                "text": printable(text),
                "anchor": pen.next_anchor(),
            }
        case Paragraph(parts):
            return {"kind": "paragraph", "parts": _line(parts, pen)}
        case ItemList(items, is_numbered):
            lines = [_line(item, pen) for item in items]
            return {"kind": "list", "is_numbered": is_numbered, "items": lines}
        case Particulars(particulars):
            listed = [
                {"label": printable(each.label), "parts": _line(each.parts, pen)}
                for each in particulars
            ]
            return {"kind": "particulars", "particulars": listed}
        case KeyFigures(figures):
            shown = [
                {
                    "label": printable(each.label),
                    "value": printable(each.value),
                    "detail": _line(each.detail, pen),
                }
                for each in figures
            ]
            return {"kind": "figures", "figures": shown}
        case Table():
            return _table(block, pen)
        case Figure():
            return _figure(block, pen)
        case Notice():
            return _notice(block)
        case _:
            assert_never(block)


def _line(parts: Content, pen: Pen) -> list[Plain]:
    return [_inline(part, pen) for part in parts]


def _inline(part: Inline, pen: Pen) -> Plain:
    match part:
        case str():
            return {"kind": "plain", "pieces": pieces_of(printable(part))}
        case Strong(text):
            return {"kind": "strong", "text": printable(text)}
        case Exactly(text):
            return {"kind": "exactly", "pieces": pieces_of(printable(text))}
        case Link(text, to):
            address = to.lower().startswith(("https:", "http:", "mailto:"))
            return {"kind": "link", "text": printable(text), "to": to, "is_address": address}
        case NoteReference(key):
            return {"kind": "note", "number": pen.note_numbers[key]}
        case _:
            assert_never(part)


def pieces_of(text: str) -> list[str]:
    """The text in pieces between which a line may end: a word too long for a cell is in several."""
    words = re.findall(r"\S+\s*|\s+", text)
    if not any(len(word) > LONGEST_WHOLE for word in words):
        return [text]
    pieces: list[str] = []
    for word in words:
        step = PIECE if len(word) > LONGEST_WHOLE else len(word)
        pieces += [word[at : at + step] for at in range(0, len(word), step)]
    return pieces


def _notice(notice: Notice) -> Plain:
    return {
        "kind": "notice",
        "title": printable(notice.title),
        "says": printable(notice.says),
        "weight": notice.weight,
    }


def _table(table: Table, pen: Pen) -> Plain:
    return {
        "kind": "table",
        "caption": printable(table.caption),
        "has_row_headers": table.has_row_headers,
        "columns": [
            {"title": printable(column.title), "is_number": column.is_number}
            for column in table.columns
        ],
        "widths": widths_of(table),
        "rows": [_row(table, row, pen) for row in table.rows],
        "footer": [_row(table, row, pen) for row in table.footer],
    }


def _row(table: Table, row: Row, pen: Pen) -> list[Plain]:
    return [
        {
            "parts": _line(cell.parts, pen),
            "spans": cell.spans,
            "is_end": table.alignment(row, at) == "end",
            "is_whole": len(plain(cell.parts)) <= LONGEST_WHOLE_CELL,
        }
        for at, cell in enumerate(row)
    ]


def _figure(figure: Figure, pen: Pen) -> Plain:
    shown: Plain = {
        "kind": "figure",
        "caption": printable(figure.caption),
        "alternative": printable(figure.alternative),
        "table": _table(figure.table, pen) if figure.table is not None else None,
    }
    if isinstance(figure.image, Raster):
        kind = figure.image.media_type.removeprefix("image/").replace("jpeg", "jpg")
        return {**shown, "format": kind, "octets": list(figure.image.data), "inches": TALLEST}
    return {
        **shown,
        "format": "svg",
        "text": figure.image.text,
        "inches": TALLEST * _aspect(figure.image),
    }


def _aspect(drawing: Svg) -> float:
    """Width against height, as the drawing itself says."""
    tree = parse_svg(drawing.text)
    box = tree.get("viewBox", "").replace(",", " ").split()
    if len(box) != 4:
        return 1.0
    return float(box[2]) / float(box[3])


def _note(note: Note, pen: Pen) -> Plain:
    words = pen.phrases
    facts = [
        (words.clause, note.clause, False),
        (words.run, note.run, True),
        (words.fingerprint, note.fingerprint, True),
        (words.evidence, note.evidence, True),
    ]
    return {
        "number": pen.note_numbers[note.key],
        "says": printable(note.says),
        "steps": [
            printable(f"{step.says} = {step.gives}" + (f" [{step.clause}]" if step.clause else ""))
            for whole in note.steps
            for step in in_order(whole)
        ],
        "facts": [
            {"label": label, "text": printable(text), "is_exact": exact}
            for label, text, exact in facts
            if text
        ],
    }
