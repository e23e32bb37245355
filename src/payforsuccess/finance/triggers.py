"""Whether the deal's triggers are met in a world, by what is known on the day of the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from payforsuccess.deal.assumptions import Assumptions, Case, lag_in
from payforsuccess.deal.capital import Trigger
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.outcomes import WorldResults
from payforsuccess.finance.people import People
from payforsuccess.finance.slots import Slot
from payforsuccess.units import Period


def triggers_met(
    deal: Deal,
    assumptions: Assumptions,
    people: People,
    results: WorldResults,
    *,
    case: Case = "base",
) -> Mapping[str, Any]:
    """By trigger: true or false, or an array with one for each world.

    A trigger on an outcome looks at its last result that is determined by the day of the test; with
    none it is not met. One that waits for another is met only if that one was.
    """
    met: dict[str, Any] = {}
    for trigger in sorted(deal.triggers, key=lambda trigger: trigger.on):
        if trigger.outcome is None:
            found = _enrolled(deal, trigger, people)
        else:
            lag = timedelta(days=lag_in(assumptions.determined_after_days, case))
            found = _reached(deal, lag, trigger, results)
        if trigger.after is not None:
            found = found & met[trigger.after]
        met[trigger.name] = found
    return met


def goes_on(
    deal: Deal, met: Mapping[str, Any], periods: Sequence[Period]
) -> tuple[Any, ...] | None:
    """For each period 1 while services go on, 0 after a trigger has ended them; None if none can.

    A trigger that ends services does so from the first period that starts on or after its day.
    """
    ending = [trigger for trigger in deal.triggers if trigger.not_met == "ends-services"]
    if not ending:
        return None
    found = []
    for period in periods:
        going: Any = 1
        for trigger in ending:
            if period.start >= trigger.on:
                going = going * (met[trigger.name] * 1)
        found.append(going)
    return tuple(found)


def _enrolled(deal: Deal, trigger: Trigger, people: People) -> Any:
    periods = deal.schedule.all()
    started: Any = 0
    for period, number in zip(periods, people.started, strict=True):
        if period.start <= trigger.on:
            started = started + number
    assert trigger.enrolled_at_least is not None
    return started >= trigger.enrolled_at_least


def _reached(deal: Deal, lag: timedelta, trigger: Trigger, results: WorldResults) -> Any:
    periods = deal.schedule.all()
    known = [
        slot
        for slot in results.ticks
        if slot.outcome == trigger.outcome and _determined(slot, deal, periods, lag) <= trigger.on
    ]
    if not known:
        return False
    last = max(known, key=lambda slot: (slot.at, slot.when))
    ticks = results.ticks[last]
    tick = deal.outcomes[last.outcome].tick
    if trigger.at_least is not None:
        return ticks >= -((-trigger.at_least) // tick)
    assert trigger.at_most is not None
    return ticks <= trigger.at_most // tick


def _determined(slot: Slot, deal: Deal, periods: Sequence[Period], lag: timedelta) -> Any:
    """The day a result is known: the last day for its point, or so long after its period."""
    name = slot.when.removeprefix("point ")
    if name != slot.when:
        return min(
            point.determined_by
            for term in deal.payments
            for point in term.points
            if point.name == name
        )
    return periods[slot.at].last_day + lag
