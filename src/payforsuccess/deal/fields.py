"""The types of single values in a deal file: text in, one meaning out, nothing guessed.

YAML is read as text, so that `15.10`, `no`, `1:30` and `2020-01-01` reach these types as they
were written. Each type says what it takes; what it refuses becomes a problem at its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, StringConstraints, WithJsonSchema

from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence
from payforsuccess.trail import is_fingerprint
from payforsuccess.units import CURRENCY_DIGITS, exact, exact_text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DURATION = re.compile(r"(\d+) (day|week|month|year)s?", re.ASCII)
LAST_YEAR = 2999
"""The last year in which a written day may lie, so that deadlines can be counted from it."""
MOST_DAYS = 3653
"""Days in the longest time that a deadline may count: ten years."""
_NAME = r"^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$"


def _number(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str):
        refuse(
            sentence("A single number belongs here."),
            sentence("Write it in digits, such as 1200 or 15.12."),
        )
    try:
        return exact(value)
    except ValueError as error:
        why = str(error)
        verb = "is" if why.startswith("not ") else "cannot be read:"
        refuse(
            f"“{_short(value)}” {verb} {why}.",
            sentence(
                "Write digits, with a point for decimals and no commas, such as 5290000 or 15.12."
            ),
        )


def _whole(value: Any) -> int:
    number = _number(value)
    if number.denominator != 1:
        refuse(
            sentence("A whole number belongs here; found {number}.", number=exact_text(number)),
            sentence("Leave the decimals off."),
        )
    return number.numerator


def _at_least_zero(number: Fraction) -> Fraction:
    if number < 0:
        refuse(
            sentence("This cannot be below zero; found {number}.", number=exact_text(number)),
            sentence("Write 0 or more."),
        )
    return number


def _above_zero(number: Fraction) -> Fraction:
    if number <= 0:
        refuse(
            sentence("This must be more than zero; found {number}.", number=exact_text(number)),
            sentence("Write a number above 0."),
        )
    return number


def _whole_from_zero(value: Any) -> int:
    return int(_at_least_zero(Fraction(_whole(value))))


def _whole_from_one(value: Any) -> int:
    return int(_above_zero(Fraction(_whole(value))))


def _days_from_one(value: Any) -> int:
    number = _whole_from_one(value)
    if number > MOST_DAYS:
        refuse(
            sentence("So many days are more than ten years."),
            sentence("Write {most_days} days at the most.", most_days=MOST_DAYS),
        )
    return number


def _share(value: Any) -> Fraction:
    if isinstance(value, str) and value.rstrip().endswith("%"):
        number = _number(value.rstrip()[:-1]) / 100
    else:
        number = _number(value)
    if not 0 <= number <= 1:
        refuse(
            sentence(
                "A share lies between 0 and 1, or 0% and 100%; found {value}.",
                value=_short(str(value)),
            ),
            sentence("Write 0.4 or 40%."),
        )
    return number


def _rate(value: Any) -> Fraction:
    """A rate may pass 100 percent and may be negative (a coupon that takes capital back)."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return _number(value.rstrip()[:-1]) / 100
    return _number(value)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        refuse(
            sentence("“{value}” is not a date.", value=_short(value)),
            sentence("Write year-month-day, such as 2026-07-01."),
        )
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        refuse(
            sentence("There is no day {value} in the calendar.", value=value.strip()),
            sentence("Write year-month-day, such as 2026-07-01."),
        )
    return found


def _counted_day(value: Any) -> date:
    found = _day(value)
    if found.year > LAST_YEAR:
        refuse(
            sentence("The year {year} is too far ahead to count from.", year=found.year),
            sentence("Write a day up to the year {last_year}.", last_year=LAST_YEAR),
        )
    return found


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    refuse(
        sentence("“{value}” is not a plain yes or no.", value=_short(value)),
        sentence("Write true or false; yes, no, on, off, 1 and 0 are not guessed at."),
    )


def _currency(value: Any) -> str:
    if isinstance(value, str) and value in CURRENCY_DIGITS:
        return value
    refuse(
        sentence("“{value}” is not a currency this version knows.", value=_short(value)),
        sentence(
            "Write the three-letter ISO code, one of: {currency_digits}.",
            currency_digits=", ".join(sorted(CURRENCY_DIGITS)),
        ),
    )


