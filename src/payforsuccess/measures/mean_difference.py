"""Mean difference: the treated arm's mean less the control arm's, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.measures import MeanDifference
from payforsuccess.errors import Problem, Refusal
from payforsuccess.measures.arms import ArmCount


def mean_difference(measure: MeanDifference, counts: Mapping[str, ArmCount]) -> Fraction:
    """The difference in the measure's own unit; refuses an arm in which no result is known."""
    treated, control = known_arms(counts, measure.treated, measure.control)
    return treated.mean - control.mean


def known_arms(
    counts: Mapping[str, ArmCount], treated: str, control: str
) -> tuple[ArmCount, ArmCount]:
    """The two arms, the treated first; refuses those that hold no one with a known result."""
    empty = [name for name in (treated, control) if name not in counts or not counts[name].known]
    if empty:
        found = ", ".join(sorted(counts)) or "none"
        raise Refusal(
            Problem(
                f"No one with a known result is in the arm {' and '.join(empty)}; the records "
                f"have these arms: {found}.",
                "Correct the arm's label, or wait until the windows are over.",
            )
        )
    return counts[treated], counts[control]
