"""What the payor may owe in each of its fiscal years: as assumed in each case, and at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.deal import Deal, PaysWithin
from payforsuccess.deal.fields import MonthDay
from payforsuccess.finance.accrual import earned_by_year
from payforsuccess.finance.forecast import Forecast
from payforsuccess.payments.proofs.liability import Liability, YearlyLiability, liability_of
from payforsuccess.payments.proofs.reach import reaches_of
from payforsuccess.units import CURRENCY_DIGITS, fiscal_year_of


@dataclass(frozen=True)
class YearOfLiability:
    """One fiscal year, named by the year in which it ends, in minor units.

    `paid` is the payors' cash in each case, less what is taken back; `earned` what services of the
    year come to in the end, whenever that is paid (the basis of a sinking fund); `most` what can
    fall due at most, by proof, None where nothing bounds it; `provided` what has been provided.
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


def liability_by_year(forecast: Forecast) -> LiabilityByYear:
    """The payors' liability, from the forecast's own statements and cash and the deal's own proofs.

    A year's most is proved for the deal with its limits for each person taken away, so it is never
    too low. Of a period that two years share, each year earns its part by days.
    """
    deal, calendar = forecast.deal, forecast.calendar
    starts = deal.fiscal_year_starts
    proved = most_on_cash_days(forecast, starts)
    most = {year.fiscal_year: year.most for year in proved.years}
    provided: dict[int, int] = {}
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    for item in deal.budget.provided:
        amount = int(item.amount * digits)
        provided[item.fiscal_year] = provided.get(item.fiscal_year, 0) + amount
    paid: dict[int, dict[Case, int]] = {}
    earned: dict[int, dict[Case, int]] = {}
    for case, found in forecast.cases.items():
        for move in found.flows.of("success-payment", "take-back"):
            day = calendar.days[move.day]
            year = fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
            sign = 1 if move.kind == "success-payment" else -1
            own = paid.setdefault(year, {})
            own[case] = own.get(case, 0) + sign * int(move.amount)
        due: dict[int, int] = {}
        for (number, _), line in found.lines.items():
            due[number] = due.get(number, 0) + line.amount
        for number, amount in due.items():
            period = calendar.periods[number - 1]
            for year, part in earned_by_year(amount, period, starts).items():
                own = earned.setdefault(year, {})
                own[case] = own.get(case, 0) + part
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
    return LiabilityByYear(rows, proved.in_all)


def most_on_cash_days(forecast: Forecast, starts: MonthDay) -> Liability:
    """The most that can fall due by fiscal year, on the days on which the forecast's cash moves.

    The deal's own proof counts from a day that it may not fix (a statement's, a determination's);
    the forecast has a day for each, so that a year's most and its expected cash can be compared.
    Where cases are paid on different days, a year's most is the largest of any of them.
    """
    first = forecast.calendar.periods[0]
    lags = {(one.calendar.paid_on[0] - first.last_day).days for one in forecast.cases.values()}
    proved = [_most_after(days, forecast.deal, starts) for days in sorted(lags)]
    whole = proved[0]
    for other in proved[1:]:
        whole = replace(whole, years=_larger(whole.years, other.years))
    return whole


def _most_after(days: int, deal: Deal, starts: MonthDay) -> Liability:
    """The most by fiscal year where everything falls due so many days after its period."""
    dated = deal.model_copy(
        update={
            "fiscal_year_starts": starts,
            "pays_within_days": PaysWithin(days=days, of="period-end"),
        }
    )
    return liability_of(dated, reaches_of(dated))


def _larger(
    one: tuple[YearlyLiability, ...], other: tuple[YearlyLiability, ...]
) -> tuple[YearlyLiability, ...]:
    """The larger of two for each fiscal year; a year without a bound has none in either."""
    found: dict[int, YearlyLiability] = {}
    for year in (*one, *other):
        known = found.setdefault(year.fiscal_year, year)
        if known.most is not None and (year.most is None or year.most > known.most):
            found[year.fiscal_year] = year
    return tuple(found[year] for year in sorted(found))
