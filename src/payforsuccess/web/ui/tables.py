"""A table of a page: at most six columns, stacked on a phone, sorted by links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from payforsuccess.web.ui.cells import cell

Text = str | Promise
MOST_COLUMNS = 6


@dataclass(frozen=True)
class Column:
    """One column. sort: the name that `?sort=` takes, where the view can sort by it."""

    label: Text
    sort: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell with its column, ready for the page."""

    label: Text
    html: SafeString
    is_number: bool
    is_head: bool


@dataclass(frozen=True)
class Row:
    """The values of one line; what `cells.cell` takes. The first one names the line."""

    values: Sequence[object]
    is_urgent: bool = False


@dataclass(frozen=True)
class Heading:
    """A column's head: which way a click sorts, and how the table is sorted now."""

    column: Column
    sort: str
    is_sorted: str


@dataclass(frozen=True)
class Table:
    """A table for `{% table %}`.

    caption: what the lines are, with the day they hold for. empty: what stands where there is no
    line, and what to do then. sorted_by: the `sort` in force, with a minus sign for downwards.
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[object]]
    empty: Text = ""
    sorted_by: str = ""
    is_caption_hidden: bool = False

    def __post_init__(self) -> None:
        """Refuse a table too wide to be read, or with lines of another length: bugs of a page."""
        if len(self.columns) > MOST_COLUMNS:
            raise ValueError(f"{len(self.columns)} columns; a page shows {MOST_COLUMNS} at most")
        for row in self.rows:
            values = row.values if isinstance(row, Row) else row
            if len(values) != len(self.columns):
                raise ValueError(f"a line of {len(values)} values for {len(self.columns)} columns")

    @property
    def headings(self) -> list[Heading]:
        """The heads of the columns, with what each link sorts by."""
        heads = []
        for column in self.columns:
            is_up = self.sorted_by == column.sort
            is_down = self.sorted_by == f"-{column.sort}"
            now = (
                "" if not column.sort else "ascending" if is_up else "descending" if is_down else ""
            )
            heads.append(Heading(column, f"-{column.sort}" if is_up else column.sort, now))
        return heads

    @property
    def lines(self) -> list[tuple[bool, list[Cell]]]:
        """Each line as cells, with whether it is urgent."""
        lines = []
        for row in self.rows:
            row = row if isinstance(row, Row) else Row(row)
            cells = [
                Cell(column.label, cell(value), column.is_number, at == 0)
                for at, (column, value) in enumerate(zip(self.columns, row.values, strict=True))
            ]
            lines.append((row.is_urgent, cells))
        return lines
