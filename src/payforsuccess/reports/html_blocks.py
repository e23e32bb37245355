"""Each block of a document as HTML."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections import Counter

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
from payforsuccess.reports.inline import Content, Exactly, Inline, Link, NoteReference, Strong
from payforsuccess.reports.markup import EMPTY, Markup, element, escaped, joined, svg_markup
from payforsuccess.reports.note import Notice
from payforsuccess.reports.phrases import phrases_for
from payforsuccess.reports.svg import parse_svg, with_unique_ids
from payforsuccess.reports.table import Row, Table

# A table of no more rows than this is not split over two printed pages.
MOST_ROWS_KEPT_TOGETHER = 8

_DAY = re.compile(r"(\b\d{4}-\d\d-\d\d\b)")


class Pen:
    """What the writer keeps in mind while it writes one document from top to bottom."""

    def __init__(self, document: Document) -> None:
        self.phrases = phrases_for(document.language)
        self.note_numbers = {key: at for at, key in enumerate(document.note_keys(), start=1)}
        self.references: Counter[str] = Counter()
        self.figures = 0
        self.headings = tuple(block for block in document.blocks if isinstance(block, Heading))
        self.anchors = _anchors(self.headings)
        self._next_anchor = iter(self.anchors)

    def next_anchor(self) -> str:
        """The id of the next heading."""
        return next(self._next_anchor)


def _anchors(headings: tuple[Heading, ...]) -> tuple[str, ...]:
    """An id for each heading: its own anchor, else words of its text, made unique by a number."""
    taken = {heading.anchor for heading in headings if heading.anchor}
    anchors = []
    for heading in headings:
        anchor = heading.anchor
        if not anchor:
            plain = unicodedata.normalize("NFKD", heading.text.lower())
            stem = "s-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section")
            anchor, copy = stem, 1
            while anchor in taken:
                copy += 1
                anchor = f"{stem}-{copy}"
            taken.add(anchor)
        anchors.append(anchor)
    return tuple(anchors)


def block_markup(block: Block, pen: Pen) -> Markup:
    """One block as HTML."""
    match block:
        case Heading(level, text):
            return element(f"h{level}", escaped(text), id=pen.next_anchor())
        case Paragraph(parts):
            return element("p", content_markup(parts, pen))
        case ItemList(items, is_numbered):
            entries = [element("li", content_markup(item, pen)) for item in items]
            return element("ol" if is_numbered else "ul", *entries)
        case Particulars():
            return _particulars(block, pen)
        case KeyFigures():
            return _key_figures(block, pen)
        case Table():
            return table_markup(block, pen)
        case Figure():
            return _figure(block, pen)
        case Notice():
            return notice_markup(block)


def content_markup(parts: Content, pen: Pen) -> Markup:
    """A line of text as HTML."""
    return joined(*(_inline(part, pen) for part in parts))


def _inline(part: Inline, pen: Pen) -> Markup:
    match part:
        case str():
            return _unbroken(part)
        case Strong(text):
            return element("strong", escaped(text))
        case Exactly(text):
            return element("code", escaped(text))
        case Link(text, to):
            return element("a", escaped(text), href=to)
        case NoteReference(key):
            number = pen.note_numbers[key]
            pen.references[key] += 1
            mark = element(
                "a",
                # In brackets: a small raised figure beside an amount would read as a power.
                escaped(f"[{number}]"),
                id=f"reference-{number}-{pen.references[key]}",
                href=f"#note-{number}",
                role="doc-noteref",
                aria_label=f"{pen.phrases.note} {number}",
            )
            return element("sup", mark)


def _unbroken(text: str) -> Markup:
    """Text in which a day such as 2027-06-30 is never broken over two lines."""
    pieces = _DAY.split(text)
    return joined(
        *(
            element("span", escaped(piece), class_="day") if at % 2 else escaped(piece)
            for at, piece in enumerate(pieces)
            if piece
        )
    )


def notice_markup(notice: Notice) -> Markup:
    """A notice: its title, and what it says."""
    return element(
        "div",
        element("p", escaped(notice.title), class_="title"),
        element("p", escaped(notice.says)),
        class_="notice" if notice.weight == "warning" else f"notice {notice.weight}",
        role="note",
    )


def _particulars(block: Particulars, pen: Pen) -> Markup:
    entries = [
        joined(
            element("dt", escaped(particular.label)),
            element("dd", content_markup(particular.parts, pen)),
        )
        for particular in block.particulars
    ]
    return element("dl", *entries, class_="particulars")


def _key_figures(block: KeyFigures, pen: Pen) -> Markup:
    entries = [
        element(
            "div",
            element("dt", escaped(figure.label)),
            element("dd", escaped(figure.value), class_="value"),
            element("dd", content_markup(figure.detail, pen), class_="detail"),
        )
        for figure in block.figures
    ]
    return element("dl", *entries, class_="figures")


def table_markup(table: Table, pen: Pen) -> Markup:
    """A table in a frame that scrolls sideways on small screens and can be reached by keyboard."""
    titles = [
        element(
            "th", escaped(column.title), scope="col", class_="end" if column.is_number else None
        )
        for column in table.columns
    ]
    rows = [_row(table, row, pen) for row in table.rows]
    footer = [_row(table, row, pen) for row in table.footer]
    whole = element(
        "table",
        element("caption", escaped(table.caption)),
        element("thead", element("tr", *titles)),
        element("tbody", *rows),
        element("tfoot", *footer) if footer else EMPTY,
    )
    is_short = len(rows) + len(footer) <= MOST_ROWS_KEPT_TOGETHER
    return element(
        "div",
        whole,
        class_="wide short" if is_short else "wide",
        role="region",
        tabindex="0",
        aria_label=f"{table.caption} ({pen.phrases.scroll})",
    )


def _row(table: Table, row: Row, pen: Pen) -> Markup:
    cells = []
    for at, cell in enumerate(row):
        is_header = at == 0 and table.has_row_headers
        cells.append(
            element(
                "th" if is_header else "td",
                content_markup(cell.parts, pen),
                scope="row" if is_header else None,
                colspan=str(cell.spans) if cell.spans > 1 else None,
                class_="end" if table.alignment(row, at) == "end" else None,
            )
        )
    return element("tr", *cells)


def _figure(figure: Figure, pen: Pen) -> Markup:
    pen.figures += 1
    prefix = f"figure-{pen.figures}"
    if isinstance(figure.image, Raster):
        data = b64encode(figure.image.data).decode("ascii")
        source = f"data:{figure.image.media_type};base64,{data}"
        picture = element("img", src=source, alt=figure.alternative)
    else:
        picture = _drawing(figure.image.text, figure.alternative, prefix)
    numbers = EMPTY
    if figure.table is not None:
        numbers = table_markup(figure.table, pen)
        if figure.table_shown == "folded":
            summary = element("summary", escaped(pen.phrases.numbers))
            numbers = element("details", summary, numbers)
    return element(
        "figure",
        element("figcaption", escaped(figure.caption), id=f"{prefix}-caption"),
        element(
            "div",
            picture,
            class_="picture",
            role="group",
            tabindex="0",
            aria_labelledby=f"{prefix}-caption",
        ),
        numbers,
    )


def _drawing(svg: str, alternative: str, prefix: str) -> Markup:
    tree = with_unique_ids(parse_svg(svg), f"{prefix}-")
    for name in ("width", "height"):
        tree.attrib.pop(name, None)
    # `role=img` with a name hides the parts on purpose: one sentence and a table read better
    # than thirty marks.
    tree.set("role", "img")
    tree.set("aria-label", alternative)
    tree.set("focusable", "false")
    return svg_markup(tree)
