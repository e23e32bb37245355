"""The Word writer: styles, header rows, words for pictures, language and title."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from payforsuccess.reports import paragraph
from payforsuccess.reports.word import write_docx
from tests.rooms.reports.cast import a_document, a_full_document


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(write_docx(a_full_document())))


def test_the_same_document_gives_the_same_bytes():
    assert write_docx(a_full_document()) == write_docx(a_full_document())


def test_it_names_its_language_and_title(word):
    assert word.core_properties.title == "Statement 3"
    assert word.core_properties.language == "en"
    language = word.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert [tag.get(qn("w:val")) for tag in language] == ["en-US"]


def test_headings_have_the_styles_of_headings(word):
    styles = [line.style.name for line in word.paragraphs]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    assert "List Bullet" in styles
    assert "Caption" in styles


def test_every_table_has_a_header_row_that_repeats(word):
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_every_picture_has_words(word):
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert pictures
    assert all(picture.get("descr", "").strip() for picture in pictures)


def test_every_link_inside_leads_somewhere(word):
    anchors = {tag.get(qn("w:anchor")) for tag in word.element.iter(qn("w:hyperlink"))} - {None}
    bookmarks = {tag.get(qn("w:name")) for tag in word.element.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= bookmarks


def test_no_part_tells_the_time():
    with zipfile.ZipFile(io.BytesIO(write_docx(a_document()))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_that_no_file_can_hold_is_left_out():
    made = docx.Document(io.BytesIO(write_docx(a_document(paragraph("a\x00b<w:p/>&")))))
    assert any("<w:p/>&" in line.text for line in made.paragraphs)


def test_no_day_of_a_template_stands_in_for_the_day_it_was_made(word):
    parts = word.core_properties._element
    assert not [tag for tag in parts if tag.tag.endswith(("}created", "}modified"))]
