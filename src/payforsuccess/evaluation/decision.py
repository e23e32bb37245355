"""The plan's decision rule: how the estimate becomes the value that payments read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.evaluation import Decision
from payforsuccess.errors import Problem, Refusal


@dataclass(frozen=True)
class Payable:
    """The value after the decision rule, and how the rule came to it."""

    value: Fraction
    because: str


def decide(
    decision: Decision,
    *,
    point: Fraction,
    interval: tuple[Fraction, Fraction] | None,
    p_value: Fraction,
    none: Fraction = Fraction(0),
) -> Payable:
    """The point estimate; the end of the interval nearer to no effect; or the point if significant.

    none: no effect in the effect's form, 1 for a ratio and 0 else. An interval that holds it pays
    on no effect, as does a test that does not reject: the p-value
    must be below the level, not equal to it. Refuses the lower bound of an effect without
    interval.
    """
    if decision.pays_on == "point-estimate":
        return Payable(point, "The plan pays on the point estimate.")
    if decision.pays_on == "significance":
        level = decision.level if decision.level is not None else Fraction(0)
        if p_value < level:
            return Payable(
                point,
                f"The plan's test rejects no effect (p {float(p_value):.4f} is below "
                f"{float(level):g}), so the point estimate stands.",
            )
        return Payable(
            none,
            f"The plan's test does not reject no effect (p {float(p_value):.4f} is not below "
            f"{float(level):g}), so the plan pays on no effect.",
        )
    if interval is None:
        raise Refusal(
            Problem(
                "The plan pays on the end of the interval, and this effect has none: an arm is "
                "without events.",
                "The parties decide how such a result is paid; the plan does not say.",
            )
        )
    low, high = interval
    if low <= none <= high:
        return Payable(none, f"The interval holds {none}, so the plan pays on no effect.")
    nearer = low if low > none else high
    return Payable(nearer, "The plan pays on the end of the interval nearer to no effect.")
