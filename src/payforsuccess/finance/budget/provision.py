"""What each payor may owe in each of its fiscal years, against what is provided for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.accrual import earned_by_year
from payforsuccess.finance.budget.ledger import balance_on
from payforsuccess.finance.budget.parts import Most, Part, most_of
from payforsuccess.finance.budget.years import last_day_of, minor, year_of, year_starts
from payforsuccess.finance.forecast import Forecast
from payforsuccess.finance.moves import party
from payforsuccess.units import split_by_largest_remainder

Standing = Literal["planned", "appropriated"]
NO_DEPARTMENT = "no department"


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

    The payor's liability falls on departments in proportion to what their sources provide in the
    year; what no source provides for stands under no department.
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
    held = _held(deal, file, payor, range(min(years), max(years) + 1), paid["base"])
    return [
        PayorYear(
            payor,
            year,
            {case: table.get(year, 0) for case, table in paid.items()},
            {case: table.get(year, 0) for case, table in earned.items()},
            _most_in(most, year),
            provided["appropriated"].get(year, 0),
            provided["planned"].get(year, 0),
            held[year],
        )
        for year in sorted(held)
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


def provided_by(
    deal: Deal, file: BudgetFile, payor: str, standing: Standing, *, kept: bool | None = None
) -> dict[int, int]:
    """What a payor's sources of a standing provide, by fiscal year.

    `kept` asks only for those that go into a fund that keeps its balance from year to year (true),
    or for those whose appropriation ends with the year (false).
    """
    kinds = {fund.name: fund.kind for fund in file.funds}
    found: dict[int, int] = {}
    for source in file.sources:
        if source.payor != payor or source.standing != standing:
            continue
        if kept is not None and kept != (kinds[source.fund] != "appropriation"):
            continue
        for year in source.years:
            amount = minor(deal, year.amount)
            found[year.fiscal_year] = found.get(year.fiscal_year, 0) + amount
    return found


def _held(
    deal: Deal, file: BudgetFile, payor: str, years: range, expected: Mapping[int, int]
) -> dict[int, int]:
    """What funds that keep their balance hold at the start of each year.

    Up to the year of the file's last day it is the ledger's; later it is carried forward: with what
    is appropriated into them, less what the base case takes beyond the year's own appropriation.
    """
    funds = [fund for fund in file.funds_of(payor) if fund.kind != "appropriation"]
    into = provided_by(deal, file, payor, "appropriated", kept=True)
    own = provided_by(deal, file, payor, "appropriated", kept=False)
    now = year_of(deal, file, payor, file.as_of)
    found: dict[int, int] = {}
    for year in years:
        if year <= now or year == years.start:
            day = min(last_day_of(deal, file, payor, year - 1), file.as_of)
            found[year] = sum(balance_on(deal, file, fund, day) for fund in funds)
            continue
        before = year - 1
        taken = max(expected.get(before, 0) - own.get(before, 0), 0)
        found[year] = max(found[before] + into.get(before, 0) - taken, 0)
    return found


def years_of_departments(
    deal: Deal, file: BudgetFile, years: tuple[PayorYear, ...]
) -> tuple[DepartmentYear, ...]:
    """Each payor's years divided over the departments whose sources provide for them."""
    found: list[DepartmentYear] = []
    for row in years:
        sums: dict[str, dict[str, int]] = {}
        for source in file.sources:
            for each in source.years:
                if source.payor == row.payor and each.fiscal_year == row.fiscal_year:
                    own = sums.setdefault(source.department or NO_DEPARTMENT, {})
                    own[source.standing] = own.get(source.standing, 0) + minor(deal, each.amount)
        if not any(sum(own.values()) for own in sums.values()):
            sums = {NO_DEPARTMENT: {}} if row.expected or row.most else {}
        weights = [sum(own.values()) for own in sums.values()]
        if not any(weights):
            weights = [1 for _ in weights]
        if not sums:
            continue
        expected = split_by_largest_remainder(row.expected, weights)
        most: list[int | None] = [None for _ in weights]
        if row.most is not None:
            most = [*split_by_largest_remainder(row.most, weights)]
        for (name, own), part, at_most in zip(sums.items(), expected, most, strict=True):
            found.append(
                DepartmentYear(
                    name,
                    row.payor,
                    row.fiscal_year,
                    own.get("appropriated", 0),
                    own.get("planned", 0),
                    part,
                    at_most,
                )
            )
    return tuple(found)
