"""What every outcome comes to in a world: from people and rates, effects, levels or a list.

One definition for one world and for many: `Draws` says what varies. In a forecast nothing does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from payforsuccess.deal.assumptions import Assumptions, Case, Counted, Effect, Level, Listed
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.finance.counted import countings
from payforsuccess.finance.people import People
from payforsuccess.finance.slots import Slot
from payforsuccess.units import round_exact


class Draws(Protocol):
    """What varies between worlds; each method gives an exact number, or one for each world.

    `value` varies an assumed value by its spread (the truth), the same for all slots of an outcome
    unless `slot` tells them apart. `estimate` adds the error of estimation to a true effect, and
    what its plan then lets payments read. `count` lets chance act on a count around its expected
    number. `ticks` brings a value to whole smallest steps of its outcome.
    """

    def value(self, outcome: str, central: Fraction, slot: Slot | None) -> Any:
        """The true value around its case's value."""

    def estimate(self, slot: Slot, true: Any, standard_error: Any) -> Any:
        """What an evaluator would find."""

    def count(self, slot: Slot, people: Any, rate: Any) -> Any:
        """How many are counted among so many people."""

    def ticks(self, value: Any, outcome: Outcome) -> Any:
        """The value as whole smallest steps of its outcome."""

    def root(self, value: Any) -> Any:
        """The square root of a number from 0 on."""


@dataclass(frozen=True)
class WorldResults:
    """What is found in a world (or in many): values in whole smallest steps, by slot.

    `truth` holds the values before estimation and chance, in the outcome's own unit.
    """

    ticks: Mapping[Slot, Any]
    truth: Mapping[Slot, Any] = field(default_factory=dict)


class Fixed:
    """Nothing varies: one world, in exact numbers; the forecast of a case."""

    def value(self, outcome: str, central: Fraction, slot: Slot | None) -> Fraction:
        """The case's own value."""
        return central

    def estimate(self, slot: Slot, true: Fraction, standard_error: Any) -> Fraction:
        """The truth: an estimate without error."""
        return true

    def count(self, slot: Slot, people: Fraction, rate: Fraction) -> Fraction:
        """The expected number."""
        return people * rate

    def ticks(self, value: Fraction, outcome: Outcome) -> int:
        """The nearest whole number of steps, halves away from zero."""
        return round_exact(value / outcome.tick)

    def root(self, value: Fraction) -> float:
        """The square root; only an error of estimation asks for it, and there is none here."""
        return math.sqrt(value)


def results_of(
    deal: Deal,
    assumptions: Assumptions,
    slots: Sequence[Slot],
    people: People,
    *,
    case: Case,
    draws: Draws,
    success: Any = 1,
) -> WorldResults:
    """The value of every slot, in the slot's own unit and in whole smallest steps.

    `success` stretches every outcome's distance from its no-success value: 0 is a programme that
    changed nothing, 1 the assumptions as they are.
    """
    ticks: dict[Slot, Any] = {}
    truth: dict[Slot, Any] = {}
    told: dict[str, list[Slot]] = {}
    for slot in slots:
        told.setdefault(slot.outcome, []).append(slot)
    for name, own in told.items():
        assumed = assumptions.outcomes[name]
        match assumed:
            case Counted():
                found = _counted(assumed, own, deal, people, case=case, draws=draws)
            case Effect():
                found = _effects(assumed, own, people, case=case, draws=draws)
            case Level():
                found = _levels(assumed, own, case=case, draws=draws)
            case Listed():
                found = _listed(assumed, own, case=case, draws=draws)
        outcome = deal.outcomes[name]
        to_date: Any = 0
        for slot in own:
            value, true = found[slot]
            if not (isinstance(success, int) and success == 1):
                value = _stretched(value, outcome.no_success, success)
                true = _stretched(true, outcome.no_success, success)
            number = draws.ticks(value, outcome)
            if outcome.reported_as == "to-date":
                number = to_date = to_date + number
            ticks[slot], truth[slot] = number, true
    return WorldResults(ticks, truth)


