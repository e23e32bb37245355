"""Each block of a document in Word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches, Pt, RGBColor

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigures,
    Paragraph,
    Particulars,
)
from payforsuccess.reports.figure import Figure, Raster
from payforsuccess.reports.html_notes import in_order
from payforsuccess.reports.inline import Content, Exactly, Inline, Link, NoteReference, Strong
from payforsuccess.reports.markup import printable
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.pdf.raster import png_of
from payforsuccess.reports.table import Table
from payforsuccess.reports.word.marks import (
    bookmark,
    describe_picture,
    link,
)
from payforsuccess.reports.word.tables import MONO, add_table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

    from payforsuccess.reports.html_blocks import Pen

_LINK = RGBColor(0x0B, 0x4F, 0x8A)
PAGE_INCHES, WIDE_PAGE_INCHES = 6.7, 9.2
"""How wide a line is on a page that stands upright, and on one that lies sideways."""


class Writer:
    """Writes the blocks of one document into one Word file, from top to bottom."""

    def __init__(self, whole: WordDocument, pen: Pen, *, width: float = PAGE_INCHES) -> None:
        self._whole = whole
        self._pen = pen
        self._width = width
        self._bookmarks = 0
        # python-docx looks through all styles each time one is named; their ids are found once.
        self._styles = {style.name: style.style_id for style in whole.styles}
        style = whole.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = _LINK
        style.font.underline = True

    def write(self, block: Block) -> None:
        """One block."""
        match block:
            case Heading(level, text):
                heading = self._styled(f"Heading {level - 1}")
                heading.add_run(printable(text))
                self._mark(heading, self._pen.next_anchor())
            case Paragraph(parts):
                self._line(self._whole.add_paragraph(), parts)
            case ItemList(items, is_numbered):
                self._list(items, is_numbered)
            case Particulars(particulars):
                for each in particulars:
                    line = self._whole.add_paragraph()
                    line.add_run(f"{printable(each.label)}: ").bold = True
                    self._line(line, each.parts)
            case KeyFigures(figures):
                for figure in figures:
                    line = self._whole.add_paragraph()
                    line.add_run(f"{printable(figure.label)}: ")
                    shown = line.add_run(printable(figure.value))
                    shown.bold, shown.font.size = True, Pt(14)
                    line.add_run(" ")
                    self._line(line, figure.detail)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Notice(title, says):
                quote = self._styled("Intense Quote")
                quote.add_run(f"{printable(title)}. ").bold = True
                quote.add_run(printable(says))

    def notes(self, document: Document) -> None:
        """All notes, in the order in which they are met."""
        if not document.notes:
            return
        self._mark(self._whole.add_heading(self._pen.phrases.notes, level=1), "notes")
        numbers = self._pen.note_numbers
        for note in sorted(document.notes, key=lambda note: numbers[note.key]):
            self._note(note, numbers[note.key])

    def _note(self, note: Note, number: int) -> None:
        words = self._pen.phrases
        line = self._whole.add_paragraph()
        line.add_run(f"[{number}] ").bold = True
        line.add_run(printable(note.says))
        self._mark(line, f"note-{number}")
        for whole in note.steps:
            for step in in_order(whole):
                clause = f" [{step.clause}]" if step.clause else ""
                line = self._styled("List Bullet 2")
                line.add_run(printable(f"{step.says} = {step.gives}{clause}"))
        for label, text in (
            (words.clause, note.clause),
            (words.run, note.run),
            (words.fingerprint, note.fingerprint),
            (words.evidence, note.evidence),
        ):
            if text:
                said = self._styled("List Continue 2")
                said.add_run(f"{label}: {printable(text)}").font.size = Pt(8)

    def _list(self, items: tuple[Content, ...], is_numbered: bool) -> None:
        for at, item in enumerate(items, start=1):
            # Word counts a numbered list on through the whole file; each of ours starts at 1.
            line = self._styled("List" if is_numbered else "List Bullet")
            if is_numbered:
                line.add_run(f"{at}. ")
            self._line(line, item)

    def _line(self, line: WordParagraph, parts: Content) -> None:
        for part in parts:
            self._inline(line, part)

    def _inline(self, line: WordParagraph, part: Inline) -> None:
        match part:
            case str():
                line.add_run(printable(part))
            case Strong(text):
                line.add_run(printable(text)).bold = True
            case Exactly(text):
                run = line.add_run(printable(text))
                run.font.name, run.font.size = MONO, Pt(8.5)
            case Link(text, to):
                link(line, printable(text), to)
            case NoteReference(key):
                number = self._pen.note_numbers[key]
                link(line, f"[{number}]", f"#note-{number}")

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        numbers = self._pen.note_numbers
        add_table(self._whole, table, inches=self._width, number_of=lambda key: numbers[key])
        gap = self._whole.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)

    def _figure(self, figure: Figure) -> None:
        self._caption(figure.caption)
        image = figure.image
        data = image.data if isinstance(image, Raster) else png_of(image)
        shape = self._whole.add_picture(io.BytesIO(data), width=Inches(PAGE_INCHES))
        tallest = Inches(4.5)
        if shape.height > tallest:
            shape.width, shape.height = int(shape.width * tallest / shape.height), tallest
        describe_picture(shape, printable(figure.alternative))
        if figure.table is not None:
            self._table(figure.table)

    def _caption(self, text: str) -> None:
        line = self._styled("Caption")
        line.add_run(printable(text))
        line.paragraph_format.keep_with_next = True

    def _styled(self, style: str) -> WordParagraph:
        """An empty paragraph of a style of Word's own, at the end of the file."""
        line = self._whole.add_paragraph()
        line._p.style = self._styles[style]
        return line

    def _mark(self, line: WordParagraph, anchor: str) -> None:
        self._bookmarks += 1
        bookmark(line, anchor, self._bookmarks)
