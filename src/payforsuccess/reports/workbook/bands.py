"""Bands as a table of inputs, and the formula that looks a value up in them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.errors import Refusal
from payforsuccess.payments.exact_units import band_edges, unit_of
from payforsuccess.payments.nodes import Bands
from payforsuccess.reports.workbook.grid import Row, letters
from payforsuccess.reports.workbook.inputs import VALUE, Inputs
from payforsuccess.reports.workbook.live import Live

FAR = Fraction(10**15)
"""Stands for no edge."""
HEADS = (
    "Bands",
    "From (first value)",
    "Up to (last value)",
    "Pays at the start",
    "Then for each unit",
    "Counted from",
)
FIRST_VALUE, LAST_VALUE, PAYS, THEN, ORIGIN = range(VALUE, VALUE + 5)


@dataclass(frozen=True)
class BandTable:
    """Bands on the sheet of inputs: the rows from the lowest band to the highest."""

    node: Bands
    rows: tuple[Row, ...]
    sheet: str
    scale: int

    def column(self, column: int) -> str:
        """A column of the table, as formulas of other sheets name it."""
        letter, first, last = letters(column), self.rows[0].number, self.rows[-1].number
        return f"'{self.sheet}'!${letter}${first}:${letter}${last}"

    def place(self, value: Live) -> Live:
        """The number of the band that holds a value; not available where none does."""
        at = self._at(value.value)

        def writes(sheet: str) -> str:
            of = value.named(sheet)
            found = f"MATCH({of},{self.column(FIRST_VALUE)},1)"
            return f"IF({of}>INDEX({self.column(LAST_VALUE)},{found}),NA(),{found})"

        return Live(at + 1, writes)

    def amount(self, value: Live, place: Live) -> Live:
        """What the band pays: the amount at its start, and its rate for each unit above that."""
        piece = self.node.pieces[int(place.value) - 1]
        worth = (piece.base + piece.slope * (value.value - piece.origin)) / self.scale

        def writes(sheet: str) -> str:
            of, at = value.named(sheet), place.named(sheet)
            pays, then, origin = (
                f"INDEX({self.column(column)},{at})" for column in (PAYS, THEN, ORIGIN)
            )
            return f"{pays}+{then}*({of}-{origin})"

        return Live(worth, writes, binds=1, is_loose=True)

    def _at(self, value: Fraction) -> int:
        edges = band_edges(self.node)
        step = int(value / edges.unit)
        for at, (low, high) in enumerate(zip(edges.lows, edges.highs, strict=True)):
            if (low is None or step >= low) and (high is None or step <= high):
                return at
        raise Refusal(edges.refuse(step).problems)


def band_table(node: Bands, inputs: Inputs, *, says: str, scale: int) -> BandTable:
    """The bands of a payment term as rows of inputs; edges are the first and the last value."""
    section = inputs.sheet.section(says, heads=HEADS)
    edges, unit = band_edges(node), unit_of(node.of)
    rows = []
    for at, piece in enumerate(node.pieces):
        row = section.row(f"Band {at + 1}", told="number")
        low, high = edges.lows[at], edges.highs[at]
        for column, number in (
            (FIRST_VALUE, -FAR if low is None else low * unit),
            (LAST_VALUE, FAR if high is None else high * unit),
            (PAYS, piece.base / scale),
            (THEN, piece.slope / scale),
            (ORIGIN, piece.origin),
        ):
            section.put_input(row, column, number)
        rows.append(row)
    return BandTable(node, tuple(rows), inputs.sheet.title, scale)
