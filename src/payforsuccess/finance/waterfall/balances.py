"""What each tranche has given, is owed, and has been paid: principal and interest by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from payforsuccess.deal.capital import OWED_BACK, Tranche
from payforsuccess.finance import moves
from payforsuccess.finance.waterfall.arithmetic import Arithmetic, minus, plus
from payforsuccess.finance.waterfall.plan import DRAWN_KINDS
from payforsuccess.units import day_count_fraction
from payforsuccess.units.calendar import DayCount


@lru_cache(maxsize=4096)
def _growth(rate: Fraction, since: date, on: date, rule: DayCount) -> Fraction:
    """Interest on 1 between two days; kept, as every block of worlds asks the same."""
    return rate * day_count_fraction(since, on, rule)


@dataclass
class Balance:
    """One tranche on the day that the waterfall has come to.

    Interest runs on `bearing`: principal, and interest that compounds. It is counted, and in the
    exact reading rounded half up, on payment dates and whenever the balance changes.
    """

    tranche: Tranche
    room: Any
    """What can still be drawn, or put off."""
    principal: Any = 0
    interest: Any = 0
    bearing: Any = 0
    returned: Any = 0
    """What a share of what is left paid to provider equity, for which that is its repayment."""
    since: date | None = None
    """The day up to which interest has been counted."""
    account: str = field(init=False)
    gives_cash: bool = field(init=False)
    is_owed_back: bool = field(init=False)
    recycles: bool = field(init=False)
    """Whether what it is repaid funds more service instead of going back to it."""

    def __post_init__(self) -> None:
        self.account = moves.tranche(self.tranche.name)
        self.gives_cash = self.tranche.kind in DRAWN_KINDS
        self.is_owed_back = self.tranche.kind in OWED_BACK
        self.recycles = self.tranche.recyclable or self.tranche.kind == "recyclable-grant"

    def not_repaid(self, numbers: Arithmetic) -> Any:
        """Principal that nothing repaid yet, a return on provider equity among it."""
        if isinstance(self.returned, int) and not self.returned:
            return self.principal
        return numbers.above_zero(minus(self.principal, self.returned))

    def give(self, amount: Any, on: date, numbers: Arithmetic) -> None:
        """Money comes in from the tranche (or a fee is put off) on a day."""
        self.room = minus(self.room, amount)
        if not self.is_owed_back:
            return
        self.accrue(on, numbers)
        self.principal = plus(self.principal, amount)
        if self.tranche.rate:
            self.bearing = plus(self.bearing, amount)

    def accrue(self, on: date, numbers: Arithmetic) -> None:
        """Count interest up to a day."""
        rule, since, self.since = self.tranche.interest, self.since, on
        if rule is None or not self.tranche.rate or since is None or since == on:
            return
        if isinstance(self.bearing, int) and not self.bearing:
            return
        grown = numbers.part(self.bearing, _growth(self.tranche.rate, since, on, rule.day_count))
        self.interest = plus(self.interest, grown)

    def close_date(self) -> None:
        """Settle what a payment date left unpaid, after its last step."""
        if self.tranche.interest is None or not self.tranche.rate:
            return
        if self.tranche.interest.unpaid == "compounds":
            self.bearing = plus(self.principal, self.interest)
            return
        self.bearing = self.principal
        if self.tranche.interest.unpaid == "lapses":
            self.interest = 0
