"""The year-end schedule: what a payor's books must show of a deal on the last day of a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.assumptions import CASES, Case
from payforsuccess.deal.budget import BudgetFile, Fund
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from payforsuccess.finance.accrual import earned_by
from payforsuccess.finance.budget.ledger import balance_on, moved_in
from payforsuccess.finance.budget.parts import most_of, parts_of
from payforsuccess.finance.budget.payable import encumbered, left_in
from payforsuccess.finance.budget.years import last_day_of, minor
from payforsuccess.finance.forecast import Forecast

NO_FUND = "no fund"


@dataclass(frozen=True)
class FundAtYearEnd:
    """One fund on the last day of a fiscal year, in minor units.

    What a payor owes stands under the fund that is paid from first. `determined` is stated or
    signed and not paid; `earned` is earned and not determined, in each case; `contingent` is the
    most that can still fall due beyond what was stated, None without bound. `carried_over` goes on
    into the next year; `lapses` ends with this one.
    """

    payor: str
    fund: str
    last_day: date
    determined: int
    earned: Mapping[Case, int]
    contingent: int | None
    encumbered: int
    carried_over: int
    lapses: int


@dataclass(frozen=True)
class FederalMoney:
    """Federal money of a year by assistance listing number: provided, and paid from its fund."""

    assistance_number: str
    source: str
    provided: int
    paid_from_fund: int


@dataclass(frozen=True)
class Receivable:
    """What a payor still has to pay back to those who paid its part."""

    payor: str
    paid_for_it: int
    paid_back: int

    @property
    def amount(self) -> int:
        """What is to come; below 0 where it paid back too much."""
        return self.paid_for_it - self.paid_back


@dataclass(frozen=True)
class YearEnd:
    """The schedule of one fiscal year."""

    fiscal_year: int
    funds: tuple[FundAtYearEnd, ...]
    federal: tuple[FederalMoney, ...]
    receivables: tuple[Receivable, ...]


@dataclass(frozen=True)
class KnownBy:
    """What was known on a day: statements issued, results signed, what each payor had paid.

    `forecast` knows the results in `signed` and no later ones; `signed` are their slots.
    """

    forecast: Forecast
    statements: tuple[Statement, ...]
    signed: frozenset[tuple[str, str, str]]
    paid: Mapping[str, Mapping[int, int]]


def year_end(
    deal: Deal, file: BudgetFile, fiscal_year: int, known_by: Callable[[date], KnownBy]
) -> YearEnd:
    """The schedule for a fiscal year, each payor's ending on its own day."""
    rows: list[FundAtYearEnd] = []
    for payor in deal.payors:
        ends = last_day_of(deal, file, payor.party, fiscal_year)
        rows += _of_payor(known_by(ends), file, payor.party, fiscal_year, ends)
    return YearEnd(
        fiscal_year,
        tuple(rows),
        _federal(deal, file, fiscal_year),
        _receivables(deal, file, fiscal_year),
    )


def _of_payor(
    known: KnownBy, file: BudgetFile, payor: str, year: int, ends: date
) -> list[FundAtYearEnd]:
    deal = known.forecast.deal
    stated = sum(each.payor_totals().get(payor, 0) for each in known.statements)
    signed, earned = _not_stated(known, payor, ends)
    most = most_of(known.forecast, file, payor).in_all
    owed = max(stated - sum(known.paid.get(payor, {}).values()), 0) + signed
    contingent = None if most is None else max(most - stated - signed, 0)
    funds = file.funds_of(payor)
    if not funds:
        return [FundAtYearEnd(payor, NO_FUND, ends, owed, earned, contingent, 0, 0, 0)]
    rows = []
    for at, fund in enumerate(funds):
        first = at == 0
        held, carried, lapses = _kept(deal, file, fund, year, ends)
        rows.append(
            FundAtYearEnd(
                payor,
                fund.name,
                ends,
                owed if first else 0,
                earned if first else dict.fromkeys(earned, 0),
                contingent if first else 0,
                held,
                carried,
                lapses,
            )
        )
    return rows


def _kept(deal: Deal, file: BudgetFile, fund: Fund, year: int, ends: date) -> tuple[int, int, int]:
    held = encumbered(deal, file, fund, year)
    if fund.kind != "appropriation":
        return held, balance_on(deal, file, fund, ends), 0
    left = left_in(deal, file, fund, year, ends)
    carried = min(held, left)
    return held, carried, left - carried


def _not_stated(known: KnownBy, payor: str, ends: date) -> tuple[int, dict[Case, int]]:
    """What was signed and not stated, and what was earned and not signed, by the year's last day.

    Of a period under way on that day the part that has gone by, by days, counts as earned.
    """
    forecast = known.forecast
    last_stated = max((statement.period for statement in known.statements), default=0)
    signed, earned = 0, dict.fromkeys(CASES, 0)
    for case, one in forecast.cases.items():
        for part in parts_of(forecast.deal, one):
            period = forecast.calendar.periods[part.period - 1]
            if part.payor != payor or period.start > ends or part.period <= last_stated:
                continue
            used = one.lines[(part.period, part.term)].used
            if used and all((u.outcome, u.when, u.cohort) in known.signed for u in used):
                signed += part.amount if case == "base" else 0
                continue
            earned[case] += earned_by(part.amount, period, ends + timedelta(days=1))
    return signed, earned


def _federal(deal: Deal, file: BudgetFile, year: int) -> tuple[FederalMoney, ...]:
    funds = {fund.name: fund for fund in file.funds}
    return tuple(
        FederalMoney(
            source.assistance_number,
            source.name,
            sum(minor(deal, each.amount) for each in source.years if each.fiscal_year == year),
            moved_in(deal, file, funds[source.fund], year, "paid"),
        )
        for source in sorted(file.sources, key=lambda each: each.assistance_number or "")
        if source.assistance_number is not None
    )


def _receivables(deal: Deal, file: BudgetFile, year: int) -> tuple[Receivable, ...]:
    """Parts that one payor paid for another, through the end of the year of who paid."""
    owner = {fund.name: fund.payor for fund in file.funds}
    sums: dict[str, dict[str, int]] = {}
    for entry in file.entries:
        if entry.of_payor is None:
            continue
        if entry.on <= last_day_of(deal, file, owner[entry.fund], year):
            table = sums.setdefault(entry.of_payor, {"paid": 0, "deposit": 0})
            table[entry.kind] += minor(deal, entry.amount)
    return tuple(Receivable(name, t["paid"], t["deposit"]) for name, t in sorted(sums.items()))