def _fingerprint(value: Any) -> str:
    if isinstance(value, str) and is_fingerprint(value):
        return value
    refuse(
        sentence("“{value}” is not a SHA-256 fingerprint.", value=_short(value)),
        sentence("Write sha256: and 64 lower-case hexadecimal digits, as `sha256sum` prints them."),
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


@dataclass(frozen=True)
class MonthDay:
    """A day that comes back every year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


def _month_day(value: Any) -> MonthDay:
    if isinstance(value, MonthDay):
        return value
    match = (
        re.fullmatch(r"([0-9]{2})-([0-9]{2})", value.strip()) if isinstance(value, str) else None
    )
    if match:
        try:
            day = date(2001, int(match[1]), int(match[2]))  # 2001: no 29 February, as most years
            return MonthDay(day.month, day.day)
        except ValueError:
            pass
    refuse(
        sentence("“{value}” is not a day of the year.", value=_short(value)),
        sentence("Write month-day, such as 07-01."),
    )


@dataclass(frozen=True)
class Duration:
    """A length of time as the contract writes it: so many days, weeks, months or years."""

    length: int
    unit: Literal["day", "week", "month", "year"]

    def __str__(self) -> str:
        return f"{self.length} {self.unit}" + ("" if self.length == 1 else "s")

    @property
    def months(self) -> int:
        """Whole months, for a duration in months or years; 0 for days and weeks."""
        return self.length * {"month": 1, "year": 12}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """Days, for a duration in days or weeks; 0 for months and years."""
        return self.length * {"day": 1, "week": 7}.get(self.unit, 0)


def _duration(value: Any) -> Duration:
    if isinstance(value, Duration):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0 or len(match[1]) > 4:
        refuse(
            sentence("“{value}” is not a length of time.", value=_short(value)),
            sentence(
                "Write a whole number and day, week, month or year, such as 12 months or 364 days."
            ),
        )
    unit: Any = match[2]
    return Duration(int(match[1]), unit)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        refuse(
            sentence("A single text belongs here."),
            sentence("Write it on one line, in quotes if it holds a colon."),
        )
    text = " ".join(value.split())
    if not text:
        refuse(
            sentence("Nothing is written here."),
            sentence("Write a text, or leave the key out if it is optional."),
        )
    return text


_as_text = PlainSerializer(exact_text, return_type=str)
_as_str = PlainSerializer(str, return_type=str)
_number_schema = WithJsonSchema({"type": ["number", "string"]})

Text = Annotated[str, BeforeValidator(_text)]
"""Words, white space folded; never empty."""
Name = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(pattern=_NAME, max_length=60),
]
"""A name used as a reference: small letters, digits, hyphens and underscores."""
Exact = Annotated[Fraction, BeforeValidator(_number), _as_text, _number_schema]
"""An exact number of any sign, with as many digits as it needs; `10/3` is one too."""
ExactFromZero = Annotated[
    Fraction, BeforeValidator(lambda v: _at_least_zero(_number(v))), _as_text, _number_schema
]
ExactAboveZero = Annotated[
    Fraction, BeforeValidator(lambda v: _above_zero(_number(v))), _as_text, _number_schema
]
Amount = Annotated[
    Fraction, BeforeValidator(lambda v: _at_least_zero(_number(v))), _as_text, _number_schema
]
"""Money in whole currency units, 0 or more; must come out whole in minor units (deal checks)."""
SignedAmount = Annotated[Fraction, BeforeValidator(_number), _as_text, _number_schema]
"""Money that may be negative."""
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": ["integer", "string"]})]
WholeFromZero = Annotated[
    int,
    BeforeValidator(_whole_from_zero),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0}),
]
WholeFromOne = Annotated[
    int,
    BeforeValidator(_whole_from_one),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1}),
]
DaysFromOne = Annotated[
    int,
    BeforeValidator(_days_from_one),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "maximum": MOST_DAYS}),
]
"""A number of days that a deadline counts, from 1 to ten years."""
Share = Annotated[Fraction, BeforeValidator(_share), _as_text, _number_schema]
"""A part of a whole, 0 to 1, written 0.4 or 40%."""
Rate = Annotated[Fraction, BeforeValidator(_rate), _as_text, _number_schema]
"""A rate, written 0.05 or 5%; may be negative or above 100%."""
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar day, year-month-day."""
CountedDay = Annotated[
    date, BeforeValidator(_counted_day), WithJsonSchema({"type": "string", "format": "date"})
]
"""A calendar day that deadlines are counted from, up to the year 2999."""
YearlyDay = Annotated[
    MonthDay,
    BeforeValidator(_month_day),
    _as_str,
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"}),
]
Length = Annotated[
    Duration,
    BeforeValidator(_duration),
    _as_str,
    WithJsonSchema({"type": "string", "pattern": r"^\d+ (day|week|month|year)s?$"}),
]
"""A length of time such as `12 months`."""
Flag = Annotated[
    bool, BeforeValidator(_flag), WithJsonSchema({"enum": [True, False, "true", "false"]})
]
Currency = Annotated[
    str, BeforeValidator(_currency), WithJsonSchema({"enum": sorted(CURRENCY_DIGITS)})
]
Fingerprint = Annotated[
    str,
    BeforeValidator(_fingerprint),
    WithJsonSchema({"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}),
]
