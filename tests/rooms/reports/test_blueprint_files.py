"""The blueprint as PDF and DOCX: what the files themselves say of language, tags and tables."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from payforsuccess.reports import Document, Heading, Table
from payforsuccess.reports.blueprint import blueprint_document, options_document, policies_document
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.pdf import write_pdf
from payforsuccess.reports.word import write_docx
from payforsuccess.runs.blueprint.read import open_blueprint
from tests.rooms.reports.test_pdf import named, text_of

FOLDER = Path(__file__).parents[3] / "examples" / "los-angeles-blueprint"
FACTS = open_blueprint(FOLDER, on=date(2026, 11, 22)).facts


@pytest.fixture(scope="module")
def made() -> Document:
    return blueprint_document(FACTS)


@pytest.fixture(scope="module")
def data(made: Document) -> bytes:
    return write_pdf(made)


@pytest.fixture(scope="module")
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def word(made: Document):  # type: ignore[no-untyped-def]
    return docx.Document(io.BytesIO(write_docx(made)))


def tables_in(made: Document) -> list[Table]:
    """Tables by themselves, and those of the numbers of a figure."""
    beside = [block.table if isinstance(block, Figure) else block for block in made.blocks]
    return [block for block in beside if isinstance(block, Table)]


def test_the_pdf_names_its_language_and_title_and_is_tagged(pdf, made):
    assert str(pdf.Root.Lang) == "en-US"
    assert str(pdf.docinfo["/Title"]) == made.title
    assert pdf.Root.MarkInfo.Marked
    assert len(named(pdf, "H1")) == 1


def test_every_heading_and_table_of_the_report_is_tagged_in_the_pdf(pdf, made):
    headings = [block for block in made.blocks if isinstance(block, Heading) and block.level == 2]
    assert len(named(pdf, "H2")) == len(headings) + 1  # the notes have one of their own
    assert len(named(pdf, "Table")) == len(tables_in(made))
    assert len(named(pdf, "THead")) == len(tables_in(made))


def test_the_line_of_days_has_words_that_stand_in_for_it(pdf, made):
    """R27: the figure of the report is tagged with its alternative text."""
    (figure,) = [block for block in made.blocks if isinstance(block, Figure)]
    assert [str(each.Alt) for each in named(pdf, "Figure")] == [figure.alternative]
    assert "the day printed on the report" in figure.alternative.lower()


def test_header_cells_of_the_pdf_say_what_they_head(pdf, made):
    columns = sum(len(table.columns) for table in tables_in(made))
    heads = named(pdf, "TH")
    assert len(heads) >= columns
    assert all("Scope" in str(each.get("/A")) for each in heads)


def test_each_page_of_a_draft_says_that_it_is_one(data):
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert len(pages) > 5
    assert all("Draft: part a is unfinished" in text for text in pages)


def test_the_parts_stand_in_order_in_the_pdf(data):
    """R27: the exported document shows the four parts in order."""
    said = text_of(data)
    contents = [said.index(f"Part {part}. ") for part in "abcd"]
    assert contents == sorted(contents)


def test_the_word_file_has_language_title_headings_and_header_rows(word, made):
    tables = tables_in(made)
    language = word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    assert language == "en-US"
    assert word.core_properties.title == made.title
    styles = [line.style.name for line in word.paragraphs]
    assert styles.count("Heading 1") == 1 + sum(
        isinstance(block, Heading) and block.level == 2 for block in made.blocks
    )
    assert len(word.tables) == len(tables)
    for written, table in zip(word.tables, tables, strict=True):
        assert [cell.text for cell in written.rows[0].cells] == [c.title for c in table.columns]
        assert written.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert written._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption


def test_notes_of_the_word_file_can_be_reached_from_where_they_are_cited(word, made):
    marks = {each.get(qn("w:name")) for each in word.element.iter(qn("w:bookmarkStart"))}
    links = {each.get(qn("w:anchor")) for each in word.element.iter(qn("w:hyperlink"))}
    assert {f"note-{number}" for number in range(1, len(made.notes) + 1)} <= marks
    assert {each for each in links if each} <= marks


@pytest.mark.parametrize("make", [options_document, policies_document])
def test_the_papers_of_their_own_can_be_written_too(make):
    """R23, R26: the options paper and the table of policies by themselves."""
    made = make(FACTS)
    assert write_pdf(made).startswith(b"%PDF")
    assert len(docx.Document(io.BytesIO(write_docx(made))).tables) == len(tables_in(made))
