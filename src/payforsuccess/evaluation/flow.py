"""The way of people from assignment to analysis, by arm, and how many were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.estimates import ArmFlow, StatusCount

KNOWN = "known"


def flow_of(arm: str, statuses: Sequence[str]) -> ArmFlow:
    """One arm's people: assigned, analysed, and the others by why their outcome is not known."""
    counts = Counter(statuses)
    analysed = counts.pop(KNOWN, 0)
    return ArmFlow(
        arm=arm,
        assigned=len(statuses),
        analysed=analysed,
        not_known=tuple(
            StatusCount(status=status, people=people) for status, people in sorted(counts.items())
        ),
    )


def lost_share(flow: ArmFlow) -> Fraction:
    """The share of an arm's people whose outcome is not known."""
    return Fraction(flow.assigned - flow.analysed, flow.assigned)


def attrition(flows: Sequence[ArmFlow]) -> Fraction:
    """The share of all people whose outcome is not known."""
    assigned = sum(flow.assigned for flow in flows)
    return Fraction(assigned - sum(flow.analysed for flow in flows), assigned)
