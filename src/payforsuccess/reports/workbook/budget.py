"""The sheet of the budget: what falls due in each fiscal year, and what is provided for it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import Section, Sheet, letters
from payforsuccess.reports.workbook.live import Live, live, most, rounded
from payforsuccess.reports.workbook.payments import LivePayments
from payforsuccess.units import days_between

PAID_ON, PAID_IN, SERVED_IN, DUE, YEARS = range(2, 7)
BY_PERIOD = (
    "Payment period",
    "Paid on",
    "Fiscal year of payment",
    "Fiscal year of its first day",
    "Falls due",
    "Years from the start",
)
BY_YEAR = ("Fiscal year", "Falls due", "Earned by its services", "Provided", "Not provided for")


def budget_sheet(frame: Frame, payments: LivePayments, sheet: Sheet) -> Section:
    """Success payments by period, by fiscal year, and at their present value."""
    periods = sheet.section("Success payments by payment period", heads=BY_PERIOD)
    start = frame.calendar.periods[0].start
    for period in frame.calendar.periods:
        day = frame.calendar.paid_on[period.number - 1]
        row = periods.row(str(period), key=str(period.number))
        periods.put_day(row, PAID_ON, day)
        for column, year in (
            (PAID_IN, frame.fiscal_year(day)),
            (SERVED_IN, frame.fiscal_year(period.start)),
        ):
            periods.put(row, column, Live(year, lambda _, year=year: str(year)))  # type: ignore[misc]
        if period.number in payments.totals:
            periods.put(row, DUE, payments.totals[period.number])
        gone = (day - start).days
        periods.put(row, YEARS, Live(Fraction(gone, 365), lambda _, gone=gone: f"{gone}/365"))  # type: ignore[misc]
        row.formats = {PAID_ON: "date", PAID_IN: "year", SERVED_IN: "year", YEARS: "multiple"}
    years = sheet.section("Success payments by fiscal year", heads=BY_YEAR)
    provided: dict[int, Fraction] = {}
    for item in frame.deal.budget.provided:
        provided[item.fiscal_year] = provided.get(item.fiscal_year, Fraction(0)) + item.amount
    fiscal_years = {frame.fiscal_year(day) for day in frame.calendar.paid_on}
    for period in frame.calendar.periods:
        last = frame.fiscal_year(period.last_day)
        fiscal_years |= {*range(frame.fiscal_year(period.start), last + 1)}
    for year in sorted(fiscal_years | set(provided)):
        row = years.row(str(year))
        due = years.put(row, 2, _in_year(periods, PAID_IN, year))
        years.put(row, 3, _earned_in(frame, periods, year))
        given = frame.inputs.add(
            "Budget",
            f"Provided for fiscal year {year}",
            provided.get(year, Fraction(0)),
            unit=frame.deal.currency,
            source="the deal" if year in provided else "nothing is stated",
            standing=frame.deal.standing if year in provided else "",
        )
        given = years.put(row, 4, given)
        years.put(row, 5, most(due - given, 0))
    worth = sheet.section("Present value")
    rate = frame.inputs.assumed(
        "Discount rate",
        "A year, for present values",
        frame.assumptions.discount_rate,
        told="share",
    )
    row = worth.row("All success payments, on the first day of the first period")

    def writes(sheet_title: str) -> str:
        by = rate.named(sheet_title)
        return f"SUMPRODUCT({_column(periods, DUE)}/(1+{by})^{_column(periods, YEARS)})"

    value = 0.0
    for each in periods.rows:
        due_cell, years_cell = each.cells.get(DUE), each.cells[YEARS]
        if isinstance(due_cell, Live) and isinstance(years_cell, Live):
            value += float(due_cell.value) / (1 + float(rate.value)) ** float(years_cell.value)
    worth.put(row, 2, Live(Fraction(value), writes, is_loose=True))
    return years


def _earned_in(frame: Frame, periods: Section, year: int) -> Live:
    """What services of a year come to: of a period that two years share, its part by days."""
    found = live(0)
    for period, row in zip(frame.calendar.periods, periods.rows, strict=True):
        due = row.cells.get(DUE)
        if not isinstance(due, Live):
            continue
        days = days_between(period.start, period.end)
        before, gone = (
            days_between(period.start, day) if day in period else days * (day >= period.end)
            for day in (_first_day(frame, year), _first_day(frame, year + 1))
        )
        parts = [
            due if part == days else rounded(due * Fraction(part, days), frame.digits)
            for part in (gone, before)
            if part
        ]
        if gone > before:
            found = found + (parts[0] if not before else parts[0] - parts[1])
    return found


def _first_day(frame: Frame, year: int) -> date:
    starts = frame.deal.fiscal_year_starts
    first = date(year, starts.month, starts.day)
    return first if frame.fiscal_year(first) == year else date(year - 1, starts.month, starts.day)


def _column(section: Section, column: int) -> str:
    letter = letters(column)
    return f"{letter}{section.rows[0].number}:{letter}{section.rows[-1].number}"


def _in_year(periods: Section, column: int, year: int) -> Live:
    value = Fraction(0)
    for row in periods.rows:
        told, due = row.cells[column], row.cells.get(DUE)
        if isinstance(told, Live) and isinstance(due, Live) and told.value == year:
            value += due.value
    return Live(
        value,
        lambda _: f"SUMIF({_column(periods, column)},{year},{_column(periods, DUE)})",
        is_loose=True,
    )
