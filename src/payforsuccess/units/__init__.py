"""Exact numbers, money in whole minor units, and the calendar of a deal."""

from __future__ import annotations

from payforsuccess.units.calendar import (
    Period,
    Periods,
    add_months,
    day_count_fraction,
    days_between,
    fiscal_year_of,
)
from payforsuccess.units.money import (
    CURRENCY_DIGITS,
    exact_money_text,
    from_minor,
    minor_written,
    money_text,
    split_by_largest_remainder,
    to_minor,
)
from payforsuccess.units.numbers import (
    RoundingRule,
    divide,
    exact,
    exact_grouped,
    exact_text,
    grouped,
    round_exact,
)

__all__ = [
    "CURRENCY_DIGITS",
    "Period",
    "Periods",
    "RoundingRule",
    "add_months",
    "day_count_fraction",
    "days_between",
    "divide",
    "exact",
    "exact_grouped",
    "exact_money_text",
    "exact_text",
    "fiscal_year_of",
    "from_minor",
    "grouped",
    "minor_written",
    "money_text",
    "round_exact",
    "split_by_largest_remainder",
    "to_minor",
]
