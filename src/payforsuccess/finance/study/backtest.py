"""The deal's terms paid on people who had no programme: counts as they are, effects by placebo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import EffectPrice, UnitPrice
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.power.payment_placebo import Placebo
from payforsuccess.finance.simulate.draws import whole_steps
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.slots import Slot, slots_of
from payforsuccess.finance.study.odds import Tier, sampled, tiers_of
from payforsuccess.finance.study.setting import significant, summed
from payforsuccess.payments.worlds import PreparedTerms, SlotKey, WorldInputs, entitlements
from payforsuccess.units import round_exact

PERCENTS = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class PaidWithout:
    """What one term, or all, would have paid over the splits; amounts in minor units.

    is_paid: the chance that anything is. percentiles: those of `PERCENTS`. Without any placebo
    every split pays the same, and the figures have no error.
    """

    name: str
    is_paid: Figure
    mean: Figure
    percentiles: tuple[int, ...]
    most: int
    tiers: tuple[Tier, ...]
    rests_on_chance: bool


@dataclass(frozen=True)
class Backtested:
    """All terms paid on a cohort without the programme. left_out: outcomes taken as no success."""

    terms: tuple[PaidWithout, ...]
    whole: PaidWithout
    left_out: tuple[str, ...]


def pay_without_programme(
    deal: Deal,
    counted: Mapping[SlotKey, Fraction],
    placebos: Mapping[str, Placebo],
    *,
    splits: int,
) -> Backtested:
    """Every term of the deal, period by period, on counts and on each placebo estimate.

    counted: what was found, by slot; placebos: by outcome. What neither tells is taken as no
    success, but the number of people that an effect is paid for, which is that of the made-up arm.
    Every fact that a condition asks for is taken to hold. Refuses prices by subgroup.
    """
    _refuse_subgroups(deal)
    treated = {
        term.treated: placebos[term.pays_for].treated
        for term in deal.payments
        if isinstance(term, EffectPrice) and term.pays_for in placebos
    }
    ticks: dict[SlotKey, Any] = {}
    p_values: dict[SlotKey, Any] = {}
    own: dict[Slot, Any] = {}
    left_out: dict[str, None] = {}
    found_of = {key[0] for key in counted}
    for slot in slots_of(deal):
        outcome = deal.outcomes[slot.outcome]
        placebo = placebos.get(slot.outcome)
        if placebo is not None:
            own[slot] = whole_steps(placebo.estimates.payable, outcome, deal, splits)
            ticks[slot.key] = own[slot]
            p_values[slot.key] = placebo.estimates.p_value
            continue
        value = counted.get(slot.key)
        if value is None:
            if slot.outcome not in found_of and slot.outcome not in treated:
                left_out[slot.outcome] = None
            people = Fraction(treated.get(slot.outcome, 0))
            value = people if slot.outcome in treated else _nothing(outcome)
        ticks[slot.key] = numpy.full(splits, round_exact(value / outcome.tick), dtype=numpy.int64)
    facts = {
        condition.fact: numpy.ones(splits, dtype=numpy.int64)
        for term in deal.payments
        for condition in term.conditions
        if condition.fact is not None
    }
    inputs = WorldInputs(ticks, facts, significant(deal, ticks, p_values), {})
    lines = entitlements(deal, inputs, terms=PreparedTerms(deal))
    by_term = {
        term.name: summed([a for (_, name), a in lines.items() if name == term.name], splits)
        for term in deal.payments
    }
    blocks = [(own, by_term, splits)]
    tiers = list(tiers_of(deal, tuple(by_term), blocks))
    by_chance = {
        term.name for term in deal.payments if any(o in placebos for o in term.outcomes_read())
    }
    return Backtested(
        terms=tuple(
            _told(name, amount, [t for t in tiers if t.term == name], name in by_chance)
            for name, amount in by_term.items()
        ),
        whole=_told("all", summed(list(by_term.values()), splits), (), bool(by_chance)),
        left_out=tuple(left_out),
    )


def _nothing(outcome: Outcome) -> Fraction:
    return Fraction(0) if outcome.no_success is None else Fraction(outcome.no_success)


def _told(name: str, amount: Any, tiers: Sequence[Tier], rests_on_chance: bool) -> PaidWithout:
    return PaidWithout(
        name=name,
        is_paid=sampled(amount > 0),
        mean=sampled(amount),
        percentiles=tuple(int(p) for p in numpy.percentile(amount, PERCENTS, method="lower")),
        most=int(amount.max()),
        tiers=tuple(tiers),
        rests_on_chance=rests_on_chance,
    )


def _refuse_subgroups(deal: Deal) -> None:
    def names() -> Iterator[str]:
        for term in deal.payments:
            if isinstance(term, UnitPrice) and (term.subgroups or term.share_caps):
                yield term.name

    problems = [
        Problem(
            f"The price of `{name}` depends on subgroups, which a backtest does not tell apart.",
            "Test a version of the deal without them.",
            deal.place_of("payments"),
        )
        for name in names()
    ]
    if problems:
        raise Refusal(problems)
