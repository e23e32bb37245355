"""Sheets as a workbook file: formulas, formats, and the same bytes for the same sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from payforsuccess.reports.spreadsheet import STARTS
from payforsuccess.reports.workbook.grid import (
    FIRST,
    FIRST_ROW,
    Format,
    Row,
    Section,
    Sheet,
    letters,
)
from payforsuccess.reports.workbook.live import Live

INPUT = PatternFill("solid", fgColor="FFF2CC")
HEAD = PatternFill("solid", fgColor="1F3864")
BAND = PatternFill("solid", fgColor="D9E2F3")
THIN = Side(style="thin", color="7F7F7F")
NOTHING_EARLIER = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every file for when it was made: the same sheets give the same bytes."""
LEGEND = "Cells that look like this one are inputs; nothing else is typed in."
WIDTH = 15
"""Of a column that is not told otherwise."""
LINE_HEIGHT = 14
"""Of a line of text, in points."""
FAR = '[>=1000000000000000]"no end";[<=-1000000000000000]"no end";General'


def write_workbook(sheets: Sequence[Sheet], *, title: str, digits: int, standing: str) -> bytes:
    """The sheets as an Office Open XML workbook."""
    for sheet in sheets:
        sheet.number_rows()
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in sheets:
        _Writer(book.create_sheet(sheet.title), sheet, digits).write(title, standing)
    book.properties.title = title
    book.properties.creator = "payforsuccess"
    book.properties.created = book.properties.modified = NOTHING_EARLIER.replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True
    into = BytesIO()
    book.save(into)
    return _same_bytes(into.getvalue())


class _Writer:
    """Writes one sheet."""

    def __init__(self, page: Worksheet, sheet: Sheet, digits: int) -> None:
        self._page, self._sheet = page, sheet
        money = "#,##0" + ("." + "0" * digits if digits else "")
        self._formats: dict[Format, str] = {
            "money": f"{money};-{money};-",
            "price": f"{money}####" if digits else f"{money}.####",
            "number": FAR,
            "share": "0.00%",
            "multiple": "0.0000",
            "date": "yyyy-mm-dd",
            "year": "0",
        }

    def write(self, title: str, standing: str) -> None:
        """Title, sections, and how the sheet is seen and printed."""
        page = self._page
        _text(page.cell(1, 1), title).font = Font(bold=True, size=14)
        _text(page.cell(2, 1), f"{self._sheet.says}. {standing}").font = Font(italic=True)
        if any(row.inputs for section in self._sheet.sections for row in section.rows):
            legend = _text(page.cell(3, 1), LEGEND)
            legend.fill, legend.border = INPUT, Border(THIN, THIN, THIN, THIN)
        for section in self._sheet.sections:
            if section.rows:
                self._section(section)
        for column, width in enumerate(self._sheet.widths, 1):
            page.column_dimensions[letters(column)].width = width
        for column in range(len(self._sheet.widths) + 1, page.max_column + 1):
            page.column_dimensions[letters(column)].width = WIDTH
        if self._sheet.frozen_rows:
            page.freeze_panes = f"{letters(FIRST)}{FIRST_ROW + 1 + self._sheet.frozen_rows}"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        page.print_title_cols = "A:A"

    def _section(self, section: Section) -> None:
        heading = section.rows[0].number - 1 - bool(section.heads)
        width = max(3, len(section.heads), *(max(row.cells, default=0) for row in section.rows))
        for column in range(1, width + 1):
            self._page.cell(heading, column).fill = HEAD
        _text(self._page.cell(heading, 1), section.says).font = Font(bold=True, color="FFFFFF")
        for column, head in enumerate(section.heads, 1):
            cell = _text(self._page.cell(heading + 1, column), head)
            cell.font, cell.fill = Font(bold=True), BAND
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if len(head) > self._width(column):
                self._page.row_dimensions[heading + 1].height = 2 * LINE_HEIGHT
        for row in section.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        label = _text(self._page.cell(row.number, 1), row.says)
        label.alignment = Alignment(wrap_text=True, vertical="top")
        if row.note:
            _text(self._page.cell(row.number, 2), row.note).font = Font(italic=True, color="595959")
        self._heighten(row)
        for column, content in row.cells.items():
            cell = self._page.cell(row.number, column)
            told = row.formats.get(column, row.told)
            if isinstance(content, str):
                _text(cell, content).alignment = Alignment(wrap_text=True, vertical="top")
                continue
            cell.number_format, cell.alignment = self._formats[told], Alignment(vertical="top")
            if isinstance(content, date):
                cell.value, cell.number_format = content, self._formats["date"]
            elif column in row.inputs:
                cell.value, cell.fill = _plain(content), INPUT
                cell.border = Border(THIN, THIN, THIN, THIN)
            else:
                cell.value = f"={self._formula(content, told)}"
            if row.is_total:
                cell.font, cell.border = Font(bold=True), Border(top=THIN)
        if row.is_total:
            label.font = Font(bold=True)

    def _heighten(self, row: Row) -> None:
        """Room for text that takes several lines; no program makes it by itself when printing."""
        texts = {1: row.says}
        texts |= {column: text for column, text in row.cells.items() if isinstance(text, str)}
        lines = max(-(-len(text) // self._width(column)) for column, text in texts.items())
        if lines > 1:
            self._page.row_dimensions[row.number].height = lines * LINE_HEIGHT

    def _width(self, column: int) -> int:
        """How many letters a column holds in one line."""
        widths = self._sheet.widths
        return (widths[column - 1] if column <= len(widths) else WIDTH) - 1

    def _formula(self, number: Live, told: Format) -> str:
        """The formula; sums of money are cleared of what floating point leaves behind."""
        said = number.formula(self._sheet.title)
        if told == "money" and number.is_loose:
            return f"ROUND({said},{self._digits})"
        return said

    @property
    def _digits(self) -> int:
        decimals = self._formats["money"].split(";")[0].partition(".")[2]
        return len(decimals)


def _plain(number: Live) -> int | float:
    value = number.value
    return value.numerator if value.denominator == 1 else float(value)


def _text(cell: Cell | MergedCell, text: str) -> Cell:
    """Text that stays text: what begins like a formula is never read as one."""
    assert isinstance(cell, Cell)
    kept = "".join(letter for letter in text if letter >= " " or letter in "\n")
    cell.value = kept
    cell.data_type = "s"
    if kept.startswith(STARTS) or text.startswith(STARTS):
        cell.quotePrefix = True  # type: ignore[attr-defined]
    return cell


def _same_bytes(made: bytes) -> bytes:
    """The file with fixed dates in place of the moment at which it was packed."""
    into = BytesIO()
    stamp = NOTHING_EARLIER.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(made)) as packed, ZipFile(into, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            info = ZipInfo(name, date_time=NOTHING_EARLIER.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            again.writestr(info, content)
    return into.getvalue()
