"""The HTML writer: a document as one accessible file that needs nothing else and runs nothing."""

from __future__ import annotations

from payforsuccess.reports.document import Document, Heading
from payforsuccess.reports.html_blocks import Pen, block_markup, notice_markup
from payforsuccess.reports.html_notes import notes_markup
from payforsuccess.reports.markup import EMPTY, Markup, element, escaped, joined, lines
from payforsuccess.reports.stylesheet import stylesheet

# Documents with fewer sections than this are read from the top; a list of them would be noise.
FEWEST_SECTIONS_LISTED = 4

# A saved page must stay what it was: no script, no frame, no form, nothing fetched.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def write_html(document: Document) -> bytes:
    """The document as a UTF-8 HTML file; the same document gives the same bytes.

    Built to WCAG 2.1 AA: language, landmarks, skip link, headings in order, table headers with
    scope, figures with alternative text, visible focus. Notices show at the top and on every
    printed page.
    """
    pen = Pen(document)
    lead = _lead(document)
    first = lines(*(block_markup(block, pen) for block in document.blocks[:lead]))
    rest = lines(*(block_markup(block, pen) for block in document.blocks[lead:]))
    notes = notes_markup(document, pen)
    page = lines(
        Markup("<!DOCTYPE html>"),
        Markup(f'<html lang="{escaped(document.language)}">'),
        _head(document, pen),
        Markup("<body>"),
        element("a", escaped(pen.phrases.skip), class_="skip", href="#content"),
        _running(document),
        _header(document),
        _notices(document, pen),
        Markup('<main id="content" tabindex="-1">'),
        joined(first, _contents(document, pen), rest, notes),
        Markup("</main>"),
        Markup("</body>"),
        Markup("</html>"),
    )
    return page.encode("utf-8")


def _lead(document: Document) -> int:
    """How many blocks stand before the first heading; the list of contents follows them."""
    headings = (at for at, block in enumerate(document.blocks) if isinstance(block, Heading))
    return next(headings, len(document.blocks))


def _head(document: Document, pen: Pen) -> Markup:
    running = "  ·  ".join(notice.title for notice in document.notices)
    style = stylesheet(title=document.title, running=running, phrases=pen.phrases)
    return lines(
        Markup("<head>"),
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", escaped(document.title)),
        Markup(f"<style>\n{style}</style>"),
        Markup("</head>"),
    )


def _running(document: Document) -> Markup:
    """Titles of the notices behind the text of every printed page, for browsers without margins."""
    if not document.notices:
        return EMPTY
    titles = [element("div", escaped(notice.title)) for notice in document.notices]
    return element("div", *titles, class_="running", aria_hidden="true")


def _header(document: Document) -> Markup:
    subtitle = (
        element("p", escaped(document.subtitle), class_="subtitle") if document.subtitle else EMPTY
    )
    return element("header", element("h1", escaped(document.title)), subtitle)


def _notices(document: Document, pen: Pen) -> Markup:
    if not document.notices:
        return EMPTY
    notices = [notice_markup(notice) for notice in document.notices]
    return element("aside", *notices, class_="notices", aria_label=pen.phrases.notices)


def _contents(document: Document, pen: Pen) -> Markup:
    sections = [
        (heading.text, anchor)
        for heading, anchor in zip(pen.headings, pen.anchors, strict=True)
        if heading.level == 2
    ]
    if not document.lists_contents or len(sections) < FEWEST_SECTIONS_LISTED:
        return EMPTY
    items = [
        element("li", element("a", escaped(text), href=f"#{anchor}")) for text, anchor in sections
    ]
    title = element("h2", escaped(pen.phrases.contents), id="contents")
    listed = joined(title, element("ul", *items))
    return element("nav", listed, class_="contents", aria_labelledby="contents")
