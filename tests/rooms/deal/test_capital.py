"""Tranches, triggers and the waterfall (R88): what a deal file may say of capital, and what not."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.deal import Deal
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, PROVIDER, a_deal

FINANCED = [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}]
LOAN = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "1000",
    "rate": "5%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
GUARANTEE = {
    "name": "backing",
    "party": INVESTOR,
    "kind": "guarantee",
    "amount": "500",
    "covers": "50%",
    "guarantees": ["loan"],
}
EQUITY = {"name": "own", "party": PROVIDER, "kind": "provider-equity", "amount": "100"}
GATE = {
    "name": "gate",
    "says": "At least five people enrolled",
    "on": "2026-06-30",
    "enrolled_at_least": "5",
}
STEPS = [
    {"pays": "fee", "to": [INVESTOR], "each_date": "10"},
    {"pays": "interest", "to": ["loan"]},
    {"pays": "principal", "to": ["loan"], "if_met": "gate"},
    {"pays": "return", "to": [PROVIDER, COUNTY], "shares": ["50%", "50%"]},
]


def financed(**changes: Any) -> Deal:
    """A deal with a guaranteed loan, a trigger and a waterfall."""
    return a_deal(
        **{
            "parties": FINANCED,
            "capital": [LOAN, GUARANTEE],
            "triggers": [GATE],
            "waterfall": STEPS,
            **changes,
        }
    )


def test_a_sound_capital_stack_has_no_problem() -> None:
    assert check_deal(financed()) == ()


def test_a_rate_above_1_is_most_often_percent_without_their_sign() -> None:
    (problem,) = check_deal(financed(**stack(rate="8")))
    assert problem.do == "Write 8% for 8 percent, or 0.08."


def test_equity_may_be_repaid_by_what_is_left() -> None:
    to_equity = {"pays": "return", "to": ["own"]}
    capital = [LOAN, GUARANTEE, EQUITY]
    assert check_deal(financed(capital=capital, waterfall=[*STEPS[:3], to_equity])) == ()


def test_a_return_may_go_to_a_tranche_whose_return_it_adds_to() -> None:
    assert check_deal(financed(**step(3, to=["loan", COUNTY]))) == ()


def stack(**changes: Any) -> dict[str, Any]:
    """The loan with keys changed, and the guarantee."""
    return {"capital": [{**LOAN, **changes}, GUARANTEE]}


def gates(*changes: dict[str, Any]) -> dict[str, Any]:
    """Triggers, each the gate with keys changed."""
    return {"triggers": [{**GATE, **change} for change in changes]}


def step(at: int, **changes: Any) -> dict[str, Any]:
    """The waterfall with one step changed."""
    return {"waterfall": [{**s, **(changes if at == n else {})} for n, s in enumerate(STEPS)]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"waterfall": [{"pays": "principal", "to": ["lone"]}]}, "`lone` is not the name of a tr"),
        (step(0, to=["Nobody"]), "`Nobody` is not the name of a party"),
        (step(1, to=["backing"]), "Nothing is owed back on `backing`, which is a guarantee"),
        (step(2, if_met="gait"), "`gait` is not the name of a trigger"),
        (step(3, shares=["50%"]), "There are 1 shares for 2 who are paid"),
        (step(3, shares=[]), "Several are paid and nothing says how much each"),
        (step(3, shares=["60%", "50%"]), "The shares add up to 1.1"),
        (step(0, each_date=None), "A fee and a reserve say how much on each date"),
        (step(0, to=[INVESTOR, PROVIDER]), "A fee is paid to one party"),
        (step(3, to=["Nobody", COUNTY]), "`Nobody` is not the name of a party or tranche"),
        (
            {"waterfall": [{"pays": "deferred-fee", "to": ["loan"]}]},
            "`loan` is no deferred fee, but a senior-loan",
        ),
        (step(1, to=[]), "The step `interest` names nobody"),
        (stack(kind="guarantee", guarantees=["lone"]), "`lone` is not the name of a tranche"),
        (stack(guarantees=["loan"]), "guarantees other tranches and is not a guarantee"),
        (
            {"capital": [LOAN, {**GUARANTEE, "guarantees": ["loan", "loan"]}]},
            "guarantees `loan` twice",
        ),
        ({"capital": [LOAN, {**GUARANTEE, "guarantees": ["backing"]}]}, "guarantees itself"),
        (stack(rate="-5%"), "The yearly rate of `loan` is -5 percent"),
        (stack(rate="5"), "The yearly rate of `loan` is 500 percent"),
        (
            {"jurisdiction": {"name": COUNTY, "return_rate_limit": "8"}},
            "A limit of 800 percent a year limits nothing",
        ),
        (
            {"waterfall": [STEPS[0], STEPS[1], STEPS[3]]},
            "`loan` is a senior-loan, and no step of the waterfall repays it",
        ),
        (
            {"waterfall": STEPS, "capital": [LOAN, GUARANTEE, EQUITY]},
            "`own` is a provider-equity, and no step of the waterfall repays it",
        ),
        (stack(rate=None), "says how interest is counted and has no rate"),
        (stack(draws_if="gait"), "`gait` is not the name of a trigger"),
        (gates({"on": "2031-01-01"}), "is tested on 2031-01-01, outside the deal"),
        (gates({"after": "gate"}), "The trigger `gate` waits for itself"),
        (
            gates({"after": "late"}, {"name": "late", "after": "gate"}),
            "The triggers `gate` and `late` wait for one another",
        ),
        (
            gates({"after": "late"}, {"name": "late", "on": "2026-09-30"}),
            "`gate` waits for `late`, which is tested later",
        ),
        (gates({}, {}), "There are two triggers with the name `gate`"),
    ],
)
def test_what_cannot_be_carried_out_is_a_problem(changes: dict[str, Any], said: str) -> None:
    problems = check_deal(financed(**changes))
    assert any(said in problem.what for problem in problems), [p.what for p in problems]
    assert all(problem.do for problem in problems)


@pytest.mark.parametrize(
    "changes",
    [
        {"enrolled_at_least": None},
        {"outcome": "homes"},
        {"enrolled_at_least": None, "outcome": "homes"},
        {"at_least": "5"},
    ],
)
def test_a_trigger_is_one_test(changes: dict[str, Any]) -> None:
    plain = {key: value for key, value in {**GATE, **changes}.items() if value is not None}
    with pytest.raises(ValueError, match="trigger"):
        financed(triggers=[plain])
