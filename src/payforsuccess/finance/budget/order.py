"""Which fund pays first: a payor's funds in the order of the file, year after year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.deal.budget import BudgetFile, Fund
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.budget.ledger import balance_on
from payforsuccess.finance.budget.years import last_day_of, minor, year_of
from payforsuccess.units import split_by_largest_remainder

NO_DEPARTMENT = "no department"


@dataclass(frozen=True)
class Purse:
    """What one fund can pay in a fiscal year, in minor units, by whose sources brought it there.

    `held` is what a fund that keeps its balance has when the year starts, `added` what is
    appropriated into it for the year. What no source brought is of no department.
    """

    fund: Fund
    held: Mapping[str, int]
    added: Mapping[str, int]

    @property
    def by_department(self) -> dict[str, int]:
        """Both together."""
        return _plus(self.held, self.added)

    def pays(self, amount: int) -> dict[str, int]:
        """As much of an amount as the fund has, from departments in proportion to their parts."""
        parts = self.by_department
        taken = min(amount, sum(parts.values()))
        if not taken:
            return {}
        return dict(zip(parts, split_by_largest_remainder(taken, [*parts.values()]), strict=True))


def purses_of(
    deal: Deal, file: BudgetFile, payor: str, years: range, expected: Mapping[int, int]
) -> Mapping[int, tuple[Purse, ...]]:
    """A payor's funds in each year, in the order in which they are paid from.

    A plain appropriation has what is appropriated into it for the year, and ends with it. Up to the
    year of the file's last day any other fund opens with what the ledger says; later with what the
    base case (`expected`, by year) leaves in it, after the funds before it have paid.
    """
    found: dict[int, tuple[Purse, ...]] = {}
    now = year_of(deal, file, payor, file.as_of)
    left: dict[str, dict[str, int]] = {}
    for year in years:
        purses = []
        for fund in file.funds_of(payor):
            held: dict[str, int] = {}
            if fund.kind != "appropriation":
                known = year <= now or year == years.start
                held = _on_the_ledger(deal, file, fund, year) if known else left[fund.name]
            purses.append(Purse(fund, held, appropriated_into(deal, file, fund, year)))
        found[year] = tuple(purses)
        rest = max(expected.get(year, 0), 0)
        for purse in purses:
            taken = purse.pays(rest)
            rest -= sum(taken.values())
            left[purse.fund.name] = {
                name: amount - taken.get(name, 0) for name, amount in purse.by_department.items()
            }
    return found


def departments_that_pay(purses: Sequence[Purse], amount: int) -> tuple[dict[str, int], int]:
    """An amount by department, fund after fund, and what of it no fund has."""
    found: dict[str, int] = {}
    for purse in purses:
        taken = purse.pays(amount)
        amount -= sum(taken.values())
        found = _plus(found, taken)
    return found, amount


def appropriated_into(deal: Deal, file: BudgetFile, fund: Fund, year: int) -> dict[str, int]:
    """What is appropriated into a fund for a fiscal year, by department."""
    found: dict[str, int] = {}
    for source in file.sources:
        if source.fund == fund.name and source.standing == "appropriated":
            amount = sum(minor(deal, y.amount) for y in source.years if y.fiscal_year == year)
            found = _plus(found, {source.department or NO_DEPARTMENT: amount})
    return found


def _on_the_ledger(deal: Deal, file: BudgetFile, fund: Fund, year: int) -> dict[str, int]:
    """What a fund holds when a year starts; departments share in it as they provided before."""
    day = min(last_day_of(deal, file, fund.payor, year - 1), file.as_of)
    balance = max(balance_on(deal, file, fund, day), 0)
    brought = {NO_DEPARTMENT: minor(deal, fund.opening)}
    earlier = {y.fiscal_year for source in file.sources for y in source.years}
    for before in sorted(each for each in earlier if each < year):
        brought = _plus(brought, appropriated_into(deal, file, fund, before))
    if not any(brought.values()):
        brought = {NO_DEPARTMENT: 1}
    return dict(zip(brought, split_by_largest_remainder(balance, [*brought.values()]), strict=True))


def _plus(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}
