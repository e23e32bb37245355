"""Fiscal years and minor units of a budget: each payor counts its own years."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import MonthDay
from payforsuccess.units import CURRENCY_DIGITS, fiscal_year_of


def minor(deal: Deal, amount: Fraction) -> int:
    """An amount of a file in minor units; the checks of the file have seen that it is whole."""
    return int(amount * 10 ** CURRENCY_DIGITS[deal.currency])


def year_starts(deal: Deal, file: BudgetFile, payor: str) -> MonthDay:
    """The first day of a payor's fiscal year: its own, or the deal's."""
    return file.fiscal_years.get(payor, deal.fiscal_year_starts)


def year_of(deal: Deal, file: BudgetFile, payor: str, day: date) -> int:
    """The payor's fiscal year that holds a day, named by the year in which it ends."""
    starts = year_starts(deal, file, payor)
    return fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)


def last_day_of(deal: Deal, file: BudgetFile, payor: str, year: int) -> date:
    """The last day of a payor's fiscal year."""
    starts = year_starts(deal, file, payor)
    first_next = date(year, starts.month, starts.day)
    if year_of(deal, file, payor, first_next) == year:  # a year from 1 January ends in itself
        first_next = date(year + 1, starts.month, starts.day)
    return first_next - timedelta(days=1)
