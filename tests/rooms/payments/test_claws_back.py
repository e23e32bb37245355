"""A term that takes back what fell never takes back, or pays again, what a limit kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.results import Result, Results
from payforsuccess.payments.book import open_book
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.replay import replay
from tests.lib.deals import a_deal, a_term, an_outcome


def paid(to_date: list[int], kept: list[int] | None = None, **changes: Any) -> list[int]:
    """What each period pays on days to date, at 1.00 a day, in whole dollars."""
    changes = {"pays_for": "days", "price": "1", "reads": "to-date", "claws_back": "true"} | changes
    deal = a_deal(
        payments=[a_term(**changes)],
        outcomes={"days": an_outcome("days", reported_as="to-date"), "kept": an_outcome("kept")},
    )
    stated = {"days": to_date, "kept": kept or [0] * len(to_date)}
    results = [
        Result.model_validate({"outcome": name, "period": str(period), "value": str(value)})
        for name, values in stated.items()
        for period, value in enumerate(values, 1)
    ]
    book = open_book(Results(results=tuple(results)))
    run = replay(DealHistory((deal,)), book, through=len(to_date))
    return [run.amount(period, "unit-price") // 100 for period in range(1, len(to_date) + 1)]


CARRY = {"ceiling_each_period": "60", "carry_until": "2027-12-31"}
HELD = {"conditions": [{"outcome": "kept", "at_least": "1", "otherwise": "held"}]}


def test_a_fall_takes_off_what_is_carried_before_what_was_paid() -> None:
    assert paid([100, 50, 100, 50], **CARRY) == [60, -10, 50, -50]


def test_a_fall_takes_off_what_is_held_back() -> None:
    assert paid([100, 50, 100, 50], [0, 0, 0, 1], **HELD) == [0, 0, 0, 50]


def test_what_a_ceiling_cut_is_not_taken_back() -> None:
    assert paid([100, 50, 100], ceiling="60") == [60, -10, 10]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.sampled_from([CARRY, HELD]))
def test_no_more_is_paid_than_was_earned_to_date(to_date: list[int], limit: dict[str, Any]) -> None:
    total, most = 0, 0
    kept = [value % 2 for value in to_date]
    for amount, earned in zip(paid(to_date, kept, **limit), to_date, strict=True):
        total, most = total + amount, max(most, earned)
        assert 0 <= total <= most
    if all(before <= after for before, after in pairwise(to_date)):
        assert total <= to_date[-1]
