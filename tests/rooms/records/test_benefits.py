"""A month of benefit is the days of that month, and what was paid for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.records.benefits import LAYOUT
from tests.lib.feeds import cleaned


def month(first: date, **given: object) -> dict[str, list[dict[str, object]]]:
    """The canonical rows of one month of relief."""
    row = {"person_ref": "a", "programme": "general relief", "month": first, **given}
    return cleaned(LAYOUT, {"months": [row]})


@pytest.mark.parametrize(
    ("first", "after"),
    [
        (date(2025, 1, 1), date(2025, 2, 1)),
        (date(2024, 2, 1), date(2024, 3, 1)),
        (date(2025, 11, 1), date(2025, 12, 1)),
        (date(2025, 12, 1), date(2026, 1, 1)),
    ],
)
def test_a_month_of_benefit_is_every_day_of_the_month(first: date, after: date) -> None:
    (spell,) = month(first)["spells"]

    assert (spell["state"], spell["start_on"], spell["end_on"]) == ("on-benefits", first, after)


def test_what_was_paid_stands_on_the_first_day_of_its_month() -> None:
    (event,) = month(date(2025, 12, 1), amount=Decimal("221.00"))["events"]

    assert (event["kind"], event["happened_on"], event["amount"]) == (
        "benefit",
        date(2025, 12, 1),
        Decimal("221.00"),
    )


def test_an_amount_that_is_not_known_stays_missing() -> None:
    (event,) = month(date(2025, 12, 1))["events"]

    assert event["amount"] is None
