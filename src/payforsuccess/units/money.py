"""Money is an integer of minor units (cents) of one currency; it never passes through float."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from payforsuccess.units.numbers import exact_grouped, exact_text, grouped

# ISO 4217 minor-unit digits of the currencies in which outcomes contracts have been signed.
CURRENCY_DIGITS = {
    **dict.fromkeys(
        ("AUD", "BRL", "CAD", "CHF", "DKK", "EUR", "GBP", "ILS", "INR", "KES", "MXN", "NGN"), 2
    ),
    **dict.fromkeys(("NOK", "NZD", "PEN", "PLN", "SEK", "SGD", "USD", "ZAR", "COP", "GHS"), 2),
    **dict.fromkeys(("JPY", "KRW", "CLP", "UGX", "RWF", "XAF", "XOF", "VND"), 0),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3),
}


def to_minor(amount: Fraction, currency: str) -> int:
    """`amount` of whole currency units in minor units; ValueError when it is not whole in them."""
    minor = amount * Fraction(10 ** CURRENCY_DIGITS[currency])
    if minor.denominator != 1:
        raise ValueError(f"{exact_text(amount)} is not a whole number of {currency} minor units")
    return int(minor)


def minor_written(text: str, currency: str) -> int:
    """Minor units of an amount that someone wrote, such as `1,250.00`, of either sign.

    Refuses (ValueError) a comma that parts no thousands and more decimals than the currency has:
    `12,50` and `1.250` mean other amounts where decimals stand after a comma.
    """
    _, _, decimals = text.strip().partition(".")
    if len(decimals) > CURRENCY_DIGITS[currency]:
        raise ValueError(f"more decimals than {currency} has")
    return to_minor(exact_grouped(text), currency)


def from_minor(minor: int, currency: str) -> Fraction:
    """Minor units back as an exact number of whole currency units."""
    return Fraction(minor, 10 ** CURRENCY_DIGITS[currency])


def money_text(minor: int, currency: str, *, code: bool = False) -> str:
    """`620,978.40`, or `USD 620,978.40` with `code`; negative amounts carry a minus sign."""
    digits = CURRENCY_DIGITS[currency]
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    text = f"-{text}" if minor < 0 else text
    return f"{currency} {text}" if code else text


def exact_money_text(minor: Fraction, currency: str) -> str:
    """`15.12 USD`, with all the decimals an unrounded amount has; for lines of arithmetic."""
    digits = CURRENCY_DIGITS[currency]
    text = grouped(minor / Fraction(10**digits))
    if digits and "/" not in text:
        head, _, decimals = text.partition(".")
        text = f"{head}.{decimals.ljust(digits, '0')}"
    return f"{text} {currency}"


def split_by_largest_remainder(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Whole parts of `total` in proportion to `weights` that add up to `total` exactly.

    The split is of the absolute value, the sign is put back after; units left over go to the
    largest remainders, ties to the part listed first. Weights are 0 or more and not all 0.
    """
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights must be 0 or more, and at least one above 0")
    exact_weights = [Fraction(weight) for weight in weights]
    common = lcm(*(weight.denominator for weight in exact_weights))
    whole_weights = [int(weight * common) for weight in exact_weights]
    whole = sum(whole_weights)
    size = abs(total)
    parts = [size * weight // whole for weight in whole_weights]
    rests = [size * weight % whole for weight in whole_weights]
    order = sorted(range(len(parts)), key=lambda at: (-rests[at], at))
    for at in order[: size - sum(parts)]:
        parts[at] += 1
    return parts if total >= 0 else [-part for part in parts]
