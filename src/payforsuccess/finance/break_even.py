"""How much of the assumed success it takes until all principal is repaid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import CaseForecast, forecast
from payforsuccess.finance.returns.stake import stake_of
from payforsuccess.payments.history import DealHistory

MOST = Fraction(2)
STEP = Fraction(1, 1000)


@dataclass(frozen=True)
class BreakEven:
    """The smallest part of the assumed success, in thousandths, at which all principal is repaid.

    Results that are determined stand: `is_rest` says that only what is not determined is stretched.
    None where even twice the success does not suffice (`unpaid_at_most` says what stays unpaid
    then), or where the outcomes cannot be stretched that far within the deal's bounds.
    """

    case: Case
    part: Fraction | None
    unpaid_at_most: int
    is_rest: bool = False


def break_even(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    case: Case = "base",
    known: Sequence[Result] = (),
) -> BreakEven:
    """Found by halving between no success and twice the assumed one.

    Where a payment falls as an outcome improves there may be several such points; this is one of
    them, and `pfs check` says whether payments can fall. `known` are results already determined.
    """
    lost_at = partial(_lost, history, assumptions, case, known)
    found = _found(case, lost_at)
    return replace(found, is_rest=bool(known))


def _found(case: Case, lost_at: Callable[[Fraction], int]) -> BreakEven:
    low, high = Fraction(0), Fraction(1)
    lost = lost_at(high)
    if lost:
        try:
            lost = lost_at(MOST)
        except Refusal:
            return BreakEven(case, None, lost)
        if lost:
            return BreakEven(case, None, lost)
        low, high = Fraction(1), MOST
    if not lost_at(low):
        return BreakEven(case, low, 0)
    while high - low > STEP:
        middle = (low + high) / 2
        middle = Fraction(round(middle / STEP)) * STEP
        if lost_at(middle):
            low = middle
        else:
            high = middle
    return BreakEven(case, high, 0)


def _lost(
    history: DealHistory,
    assumptions: Assumptions,
    case: Case,
    known: Sequence[Result],
    part: Fraction,
) -> int:
    found = forecast(history, assumptions, known=known, cases=(case,), success=part)
    return principal_unpaid(found.cases[case], found.deal)


def principal_unpaid(found: CaseForecast, deal: Deal) -> int:
    """Principal drawn in cash that the deal neither repaid nor recycled, in minor units.

    What guarantors make good is not repaid: it is their money. Fees that were put off, and grants
    that nobody owes back, are not looked at.
    """
    drawn = [each for each in deal.capital if each.kind != "deferred-fee"]
    return sum(int(stake_of(each, found.flows).unpaid) for each in drawn)
