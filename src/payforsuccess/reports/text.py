"""A document as plain text for the terminal: every word of it, nothing drawn."""

from __future__ import annotations

from textwrap import fill

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigures,
    Paragraph,
    Particulars,
)
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.note import Notice
from payforsuccess.reports.table import Table

WIDTH = 100
"""Where lines of words break."""
WIDEST = 120
"""The widest table in columns; a wider one is a list."""


def write_text(document: Document) -> str:
    """Title, notices and blocks in order.

    A row of a wide table is its first cell, then each other cell under its column's title, since
    the cells of a register are sentences. Of a figure what it shows and its table stand there.
    """
    lines = [document.title]
    lines += [document.subtitle] if document.subtitle else []
    lines += [
        _wrapped(f"{each.title.upper()}: {each.says}", hang="  ") for each in document.notices
    ]
    for block in document.blocks:
        lines += ["", *_lines(block)]
    return "\n".join(lines)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(_, text):
            return [text, "-" * len(text)]
        case Paragraph(parts):
            return [_wrapped(plain_text(parts))]
        case ItemList(items, is_numbered):
            return [
                _wrapped(f"{f'{number}.' if is_numbered else '-'} {plain_text(item)}", hang="  ")
                for number, item in enumerate(items, 1)
            ]
        case Particulars(particulars):
            return [
                _wrapped(f"{each.label}: {plain_text(each.parts)}", hang="  ")
                for each in particulars
            ]
        case KeyFigures(figures):
            return [
                _wrapped(f"{each.label}: {each.value} ({plain_text(each.detail)})", hang="  ")
                for each in figures
            ]
        case Table():
            return _table(block)
        case Figure():
            told = _table(block.table) if block.table is not None else []
            return [_wrapped(f"{block.caption}. {block.alternative}"), *told]
        case Notice():
            return [_wrapped(f"{block.title.upper()}: {block.says}", hang="  ")]


def _table(table: Table) -> list[str]:
    """The rows in columns where they fit, else each row as a list under its first cell."""
    rows = [tuple(plain_text(each.parts) for each in row) for row in (*table.rows, *table.footer)]
    titles = tuple(column.title for column in table.columns)
    is_even = all(len(row) == len(titles) for row in rows)
    widths = [max(len(row[at]) for row in (titles, *rows)) for at in range(len(titles) * is_even)]
    if is_even and sum(widths) + 2 * len(widths) <= WIDEST:
        ends = [column.is_number for column in table.columns]
        return [f"{table.caption}:", *(_row(row, widths, ends) for row in (titles, *rows))]
    lines = [f"{table.caption}:"]
    for row in (*table.rows, *table.footer):
        first, *rest = row
        lines.append(_wrapped(f"* {plain_text(first.parts)}", hang="  "))
        at = first.spans
        for cell in rest:
            title = table.columns[at].title
            lines.append(_wrapped(f"    {title}: {plain_text(cell.parts)}", hang=" " * 6))
            at += cell.spans
    return lines


def _row(row: tuple[str, ...], widths: list[int], ends: list[bool]) -> str:
    placed = [
        text.rjust(width) if at_end else text.ljust(width)
        for text, width, at_end in zip(row, widths, ends, strict=True)
    ]
    return f"  {'  '.join(placed)}".rstrip()


def _wrapped(text: str, *, hang: str = "") -> str:
    return fill(text, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
