"""What every sheet of a workbook is made from, and the calendars that head them."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.reports.workbook.grid import FIRST, Section, Sheet
from payforsuccess.reports.workbook.inputs import Inputs
from payforsuccess.reports.workbook.live import Live
from payforsuccess.units import CURRENCY_DIGITS, fiscal_year_of


@dataclass(frozen=True)
class Frame:
    """The deal under one case of its assumptions, and the sheet of its inputs."""

    deal: Deal
    assumptions: Assumptions
    calendar: CashCalendar
    case: Case
    inputs: Inputs

    @property
    def digits(self) -> int:
        """Decimals of the currency."""
        return CURRENCY_DIGITS[self.deal.currency]

    def fiscal_year(self, day: object) -> int:
        """The payor's fiscal year that holds a day, named by the year in which it ends."""
        starts = self.deal.fiscal_year_starts
        return fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)  # type: ignore[arg-type]


def head_by_period(sheet: Sheet, frame: Frame) -> Section:
    """The first section of a sheet by payment period: numbers and days, a column for each."""
    section = sheet.section("Payment periods")
    number = section.row("Payment period", told="number")
    first = section.row("First day", told="date")
    last = section.row("Last day", told="date")
    for at, period in enumerate(frame.calendar.periods):
        section.put(number, FIRST + at, _fixed(period.number))
        section.put_day(first, FIRST + at, period.start)
        section.put_day(last, FIRST + at, period.last_day)
    sheet.frozen_rows = len(section.rows)
    return section


def head_by_day(sheet: Sheet, frame: Frame) -> list[Live]:
    """The first section of a sheet by day: every day on which cash can move; gives the days."""
    section = sheet.section("Days on which cash can move")
    row = section.row("Day", told="date")
    days = [section.put_day(row, FIRST + at, day) for at, day in enumerate(frame.calendar.days)]
    number = section.row("Payment period", told="number")
    for at, day in enumerate(frame.calendar.days):
        held = [period.number for period in frame.calendar.periods if day in period]
        if held:
            section.put(number, FIRST + at, _fixed(held[0]))
        elif day < frame.calendar.periods[0].start:
            section.put(number, FIRST + at, _fixed(1))
        else:
            section.put(number, FIRST + at, _fixed(len(frame.calendar.periods) + 1))
    sheet.frozen_rows = len(section.rows)
    return days


def _fixed(number: int) -> Live:
    return Live(number, lambda _: str(number))
