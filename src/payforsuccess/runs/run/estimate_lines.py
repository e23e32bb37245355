"""Estimates in a few lines each, as a run and a delivery print them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.estimates import ArmOutcome, Estimate, PayableEstimate, TestOfNoEffect
from payforsuccess.deal.words.phrases import plural
from payforsuccess.reports.evaluation.names import no_effect_of, places_beside
from payforsuccess.units import CURRENCY_DIGITS, exact_text, money_text, round_exact

_LEAST = Fraction(1, 10_000)


def estimate_lines(estimates: Sequence[Estimate]) -> list[str]:
    """Each estimate in a few lines: the arms, the effect with its interval, the plan's test."""
    out: list[str] = []
    for estimate in estimates:
        out.append(f"Plan {estimate.plan} ({estimate.design}, {estimate.estimand.upper()})")
        for arm in estimate.arms:
            if arm.weighted_mean is not None:
                found = _weighted(estimate, arm.weighted_mean, arm)
            elif estimate.is_share:
                found = f"{int(arm.total):,} of {arm.known:,}"
            else:
                mean = _in_unit(arm.mean, estimate.unit)
                found = f"{mean} on average of {arm.known:,} people"
            out.append(f"  {arm.arm} ({arm.role}): {found}")
        effect = estimate.effect
        found = _in_unit(effect.value, effect.unit, none=no_effect_of(effect))
        out.append(f"  {effect.form}: {found}{_interval(estimate)}")
        if estimate.test is not None:
            out.append(f"  the plan's test ({estimate.test.test}): {_chance(estimate.test)}")
    return out


def _weighted(estimate: Estimate, mean: Fraction, arm: ArmOutcome) -> str:
    """The mean that the effect comes from, and of how many people it is."""
    told = (
        f"{_short(100 * mean)} percent"
        if estimate.is_share
        else f"{_in_unit(mean, estimate.unit)} on average"
    )
    left = "" if arm.rests_on == arm.known else f" of {arm.known:,}"
    return f"{told}, by weight, of {arm.rests_on:,}{left} people compared"


def payable_lines(payables: Sequence[PayableEstimate]) -> list[str]:
    """A line for each value that is another than the effect of its plan alone."""
    return [payable_line(payable) for payable in payables if payable.is_other]


def payable_line(payable: PayableEstimate) -> str:
    """What payments read, and the rules, weights and decision that came to it."""
    because = payable.because[:1].upper() + payable.because[1:]
    p_value = "" if payable.p_value is None else f" ({_p_value(payable.p_value)})"
    value = f"{float(payable.value):,.4f}".rstrip("0").rstrip(".")
    return f"Payments read {value}{p_value} for {payable.plan}. {because}"


def _chance(test: TestOfNoEffect) -> str:
    """`p = 0.0343`; never 0, which no test of a sample can show."""
    if test.adjusted_p_value is None:
        return _p_value(test.p_value)
    adjusted = _p_value(test.adjusted_p_value)
    return f"{_p_value(test.p_value)}; adjusted for several outcomes {adjusted}"


def _p_value(p_value: Fraction) -> str:
    if p_value < _LEAST:
        return f"p below {_short(_LEAST, 4)}"
    return f"p = {_short(p_value, 4)}"


def _interval(estimate: Estimate) -> str:
    interval = estimate.effect.interval
    if interval is None:
        return ""
    unit = estimate.effect.unit
    is_money = unit in CURRENCY_DIGITS
    none = no_effect_of(estimate.effect)
    low, high = (
        _in_unit(end, unit) if is_money else _short(end, places_beside(end, none, least=1))
        for end in interval
    )
    return f" ({exact_text(estimate.confidence * 100)}% interval {low} to {high})"


def _in_unit(number: Fraction, unit: str, *, none: Fraction = Fraction(0)) -> str:
    """`USD 1,794.34`, `27.3 percent`, `-4.6 percentage points`: rounded as it is read.

    With as many decimals more as it takes not to read as no effect.
    """
    if unit in CURRENCY_DIGITS:
        minor = round_exact(number * 10 ** CURRENCY_DIGITS[unit], "half-up")
        return money_text(minor, unit, code=True)
    text = _short(number, places_beside(number, none, least=1))
    return f"{text} {unit if text in ('1.0', '-1.0') else plural(unit)}"


def _short(number: Fraction, digits: int = 1) -> str:
    return f"{float(number):,.{digits}f}"
