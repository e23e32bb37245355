"""A table that can be read aloud: a caption, titled columns, a header cell in every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from payforsuccess.reports.inline import Content, plain_text, required

Alignment = Literal["start", "end"]


@dataclass(frozen=True)
class Column:
    """The title of a column. A column of numbers (`is_number`) is set flush right."""

    title: str
    is_number: bool = False

    def __post_init__(self) -> None:
        required(self.title, "a column's title")


@dataclass(frozen=True)
class Cell:
    """What stands in one cell, never nothing. `align` overrules its column; `spans` columns."""

    parts: Content
    align: Alignment | None = None
    spans: int = 1

    def __post_init__(self) -> None:
        if not plain_text(self.parts).strip():
            raise ValueError("a cell must say something; write 'none' or 'not known'")
        if self.spans < 1:
            raise ValueError("a cell spans one column or more")


def cell(*parts: str) -> Cell:
    """A cell of plain words."""
    return Cell(tuple(parts))


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows under titled columns; the first cell of each row is that row's header.

    footer: rows that sum up, set apart below. Refuses rows that are not as long as the header,
    columns with one title, and a table without caption, columns or rows.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[Row, ...] = ()
    has_row_headers: bool = True

    def __post_init__(self) -> None:
        required(self.caption, "a table's caption")
        if not self.columns:
            raise ValueError("a table needs a header row")
        if not self.rows:
            raise ValueError("a table needs rows; say in a paragraph that there are none")
        titles = [column.title for column in self.columns]
        if len(set(titles)) != len(titles):
            raise ValueError("two columns of one table have the same title")
        for row in (*self.rows, *self.footer):
            width = sum(cell.spans for cell in row)
            if width != len(self.columns):
                raise ValueError(f"a row is {width} cells wide under {len(self.columns)} columns")

    def alignment(self, row: Row, at: int) -> Alignment:
        """How the cell at place `at` of a row is set: its own wish, else its first column's."""
        own = row[at].align
        column = self.columns[sum(cell.spans for cell in row[:at])]
        return own if own is not None else "end" if column.is_number else "start"
