"""Laws of payments on drawn estimates: what is paid is what is earned, too much, and too little."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.finance.study.odds import paid_at
from payforsuccess.finance.study.rules import rules_of
from payforsuccess.finance.study.setting import study_setting
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_number
from tests.lib.studies import a_studied_deal, studied

DECISIONS = (
    {"pays_on": "point-estimate"},
    {"pays_on": "lower-bound"},
    {"pays_on": "significance", "level": "10%"},
)


@given(
    truth=st.integers(-30, 70),
    sd=st.integers(10, 200),
    decision=st.sampled_from(DECISIONS),
    seed=st.integers(0, 1_000),
)
def test_paid_is_earned_and_too_much_less_too_little(
    truth: int, sd: int, decision: dict[str, Any], seed: int
) -> None:
    deal = a_studied_deal(decision=decision)
    assumptions = studied(sd=a_number(str(sd)))
    rules, _ = rules_of(deal, assumptions, "arrests")
    setting = study_setting(DealHistory((deal,)), assumptions, "reduction")

    found = paid_at(setting, rules, float(truth), studies=400, seed=seed)

    balance = found.earned + found.over.value - found.under.value
    assert found.mean.value == pytest.approx(balance, abs=1e-6)
    assert sum(tier.chance.value for tier in found.tiers) == pytest.approx(1)
    assert 0 <= found.over_chance.value + found.under_chance.value <= 1 + 1e-12
    assert found == paid_at(setting, rules, float(truth), studies=400, seed=seed)


@given(truth=st.integers(-20, 60), seed=st.integers(0, 1_000))
def test_a_stricter_rule_never_pays_more_often(truth: int, seed: int) -> None:
    """The same draws: an estimate that pays by its lower bound pays by its point too."""
    chances = []
    for decision in ({"pays_on": "lower-bound"}, {"pays_on": "point-estimate"}):
        deal = a_studied_deal(decision=decision)
        assumptions = studied(sd=a_number("80"))
        rules, _ = rules_of(deal, assumptions, "arrests")
        setting = study_setting(DealHistory((deal,)), assumptions, "reduction")
        found = paid_at(setting, rules, float(truth), studies=400, seed=seed)
        chances.append(found.is_paid.value)

    assert chances[0] <= chances[1]
