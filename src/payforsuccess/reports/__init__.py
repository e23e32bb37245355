"""Particulars become documents: one model of a document, its writers, and the documents we write.

This room never computes a fact: what a document says was handed to it. It opens no file.
"""

from __future__ import annotations

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.figure import Figure, Raster, Svg
from payforsuccess.reports.html import write_html
from payforsuccess.reports.inline import Content, Exactly, Inline, Link, NoteReference, Strong
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.table import Cell, Column, Table, cell

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Content",
    "Document",
    "Exactly",
    "Figure",
    "Heading",
    "Inline",
    "ItemList",
    "KeyFigure",
    "KeyFigures",
    "Link",
    "Note",
    "NoteReference",
    "Notice",
    "Paragraph",
    "Particular",
    "Particulars",
    "Raster",
    "Strong",
    "Svg",
    "Table",
    "cell",
    "paragraph",
    "write_html",
]
