"""A block of worlds from draws to cash: the same way as a forecast, with arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.deal.terms import EffectPrice
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.forecast import with_known
from payforsuccess.finance.money import loose_minor, money_needed
from payforsuccess.finance.moves import Flows
from payforsuccess.finance.outcomes import WorldResults, results_of
from payforsuccess.finance.people import People, people_of
from payforsuccess.finance.simulate.draws import ManyDraws
from payforsuccess.finance.slots import Slot
from payforsuccess.finance.triggers import goes_on, triggers_met
from payforsuccess.finance.waterfall.plan import Plan
from payforsuccess.finance.waterfall.run import run_waterfall
from payforsuccess.finance.waterfall.worlds import Worlds
from payforsuccess.payments.worlds import PreparedTerms, SlotKey, WorldInputs, entitlements

Line = tuple[int, str]


@dataclass(frozen=True)
class Drawn:
    """What is found in a block of worlds before anything is priced: the same at every price."""

    worlds: int
    people: People
    results: WorldResults
    met: Mapping[str, Any]
    facts: Mapping[str, Any]
    p_values: Mapping[Slot, Any]


@dataclass(frozen=True)
class Paid:
    """A block of worlds priced and paid out: lines in int64 minor units, cash in float64."""

    drawn: Drawn
    lines: Mapping[Line, Any]
    flows: Flows


@dataclass(frozen=True)
class Setting:
    """What all blocks have in common."""

    deal: Deal
    assumptions: Assumptions
    calendar: CashCalendar
    slots: tuple[Slot, ...]
    case: Case
    known: tuple[Result, ...] = ()
    plan: Plan | None = None
    terms: PreparedTerms | None = None
    """The deal's payment terms made ready, for all blocks."""

    def priced_by(self, deal: Deal) -> Setting:
        """The same setting under other prices."""
        return replace(self, deal=deal, terms=PreparedTerms(deal))


def draw_worlds(setting: Setting, draws: ManyDraws) -> Drawn:
    """People, results, triggers and facts of a block of worlds."""
    deal, assumptions, case = setting.deal, setting.assumptions, setting.case
    reached = draws.reached(assumptions.enrolment.reached.in_case(case))
    people, results = _found(setting, draws, reached)
    met = triggers_met(deal, assumptions, people, results, case=case)
    ends = goes_on(deal, met, setting.calendar.periods)
    if ends is not None and not all(numpy.min(going) >= 1 for going in ends):
        people, results = _found(setting, draws, reached, ends)
    chances = {fact.name: fact.holds.in_case(case) for fact in assumptions.facts}
    facts = draws.facts(central=chances)
    return Drawn(draws.worlds, people, results, met, facts, dict(draws.p_values))


def _found(
    setting: Setting, draws: ManyDraws, reached: Any, ends: Sequence[Any] | None = None
) -> tuple[People, WorldResults]:
    people = people_of(
        setting.assumptions,
        setting.calendar.periods,
        case=setting.case,
        reached=reached,
        whole=lambda number: numpy.floor(number + 0.5),
        ends_before=ends,
    )
    results = results_of(
        setting.deal, setting.assumptions, setting.slots, people, case=setting.case, draws=draws
    )
    return people, with_known(results, setting.deal, setting.known)


def price_worlds(setting: Setting, drawn: Drawn) -> Mapping[Line, Any]:
    """What every payment line comes to in every world, by the deal's own terms."""
    ticks: dict[SlotKey, Any] = {
        slot.key: numpy.broadcast_to(column, drawn.worlds)
        for slot, column in drawn.results.ticks.items()
    }
    significant = {}
    for term in setting.deal.payments:
        if isinstance(term, EffectPrice) and term.significant_at is not None:
            level = float(term.significant_at)
            for slot, p_values in drawn.p_values.items():
                if slot.outcome == term.pays_for:
                    significant[slot.key] = (p_values < level).astype(numpy.int64)
    groups = {
        (slot.key, group.group): _part(column, group.share)
        for group in setting.assumptions.groups
        for slot, column in drawn.results.ticks.items()
        if slot.outcome == group.outcome
    }
    inputs = WorldInputs(ticks, drawn.facts, significant, groups)
    return entitlements(setting.deal, inputs, terms=setting.terms)


def _part(column: Any, share: Fraction) -> Any:
    """A share of whole steps, halves away from zero, as the forecast rounds it."""
    top, bottom = share.numerator, share.denominator
    size = abs(column)
    return numpy.sign(column) * ((2 * size * top + bottom) // (2 * bottom))


def pay_worlds(setting: Setting, drawn: Drawn, lines: Mapping[Line, Any]) -> Paid:
    """The cash of a block of worlds, in the deal's own order of repayment."""
    calendar = setting.calendar
    flows = run_waterfall(
        setting.deal,
        calendar,
        needs=money_needed(
            setting.deal,
            setting.assumptions,
            calendar,
            drawn.people,
            case=setting.case,
            minor=loose_minor,
        ),
        payments={
            (calendar.at(calendar.paid_on[number - 1]), name): amount
            for (number, name), amount in lines.items()
        },
        draws=setting.assumptions.draws,
        triggers_met=drawn.met,
        arithmetic=Worlds(),
        plan=setting.plan,
    )
    return Paid(drawn, lines, flows)
