"""Money is a whole number of minor units; parts add up to the whole."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.units import (
    CURRENCY_DIGITS,
    from_minor,
    minor_written,
    money_text,
    split_by_largest_remainder,
    to_minor,
)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        (Fraction("620978.40"), "USD", 62_097_840),
        (Fraction(-1, 100), "EUR", -1),
        (Fraction(500), "JPY", 500),
        (Fraction("1.234"), "KWD", 1_234),
    ],
)
def test_amounts_become_whole_minor_units_and_back(
    amount: Fraction, currency: str, minor: int
) -> None:
    assert to_minor(amount, currency) == minor
    assert from_minor(minor, currency) == amount


@pytest.mark.parametrize(("amount", "currency"), [("0.005", "USD"), ("0.5", "JPY"), ("1/3", "GBP")])
def test_a_part_of_a_minor_unit_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match="whole number of"):
        to_minor(Fraction(amount), currency)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (62_097_840, "USD", "620,978.40"),
        (-5, "USD", "-0.05"),
        (0, "USD", "0.00"),
        (1_234_567, "JPY", "1,234,567"),
        (-1_234, "KWD", "-1.234"),
    ],
)
def test_people_read_amounts_with_all_their_digits(minor: int, currency: str, text: str) -> None:
    assert money_text(minor, currency) == text
    assert money_text(minor, currency, code=True) == f"{currency} {text}"


def test_each_currency_has_its_own_digits() -> None:
    assert {CURRENCY_DIGITS[code] for code in ("USD", "JPY", "KWD")} == {0, 2, 3}


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (1, [1, 1], [1, 0]),
        (10, [0, 1], [0, 10]),
        (0, [3, 4], [0, 0]),
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
        (5, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)], [3, 1, 1]),
    ],
)
def test_units_left_over_go_to_the_largest_rest_then_the_first(
    total: int, weights: list[Fraction | int], parts: list[int]
) -> None:
    assert split_by_largest_remainder(total, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_a_split_needs_something_to_go_by(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_by_largest_remainder(100, weights)


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.fractions(0, 100, max_denominator=97), min_size=1, max_size=8).filter(any),
)
def test_parts_add_up_and_none_is_off_by_a_whole_unit(total: int, weights: list[Fraction]) -> None:
    parts = split_by_largest_remainder(total, weights)
    whole = sum(weights)

    assert sum(parts) == total
    assert all(
        abs(part - total * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True)
    )
    assert split_by_largest_remainder(-total, weights) == [-part for part in parts]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1,250.00", "USD", 125_000),
        ("1250.5", "USD", 125_050),
        ("-0.05", "USD", -5),
        ("1,250", "JPY", 1_250),
        ("1.250", "KWD", 1_250),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, currency: str, minor: int) -> None:
    assert minor_written(text, currency) == minor


@pytest.mark.parametrize("text", ["12,50", "1.250", "1.250,00", "1,250.000", "300.001", "300.000"])
def test_an_amount_that_means_another_one_elsewhere_is_refused(text: str) -> None:
    """Where decimals stand after a comma, `12,50` and `1.250` are other amounts."""
    with pytest.raises(ValueError, match=r"digits|decimals"):
        minor_written(text, "USD")
