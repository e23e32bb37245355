"""The end of a deal before its time: who may call it, what is due, and who gets it."""

from __future__ import annotations

from payforsuccess.finance.wind_down.calling import Calling, refuse_early
from payforsuccess.finance.wind_down.distribute import Distributed, distribute
from payforsuccess.finance.wind_down.due import Due, SumDue, sum_due

__all__ = [
    "Calling",
    "Distributed",
    "Due",
    "SumDue",
    "distribute",
    "refuse_early",
    "sum_due",
]
