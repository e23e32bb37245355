"""Cash in the deal's own order, on its days: one definition, read for one world or for many."""

from __future__ import annotations

from payforsuccess.finance.waterfall.arithmetic import Arithmetic, Exact, Worlds
from payforsuccess.finance.waterfall.lacks import lacks_for_waterfall
from payforsuccess.finance.waterfall.order import steps_of
from payforsuccess.finance.waterfall.plan import Plan, plan_of
from payforsuccess.finance.waterfall.run import Payments, run_waterfall

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
