"""Small pieces of sentences: money, days, counts of things, lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from payforsuccess.errors import listed as in_order
from payforsuccess.errors import sentence
from payforsuccess.units import CURRENCY_DIGITS, grouped, money_text, to_minor

_MONTHS = (
    *(sentence("January"), sentence("February"), sentence("March"), sentence("April")),
    *(sentence("May"), sentence("June"), sentence("July"), sentence("August")),
    *(sentence("September"), sentence("October"), sentence("November"), sentence("December")),
)
_WORDS = {
    str(each): each
    for each in (
        *(sentence("person"), sentence("people"), sentence("child"), sentence("children")),
        *(sentence("day"), sentence("days"), sentence("month"), sentence("months")),
        *(sentence("quarter"), sentence("quarters"), sentence("year"), sentence("years")),
        *(sentence("half-year"), sentence("half-years"), sentence("percent"), sentence("point")),
        *(sentence("home"), sentence("homes"), sentence("night"), sentence("nights")),
        *(sentence("booking"), sentence("bookings"), sentence("event"), sentence("events")),
    )
}
"""Units and stretches of time that most deals write; others are the deal's own words."""
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
    month = _MONTHS[on.month - 1]
    return sentence("{day} {month} {year}", day=on.day, month=month, year=on.year)


def month_day(month: int, day_of_month: int) -> str:
    """`1 July`."""
    return f"{day_of_month} {_MONTHS[month - 1]}"


def named(name: str) -> str:
    """A name from the deal file as people read it: “stable days” for `stable_days`."""
    return sentence("“{name}”", name=name.replace("_", " ").replace("-", " "))


def word(text: str) -> str:
    """A unit or a stretch of time as a sentence of its own, where it is one that all know."""
    return _WORDS.get(text, text)


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
    units = word(unit if abs(number) == 1 else plural(unit))
    return sentence("{number} {units}", number=grouped(Fraction(number)), units=units)


def percent(share: Fraction) -> str:
    """`40 percent` for 0.4."""
    return sentence("{number} percent", number=grouped(share * 100))


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`one, two and three`."""
    return in_order(parts, last="or" if last == "or" else "and")


def as_sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
