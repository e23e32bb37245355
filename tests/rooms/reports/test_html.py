"""The HTML writer: structure, names, escaping, and nothing from outside."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.reports import (
    Cell,
    Exactly,
    Heading,
    Link,
    Note,
    NoteReference,
    Notice,
    Particular,
    Particulars,
    Strong,
    cell,
    paragraph,
    write_html,
)
from payforsuccess.reports.markup import printable
from tests.rooms.reports.cast import a_document, a_figure, a_full_document, a_table
from tests.rooms.reports.page import Page

HOSTILE = "<script>alert('x')</script>\"&<img src=x onerror=alert(1)></style></title>"


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(write_html(a_full_document()))


def test_the_same_document_gives_the_same_bytes():
    assert write_html(a_full_document()) == write_html(a_full_document())


def test_the_page_names_its_language_and_title(page):
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("title").text == page.one("h1").text == "Statement 3"


def test_the_page_has_landmarks_and_a_skip_link_that_comes_first(page):
    assert len(page.all("header")) == len(page.all("main")) == len(page.all("nav")) == 1
    first = page.all("a")[0]
    assert first.attributes["href"] == "#content"
    assert page.one("main").attributes["id"] == "content"


def test_headings_never_skip_a_level(page):
    levels = [int(one.name[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_even_when_a_drawing_is_used_twice(page):
    assert len(set(page.ids)) == len(page.ids)
    assert {"figure-1-clip", "figure-2-clip"} <= set(page.ids)


def test_every_internal_link_and_reference_resolves(page):
    targets = [
        one.attributes["href"][1:]
        for one in page.elements
        if one.attributes.get("href", "").startswith("#")
    ]
    targets += [
        one.attributes["aria-labelledby"]
        for one in page.elements
        if "aria-labelledby" in one.attributes
    ]
    for one in page.elements:
        for value in one.attributes.values():
            targets += re.findall(r"url\(#(.*?)\)", value)
    assert targets
    assert set(targets) <= set(page.ids)


def test_every_picture_has_a_name(page):
    pictures = page.all("svg", "img")
    assert len(pictures) == 3
    for picture in pictures:
        name = picture.attributes.get("aria-label") or picture.attributes.get("alt")
        assert name == "A line that rises from 0 to 9."
    assert all(one.attributes["role"] == "img" for one in page.all("svg"))


def test_every_table_has_a_caption_and_header_cells_with_scope(page):
    tables = page.all("table")
    assert len(page.all("caption")) == len(tables) == 3
    scopes = [one.attributes["scope"] for one in page.all("th")]
    assert scopes.count("col") == 2 * len(tables)
    assert scopes.count("row") == 3 * len(tables)


def test_number_cells_are_set_flush_right(page):
    amounts = [one for one in page.all("td") if one.text.startswith("620,978.40")]
    assert amounts
    assert all(one.attributes["class"] == "end" for one in amounts)


def test_frames_that_scroll_can_be_reached_by_keyboard_and_have_a_name(page):
    frames = [one for one in page.elements if one.attributes.get("tabindex") == "0"]
    assert len(frames) == 6
    for frame in frames:
        assert frame.attributes.get("aria-label") or frame.attributes.get("aria-labelledby")


def test_notices_stand_above_the_content_and_on_every_printed_page(page):
    aside = page.one("aside")
    assert aside.text.startswith("Not certified No payment can be approved. Synthetic data")
    assert aside.attributes["aria-label"] == "Please note"
    style = page.one("style").text
    assert '@top-left { content: "Not certified \\b7 Synthetic data"' in re.sub(r" +", " ", style)
    (running,) = [one for one in page.elements if one.attributes.get("class") == "running"]
    assert running.text == "Not certified Synthetic data"


def test_notes_are_numbered_as_met_and_lead_back_to_each_use(page):
    marks = [one for one in page.all("a") if one.attributes.get("role") == "doc-noteref"]
    assert [one.text for one in marks] == ["[1]", "[1]", "[2]"]
    assert [one.attributes["href"] for one in marks] == ["#note-1", "#note-1", "#note-2"]
    back = [one for one in page.all("a") if one.attributes.get("role") == "doc-backlink"]
    assert [one.attributes["href"][1:] for one in back] == [one.attributes["id"] for one in marks]


def test_a_note_shows_its_steps_deepest_first_with_clause_run_and_fingerprint(page):
    (note,) = [one for one in page.all("li") if one.attributes.get("id") == "note-1"]
    assert "days housed less days jailed = 41,070 days" in note.text
    assert note.text.index("days housed") < note.text.index("= 620,978.40 USD [4.2]")
    for said in ("run-7", "4.2", "sha256:cd"):
        assert said in note.text


def test_the_page_runs_nothing_and_fetches_nothing(page):
    allowed = {"html", "head", "meta", "title", "style", "body", "a", "header", "main", "nav"}
    allowed |= {"aside", "section", "div", "p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt"}
    allowed |= {"dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure"}
    allowed |= {"figcaption", "img", "details", "summary", "svg", "defs", "clippath", "rect"}
    allowed |= {"path", "text", "strong", "code", "sup", "span"}
    assert {one.name for one in page.elements} <= allowed
    for one in page.elements:
        assert not [name for name in one.attributes if name.startswith("on")]
        assert "style" not in one.attributes
        assert one.attributes.get("src", "data:").startswith("data:")
    style = page.one("style").text
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = [one for one in page.all("meta") if "http-equiv" in one.attributes]
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_hostile_text_stays_text_wherever_it_stands():
    document = a_document(
        Heading(2, HOSTILE),
        paragraph(HOSTILE, Strong(HOSTILE), Exactly(HOSTILE), Link(HOSTILE, "x?'\"<>"), "."),
        a_table(caption=HOSTILE, rows=((cell(HOSTILE), cell(HOSTILE)),)),
        a_figure(alternative=HOSTILE, caption=HOSTILE + "!"),
        Particulars((Particular(HOSTILE, (HOSTILE, NoteReference(HOSTILE))),)),
        Notice(HOSTILE, HOSTILE),
        title=HOSTILE,
        subtitle=HOSTILE,
        notices=(Notice(HOSTILE, HOSTILE),),
        notes=(Note(HOSTILE, HOSTILE, run=HOSTILE, clause=HOSTILE, fingerprint=HOSTILE),),
    )

    data = write_html(document)

    page = Page(data)
    assert not page.all("script")
    assert not page.all("img")
    assert b"<script" not in data
    assert len(page.all("style")) == len(page.all("title")) == 1
    assert page.one("title").text == page.one("h1").text == HOSTILE
    assert page.all("caption")[0].text == HOSTILE
    assert page.one("svg").attributes["aria-label"] == HOSTILE


@given(words=st.text(min_size=1).filter(str.strip))
def test_any_text_comes_out_as_the_text_it_was(words):
    document = a_document(
        paragraph("[", words, "]"),
        a_figure(alternative=f"[{words}]"),
        title=f"[{words}]",
        notices=(Notice(words, words),),
    )

    page = Page(write_html(document))

    shown = " ".join(printable(f"[{words}]").split())
    assert page.one("h1").text == page.one("title").text == shown
    assert shown in [one.text for one in page.all("p")]
    assert " ".join(page.one("svg").attributes["aria-label"].split()) == shown


def test_characters_that_cannot_or_must_not_print_are_replaced():
    data = write_html(a_document(paragraph("a\x00b\u202ec\ud800d\u2066e\x1b")))

    assert "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd" in data.decode("utf-8")


def test_headings_with_the_same_words_get_ids_of_their_own():
    again = Heading(2, "Line")
    page = Page(write_html(a_document(again, again, Heading(2, "…"), Heading(2, "Línea"))))

    assert [
        one.attributes["id"] for one in page.all("h2") if "contents" not in one.attributes["id"]
    ] == [
        "s-line",
        "s-line-2",
        "s-section",
        "s-li-nea",
    ]


def test_a_spanish_document_is_spanish_in_the_words_of_the_writer_too():
    page = Page(write_html(a_document(language="es-US")))

    assert page.one("html").attributes["lang"] == "es-US"
    assert page.all("a")[0].text == "Ir al contenido"


def test_a_short_document_has_no_list_of_contents():
    assert not Page(write_html(a_document())).all("nav")


def test_a_cell_may_span_columns():
    table = a_table(footer=((Cell(("Nothing was paid",), spans=2),),))
    spanning = [
        one for one in Page(write_html(a_document(table))).all("th") if "colspan" in one.attributes
    ]

    assert [one.attributes["colspan"] for one in spanning] == ["2"]
