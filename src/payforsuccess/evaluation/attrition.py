"""Overall and differential attrition against the What Works Clearinghouse's boundaries.

The boundaries below are from memory and agree with the Clearinghouse's published model of bias to
their last digit; they are to be checked against its handbook (Procedures and Standards 5.0), and
every page that shows a class says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.estimates import ArmFlow, AttritionReading
from payforsuccess.evaluation.flow import attrition, lost_share

_CAUTIOUS = {
    0: "5.7", 5: "6.1", 10: "6.3", 15: "5.9", 20: "5.4", 25: "4.8", 30: "4.1", 35: "3.3",
    40: "2.6", 45: "1.8", 50: "1.0", 55: "0.3", 57: "0.0",
}  # fmt: skip
_OPTIMISTIC = {
    0: "10.0", 5: "10.5", 10: "10.9", 15: "10.7", 20: "10.0", 25: "9.2", 30: "8.2", 35: "7.2",
    40: "6.0", 45: "4.9", 50: "3.7", 55: "2.6", 57: "2.1", 60: "1.4", 65: "0.3",
}  # fmt: skip


def attrition_reading(flows: Sequence[ArmFlow]) -> AttritionReading:
    """Whose outcome is not known: overall, the treated arm's share less the control's, the class.

    flows: the treated arm's first. A share of 0 to 1; the boundary between two points of the grid
    is the straight line between them. One arm alone differs from no other and has no class.
    """
    if len(flows) == 1:
        return AttritionReading(overall=attrition(flows), difference=Fraction(0), reading="one arm")
    treated, control = flows
    overall, difference = attrition(flows), lost_share(treated) - lost_share(control)
    cautious = boundary(overall, _CAUTIOUS)
    optimistic = boundary(overall, _OPTIMISTIC)
    apart = abs(difference)
    if optimistic is None:
        reading = "beyond the grid"
    elif cautious is not None and apart <= cautious:
        reading = "low under both"
    else:
        reading = "low under optimistic assumptions only" if apart <= optimistic else "high"
    return AttritionReading(
        overall=overall,
        difference=difference,
        cautious=cautious,
        optimistic=optimistic,
        reading=reading,
    )


def boundary(overall: Fraction, grid: dict[int, str]) -> Fraction | None:
    """The largest difference between arms at this overall share; None beyond the grid."""
    percent = 100 * overall
    points = sorted(grid)
    if percent > points[-1]:
        return None
    above = next(at for at, point in enumerate(points) if percent <= point)
    high = points[above]
    if percent == high:
        return Fraction(grid[high]) / 100
    low = points[above - 1]
    start, end = Fraction(grid[low]), Fraction(grid[high])
    return (start + (end - start) * (percent - low) / (high - low)) / 100
