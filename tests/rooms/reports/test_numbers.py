"""Numbers as people read them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from payforsuccess.reports.numbers import (
    amount_text,
    counted,
    day_text,
    decimal_text,
    exact_or_near,
    listed,
    name_text,
    p_value_text,
    percent_text,
    whole_money_text,
    with_unit,
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (day_text(date(2026, 6, 30)), "30 June 2026"),
        (percent_text(66 / 216), "30.6%"),
        (percent_text(-0.083), "−8.3%"),
        (decimal_text(1234.5), "1,234.5"),
        (decimal_text(-0.001), "0"),
        (decimal_text(100.0), "100"),
        (whole_money_text(120_000_000, "USD"), "1,200,000"),
        (whole_money_text(62_097_840, "USD"), "620,978.40"),
        (whole_money_text(500, "JPY"), "500"),
        (with_unit(Fraction("27.5"), "percent"), "27.5 percent"),
        (with_unit(1000, ""), "1,000"),
        (name_text("jail_days"), "Jail days"),
        (exact_or_near(Fraction(300, 11)), "27.2727 (300/11)"),
        (exact_or_near(Fraction("-27.5")), "−27.5"),
        (p_value_text(0.0004), "below 0.001"),
        (p_value_text(0.0498), "0.0498"),
        (p_value_text(0.0632), "0.063"),
        (amount_text(-160_000, "USD", code=True), "USD −1,600.00"),
        (counted(1, "person", "people"), "1 person"),
        (counted(4320, "line"), "4,320 lines"),
        (listed(["a"]), "a"),
        (listed(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_a_number_reads_as_people_write_it(shown, expected):
    assert shown == expected
