"""One person's quantity brought to whole units, the same in the engine and in plain Python."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.units import RoundingRule, exact_text, round_exact

DECIMAL = "decimal(38, 9)"
"""What a quantity is that need not be whole: up to nine decimal places, exactly."""


def as_literal(number: Fraction) -> ir.Value:
    """An exact number of the deal as a constant of the engine; refuses (ValueError) a third."""
    return ibis.literal(as_decimal(number), DECIMAL)


def as_decimal(number: Fraction) -> Decimal:
    """The same as a decimal; ValueError for a number without an end to its digits."""
    text = exact_text(number)
    if "/" in text:
        raise ValueError(f"{text} has no end to its digits")
    return Decimal(text)


def compile_rounded(quantity: ir.Value, rule: RoundingRule) -> ir.Value:
    """A decimal by the measure's rule: halves away from zero, toward zero, or as it is.

    Only `floor` is used, which every engine takes to mean the same; a cast to a whole number cuts
    in one engine and rounds in another.
    """
    if rule == "refuse":
        return quantity
    size = quantity.abs()
    if rule == "half-up":
        size = size + ibis.literal(Decimal("0.5"), DECIMAL)
    whole = size.floor().cast(DECIMAL)
    return ibis.ifelse(quantity < 0, -whole, whole).cast(DECIMAL)


def rounded(quantity: Fraction, rule: RoundingRule) -> Decimal:
    """The same in plain Python."""
    return as_decimal(quantity if rule == "refuse" else Fraction(round_exact(quantity, rule)))
