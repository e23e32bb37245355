"""The sinking fund: each year's deposit is what its services come to in the end.

As Massachusetts asks (General Laws, chapter 10, section 35VV): for each fiscal year an
appropriation equal to the payments that would in the end be owed for services delivered in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from payforsuccess.deal.assumptions import Case
from payforsuccess.finance.budget.provision import PayorYear


@dataclass(frozen=True)
class SinkingYear:
    """One year of a schedule, in minor units: accrual comes in by service year, cash goes out.

    The closing balance reconciles the two: what was earned and has not been paid.
    """

    payor: str
    fiscal_year: int
    opening: int
    deposit: int
    paid: int

    @property
    def closing(self) -> int:
        """What the fund holds at the end of the year; no interest is assumed."""
        return self.opening + self.deposit - self.paid


def sinking_schedule(years: Sequence[PayorYear], case: Case = "base") -> tuple[SinkingYear, ...]:
    """A payor's schedule over all its years, from nothing to nothing."""
    rows: list[SinkingYear] = []
    balances: dict[str, int] = {}
    for year in years:
        row = SinkingYear(
            year.payor,
            year.fiscal_year,
            balances.get(year.payor, 0),
            year.earned[case],
            year.paid[case],
        )
        balances[year.payor] = row.closing
        rows.append(row)
    return tuple(rows)