def _stretched(value: Any, from_: Fraction, by: Any) -> Any:
    if isinstance(value, int | Fraction) and isinstance(by, int | Fraction):
        return from_ + by * (value - from_)
    return float(from_) + _loose(by) * (_loose(value) - float(from_))


Found = dict[Slot, tuple[Any, Any]]
"""By slot: the value that is found, and the true one."""


def _counted(
    assumed: Counted,
    slots: Sequence[Slot],
    deal: Deal,
    people: People,
    *,
    case: Case,
    draws: Draws,
) -> Found:
    counted = _people_counted(assumed, slots[0], deal, people, case)
    rate = draws.value(slots[0].outcome, assumed.each_person.in_case(case), None)
    return {
        slot: (draws.count(slot, counted[slot.at], rate), _times(counted[slot.at], rate))
        for slot in slots
    }


def _people_counted(
    assumed: Counted, slot: Slot, deal: Deal, people: People, case: Case
) -> list[Any]:
    """How many are counted in each period; someone counted twice in it counts as two."""
    if assumed.counts == "in-service" and assumed.after is None:
        return list(people.in_service)
    outcome, periods = deal.outcomes[slot.outcome], deal.schedule.all()
    counted: list[Any] = []
    for told in countings(assumed, outcome, periods, len(people.stays), case=case):
        # A plain 0: an exact fraction plus an array goes through Python, number by number.
        number: Any = 0
        for each in told:
            if each.in_service:
                own = people.in_service_of(each.start, each.age)
            else:
                own = people.started[each.start]
            number = number + (own if each.times == 1 else own * each.times)
        counted.append(number)
    return counted


def _effects(
    assumed: Effect, slots: Sequence[Slot], people: People, *, case: Case, draws: Draws
) -> Found:
    true = draws.value(slots[0].outcome, assumed.true.in_case(case), None)
    error = assumed.standard_error.in_case(case)
    found: Found = {}
    for slot in slots:
        scaled: Any = error
        if assumed.planned_people is not None and error:
            # fewer people, a wider error: it goes with one over the square root of their number
            enrolled = sum(people.started[: slot.at + 1])
            planned = math.sqrt(assumed.planned_people)
            scaled = float(error) * planned / draws.root(_at_least_one(enrolled))
        found[slot] = (draws.estimate(slot, true, scaled), true)
    return found


def _levels(assumed: Level, slots: Sequence[Slot], *, case: Case, draws: Draws) -> Found:
    value = assumed.value.in_case(case)
    grows = assumed.grows.in_case(case) if assumed.grows is not None else Fraction(0)
    first = min(slot.at for slot in slots)
    found: Found = {}
    for slot in slots:
        level = draws.value(slot.outcome, value + grows * (slot.at - first), slot)
        found[slot] = (level, level)
    return found


def _listed(assumed: Listed, slots: Sequence[Slot], *, case: Case, draws: Draws) -> Found:
    told = {
        f"period {v.period}" if v.period is not None else f"point {v.point}": v.value.in_case(case)
        for v in assumed.values
    }
    factor = draws.value(slots[0].outcome, Fraction(1), None)
    found: Found = {}
    for slot in slots:
        value = _times(told.get(slot.when, Fraction(0)), factor)
        found[slot] = (value, value)
    return found


def _times(one: Any, other: Any) -> Any:
    """A product, in floating point as soon as one of the two is an array or a float."""
    exact = isinstance(one, int | Fraction) and isinstance(other, int | Fraction)
    if exact:
        return one * other
    return _loose(one) * _loose(other)


def _loose(value: Any) -> Any:
    return float(value) if isinstance(value, int | Fraction) else value


def _at_least_one(people: Any) -> Any:
    if isinstance(people, int | Fraction):
        return max(people, 1)
    return people + (people < 1) * (1 - people)
