"""Small pieces of sentences: money, days, counts of things, lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from payforsuccess.units import CURRENCY_DIGITS, grouped, money_text, to_minor

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PLURALS = {
    "person": "people",
    "made-up person": "made-up people",
    "child": "children",
    "half-year": "half-years",
}
_SAME_IN_PLURAL = ("percent", "%")


def money(amount: Fraction | int, currency: str) -> str:
    """`USD 5,290,000.00`, or as many digits as an exact price needs: `USD 15.125`."""
    amount = Fraction(amount)
    if (amount * 10 ** CURRENCY_DIGITS[currency]).denominator == 1:
        return money_text(to_minor(amount, currency), currency, code=True)
    if "/" in grouped(amount):
        return f"{currency} {grouped(amount)} exactly"
    return f"{currency} {grouped(amount)}"


def day(on: date) -> str:
    """`31 December 2020`."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def month_day(month: int, day_of_month: int) -> str:
    """`1 July`."""
    return f"{day_of_month} {_MONTHS[month - 1]}"


def named(name: str) -> str:
    """A name from the deal file as people read it: “stable days” for `stable_days`."""
    return f"“{name.replace('_', ' ').replace('-', ' ')}”"


def plural(unit: str) -> str:
    """More than one of a unit: `days`, `people`; units of measure that do not change stay."""
    if unit in _PLURALS:
        return _PLURALS[unit]
    is_currency = unit in CURRENCY_DIGITS
    if unit in _SAME_IN_PLURAL or is_currency or unit.endswith("s") or not unit[-1:].isalpha():
        return unit
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}es" if unit.endswith(("ch", "sh", "x")) else f"{unit}s"


def counted(number: Fraction | int, unit: str) -> str:
    """`1 day`, `41,070 days`, `20 percent`, `USD 12.00`."""
    if unit in CURRENCY_DIGITS:
        return money(number, unit)
    return f"{grouped(Fraction(number))} {unit if abs(number) == 1 else plural(unit)}"


def percent(share: Fraction) -> str:
    """`40 percent` for 0.4."""
    return f"{grouped(share * 100)} percent"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`one, two and three`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
