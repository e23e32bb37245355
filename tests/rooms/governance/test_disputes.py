"""Disputes: clocks by step, and the undisputed rest that is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from payforsuccess.governance.conditions.disputes import THEME
from payforsuccess.governance.dispute_clock import disputes_found, held_back
from payforsuccess.governance.facts import Facts, StatementFound
from payforsuccess.governance.initiative.voice import Dispute
from tests.lib.deals import CITY, COUNTY, PROVIDER, a_deal, two_payors
from tests.lib.initiatives import ON, facts_of, missing, said, shown_by
from tests.lib.settling import stated

RULES = {
    "raise_within": "30 days",
    "steps": [
        {"name": "operating", "within": "14 days"},
        {"name": "executive", "within": "1 month"},
        {"name": "expert", "within": "2 months"},
    ],
}
DISPUTE: dict[str, Any] = {
    "name": "march",
    "statement": "1",
    "lines": ["homes"],
    "clause": "7.2",
    "amount": "150",
    "raised_by": COUNTY,
    "raised_on": "2026-05-04",
    "steps": [{"step": "operating", "opened_on": "2026-05-04"}],
}
STATEMENT = StatementFound(1, date(2026, 4, 15), ("homes",))


def facts(**changes: Any) -> Facts:
    told = facts_of(deal=a_deal(disputes=RULES), disputes=[DISPUTE | changes])
    return replace(told, statements=(STATEMENT,))


def test_each_step_has_the_deals_clock() -> None:
    """R124: 14 days from 4 May end on 18 May; on 1 June it is 14 days late."""
    (found,) = said(THEME.findings(facts()))
    assert "operating step: 14 days late, it was to be settled by 2026-05-18" in found
    assert "then the executive step" in found
    assert "undisputed rest of statement 1 is paid" in found


def test_the_next_step_has_its_own_clock() -> None:
    """R124."""
    steps = [*DISPUTE["steps"], {"step": "executive", "opened_on": "2026-05-18"}]
    (found,) = said(THEME.findings(facts(steps=steps)))
    assert "executive step: to be settled by 2026-06-18; then the expert step" in found


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([{"step": "executive", "opened_on": "2026-05-04"}], "the deal's order is operating"),
        ([{"step": "operating", "opened_on": "2026-05-03"}], "before the dispute was raised"),
    ],
)
def test_the_steps_are_those_of_the_deal(steps: list[dict[str, str]], says: str) -> None:
    """R124."""
    (problem,) = said(THEME.problems(facts(steps=steps)))
    assert says in problem


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"statement": "2"}, "was not issued"),
        ({"lines": ["days"]}, "no line `days`"),
        (
            {
                "raised_on": "2026-05-16",
                "steps": [{"step": "operating", "opened_on": "2026-05-16"}],
            },
            "was 2026-05-15",
        ),
    ],
)
def test_a_dispute_is_on_a_line_and_raised_in_time(changes: dict[str, Any], says: str) -> None:
    """R124."""
    (problem,) = said(THEME.problems(facts(**changes)))
    assert says in problem


def test_the_last_day_to_raise_is_in_time() -> None:
    """R124."""
    step = {"step": "operating", "opened_on": "2026-05-15"}
    assert not said(THEME.problems(facts(raised_on="2026-05-15", steps=[step])))


def test_all_disputes_are_settled_at_the_end() -> None:
    """R124."""
    assert "march" in missing(THEME, "disputes-settled", facts())
    settled = [DISPUTE["steps"][0] | {"settled_on": "2026-06-01", "says": "agreed"}]
    assert shown_by(THEME, "disputes-settled", facts(steps=settled))


def held(*changes: dict[str, Any], on: date = ON) -> dict[str, int]:
    """What is held back of a statement of 5 homes at 100.00, paid 60 to 40 by two payors."""
    (statement,) = stated(a_deal(**two_payors()), [{"homes": "5"}])
    disputes = [Dispute.model_validate(DISPUTE | {"lines": [_LINE]} | each) for each in changes]
    return held_back(disputes, statement, (COUNTY, CITY), on=on)


@given(amounts=st.lists(st.integers(0, 900), max_size=4), homes=st.integers(0, 9))
def test_what_is_held_back_lies_within_what_is_disputed_and_stated(
    amounts: list[int], homes: int
) -> None:
    """R124: never more than is disputed in all, nor than a payor's part; never below zero."""
    (statement,) = stated(a_deal(**two_payors()), [{"homes": str(homes)}])
    disputes = [
        Dispute.model_validate(
            DISPUTE | {"name": f"d{at}", "lines": [_LINE], "amount": str(amount)}
        )
        for at, amount in enumerate(amounts)
    ]
    found = held_back(disputes, statement, (COUNTY, CITY), on=ON)
    assert sum(found.values()) <= 100 * sum(amounts)
    assert all(0 <= found[payor] <= statement.payor_totals()[payor] for payor in found)


(_FIRST,) = stated(a_deal(), [{"homes": "5"}])
_LINE = _FIRST.lines[0].term


def test_what_a_payor_disputes_is_held_back_and_the_rest_is_not() -> None:
    """R124: 150.00 of 500.00 falls on the payors 60 to 40; 350.00 are payable."""
    assert held({}) == {COUNTY: 9000, CITY: 6000}


def test_no_more_is_held_back_than_the_lines_state() -> None:
    """R124."""
    assert held({"amount": "9000"}) == {COUNTY: 30000, CITY: 20000}
    assert held({"amount": "400"}, {"name": "b", "amount": "400"}) == {COUNTY: 30000, CITY: 20000}


@pytest.mark.parametrize(
    "changes",
    [
        {"raised_by": PROVIDER},
        {"statement": "2"},
        {"lines": ["other"]},
        {"raised_on": "2026-06-02"},
        {"steps": [{"step": "operating", "opened_on": "2026-05-04", "settled_on": "2026-05-20"}]},
    ],
)
def test_nothing_is_held_back(changes: dict[str, Any]) -> None:
    """R124: for one who is owed, another statement or line, not raised yet, or settled."""
    assert held(changes) == {}


@pytest.mark.parametrize("key", ["finality", "overpayment", "disputes"])
def test_a_deal_that_is_silent_on_finality_or_disputes_is_refused(key: str) -> None:
    """R123: look-back limit, materiality, final date, what a negative balance does."""
    with pytest.raises(ValidationError, match=key):
        a_deal(**{key: None})


def test_a_dispute_without_a_deal_has_no_clock() -> None:
    """R124."""
    (found,) = disputes_found([Dispute.model_validate(DISPUTE)], None, on=ON)
    assert found.steps[0].due is None and not found.is_settled
