"""A stream's dollars: what hangs on outcomes, of what in all, and what outcomes may earn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import CASES, Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.deal.stream import StreamContract
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.moves import Flows
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import fiscal_year_of, round_exact, to_minor


@dataclass(frozen=True)
class Dollars:
    """Money in minor units: in all, and what of it is under outcomes terms.

    A bonus counts as its part that hangs on outcomes in both.
    """

    total: int
    under_terms: int

    @property
    def share(self) -> Fraction | None:
        """What of all hangs on outcomes; None of nothing."""
        return Fraction(self.under_terms, self.total) if self.total else None

    def __add__(self, other: Dollars) -> Dollars:
        return Dollars(self.total + other.total, self.under_terms + other.under_terms)


NOTHING = Dollars(0, 0)


@dataclass(frozen=True)
class ContractAhead:
    """One contract: its dollars by fiscal year, what the terms pay in each case, and all it pays.

    `paid` are the terms' success payments: the payors' cash, less what is taken back; `earned` is
    what their statements come to. `results` is how many values are determined and stand in place of
    what is assumed. `most` is what the contract puts on outcomes; where the terms pay more, nothing
    above it is paid.
    """

    contract: StreamContract
    by_year: Mapping[int, Dollars]
    earned: Mapping[Case, int]
    paid: Mapping[Case, int]
    results: int

    @property
    def dollars(self) -> Dollars:
        """All years together."""
        return sum(self.by_year.values(), NOTHING)

    @property
    def most(self) -> int:
        """What hangs on outcomes, in all years."""
        return self.dollars.under_terms

    def success(self, case: Case) -> int:
        """What is paid for outcomes: what the terms pay, up to what the contract puts on them."""
        return max(min(self.paid.get(case, 0), self.most), 0)

    def pays(self, case: Case) -> int:
        """What the contract pays in all in a case."""
        return self.dollars.total - self.most + self.success(case)


def contract_ahead(
    terms: Deal,
    contract: StreamContract,
    assumptions: Assumptions | None,
    known: Sequence[Result] = (),
) -> ContractAhead:
    """A contract under the stream's terms and its own assumptions, case by case.

    What the terms earn in each line, and what they pay for each term on a day, is multiplied by the
    contract's size and rounded once.
    """
    by_year: dict[int, Dollars] = {}
    for year in contract.amounts:
        amount = to_minor(year.amount, terms.currency)
        tied = round_exact(amount * contract.tied)
        on_top = tied if contract.kind == "bonus" else 0
        by_year[year.fiscal_year] = Dollars(amount + on_top, tied)
    earned: dict[Case, int] = dict.fromkeys(CASES, 0)
    paid: dict[Case, int] = dict.fromkeys(CASES, 0)
    if assumptions is not None:
        found = forecast(DealHistory((terms,)), assumptions, known=known)
        for case, one in found.cases.items():
            lines = one.lines.values()
            earned[case] = sum(round_exact(line.amount * contract.size) for line in lines)
            cash = _cash_by_day(one.flows).values()
            paid[case] = sum(round_exact(amount * contract.size) for amount in cash)
    return ContractAhead(contract, by_year, earned, paid, len(known))


def _cash_by_day(flows: Flows) -> Mapping[tuple[int, str], int]:
    """What payors pay for success by day and term, all payors together, less what is taken back."""
    found: dict[tuple[int, str], int] = {}
    for move in flows.of("success-payment", "take-back"):
        signed = int(move.amount) * (1 if move.kind == "success-payment" else -1)
        found[move.day, move.why] = found.get((move.day, move.why), 0) + signed
    return found


def by_department_and_year(
    contracts: Sequence[ContractAhead],
) -> Mapping[tuple[str, int], Dollars]:
    """Dollars under outcomes terms and in all, by department and fiscal year."""
    found: dict[tuple[str, int], Dollars] = {}
    for one in contracts:
        for year, dollars in one.by_year.items():
            key = (one.contract.department, year)
            found[key] = found.get(key, NOTHING) + dollars
    return dict(sorted(found.items()))


def moved_by_source(
    terms: Deal, contracts: Sequence[ContractAhead]
) -> Mapping[str, Mapping[int, int]]:
    """The running total of money under outcomes terms, by source and fiscal year.

    A contract counts from the fiscal year in which it moved to the terms.
    """
    years = sorted({year for one in contracts for year in one.by_year})
    starts = terms.fiscal_year_starts
    moved: dict[str, dict[int, int]] = {}
    for one in contracts:
        since = one.contract.on_terms_from
        first = (
            years[0]
            if since is None
            else fiscal_year_of(since, starts_month=starts.month, starts_day=starts.day)
        )
        row = moved.setdefault(one.contract.source, dict.fromkeys(years, 0))
        for year, dollars in one.by_year.items():
            row[year] += dollars.under_terms if year >= first else 0
    running: dict[str, Mapping[int, int]] = {}
    for source, amounts in moved.items():
        total, so_far = 0, {}
        for year, amount in amounts.items():
            total += amount
            so_far[year] = total
        running[source] = so_far
    return running
