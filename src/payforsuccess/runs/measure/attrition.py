"""Who left each measure's count at which rule, as a run gives it to programs."""

from __future__ import annotations

from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.measure.measure import Measured


def attrition_plain(measured: Measured, evaluated: Evaluated) -> dict[str, object]:
    """The counts of each outcome and plan: everyone enrolled first, then each arm."""
    return {
        "outcomes": {
            found.outcome: [counts.as_plain() for counts in found.attrition]
            for found in measured.outcomes
        },
        "plans": {
            plan.estimate.plan: [counts.as_plain() for counts in plan.attrition]
            for plan in evaluated.plans
        },
    }
