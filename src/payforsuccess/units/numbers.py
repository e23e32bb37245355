"""Exact numbers: read from text, rounded by a named rule, printed without loss."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

RoundingRule = Literal["half-up", "down", "refuse"]

# No exponent: `1e999999999` would be a number of a billion digits. Underscores group digits.
_DECIMAL = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.\d+)?", re.ASCII)
_RATIO = re.compile(r"([+-]?\d+(?:_\d+)*)/(\d+(?:_\d+)*)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
LONGEST_NUMBER = 40


def exact(text: str) -> Fraction:
    """The number that `text` writes: `5_290_000`, `15.12`, `-0.5` or a ratio such as `10/3`.

    Refuses (ValueError) exponents, thousands commas, percent signs, and more than 40 characters.
    """
    text = text.strip()
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number may have at most {LONGEST_NUMBER} characters")
    if _DECIMAL.fullmatch(text):
        return Fraction(text.replace("_", ""))
    if ratio := _RATIO.fullmatch(text):
        denominator = int(ratio[2].replace("_", ""))
        if denominator == 0:
            raise ValueError("a ratio cannot have 0 below the line")
        return Fraction(int(ratio[1].replace("_", "")), denominator)
    raise ValueError("not a number written in digits")


def exact_grouped(text: str) -> Fraction:
    """The number that someone wrote as `grouped` prints it, with or without commas: `1,234.5`.

    Refuses (ValueError) a comma that parts no thousands, as in `12,50`, and what `exact` refuses.
    """
    text = text.strip()
    return exact(text.replace(",", "") if _GROUPED.fullmatch(text) else text)


def exact_text(number: Fraction) -> str:
    """The shortest text that `exact` reads back as the same number."""
    rest = number.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def grouped(number: Fraction | int) -> str:
    """A number for people: thousands grouped by commas, decimals in full (`1,234.5`)."""
    text = exact_text(Fraction(number))
    if "/" in text:
        return text
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, decimals = text.partition(".")
    return f"{sign}{int(whole):,}{dot}{decimals}"


def divide(numerator: int, denominator: int, rule: RoundingRule = "half-up") -> int:
    """`numerator / denominator` as an integer; `denominator` is above 0.

    half-up: halves go away from zero, in every reading. down: toward zero. refuse: ValueError
    when the division leaves a rest.
    """
    if rule == "half-up":
        whole = (2 * abs(numerator) + denominator) // (2 * denominator)
        return whole if numerator >= 0 else -whole
    whole, rest = divmod(abs(numerator), denominator)
    if rule == "refuse" and rest:
        raise ValueError("the amount is not whole and the deal asks to refuse rather than round")
    return whole if numerator >= 0 else -whole


def round_exact(number: Fraction, rule: RoundingRule = "half-up") -> int:
    """`number` as an integer by `rule`; see `divide`."""
    return divide(number.numerator, number.denominator, rule)
