"""The reserve ledger: each fund's year from its opening balance to its closing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.budget import BudgetFile, Fund
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.budget.years import last_day_of, minor, year_of

KINDS = ("deposit", "interest", "paid", "released")
"""What moves a fund, in the order in which ledgers show it."""


@dataclass(frozen=True)
class FundYear:
    """One fund in one of its payor's fiscal years, in minor units.

    Opening, with what came in and less what went out, is closing; the next year opens with it.
    """

    fund: str
    payor: str
    fiscal_year: int
    opening: int
    deposits: int
    interest: int
    paid: int
    released: int

    @property
    def closing(self) -> int:
        """The balance at the end of the year, or on the last day of the file."""
        return self.opening + self.deposits + self.interest - self.paid - self.released


def ledger_of(deal: Deal, file: BudgetFile) -> tuple[FundYear, ...]:
    """Every fund's years, from its first entry to the day to which the file is complete."""
    return tuple(row for fund in file.funds for row in _of_fund(deal, file, fund))


def _of_fund(deal: Deal, file: BudgetFile, fund: Fund) -> list[FundYear]:
    last = year_of(deal, file, fund.payor, file.as_of)
    sums: dict[int, dict[str, int]] = {}
    for entry in file.entries:
        if entry.fund != fund.name:
            continue
        year = sums.setdefault(year_of(deal, file, fund.payor, entry.on), dict.fromkeys(KINDS, 0))
        year[entry.kind] += minor(deal, entry.amount)
    rows: list[FundYear] = []
    balance = minor(deal, fund.opening)
    for number in range(min([*sums, last]), last + 1):
        moved = sums.get(number, dict.fromkeys(KINDS, 0))
        row = FundYear(
            fund.name,
            fund.payor,
            number,
            balance,
            moved["deposit"],
            moved["interest"],
            moved["paid"],
            moved["released"],
        )
        rows.append(row)
        balance = row.closing
    return rows


def balance_on(deal: Deal, file: BudgetFile, fund: Fund, day: date) -> int:
    """What a fund holds at the end of a day."""
    balance = minor(deal, fund.opening)
    for entry in file.entries:
        if entry.fund == fund.name and entry.on <= day:
            amount = minor(deal, entry.amount)
            balance += amount if entry.kind in ("deposit", "interest") else -amount
    return balance


def moved_in(
    deal: Deal, file: BudgetFile, fund: Fund, year: int, kind: str, *, through: date | None = None
) -> int:
    """What one kind of entry comes to for a fund in a fiscal year of its payor."""
    until = through if through is not None else last_day_of(deal, file, fund.payor, year)
    return sum(
        minor(deal, entry.amount)
        for entry in file.entries
        if entry.fund == fund.name
        and entry.kind == kind
        and entry.on <= until
        and year_of(deal, file, fund.payor, entry.on) == year
    )
