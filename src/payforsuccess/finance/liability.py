"""What the payor may owe in each of its fiscal years: as assumed in each case, and at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.forecast import Forecast
from payforsuccess.payments.proofs.liability import liability_of
from payforsuccess.payments.proofs.reach import reaches_of
from payforsuccess.units import CURRENCY_DIGITS, fiscal_year_of


@dataclass(frozen=True)
class YearOfLiability:
    """One fiscal year, named by the year in which it ends, in minor units.

    `paid` is what falls due in cash in each case; `earned` what services of the year come to in
    the end, whenever that is paid (the basis of a sinking fund); `most` what can fall due at most,
    by proof, None where nothing bounds it; `provided` what has been provided for it.
    """

    fiscal_year: int
    paid: Mapping[Case, int]
    earned: Mapping[Case, int]
    most: int | None
    provided: int


@dataclass(frozen=True)
class LiabilityByYear:
    """Every fiscal year with a payment, and over the whole deal."""

    years: tuple[YearOfLiability, ...]
    most_in_all: int | None
    is_dated: bool


def liability_by_year(forecast: Forecast) -> LiabilityByYear:
    """The payors' liability, from the forecast's own statements and from the deal's own proofs.

    A year's most is proved for the deal with its limits for each person taken away, so it is never
    too low. Services of a year are the payment periods that start in it.
    """
    deal, calendar = forecast.deal, forecast.calendar
    proved = liability_of(deal, reaches_of(deal))
    most = {year.fiscal_year: year.most for year in proved.years}
    provided: dict[int, int] = {}
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    for item in deal.budget.provided:
        amount = int(item.amount * digits)
        provided[item.fiscal_year] = provided.get(item.fiscal_year, 0) + amount
    paid: dict[int, dict[Case, int]] = {}
    earned: dict[int, dict[Case, int]] = {}
    for case, found in forecast.cases.items():
        for (number, _), line in found.lines.items():
            for table, day in (
                (paid, calendar.paid_on[number - 1]),
                (earned, calendar.periods[number - 1].start),
            ):
                year = table.setdefault(_fiscal_year(deal, day), {})
                year[case] = year.get(case, 0) + line.amount
    years = sorted({*paid, *earned, *most, *provided})
    rows = tuple(
        YearOfLiability(
            year,
            {case: paid.get(year, {}).get(case, 0) for case in forecast.cases},
            {case: earned.get(year, {}).get(case, 0) for case in forecast.cases},
            most.get(year, 0),
            provided.get(year, 0),
        )
        for year in years
    )
    return LiabilityByYear(rows, proved.in_all, proved.is_dated)


def _fiscal_year(deal: Deal, day: date) -> int:
    starts = deal.fiscal_year_starts
    return fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
