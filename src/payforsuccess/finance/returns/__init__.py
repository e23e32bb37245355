"""What those who gave money get: rates, multiples and losses of tranches."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from payforsuccess.finance.returns.stake import Stake, stake_of, together

if TYPE_CHECKING:
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


def __getattr__(name: str) -> object:
    """The rates, which need numpy and are loaded once one is asked for."""
    if name in __all__:
        return getattr(import_module("payforsuccess.finance.returns.rates"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
