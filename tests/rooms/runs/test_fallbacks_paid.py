"""What a plan's fall-back gave is what payments read, and its own rules hold for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Refusal
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.store import open_store
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.evaluated import a_plan, an_experiment, feeds
from tests.lib.settling import problems_of, replayed
from tests.rooms.runs.test_evaluated_plans import CHANGE, POOLS, MadeUp

RECORDS = an_experiment()
PRICED = a_term("unit-price", name="less", pays_for="chance", price="100")


@pytest.fixture(scope="module")
def store() -> Iterator[MadeUp]:
    with open_store() as opened:
        yield MadeUp(opened.backend)


def a_deal_with(rule: dict[str, Any], **plan: Any) -> Deal:
    """An outcome on the plan `chance`, which has 60 people, with one fall-back to `change`."""
    outcome = an_outcome(
        "reduction",
        estimate="chance",
        unit="day",
        tick="0.001",
        rounding="half-up",
        bounds={"value": {"least": "-100", "most": "100"}, "people": {"least": "0", "most": "100"}},
    )
    own = a_plan(**{**POOLS, "fallback": [{**POOLS["fallback"][0], **rule}], **plan})
    return a_deal(
        data=feeds(),
        outcomes={"chance": outcome},
        payments=[PRICED],
        evaluation={"chance": own, "change": CHANGE},
    )


def evaluated(store: MadeUp, deal: Deal) -> Result:
    snapshot: Any = RECORDS
    (result,) = evaluate_plans(deal, snapshot, store=store).results
    return result


def refused(deal: Deal, result: Result) -> str:
    period = result.period or 1
    with pytest.raises(Refusal) as refusal:
        replayed(deal, Results(results=(result,)), through=period)
    return problems_of(refusal.value)


def is_paid(deal: Deal, result: Result) -> bool:
    """Whether the reduction, which the plan finds as a number below 0, is paid at its price."""
    stated = {"period": 1, "is_approximate": False, "value": -result.value}
    one = result.model_copy(update=stated)
    found = replayed(deal, Results(results=(one,)), through=1)
    return found.lines[1, "less"].amount != 0


@pytest.mark.parametrize("then", ["pool", "other-plan"])
def test_a_fall_back_that_was_followed_is_paid_though_the_sample_is_below_the_floor(
    store: MadeUp, then: str
) -> None:
    """Massachusetts' rule: too few people in an arm, so several estimates make the value."""
    deal = a_deal_with({"then": then}, sample_floor="1000")
    result = evaluated(store, deal)

    assert [(step.plan, step.when, step.then) for step in result.followed] == [
        ("chance", "sample-below-floor", then)
    ]
    assert result.followed[0].found < result.followed[0].limit == 1000
    assert is_paid(deal, result)


def test_a_result_below_the_floor_that_names_no_rule_is_not_paid(store: MadeUp) -> None:
    deal = a_deal_with({}, sample_floor="1000")
    result = evaluated(store, deal).model_copy(update={"followed": (), "period": 1})

    assert "needs at least 1,000 in each of two groups" in refused(deal, result)


def test_a_rule_that_was_not_set_off_or_is_not_the_plans_is_refused(store: MadeUp) -> None:
    deal = a_deal_with({}, sample_floor="1000")
    result = evaluated(store, deal).model_copy(update={"period": 1})
    (step,) = result.followed
    enough = step.model_copy(update={"found": step.limit})
    invented = step.model_copy(update={"when": "attrition-above"})

    def with_(changed: Any) -> str:
        return refused(deal, result.model_copy(update={"followed": (changed,)}))

    assert "1000 against 1000 does not set it off" in with_(enough)
    assert "that the plan `chance` does not have" in with_(invented)


def test_the_floor_of_the_plan_that_is_fallen_to_holds(store: MadeUp) -> None:
    deal = a_deal_with({"then": "other-plan"}, sample_floor="1000")
    result = evaluated(store, deal).model_copy(update={"period": 1})
    change = deal.evaluation["change"].model_copy(update={"sample_floor": 500})
    held = deal.model_copy(update={"evaluation": {**deal.evaluation, "change": change}})

    assert "needs at least 500 in each of two groups" in refused(held, result)


def test_weights_that_no_plan_agreed_are_refused(store: MadeUp) -> None:
    deal = a_deal_with({}, sample_floor="1000")
    result = evaluated(store, deal).model_copy(update={"period": 1})
    even = tuple(part.model_copy(update={"weight": part.weight / 2}) for part in result.parts)

    said = refused(deal, result.model_copy(update={"parts": even}))
    assert "no plan of the deal agrees these weights" in said


def test_a_plan_that_stands_alone_says_nothing_of_fall_backs(store: MadeUp) -> None:
    result = evaluated(store, a_deal_with({}, sample_floor="10"))

    assert "followed" not in result.as_plain() and "parts" not in result.as_plain()
