"""How much of the assumed success it takes until all capital comes back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import CaseForecast, forecast
from payforsuccess.payments.history import DealHistory

MOST = Fraction(2)
STEP = Fraction(1, 1000)


@dataclass(frozen=True)
class BreakEven:
    """The smallest part of the assumed success, in thousandths, at which no capital is lost.

    None where even twice the success does not suffice (`lost_at_most` says what is lost then), or
    where the outcomes cannot be stretched that far within the deal's bounds.
    """

    case: Case
    part: Fraction | None
    lost_at_most: int


def break_even(history: DealHistory, assumptions: Assumptions, *, case: Case = "base") -> BreakEven:
    """Found by halving between no success and twice the assumed one.

    Where a payment falls as an outcome improves there may be several such points; this is one of
    them, and `pfs check` says whether payments can fall.
    """
    low, high = Fraction(0), Fraction(1)
    lost = _lost(history, assumptions, case, high)
    if lost:
        try:
            lost = _lost(history, assumptions, case, MOST)
        except Refusal:
            return BreakEven(case, None, lost)
        if lost:
            return BreakEven(case, None, lost)
        low, high = Fraction(1), MOST
    if not _lost(history, assumptions, case, low):
        return BreakEven(case, low, 0)
    while high - low > STEP:
        middle = (low + high) / 2
        middle = Fraction(round(middle / STEP)) * STEP
        if _lost(history, assumptions, case, middle):
            low = middle
        else:
            high = middle
    return BreakEven(case, high, 0)


def _lost(history: DealHistory, assumptions: Assumptions, case: Case, part: Fraction) -> int:
    found = forecast(history, assumptions, cases=(case,), success=part)
    return capital_lost(found.cases[case], [tranche.name for tranche in found.deal.capital])


def capital_lost(found: CaseForecast, tranches: list[str]) -> int:
    """What tranches drew and never got back as principal or from a guarantor, in minor units."""
    lost = 0
    for name in tranches:
        account = f"tranche:{name}"
        drawn = sum(int(m.amount) for m in found.flows.of("draw") if m.source == account)
        back = sum(int(m.amount) for m in found.flows.moves if m.target == account)
        lost += max(drawn - back, 0)
    return lost
