"""Sheets as sections of rows; where a row stands is known only once all of them are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from payforsuccess.reports.workbook.live import Live, Number

Format = Literal["money", "price", "number", "share", "multiple", "date", "year"]
FIRST_ROW = 5
"""The first row of the first section; title and legend stand above."""
FIRST = 3
"""The first column of a sheet's own figures: before it come label and note."""


@dataclass
class Row:
    """A line of a sheet: what it says, and its cells by column (counted from 1)."""

    says: str
    note: str = ""
    told: Format = "money"
    is_total: bool = False
    cells: dict[int, Live | str | date] = field(default_factory=dict)
    inputs: set[int] = field(default_factory=set)
    """The columns of constants that people may change."""
    formats: dict[int, Format] = field(default_factory=dict)
    """Where a column is told otherwise than its row."""
    number: int = 0
    """Its row on the sheet, from 1; set when the sheet is complete."""


@dataclass(frozen=True)
class Cell:
    """Where a number stands."""

    sheet: str
    row: Row
    column: int

    def seen_from(self, sheet: str) -> str:
        """How a formula of a sheet names the cell."""
        fixed = "$" if self.column in self.row.inputs else ""
        address = f"{fixed}{letters(self.column)}{fixed}{self.row.number}"
        return address if sheet == self.sheet else f"'{self.sheet}'!{address}"


@dataclass
class Section:
    """Rows that belong together, under a heading."""

    sheet: str
    says: str
    rows: list[Row] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    """Heads of columns, from the first; none where the sheet's calendar heads them."""
    _named: dict[str, Row] = field(default_factory=dict)

    def row(
        self,
        says: str,
        *,
        key: str = "",
        note: str = "",
        told: Format = "money",
        is_total: bool = False,
    ) -> Row:
        """The row of a key (or of its words), made when it is first asked for."""
        key = key or says
        if key not in self._named:
            self._named[key] = Row(says, note, told, is_total)
            self.rows.append(self._named[key])
        return self._named[key]

    def put(self, row: Row, column: int, number: Live) -> Live:
        """A number in a cell, which names it from then on; one that has a cell is pointed at."""
        if number.place is None:
            row.cells[column] = number
            number.place = Cell(self.sheet, row, column)
            return number
        shown = Live(number.value, number.named)
        row.cells[column] = shown
        shown.place = Cell(self.sheet, row, column)
        return shown

    def put_input(self, row: Row, column: int, number: Number) -> Live:
        """A constant that people may change."""
        said = Live(Fraction(number), lambda _: repr(float(number)))
        row.inputs.add(column)
        return self.put(row, column, said)

    def put_day(self, row: Row, column: int, day: date) -> Live:
        """A date of the calendar, which formulas may count with."""
        row.cells[column] = day
        told = Live(day.toordinal(), lambda _: "")
        told.place = Cell(self.sheet, row, column)
        return told


@dataclass
class Sheet:
    """A sheet of the workbook."""

    title: str
    says: str
    widths: tuple[int, ...] = (58, 24)
    sections: list[Section] = field(default_factory=list)
    frozen_rows: int = 0
    """How many rows of the first section stay in view."""

    def section(self, says: str, *, heads: tuple[str, ...] = ()) -> Section:
        """A section at the end of the sheet."""
        self.sections.append(Section(self.title, says, heads=heads))
        return self.sections[-1]

    def number_rows(self) -> None:
        """Give every row its place; sections without rows take none."""
        at = FIRST_ROW
        for section in self.sections:
            if not section.rows:
                continue
            at += 1 + bool(section.heads)
            for row in section.rows:
                row.number = at
                at += 1
            at += 1


def letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def span(row: Row, first: int, last: int) -> str:
    """The cells of a row from one column to another, as a formula of its own sheet names them."""
    return f"{letters(first)}{row.number}:{letters(last)}{row.number}"
