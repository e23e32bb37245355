"""What a document's files must be for everyone to read them, checked in the files themselves.

check_files(document)   HTML, PDF and DOCX are written, and each is as a screen reader needs it
"""

from __future__ import annotations

import io

import docx
import pikepdf
from docx.oxml.ns import qn
from pypdf import PdfReader

from payforsuccess.reports import Document, Figure, Heading, Table, write_html
from payforsuccess.reports.pdf import write_pdf
from payforsuccess.reports.word import write_docx


def check_files(document: Document) -> str:
    """Every form is written and has language, title, headings, table headers and picture texts.

    Gives the words of the PDF, for what a test asks besides.
    """
    assert b"<h1" in write_html(document)
    _check_word(document, write_docx(document))
    data = write_pdf(document)
    _check_pdf(document, data)
    return words_of(data)


def pages_of(document: Document) -> int:
    """How many pages its PDF has."""
    return len(PdfReader(io.BytesIO(write_pdf(document))).pages)


def words_of(data: bytes) -> str:
    """The words of a PDF with single spaces between them."""
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def headings_of(document: Document) -> list[str]:
    """Its headings in order."""
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def _tables(document: Document) -> int:
    own = sum(isinstance(block, Table) for block in document.blocks)
    return own + sum(
        isinstance(block, Figure) and block.table is not None for block in document.blocks
    )


def _check_pdf(document: Document, data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang).startswith(document.language.partition("-")[0])
        assert str(pdf.docinfo["/Title"]) == document.title
        tags = list(_tags(pdf.Root.StructTreeRoot))
        assert sum(tag == "/H1" for tag, _ in tags) == 1
        titles = sum(isinstance(block, Heading) for block in document.blocks)
        found = sum(tag in ("/H2", "/H3", "/H4", "/H5", "/H6") for tag, _ in tags)
        assert found >= titles
        tables = _tables(document)
        assert sum(tag == "/THead" for tag, _ in tags) == tables
        for tag, element in tags:
            if tag == "/Figure":
                assert str(element.Alt).strip()
        if tables:
            assert any(tag == "/TH" for tag, _ in tags)


def _tags(element: pikepdf.Object) -> list[tuple[str, pikepdf.Object]]:
    found: list[tuple[str, pikepdf.Object]] = []
    if not isinstance(element, pikepdf.Dictionary):
        return found
    if "/S" in element:
        found.append((str(element.S), element))
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += _tags(kid)
    return found


def _check_word(document: Document, data: bytes) -> None:
    word = docx.Document(io.BytesIO(data))
    assert word.core_properties.title == document.title
    assert word.core_properties.language == document.language
    styles = [line.style.name for line in word.paragraphs if line.style is not None]
    assert styles[0] == "Title"
    titles = sum(isinstance(block, Heading) for block in document.blocks)
    assert sum(style.startswith("Heading") for style in styles) >= titles
    assert len(word.tables) == _tables(document)
    for table in word.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None
    for picture in word.element.iter(qn("wp:docPr")):
        assert picture.get("descr", "").strip()
