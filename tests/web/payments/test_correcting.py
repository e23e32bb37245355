"""From a day that is put right to the corrections of the next statement (deep; R34, R120, R123)."""

from __future__ import annotations

import json

import pytest

from tests.web.truth.conftest import empty_home, own_home
from tests.web.truth.homes import Home

__all__ = ["empty_home", "own_home"]
pytestmark = pytest.mark.deep
PRICES = {"home_90_days": 4_000_00, "home_6_months": 5_500_00}


def test_what_was_signed_on_a_wrong_day_is_taken_back_to_the_cent(own_home: Home) -> None:
    own_home.run("-m", "payforsuccess.web", "seed", "--people", "20")

    found = json.loads(own_home.run("-m", "tests.web.payments.correcting"))

    due: dict[int, int] = {}
    for outcome, period, fewer in found["changed"]:
        due[period] = due.get(period, 0) - fewer * PRICES[outcome]
    assert due and found["differ"] == ", ".join(map(str, sorted(due)))
    assert {at: sum_ for kind, at, sum_ in found["lines"] if kind == "correction"} == due
    assert found["paid"] == sum(amount for _, _, amount in found["lines"]) > 0
