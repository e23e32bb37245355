"""The model of a document refuses nonsense when built."""

from __future__ import annotations

import pytest

from payforsuccess.reports import (
    Cell,
    Column,
    Heading,
    ItemList,
    KeyFigures,
    Link,
    Note,
    NoteReference,
    Notice,
    Paragraph,
    Particular,
    Raster,
    Svg,
    cell,
    paragraph,
)
from payforsuccess.reports.inline import Exactly, with_names
from tests.rooms.reports.cast import a_document, a_figure, a_full_document, a_table


def test_a_document_with_one_of_everything_is_taken():
    assert a_full_document().note_keys() == ("days", "people")


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: a_figure(alternative=" "), "alternative text must say something"),
        (lambda: a_figure(alternative="What is paid"), "more than its caption"),
        (lambda: a_figure(caption=""), "caption must say something"),
        (lambda: a_table(columns=()), "needs a header row"),
        (lambda: a_table(rows=()), "needs rows"),
        (lambda: a_table(caption=""), "caption must say something"),
        (lambda: a_table(rows=((cell("Housing"),),)), "1 cells wide under 2 columns"),
        (lambda: a_table(footer=((cell("Total"),),)), "1 cells wide under 2 columns"),
        (lambda: a_table(columns=(Column("A"), Column("A"))), "same title"),
        (lambda: Cell(()), "must say something"),
        (lambda: cell(" "), "must say something"),
        (lambda: Cell(("All",), spans=0), "one column or more"),
        (lambda: Column(" "), "title must say something"),
        (lambda: Heading(1, "Title"), "level is 2 to 6"),
        (lambda: Heading(2, ""), "heading must say something"),
        (lambda: Heading(2, "A", "Not An Anchor"), "small letters"),
        (lambda: Paragraph(()), "must say something"),
        (lambda: ItemList(()), "needs items"),
        (lambda: ItemList(((),)), "needs items"),
        (lambda: KeyFigures(()), "one to four"),
        (lambda: Particular("Deal", ()), "must say something"),
        (lambda: Notice("Not certified", ""), "notice must say something"),
        (lambda: Note("a", "Says"), "names a run, a clause, a fingerprint or steps"),
        (lambda: Raster(b"GIF89a"), "PNG or a JPEG"),
        (lambda: a_document(title=""), "title must say something"),
        (lambda: a_document(language="English"), "language"),
        (lambda: a_document(blocks=()), "needs blocks"),
        (lambda: a_document(Heading(3, "Deep")), "follows one of level 1"),
        (lambda: a_document(Heading(2, "A"), Heading(4, "B")), "follows one of level 2"),
        (lambda: a_document(Heading(2, "A", "x"), Heading(2, "B", "x")), "same anchor"),
        (lambda: a_document(paragraph(Link("There", "#nowhere"))), "no heading has the anchor"),
        (lambda: a_document(paragraph(NoteReference("x"))), "there is no note 'x'"),
        (lambda: a_document(notes=(Note("x", "Says", run="r"),)), "nothing refers to the note"),
    ],
)
def test_nonsense_is_refused_when_built(build, says):
    with pytest.raises(ValueError, match=says):
        build()


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org",
        "\\\\server\\share",
        "https://example.org/a b",
        "java\tscript:alert(1)",
        "#Not-An-Anchor",
        "",
    ],
)
def test_a_link_that_could_harm_is_refused(target):
    with pytest.raises(ValueError):
        Link("words", target)


@pytest.mark.parametrize(
    "target", ["https://example.org", "mailto:a@example.org", "#lines", "run/record.json"]
)
def test_a_plain_link_is_taken(target):
    assert Link("words", target).to == target


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)" d="M0 0"/>',
        "<style>* { display: none }</style>",
        '<path style="fill: red" d="M0 0"/>',
        "<foreignObject/>",
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<path fill="url(https://example.org/x)" d="M0 0"/>',
        "<a href='#x'/>",
        "<unclosed>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside):
    with pytest.raises(ValueError, match="drawing"):
        Svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{inside}</svg>')


def test_a_drawing_with_a_document_type_or_without_view_box_is_refused():
    with pytest.raises(ValueError, match="document type"):
        Svg('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>')
    with pytest.raises(ValueError, match="viewBox"):
        Svg('<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_names_between_backticks_are_marked_and_a_lone_backtick_stays() -> None:
    assert with_names("call `second` lacks `on_budget`") == (
        "call ",
        Exactly("second"),
        " lacks ",
        Exactly("on_budget"),
    )
    assert with_names("a ` alone") == ("a ` alone",)
