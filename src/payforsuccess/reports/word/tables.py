"""A table in Word, written as one piece of XML: a call for each cell takes many times as long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from payforsuccess.reports.inline import Content, Exactly, Inline, Link, NoteReference, Strong
from payforsuccess.reports.markup import printable
from payforsuccess.reports.table import Row, Table
from payforsuccess.reports.widths import widths_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MONO = "DejaVu Sans Mono"
# The letters that would fit into the white at the edges of a cell.
_EDGES = 3
# Word counts widths in twentieths of a point, sizes of letters in halves.
_TWENTIETHS, _HALVES = 1440, 2


def add_table(
    whole: WordDocument, table: Table, *, inches: float, number_of: Callable[[str], int]
) -> None:
    """Put a table at the end of the file, as wide as `inches`.

    Its header row is marked as one and stands again on each page, no row is split, columns are as
    wide as their words ask for, and the caption is the table's own description. number_of: the
    number of a note by its key.
    """
    columns = len(table.columns)
    size = (9 if columns <= 5 else 8 if columns <= 8 else 7) * _HALVES
    asked = [each + _EDGES for each in widths_of(table)]
    widths = [round(inches * _TWENTIETHS * each / sum(asked)) for each in asked]
    lines = _Lines(whole, size, number_of)
    caption = quoteattr(printable(table.caption))
    rows = [_header(table, widths, lines)]
    rows += [_row(table, row, widths, lines, is_footer=False) for row in table.rows]
    rows += [_row(table, row, widths, lines, is_footer=True) for row in table.footer]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # The parts of the properties stand in the order of the schema; Word refuses any other.
    whole.element.body._insert_tbl(
        parse_xml(
            f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            '<w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" '
            'w:noHBand="0" w:noVBand="1" w:val="04A0"/>'
            f"<w:tblCaption w:val={caption}/><w:tblDescription w:val={caption}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
    )


class _Lines:
    """Lines of text as XML, in letters of one size; links are entered into the file."""

    def __init__(self, whole: WordDocument, size: int, number_of: Callable[[str], int]) -> None:
        self._part = whole.part
        self._size = size
        self._number_of = number_of

    def of(self, parts: Content, *, is_strong: bool, at_end: bool) -> str:
        """One paragraph."""
        side = '<w:pPr><w:jc w:val="right"/></w:pPr>' if at_end else ""
        return f"<w:p>{side}{''.join(self._inline(part, is_strong) for part in parts)}</w:p>"

    def _inline(self, part: Inline, is_strong: bool) -> str:
        match part:
            case str():
                return self._run(part, is_strong=is_strong)
            case Strong(text):
                return self._run(text, is_strong=True)
            case Exactly(text):
                font = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}"/>'
                return self._run(text, is_strong=is_strong, before=font)
            case Link(text, to):
                return self._link(text, to, is_strong)
            case NoteReference(key):
                number = self._number_of(key)
                return self._link(f"[{number}]", f"#note-{number}", is_strong)

    def _run(self, text: str, *, is_strong: bool, before: str = "") -> str:
        bold = "<w:b/>" if is_strong else ""
        words = escape(printable(text).replace("\n", " "))
        return (
            f'<w:r><w:rPr>{before}{bold}<w:sz w:val="{self._size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{words}</w:t></w:r>'
        )

    def _link(self, text: str, to: str, is_strong: bool) -> str:
        if to.startswith("#"):
            target = f"w:anchor={quoteattr(to[1:])}"
        else:
            number = self._part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            target = f'r:id="{number}"'
        style = '<w:rStyle w:val="Hyperlink"/>'
        run = self._run(text, is_strong=is_strong, before=style)
        return f"<w:hyperlink {target}>{run}</w:hyperlink>"


def _header(table: Table, widths: list[int], lines: _Lines) -> str:
    cells = [
        _cell(
            lines.of((column.title,), is_strong=True, at_end=column.is_number),
            width,
        )
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return f'<w:tr><w:trPr><w:tblHeader w:val="true"/></w:trPr>{"".join(cells)}</w:tr>'


def _row(table: Table, row: Row, widths: list[int], lines: _Lines, *, is_footer: bool) -> str:
    cells: list[str] = []
    across = 0
    for at, cell in enumerate(row):
        is_strong = (at == 0 and table.has_row_headers) or is_footer
        at_end = table.alignment(row, at) == "end"
        line = lines.of(cell.parts, is_strong=is_strong, at_end=at_end)
        cells.append(_cell(line, sum(widths[across : across + cell.spans]), cell.spans))
        across += cell.spans
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(line: str, width: int, spans: int = 1) -> str:
    span = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}</w:tcPr>{line}</w:tc>'
