"""What stays the same while one estimate varies: the deal's terms, and all its other results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import EffectPrice
from payforsuccess.finance.calendar import cash_calendar
from payforsuccess.finance.forecast import with_known
from payforsuccess.finance.money import loose_minor, money_needed
from payforsuccess.finance.outcomes import Fixed, WorldResults, results_of
from payforsuccess.finance.people import People, people_of
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.simulate.draws import whole_steps
from payforsuccess.finance.slots import Slot, slots_of
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.worlds import PreparedTerms, SlotKey, WorldInputs, entitlements
from payforsuccess.units import round_exact


@dataclass(frozen=True)
class StudySetting:
    """One outcome whose estimate varies, and everything else as the case has it.

    slots: where the outcome is read. terms_read: the payment terms that read it. ticks: the other
    results in whole smallest steps, and results all of them. costs: of the project over all
    periods, in minor units. people: who starts and who is in service.
    """

    deal: Deal
    assumptions: Assumptions
    case: Case
    outcome: str
    slots: tuple[Slot, ...]
    terms_read: tuple[str, ...]
    ticks: Mapping[SlotKey, int]
    facts: Mapping[str, int]
    groups: Mapping[tuple[SlotKey, str], int]
    costs: int
    terms: PreparedTerms
    results: WorldResults
    people: People
    notes: tuple[str, ...]


@dataclass(frozen=True)
class StudyPayments:
    """What is paid in every world, in int64 minor units; arrays of shape (worlds,).

    amount: of the terms that read the outcome, over all periods. whole: of all terms. by_term: of
    each that reads it. ticks: the estimate as payments read it, by slot.
    """

    amount: Any
    whole: Any
    by_term: Mapping[str, Any]
    ticks: Mapping[Slot, Any]


def study_setting(
    history: DealHistory, assumptions: Assumptions, outcome: str, *, case: Case = "base"
) -> StudySetting:
    """The setting of one outcome; all others come to what the case assumes, without chance."""
    priced = priced_deal(history)
    deal = priced.deal
    calendar = cash_calendar(deal, assumptions, case=case)
    slots = slots_of(deal)
    people = people_of(
        assumptions,
        calendar.periods,
        case=case,
        reached=assumptions.enrolment.reached.in_case(case),
        whole=round_exact,
    )
    found = results_of(deal, assumptions, slots, people, case=case, draws=Fixed())
    results = with_known(found, deal, ())
    needs = money_needed(deal, assumptions, calendar, people, case=case, minor=loose_minor)
    groups = {
        (slot.key, group.group): round_exact(Fraction(ticks) * group.share)
        for group in assumptions.groups
        for slot, ticks in results.ticks.items()
        if slot.outcome == group.outcome
    }
    return StudySetting(
        deal=deal,
        assumptions=assumptions,
        case=case,
        outcome=outcome,
        slots=tuple(slot for slot in slots if slot.outcome == outcome),
        terms_read=tuple(t.name for t in deal.payments if outcome in t.outcomes_read()),
        ticks={slot.key: ticks for slot, ticks in results.ticks.items() if slot.outcome != outcome},
        facts={
            fact.name: int(fact.holds.in_case(case) >= Fraction(1, 2)) for fact in assumptions.facts
        },
        groups=groups,
        costs=round(sum(move.amount for move in needs if move.kind == "cost")),
        terms=PreparedTerms(deal),
        results=results,
        people=people,
        notes=priced.left_out,
    )


def pay_estimates(
    setting: StudySetting, payable: Sequence[Any], p_values: Sequence[Any]
) -> StudyPayments:
    """What the deal's own terms pay on estimates, one array a slot of the outcome, in its order.

    p_values are those of the same studies, for terms that pay only what is significant.
    """
    deal = setting.deal
    worlds = len(payable[0])
    outcome = deal.outcomes[setting.outcome]
    own = {
        slot: whole_steps(value, outcome, deal, worlds)
        for slot, value in zip(setting.slots, payable, strict=True)
    }
    ticks: dict[SlotKey, Any] = {
        key: numpy.full(worlds, value, dtype=numpy.int64) for key, value in setting.ticks.items()
    }
    ticks.update({slot.key: column for slot, column in own.items()})
    told = {slot.key: p for slot, p in zip(setting.slots, p_values, strict=True)}
    facts = {name: numpy.full(worlds, holds) for name, holds in setting.facts.items()}
    groups = {key: numpy.full(worlds, part) for key, part in setting.groups.items()}
    inputs = WorldInputs(ticks, facts, significant(deal, ticks, told), groups)
    lines = entitlements(deal, inputs, terms=setting.terms)
    by_term = {
        name: summed([a for (_, term), a in lines.items() if term == name], worlds)
        for name in setting.terms_read
    }
    whole = summed(list(lines.values()), worlds)
    return StudyPayments(summed(list(by_term.values()), worlds), whole, by_term, own)


def significant(
    deal: Deal, ticks: Mapping[SlotKey, Any], p_values: Mapping[SlotKey, Any]
) -> dict[SlotKey, Any]:
    """0 or 1 for each slot of a term that pays only what is significant.

    A result without p-value is known without error: it is significant unless it is 0.
    """
    found: dict[SlotKey, Any] = {}
    for term in deal.payments:
        if not isinstance(term, EffectPrice) or term.significant_at is None:
            continue
        for key, column in ticks.items():
            if key[0] == term.pays_for:
                level = float(term.significant_at)
                is_shown = p_values[key] < level if key in p_values else column != 0
                found[key] = is_shown.astype(numpy.int64)
    return found


def summed(amounts: Sequence[Any], worlds: int) -> Any:
    """The sum of amounts world by world, in int64; zeros where there are none."""
    total = numpy.zeros(worlds, dtype=numpy.int64)
    for amount in amounts:
        total = total + amount
    return total
