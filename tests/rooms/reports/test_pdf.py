"""The PDF writer: what the file itself says of its language, title, tags and pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports import Cell, Column, Exactly, Strong, cell, paragraph
from payforsuccess.reports.pdf import write_pdf
from payforsuccess.reports.pdf.told import pieces_of
from tests.rooms.reports.cast import a_document, a_full_document, a_table

HOSTILE = '#panic("x") $x^2$ *bold* @ref <label> [a] \\ `raw` // gone /* gone */ "q" & é ñ'


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(a_full_document())))


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/S" in element:
            yield element
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from below(kid)

    return below(pdf.Root.StructTreeRoot)


def named(pdf: pikepdf.Pdf, name: str) -> list[pikepdf.Dictionary]:
    return [tag for tag in tags(pdf) if str(tag.S) == f"/{name}"]


def text_of(data: bytes) -> str:
    """The words of a file, as a reader would copy them."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_same_document_gives_the_same_bytes():
    assert write_pdf(a_full_document()) == write_pdf(a_full_document())


def test_the_file_says_that_it_is_built_to_the_rules(pdf):
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"


def test_the_file_names_its_language_and_title(pdf):
    assert str(pdf.Root.Lang) == "en-US"
    assert str(pdf.docinfo["/Title"]) == "Statement 3"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_spanish_is_named_as_such():
    data = write_pdf(a_document(language="es-US"))
    assert str(pikepdf.open(io.BytesIO(data)).Root.Lang) == "es-US"


def test_it_is_tagged_with_one_title(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert len(named(pdf, "H1")) == 1
    assert named(pdf, "H2")


def test_every_table_has_header_cells_with_a_scope(pdf):
    tables = named(pdf, "Table")
    assert len(tables) >= 1
    assert len(named(pdf, "THead")) == len(tables)
    for header in named(pdf, "TH"):
        assert any(str(each.get("/Scope", "")) == "/Column" for each in header.A)


def test_every_picture_has_words(pdf):
    figures = named(pdf, "Figure")
    assert figures
    assert all(str(each.Alt).strip() for each in figures)


def test_text_is_never_read_as_markup():
    page = text_of(write_pdf(a_document(paragraph(HOSTILE), title=HOSTILE)))
    said = " ".join(page.split())
    for word in ('#panic("x")', "$x^2$", "*bold*", "<label>", "// gone", "/* gone */"):
        assert word in said


def test_a_table_of_many_columns_lies_sideways():
    columns = (Column("Line"), *(Column(f"Year {n}", is_number=True) for n in range(11)))
    row = (cell("Housing"), *(cell(f"{n},000") for n in range(11)))
    wide = a_table(columns=columns, rows=(row,), footer=())
    with pikepdf.open(io.BytesIO(write_pdf(a_document(wide)))) as made:
        page = made.pages[0].mediabox
        assert page[2] > page[3]


def test_a_table_longer_than_a_page_repeats_its_header():
    rows = tuple((cell(f"Line {n}"), cell(f"{n}.00")) for n in range(120))
    data = write_pdf(a_document(a_table(rows=rows, footer=())))
    with pikepdf.open(io.BytesIO(data)) as made:
        pages = len(made.pages)
    assert pages > 1
    assert text_of(data).count("Amount") >= pages


def test_letters_that_no_font_has_are_refused_by_name():
    with pytest.raises(Refusal, match="日"):
        write_pdf(a_document(paragraph("日")))


def test_a_cell_may_span_columns_and_hold_strong_words():
    row = (Cell((Strong("Nothing is due"),), spans=2),)
    assert "Nothing is due" in text_of(write_pdf(a_document(a_table(rows=(row,), footer=()))))


def test_a_checksum_in_a_narrow_cell_is_broken_and_copied_whole():
    mark = "sha256:" + "0123456789abcdef" * 4
    columns = (Column("What"), Column("Who"), Column("When"), Column("Checksum"))
    row = (cell("deal.yaml"), cell("no one"), cell("today"), Cell((Exactly(mark),)))
    data = write_pdf(a_document(a_table(columns=columns, rows=(row,), footer=())))
    assert mark in "".join(text_of(data).split())
    assert pieces_of(mark) == [mark[at : at + 8] for at in range(0, len(mark), 8)]
    assert pieces_of("short words stay whole") == ["short words stay whole"]


def test_the_name_of_a_table_stays_with_it_at_the_foot_of_a_page():
    def pages(lines: int) -> list[str]:
        above = [paragraph(f"Line {at}.") for at in range(lines)]
        data = write_pdf(a_document(*above, a_table(caption="The name", footer=())))
        from pypdf import PdfReader

        return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]

    for lines in range(20, 45):
        for page in pages(lines):
            assert ("The name" in page) == ("Housing" in page)
