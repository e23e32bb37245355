"""Numbers as people read them. Display only: nothing here is computed with again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from payforsuccess.units import grouped, money_text

Number = Fraction | int

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_text(day: date) -> str:
    """`30 June 2026`: the month as a word, since 6/7 means two things in two places."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def percent_text(share: float, places: int = 1) -> str:
    """`30.6%` for 0.3056."""
    return f"{share:.{places}%}".replace("-", "\N{MINUS SIGN}")


def p_value_text(value: float) -> str:
    """`0.049`; three decimals, and `below 0.001` rather than a row of zeros.

    A value that rounds to 0.050 shows a fourth decimal, since readers ask on which side it lies.
    """
    if value < 0.001:
        return "below 0.001"
    return f"{value:.4f}" if f"{value:.3f}" == "0.050" else f"{value:.3f}"


def decimal_text(value: float, places: int = 2) -> str:
    """`1,234.5` with at most `places` decimals and no idle zeros."""
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def amount_text(minor: int, currency: str, *, code: bool = False) -> str:
    """`USD −1,600.00`: with a true minus sign, which is read aloud where a hyphen is not."""
    return money_text(minor, currency, code=code).replace("-", "\N{MINUS SIGN}")


def whole_money_text(minor: int, currency: str) -> str:
    """`1,200,000` for a round amount, `620,978.40` for one that is not."""
    text = amount_text(minor, currency)
    whole, dot, rest = text.partition(".")
    return whole if dot and not rest.strip("0") else text


def with_unit(value: Number, unit: str) -> str:
    """`20 percent`; the number alone when there is no unit."""
    return f"{number_text(value)} {unit}".strip()


def number_text(value: Number) -> str:
    """`−1,234.5`: an exact number with its thousands grouped."""
    return grouped(value).replace("-", "\N{MINUS SIGN}")


def exact_or_near(value: Fraction) -> str:
    """`27.5` in full; decimals that never end as `27.2727 (300/11)`."""
    text = grouped(value)
    shown = decimal_text(float(value), 4) if "/" in text else number_text(value)
    return f"{shown} ({text})" if "/" in text else shown


def name_text(name: str) -> str:
    """`Jail days` for jail_days: a name of the deal file as a reader would say it."""
    plain = name.replace("_", " ").replace("-", " ")
    return plain[:1].upper() + plain[1:]


def counted(count: int, singular: str, plural: str = "") -> str:
    """`1 person`, `432 people`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def listed(parts: tuple[str, ...] | list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
