"""What those who gave money get: rates, multiples and losses of tranches."""

from __future__ import annotations

from payforsuccess.finance.returns.rates import (
    ROOTS,
    Rate,
    Rates,
    Roots,
    present_value,
    xirr,
    xirr_of,
    years_of,
)
from payforsuccess.finance.returns.tranches import (
    TrancheReturn,
    TrancheReturns,
    returns_in_worlds,
    returns_of,
)

__all__ = [
    "ROOTS",
    "Rate",
    "Rates",
    "Roots",
    "TrancheReturn",
    "TrancheReturns",
    "present_value",
    "returns_in_worlds",
    "returns_of",
    "xirr",
    "xirr_of",
    "years_of",
]
