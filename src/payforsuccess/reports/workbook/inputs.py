"""The sheet of assumptions: every number that people may change, with source and standing."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.assumptions.values import Assumed, AssumedShare, Sourced
from payforsuccess.deal.deal import Deal
from payforsuccess.reports.workbook.grid import Format, Section, Sheet
from payforsuccess.reports.workbook.live import Live, Number

VALUE = 2
HEADS = ("What", "Value", "Unit", "Source", "Standing", "Clause")


class Inputs:
    """Constants of the workbook, each in a cell of its own: nothing else is typed in anywhere."""

    def __init__(self, case: Case, deal: Deal) -> None:
        self.case, self._deal = case, deal
        self.sheet = Sheet(
            "Assumptions",
            f"Every input of the {case} case: change a marked cell, and all sheets follow",
            widths=(58, 18, 20, 44, 16, 28),
        )
        self._sections: dict[str, Section] = {}

    def add(
        self,
        section: str,
        says: str,
        number: Number,
        *,
        unit: str = "",
        source: str = "",
        standing: str = "",
        clause: str = "",
        told: Format = "number",
    ) -> Live:
        """A constant in a cell that is marked; the words that stand twice get a number."""
        if section not in self._sections:
            self._sections[section] = self.sheet.section(section, heads=HEADS)
        into = self._sections[section]
        if told == "number" and unit == self._deal.currency:
            told = "price"
        row = into.row(says, key=f"{len(into.rows)}", told=told)
        for column, text in ((3, unit), (4, source), (5, standing), (6, clause)):
            if text:
                row.cells[column] = text
        return into.put_input(row, VALUE, number)

    def assumed(
        self,
        section: str,
        says: str,
        number: Assumed | AssumedShare,
        *,
        unit: str = "",
        told: Format = "number",
    ) -> Live:
        """An assumed number in the workbook's case."""
        return self.add(
            section,
            says,
            number.in_case(self.case),
            unit=unit,
            source=number.source,
            standing=number.standing,
            told=told,
        )

    def sourced(
        self,
        section: str,
        says: str,
        number: Fraction,
        by: Sourced,
        *,
        unit: str = "",
        told: Format = "number",
    ) -> Live:
        """A number of something that says where it comes from."""
        return self.add(
            section,
            says,
            number,
            unit=unit,
            source=by.source,
            standing=by.standing,
            told=told,
        )

    def agreed(
        self,
        section: str,
        says: str,
        number: Number,
        *,
        unit: str = "",
        clause: str = "",
        told: Format = "number",
    ) -> Live:
        """A number of the deal itself."""
        return self.add(
            section,
            says,
            number,
            unit=unit,
            source="the deal",
            standing=self._deal.standing,
            clause=clause,
            told=told,
        )
