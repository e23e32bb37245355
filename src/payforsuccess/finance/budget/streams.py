"""Public money under outcomes terms: dollars by department, source and year, and their share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.budget.order import NO_DEPARTMENT
from payforsuccess.finance.budget.years import minor


@dataclass(frozen=True)
class StreamYear:
    """What an existing stream puts under outcomes terms in a fiscal year, in minor units.

    `standing` says whether it is appropriated or only planned. `of` is all that the stream spends
    in the year, None where the file does not say; `to_date` is the running total of the source.
    """

    department: str
    source: str
    standing: str
    fiscal_year: int
    amount: int
    of: int | None
    to_date: int

    @property
    def share(self) -> Fraction | None:
        """The share of the stream that pays on outcomes; None where the whole is not known."""
        return Fraction(self.amount, self.of) if self.of else None


def streams_of(deal: Deal, file: BudgetFile) -> tuple[StreamYear, ...]:
    """Every existing stream, by department, source and year: money that was moved, not added."""
    rows: list[StreamYear] = []
    for source in file.sources:
        if source.kind != "existing-stream":
            continue
        to_date = 0
        for each in sorted(source.years, key=lambda year: year.fiscal_year):
            amount = minor(deal, each.amount)
            to_date += amount
            of = None if each.of is None else minor(deal, each.of)
            department = source.department or NO_DEPARTMENT
            rows.append(
                StreamYear(
                    department, source.name, source.standing, each.fiscal_year, amount, of, to_date
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.department, row.source, row.fiscal_year)))
