"""A plan's lottery in the model and in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.words.plans import plan_in_words
from tests.lib.lotteries import a_plan


def words(**changes: Any) -> str:
    return " ".join(plan_in_words(a_plan(**changes)))


def test_the_lottery_is_told_in_plain_words() -> None:
    """R116: the end of the wait stands in the deal that everyone signs."""
    told = words(
        assignment="blocked", lottery={"block_sizes": ["4", "6"], "excluded_for": "12 months"}
    )

    assert "Chance decides, in blocks of sealed sizes, who is in “coach”" in told
    assert "people are drawn as they are referred, in blocks whose sizes nobody sees" in told
    assert "can be served outside of the comparison after 12 months" in told


def test_places_that_open_are_told_so() -> None:
    told = words(lottery={"draws": "as-places-open", "excluded_for": "90 days"})

    assert "each time places open, they are drawn among all who wait" in told
    assert "sealed" not in words(lottery=None)


def test_blocks_need_a_size_or_sealed_sizes() -> None:
    with pytest.raises(ValueError, match="block_size"):
        a_plan(assignment="blocked")
    assert a_plan(assignment="blocked", block_size="4").block_size == 4
