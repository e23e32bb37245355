"""One rule says which results tell of few people (R111): the line page and the pack ask it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from payforsuccess.disclosure import tells_of_few


@pytest.mark.parametrize(
    ("value", "unit", "people", "is_few"),
    [
        (1, "person", None, True),
        (10, "person", None, True),
        (11, "person", None, False),
        (0, "person", None, False),
        (4, "homes", None, True),
        (4, "day", None, False),
        (4, "day", 9, True),
        (Fraction(5, 2), "percent", 40, False),
        (Fraction(5, 2), "percent", 4, True),
    ],
)
def test_a_count_of_one_to_ten_people_or_a_number_that_rests_on_them_tells(
    value: Fraction, unit: str, people: int | None, is_few: bool
) -> None:
    assert tells_of_few(value, unit, people) is is_few
