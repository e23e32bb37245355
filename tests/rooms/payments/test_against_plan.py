"""An effect stated by hand is held to the deal's own plan."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import read_deal
from tests.lib.settling import a_result, columns, problems_of, replayed


@pytest.fixture(scope="module")
def deal() -> Deal:
    """The template whose plan pays only on significance, with a sample floor."""
    return read_deal("src/payforsuccess/templates/randomised-reentry")


def paid(deal: Deal, **keys: Any) -> str:
    """What is refused of one effect at its measurement point; empty when nothing is."""
    plan_outcome = next(n for n, o in deal.outcomes.items() if o.estimate is not None)
    term = next(t for t in deal.payments if plan_outcome in t.outcomes_read() and t.points)
    point = term.points[0]
    period = deal.schedule.holding(point.determined_by)
    assert period is not None
    result = a_result(plan_outcome, point=point.name, **keys)
    try:
        replayed(deal, columns({}, result), through=period.number)
    except Refusal as refusal:
        return "\n".join(
            line for line in problems_of(refusal).splitlines() if f"`{plan_outcome}`" in line
        )
    return ""


def test_an_effect_that_is_not_significant_is_refused(deal: Deal) -> None:
    """p = 0.9 under a plan that pays on significance."""
    assert "0.9" in paid(deal, value="6.25", people=400, p_value="0.9")


def test_an_effect_without_p_value_is_refused(deal: Deal) -> None:
    """The plan cannot be followed."""
    assert "states no p-value" in paid(deal, value="6.25", people=400)


def test_too_few_people_are_refused(deal: Deal) -> None:
    """Below the plan's floor in two groups."""
    assert "rests on 10 people" in paid(deal, value="6.25", people=10, p_value="0.01")


def test_a_significant_effect_and_no_effect_pass(deal: Deal) -> None:
    """What the plan lets through is not questioned."""
    assert "plan" not in paid(deal, value="6.25", people=400, p_value="0.01")
    assert "plan" not in paid(deal, value="0", people=10, p_value="0.9")
