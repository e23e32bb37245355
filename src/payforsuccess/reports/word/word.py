"""A document as a DOCX file: styles for headings, lists and captions, header rows that repeat."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports.document import Document
from payforsuccess.reports.html_blocks import Pen
from payforsuccess.reports.markup import printable
from payforsuccess.reports.pdf.told import is_wide

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# The oldest day a ZIP file can name: the same document gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
# Word's own colours of these styles stand out too little from white paper.
_PALE = ("Caption", "Subtitle", "Intense Quote", "Heading 1", "Heading 2", "Heading 3")
_INK = "1F3864"


def write_docx(document: Document) -> bytes:
    """The document as one DOCX file; the same document gives the same bytes.

    Headings, lists, captions and quotes carry Word's own styles, so that a table of contents and a
    screen reader find them; the header row of each table repeats and is marked as one; pictures
    carry their text. Refuses to run without the extra `documents`.
    """
    try:
        import docx
    except ImportError as missing:
        raise Refusal(
            Problem(
                "DOCX files need a package that is not installed: python-docx.",
                "Install it with: pip install 'payforsuccess[documents]', or ask for HTML.",
            )
        ) from missing
    from payforsuccess.reports.word.blocks import PAGE_INCHES, WIDE_PAGE_INCHES, Writer

    whole = docx.Document()
    wide = is_wide(document)
    _particulars(whole, document, is_wide=wide)
    pen = Pen(document)
    writer = Writer(whole, pen, width=WIDE_PAGE_INCHES if wide else PAGE_INCHES)
    whole.add_heading(printable(document.title), level=0)
    if document.subtitle:
        whole.add_paragraph(printable(document.subtitle), style="Subtitle")
    for notice in document.notices:
        writer.write(notice)
    for block in document.blocks:
        writer.write(block)
    writer.notes(document)
    held = io.BytesIO()
    whole.save(held)
    return _without_time(held.getvalue())


def _particulars(whole: WordDocument, document: Document, *, is_wide: bool) -> None:
    """Title, language, running header with the notices, page size."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt, RGBColor

    from payforsuccess.reports.word.marks import set_language

    whole.core_properties.title = printable(document.title)
    whole.core_properties.language = document.language
    whole.core_properties.author = ""
    whole.core_properties.comments = ""
    # The empty file that python-docx starts from is of 2013; no day is better than a wrong one.
    parts = whole.core_properties._element
    for name in ("dcterms:created", "dcterms:modified"):
        for tag in parts.findall(qn(name)):
            parts.remove(tag)
    set_language(whole, document.language)
    whole.styles["Normal"].font.size = Pt(10)
    whole.styles["Intense Quote"].paragraph_format.space_before = Pt(4)
    whole.styles["Intense Quote"].paragraph_format.space_after = Pt(6)
    for name in _PALE:
        whole.styles[name].font.color.rgb = RGBColor.from_string(_INK)
    section = whole.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    if is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = Inches(0.9)
    section.top_margin = section.bottom_margin = Inches(0.8)
    running = " · ".join(printable(notice.title) for notice in document.notices)
    if running:
        section.header.paragraphs[0].text = running


def _without_time(data: bytes) -> bytes:
    """The same file with one fixed day on each of its parts."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _MADE)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return held.getvalue()
