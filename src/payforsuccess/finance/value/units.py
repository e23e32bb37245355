"""Units avoided by fiscal year, in one world or in many: from results, or from who starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Assumptions, Effect
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.value import ValueLine
from payforsuccess.finance.calendar import later
from payforsuccess.finance.outcomes import WorldResults
from payforsuccess.finance.people import People
from payforsuccess.finance.slots import Slot
from payforsuccess.units import fiscal_year_of

Number = Callable[[Fraction], Any]
"""Brings an exact number to what the reading keeps: itself, or floating point."""


def beyond_no_success(deal: Deal, results: WorldResults, *, number: Number) -> Mapping[Slot, Any]:
    """By slot, how far each outcome lies on the good side of its no-success value.

    What is reported to date is told by what each slot adds. Effects read as they were estimated.
    """
    found: dict[Slot, Any] = {}
    before: dict[tuple[str, str], Any] = {}
    for slot, ticks in sorted(results.ticks.items(), key=lambda item: item[0].at):
        outcome = deal.outcomes[slot.outcome]
        value = ticks * number(outcome.tick)
        if outcome.reported_as == "to-date":
            kept = (slot.outcome, slot.cohort)
            value, before[kept] = value - before.get(kept, 0), value
        found[slot] = _better(deal, slot, value - number(outcome.no_success))
    return found


def with_true_effects(
    deal: Deal,
    assumptions: Assumptions,
    results: WorldResults,
    beyond: Mapping[Slot, Any],
    *,
    known: Iterable[tuple[str, str, str]],
    number: Number,
) -> Mapping[Slot, Any]:
    """The same with the true effect where an effect is estimated and not determined yet.

    Payments follow the estimate; what budgets see follows the truth.
    """
    told = frozenset(known)
    return {
        slot: _better(
            deal, slot, results.truth[slot] - number(deal.outcomes[slot.outcome].no_success)
        )
        if isinstance(assumptions.outcomes[slot.outcome], Effect) and slot.key not in told
        else value
        for slot, value in beyond.items()
    }


def units_by_year(
    deal: Deal, line: ValueLine, beyond: Mapping[Slot, Any], people: People, *, each: Any
) -> Mapping[int, Any]:
    """Units of a line by the fiscal year in which they show: `each` for every unit or person."""
    periods = deal.schedule.all()
    if line.outcome is None:
        found = [(periods[at].last_day, number) for at, number in enumerate(people.started)]
    else:
        found = [
            (periods[slot.at].last_day, value)
            for slot, value in beyond.items()
            if slot.outcome == line.outcome
        ]
    units: dict[int, Any] = {}
    for day, value in found:
        year = year_shown(deal, line, day)
        units[year] = units.get(year, 0) + value * each
    return units


def year_shown(deal: Deal, line: ValueLine, day: date) -> int:
    """The fiscal year of the deal in which what happens by a day shows in the line's budget."""
    starts = deal.fiscal_year_starts
    shown = day if line.lag is None else later(day, line.lag)
    return fiscal_year_of(shown, starts_month=starts.month, starts_day=starts.day)


def _better(deal: Deal, slot: Slot, value: Any) -> Any:
    return -value if deal.outcomes[slot.outcome].better == "lower" else value
