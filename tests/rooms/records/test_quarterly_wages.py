"""Wages stand on the last day of their quarter, one row each employer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.records.quarterly_wages import LAYOUT
from tests.lib.feeds import cleaned


def wages(*rows: dict[str, object]) -> list[dict[str, object]]:
    """The events of rows of one person in the first quarter of 2024, unless a row says else."""
    usual = {"person_ref": "a", "year": 2024, "quarter": 1, "employer": "x", "amount": Decimal(9)}
    return cleaned(LAYOUT, {"wages": [{**usual, **row} for row in rows]})["events"]


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        (1, date(2024, 3, 31)),
        (2, date(2024, 6, 30)),
        (3, date(2024, 9, 30)),
        (4, date(2024, 12, 31)),
    ],
)
def test_wages_stand_on_the_last_day_of_their_quarter(quarter: int, day: date) -> None:
    (event,) = wages({"quarter": quarter})

    assert (event["kind"], event["happened_on"]) == ("wages", day)


def test_each_employer_keeps_its_own_row_and_amount() -> None:
    made = wages({}, {"employer": "y", "amount": Decimal("1200.25")})

    assert {row["row"]: row["amount"] for row in made} == {1: 9, 2: Decimal("1200.25")}


def test_wages_of_nothing_are_no_wages() -> None:
    assert wages({"amount": Decimal(0)}) == []


def test_one_employer_gives_a_person_one_amount_a_quarter() -> None:
    assert LAYOUT.file("wages").key == ("person_ref", "year", "quarter", "employer")
