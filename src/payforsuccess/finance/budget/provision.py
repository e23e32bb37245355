"""What each payor may owe in each of its fiscal years, against what is provided for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.accrual import earned_by_year
from payforsuccess.finance.budget.order import (
    NO_DEPARTMENT,
    Purse,
    departments_that_pay,
    purses_of,
)
from payforsuccess.finance.budget.parts import Most, Part, most_of
from payforsuccess.finance.budget.years import minor, year_of, year_starts
from payforsuccess.finance.forecast import Forecast
from payforsuccess.finance.moves import party

Standing = Literal["planned", "appropriated"]


@dataclass(frozen=True)
class PayorYear:
    """One payor in one of its fiscal years, in minor units.

    `paid` is its cash in each case, less what is taken back; `earned` is what services of the year
    come to in the end, of a period that two years share by its days in each;
    `most` can fall due at most, None without bound. `appropriated` and `planned` are from sources;
    `set_aside` is what sinking funds, trust funds and reserves hold when the year starts.
    """

    payor: str
    fiscal_year: int
    paid: Mapping[Case, int]
    earned: Mapping[Case, int]
    most: int | None
    appropriated: int
    planned: int
    set_aside: int

    @property
    def expected(self) -> int:
        """What falls due in the base case."""
        return self.paid["base"]

    @property
    def available(self) -> int:
        """What can be paid from: appropriated and set aside; what is only planned cannot."""
        return self.appropriated + self.set_aside

    @property
    def coverage(self) -> Fraction | None:
        """Available over the most that can fall due; None where nothing can, or without bound."""
        return Fraction(self.available, self.most) if self.most else None

    @property
    def short_of_expected(self) -> int:
        """What is missing for the base case."""
        return max(self.expected - self.available, 0)

    @property
    def short_of_most(self) -> int | None:
        """What is missing for the most that can fall due; None without bound."""
        return None if self.most is None else max(self.most - self.available, 0)


@dataclass(frozen=True)
class DepartmentYear:
    """A department's part of a payor's year: its sources, and their part of the liability.

    The payor's liability falls on its funds in the order of the file, and in a fund on departments
    in proportion to what their sources brought into it; what no fund has falls on sources that are
    only planned; what no source provides for stands under no department.
    """

    department: str
    payor: str
    fiscal_year: int
    appropriated: int
    planned: int
    expected: int
    most: int | None


def years_of_payors(
    forecast: Forecast, file: BudgetFile, parts: Mapping[Case, tuple[Part, ...]]
) -> tuple[PayorYear, ...]:
    """Every payor's fiscal years with a payment, a service, a source or a balance."""
    return tuple(
        row
        for payor in forecast.deal.payors
        for row in _of_payor(forecast, file, parts, payor.party)
    )


def _of_payor(
    forecast: Forecast, file: BudgetFile, parts: Mapping[Case, tuple[Part, ...]], payor: str
) -> list[PayorYear]:
    deal = forecast.deal
    most = most_of(forecast, file, payor)
    paid: dict[Case, dict[int, int]] = {}
    earned: dict[Case, dict[int, int]] = {}
    for case, all_parts in parts.items():
        own = [part for part in all_parts if part.payor == payor]
        paid[case] = _cash(forecast, file, payor, case)
        earned[case] = _accrual(forecast, file, payor, own)
    provided = {
        "appropriated": provided_by(deal, file, payor, "appropriated"),
        "planned": provided_by(deal, file, payor, "planned"),
    }
    years = {*most.by_year, *provided["appropriated"], *provided["planned"]}
    years |= {year for table in (*paid.values(), *earned.values()) for year in table}
    if not years:
        return []
    span = range(min(years), max(years) + 1)
    purses = purses_of(deal, file, payor, span, paid["base"])
    return [
        PayorYear(
            payor,
            year,
            {case: table.get(year, 0) for case, table in paid.items()},
            {case: table.get(year, 0) for case, table in earned.items()},
            _most_in(most, year),
            provided["appropriated"].get(year, 0),
            provided["planned"].get(year, 0),
            sum(amount for purse in purses[year] for amount in purse.held.values()),
        )
        for year in span
    ]


def _most_in(most: Most, year: int) -> int | None:
    return most.by_year.get(year, 0)


