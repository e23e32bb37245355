"""A payable value with the looks before it allowed for: its p-value, its interval, its decision."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan

_RATIOS = ("rate-ratio", "hazard-ratio")


@dataclass(frozen=True)
class LooksRead:
    """What looks leave of a test: its p-value and by how much its interval is wider, or nothing.

    no_p_value: why there is none.
    """

    p_value: float | None = None
    wider: float | None = None
    no_p_value: str | None = None


def without_p_value(payable: PayableEstimate, why: str) -> PayableEstimate:
    """The value of the point estimate as it stands, stating why it has no p-value."""
    return payable.model_copy(update={"p_value": None, "no_p_value": why})


def decided_anew(
    plan: EvaluationPlan, payable: PayableEstimate, estimate: Estimate, looks: LooksRead
) -> PayableEstimate:
    """The plan's decision by the p-value and the interval that allow for the looks.

    plan, estimate: those that the value is of, which a fall-back may have chosen. The interval is a
    repeated one (Jennison and Turnbull): as much wider as the bound at the end is further out.
    """
    from payforsuccess.evaluation.decimals import decimal_of
    from payforsuccess.evaluation.decision import decide
    from payforsuccess.evaluation.payable import no_effect

    effect = estimate.effect
    p_value = decimal_of(min(1.0, looks.p_value if looks.p_value is not None else 1.0))
    interval = effect.interval
    if interval is not None and looks.wider is not None and math.isfinite(looks.wider):
        is_ratio = effect.form in _RATIOS
        low, high = (_further(end, effect.value, looks.wider, is_ratio) for end in interval)
        interval = (decimal_of(low), decimal_of(high))
    decided = decide(
        plan.decision,
        point=effect.value,
        interval=interval,
        p_value=p_value,
        none=no_effect(effect.form),
    )
    return payable.model_copy(
        update={
            "value": decided.value,
            "because": _because(payable, decided.because),
            "interval": interval,
            "p_value": p_value,
        }
    )


def _further(end: Fraction, value: Fraction, wider: float, is_ratio: bool) -> float:
    """An end of an interval, moved away from the value; a ratio's on the scale of logarithms."""
    if is_ratio and end > 0 and value > 0:
        return float(value) * math.exp(math.log(float(end) / float(value)) * wider)
    return float(value) + (float(end) - float(value)) * wider


def _because(payable: PayableEstimate, decided: str) -> str:
    """The fall-backs that led there, the decision, and that looks are allowed for."""
    rules = [f"The fall-back rule holds: {step.says}" for step in payable.followed if step.says]
    looked = "The p-value and the interval allow for the looks that were taken."
    return " ".join([*rules, decided, looked])
