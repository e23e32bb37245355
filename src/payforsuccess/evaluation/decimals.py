"""Floating-point numbers handed over as decimals of 12 significant digits."""

from __future__ import annotations

import math
from fractions import Fraction

SIGNIFICANT_DIGITS = 12
_SMALLEST = 1e-15


def decimal_of(number: float) -> Fraction:
    """The number to 12 significant digits, as an exact decimal; nearer to 0 than 1e-15 is 0.

    Refuses (ValueError) what is not a finite number.
    """
    if not math.isfinite(number):
        raise ValueError("an estimate that is not a finite number cannot be handed over")
    if abs(number) < _SMALLEST:
        return Fraction(0)
    return Fraction(f"{number:.{SIGNIFICANT_DIGITS - 1}e}")


def optional_decimal(number: float | None) -> Fraction | None:
    """The same, None staying None."""
    return None if number is None else decimal_of(number)
