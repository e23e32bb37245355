"""Steps of repayment that no cash can ever reach are told."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.checks import deal_findings
from payforsuccess.finance.summary import summarise
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import COUNTY, PROVIDER, a_term

OWED = [{"pays": "interest", "to": ["loan"]}, {"pays": "principal", "to": ["loan"]}]
RELEASE = {"pays": "release", "to": [COUNTY]}


def told(*steps: dict[str, Any]) -> list[str]:
    deal = a_financed_deal(
        waterfall=[*steps], payments=[a_term(price="1000"), a_term(name="second", price="10")]
    )
    found = [each for each in deal_findings(deal) if each.topic == "waterfall"]
    assert [each.where.field for each in found] == [
        f"waterfall[{int(each.what.split()[1]) - 1}]" for each in found
    ]
    ahead = summarise(DealHistory((deal,)), assumed()).findings
    assert [each.what for each in ahead if each.topic == "waterfall"] == [e.what for e in found]
    return [each.what for each in found]


@pytest.mark.parametrize("pays", ["release", "return"])
def test_what_follows_a_step_that_gives_all_away_never_pays(pays: str) -> None:
    found = told({"pays": pays, "to": [COUNTY]}, *OWED)
    assert found == [
        f"Step {number} of the order of repayment ({what}) never pays: step 1 ({pays}) gives away "
        "all that is left before it."
        for number, what in ((2, "interest"), (3, "principal"))
    ]


@pytest.mark.parametrize(
    "first",
    [
        {**RELEASE, "at_most": "100"},
        {**RELEASE, "from": ["second"]},
        {"pays": "return", "to": [COUNTY, PROVIDER], "shares": ["30%", "20%"]},
    ],
)
def test_a_step_that_leaves_something_hides_nothing(first: dict[str, Any]) -> None:
    assert told(first, *OWED) == []
    assert told(*OWED, RELEASE) == []


@pytest.mark.parametrize(
    ("steps", "is_told"),
    [
        ([{"pays": "return", "to": ["loan"], "at_most": "5"}, *OWED], True),
        ([*OWED, {"pays": "return", "to": ["loan"], "at_most": "5"}], False),
        ([{"pays": "return", "to": [COUNTY], "at_most": "5"}, *OWED], False),
    ],
)
def test_a_return_before_principal_is_told_to_repay_nothing(
    steps: list[dict[str, Any]], is_told: bool
) -> None:
    found = told(*steps)
    assert bool(found) is is_told
    assert all("gives `loan` a return before its principal is repaid" in each for each in found)
