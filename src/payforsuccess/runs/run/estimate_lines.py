"""Estimates in a few lines each, as a run and a delivery print them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.estimates import Estimate
from payforsuccess.units import exact_text


def estimate_lines(estimates: Sequence[Estimate]) -> list[str]:
    """Each estimate in a few lines: the arms, the effect with its interval, the plan's test."""
    out: list[str] = []
    for estimate in estimates:
        out.append(f"Plan {estimate.plan} ({estimate.design}, {estimate.estimand.upper()})")
        for arm in estimate.arms:
            if estimate.is_share:
                found = f"{int(arm.total):,} of {arm.known:,}"
            else:
                found = f"{_short(arm.mean)} {estimate.unit} on average of {arm.known:,} people"
            out.append(f"  {arm.arm} ({arm.role}): {found}")
        effect = estimate.effect
        out.append(f"  {effect.form}: {_short(effect.value)} {effect.unit}" + _interval(estimate))
        if estimate.test is not None:
            p_value = _short(estimate.test.p_value, 4)
            out.append(f"  the plan's test ({estimate.test.test}): p = {p_value}")
    return out


def _interval(estimate: Estimate) -> str:
    interval = estimate.effect.interval
    if interval is None:
        return ""
    low, high = interval
    return f" ({exact_text(estimate.confidence * 100)}% interval {_short(low)} to {_short(high)})"


def _short(number: Fraction, digits: int = 1) -> str:
    return f"{float(number):.{digits}f}"