def _cash(forecast: Forecast, file: BudgetFile, payor: str, case: Case) -> dict[int, int]:
    """What the payor pays in each of its fiscal years, less what is taken back to it."""
    account = party(payor)
    found: dict[int, int] = {}
    for move in forecast.cases[case].flows.of("success-payment", "take-back"):
        sign = (move.source == account) - (move.target == account)
        if sign:
            year = year_of(forecast.deal, file, payor, forecast.calendar.days[move.day])
            found[year] = found.get(year, 0) + sign * int(move.amount)
    return found


def _accrual(forecast: Forecast, file: BudgetFile, payor: str, parts: list[Part]) -> dict[int, int]:
    """What services of each of its fiscal years come to for the payor."""
    starts = year_starts(forecast.deal, file, payor)
    found: dict[int, int] = {}
    for part in parts:
        period = forecast.calendar.periods[part.period - 1]
        for year, amount in earned_by_year(part.amount, period, starts).items():
            found[year] = found.get(year, 0) + amount
    return found


def provided_by(deal: Deal, file: BudgetFile, payor: str, standing: Standing) -> dict[int, int]:
    """What a payor's sources of a standing provide, by fiscal year."""
    found: dict[int, int] = {}
    for source in file.sources:
        if source.payor == payor and source.standing == standing:
            for year in source.years:
                amount = minor(deal, year.amount)
                found[year.fiscal_year] = found.get(year.fiscal_year, 0) + amount
    return found


def years_of_departments(
    deal: Deal, file: BudgetFile, years: tuple[PayorYear, ...]
) -> tuple[DepartmentYear, ...]:
    """Each payor's years divided over the departments whose sources provide for them."""
    found: list[DepartmentYear] = []
    for payor in dict.fromkeys(row.payor for row in years):
        rows = [row for row in years if row.payor == payor]
        span = range(rows[0].fiscal_year, rows[-1].fiscal_year + 1)
        expected = {row.fiscal_year: row.expected for row in rows}
        purses = purses_of(deal, file, payor, span, expected)
        for row in rows:
            found += _departments(deal, file, row, purses[row.fiscal_year])
    return tuple(found)


def _departments(
    deal: Deal, file: BudgetFile, row: PayorYear, purses: Sequence[Purse]
) -> Iterator[DepartmentYear]:
    """One year: appropriated funds pay first, then what is only planned, both in file order."""
    sums: dict[str, dict[Standing, int]] = {}
    planned: list[tuple[str, int]] = []
    for source in sorted(file.sources, key=lambda each: _place(file, each.fund)):
        for each in source.years:
            if source.payor == row.payor and each.fiscal_year == row.fiscal_year:
                amount, name = minor(deal, each.amount), source.department or NO_DEPARTMENT
                own = sums.setdefault(name, {})
                own[source.standing] = own.get(source.standing, 0) + amount
                planned += [(name, amount)] if source.standing == "planned" else []
    expected = _fall(purses, planned, row.expected)
    most = None if row.most is None else _fall(purses, planned, row.most)
    names = dict.fromkeys(sums)
    names |= dict.fromkeys(name for name, part in expected.items() if part)
    names |= dict.fromkeys(name for name, part in (most or {}).items() if part)
    if row.most is None and row.expected:
        names[NO_DEPARTMENT] = None
    for name in names:
        own = sums.get(name, {})
        yield DepartmentYear(
            name,
            row.payor,
            row.fiscal_year,
            own.get("appropriated", 0),
            own.get("planned", 0),
            expected.get(name, 0),
            None if most is None else most.get(name, 0),
        )


def _fall(
    purses: Sequence[Purse], planned: Sequence[tuple[str, int]], amount: int
) -> dict[str, int]:
    """An amount by department; what neither a fund nor a plan has stands under no department.

    Money that comes back to the payor is of no department.
    """
    found, rest = departments_that_pay(purses, max(amount, 0))
    for name, part in planned:
        taken = min(part, rest)
        found[name] = found.get(name, 0) + taken
        rest -= taken
    found[NO_DEPARTMENT] = found.get(NO_DEPARTMENT, 0) + rest + min(amount, 0)
    return found


def _place(file: BudgetFile, fund: str) -> int:
    return [each.name for each in file.funds].index(fund)
