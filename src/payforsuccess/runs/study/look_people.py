"""Which plans a look is of, and the people whom it counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan, Look
from payforsuccess.deal.fields import Duration
from payforsuccess.units import add_months


def looks_named(deal: Deal, name: str) -> dict[str, Look]:
    """The look of this name in each plan that an outcome rests on and that has it."""
    resting = {outcome.estimate for outcome in deal.outcomes.values()}
    return {
        plan: each
        for plan, stated in deal.evaluation.items()
        if plan in resting
        for each in stated.looks
        if each.name == name
    }


def as_at_look(deal: Deal, looks: Mapping[str, Look]) -> Deal:
    """The deal with its plans limited to people whose window is over by the look's day.

    What is only shown beside an estimate is left out: at a look nobody sees more than they must.
    """
    day = max(each.on for each in looks.values())
    plans = {name: _limited(plan, day) for name, plan in deal.evaluation.items()}
    return deal.model_copy(update={"evaluation": plans})


def last_start(window: Duration, *, over_by: date) -> date:
    """The latest day on which a window can begin that is over by a day."""
    if window.days:
        return over_by - timedelta(days=window.days - 1)
    day = add_months(over_by, -window.months) + timedelta(days=1)
    while add_months(day, window.months) - timedelta(days=1) > over_by:
        day -= timedelta(days=1)
    return day


def _limited(plan: EvaluationPlan, day: date) -> EvaluationPlan:
    last = last_start(plan.measure.window, over_by=day)
    update: dict[str, object] = {
        "variations": (),
        "secondary": (),
        "several_outcomes": None,
        "sensitivity": (),
    }
    for key in ("measure", "before"):
        measure = getattr(plan, key, None)
        if measure is not None:
            own = measure.population
            until = last if own.starts_to is None else min(last, own.starts_to)
            population = own.model_copy(update={"starts_to": until})
            update[key] = measure.model_copy(update={"population": population})
    return plan.model_copy(update=update)
