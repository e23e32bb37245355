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
from payforsuccess.finance.returns.stake import Stake, stake_of, together

__all__ = [
    "ROOTS",
    "Rate",
    "Rates",
    "Roots",
    "Stake",
    "present_value",
    "stake_of",
    "together",
    "xirr",
    "xirr_of",
    "years_of",
]
