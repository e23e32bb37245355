"""Cash in the deal's own order, on its days: one definition, read for one world or for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforsuccess.finance.waterfall.arithmetic import Arithmetic, Exact
from payforsuccess.finance.waterfall.lacks import lacks_for_waterfall
from payforsuccess.finance.waterfall.order import steps_of
from payforsuccess.finance.waterfall.plan import Plan, plan_of
from payforsuccess.finance.waterfall.run import Payments, run_waterfall

if TYPE_CHECKING:
    from payforsuccess.finance.waterfall.worlds import Worlds

__all__ = [
    "Arithmetic",
    "Exact",
    "Payments",
    "Plan",
    "Worlds",
    "lacks_for_waterfall",
    "plan_of",
    "run_waterfall",
    "steps_of",
]


def __getattr__(name: str) -> object:
    """`Worlds`, which needs numpy and is loaded once it is asked for."""
    if name == "Worlds":
        from payforsuccess.finance.waterfall.worlds import Worlds

        return Worlds
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
