"""Exact numbers: read from text, rounded by a named rule, printed without loss."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.units import divide, exact, exact_grouped, exact_text, grouped, round_exact


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15.12", Fraction(1512, 100)),
        ("15.10", Fraction(151, 10)),
        ("5_290_000", Fraction(5_290_000)),
        (" 7 ", Fraction(7)),
        ("-0.5", Fraction(-1, 2)),
        ("+3", Fraction(3)),
        ("007", Fraction(7)),
        ("10/3", Fraction(10, 3)),
        ("-10/4", Fraction(-5, 2)),
        ("0.000000000000000000000000000000000001", Fraction(1, 10**36)),
    ],
)
def test_reads_what_is_written(text: str, number: Fraction) -> None:
    assert exact(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "1.", ".5", "1e5", "1E400", "1,200", "12%", "0x10", "1__0", "_1", "1_", "one"),
        *("1.2.3", "--1", "1/0", "1/-2", "inf", "nan", "1:30", "٣", "1 000", "9" * 41),
    ],
)
def test_refuses_what_could_be_read_two_ways(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|ratio"):
        exact(text)


@given(st.fractions())
def test_text_reads_back_as_the_same_number(number: Fraction) -> None:
    text = exact_text(number)

    if len(text) <= 40:
        assert exact(text) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Fraction(1512, 100), "15.12"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 1), "-7"),
    ],
)
def test_text_is_the_shortest_that_loses_nothing(number: Fraction, text: str) -> None:
    assert exact_text(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1_234_567, "1,234,567"),
        (Fraction(-12345, 10), "-1,234.5"),
        (Fraction(1, 3), "1/3"),
        (999, "999"),
        (Fraction(-1, 2), "-0.5"),
    ],
)
def test_people_read_thousands_in_groups(number: Fraction | int, text: str) -> None:
    assert grouped(number) == text


@pytest.mark.parametrize(
    ("number", "half_up", "down"),
    [
        (Fraction(5, 2), 3, 2),
        (Fraction(-5, 2), -3, -2),
        (Fraction(249, 100), 2, 2),
        (Fraction(-249, 100), -2, -2),
        (Fraction(-251, 100), -3, -2),
        (Fraction(1, 2), 1, 0),
        (Fraction(4), 4, 4),
    ],
)
def test_halves_go_away_from_zero_and_down_goes_toward_it(
    number: Fraction, half_up: int, down: int
) -> None:
    assert round_exact(number, "half-up") == half_up
    assert round_exact(number, "down") == down


def test_refuse_takes_only_whole_numbers() -> None:
    assert divide(-12, 4, "refuse") == -3
    with pytest.raises(ValueError, match="not whole"):
        divide(1, 2, "refuse")


@given(st.integers(), st.integers(1, 10**12))
def test_rounding_mirrors_at_zero_and_is_off_by_half_at_most(top: int, bottom: int) -> None:
    rounded = divide(top, bottom)

    assert divide(-top, bottom) == -rounded
    assert abs(Fraction(top, bottom) - rounded) <= Fraction(1, 2)
    assert abs(divide(top, bottom, "down")) <= abs(Fraction(top, bottom))


@pytest.mark.parametrize("number", ["0", "-7.5", "999", "1000", "-1234567.89"])
def test_reads_a_number_as_it_is_printed_for_people(number: str) -> None:
    assert exact_grouped(f" {grouped(exact(number))} ") == exact(number) == exact_grouped(number)


@pytest.mark.parametrize("text", ["12,50", "1,2345", "1.250,00", ",100", "1,,000", "1234,567"])
def test_a_comma_that_parts_no_thousands_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        exact_grouped(text)
