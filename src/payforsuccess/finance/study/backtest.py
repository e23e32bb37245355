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
    """All terms paid on a cohort without the programme.

    left_out: outcomes taken as no success. made_up: outcomes that count whom an effect is paid for,
    each with the people of the made-up arm that stand for them.
    """

    terms: tuple[PaidWithout, ...]
    whole: PaidWithout
    left_out: tuple[str, ...]
    made_up: tuple[tuple[str, int], ...] = ()


def pay_without_programme(
    deal: Deal,
    counted: Mapping[SlotKey, Fraction],
    placebos: Mapping[str, Placebo],
    *,
    splits: int,
) -> Backtested:
    """Every term of the deal, period by period, on counts and on each placebo estimate.

    counted: what was found, by slot; placebos: by outcome. What neither tells is taken as no
    success. The people that an effect is paid for are those of the made-up arm, whatever was
    counted: in a cohort without programme that is no one, and nothing would ever be paid. Every
    fact that a condition asks for is taken to hold. Refuses prices by subgroup, and one count of
    people for effects whose made-up arms differ in size.
    """
    _refuse_subgroups(deal)
    treated = made_up_arms(deal, placebos)
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
        if slot.outcome in treated:
            value = Fraction(treated[slot.outcome])
        elif value is None:
            if slot.outcome not in found_of:
                left_out[slot.outcome] = None
            value = _nothing(outcome)
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
        made_up=tuple(treated.items()),
    )


def made_up_arms(deal: Deal, placebos: Mapping[str, Placebo]) -> dict[str, int]:
    """Outcomes that count whom an effect is paid for, each with the people of the made-up arm."""
    sizes: dict[str, int] = {}
    for number, term in enumerate(deal.payments):
        if not isinstance(term, EffectPrice) or term.pays_for not in placebos:
            continue
        if term.treated is None:
            continue
        size = placebos[term.pays_for].treated
        if sizes.setdefault(term.treated, size) != size:
            raise Refusal(
                Problem(
                    f"`{term.treated}` counts the people of several effects, and their made-up "
                    f"arms differ in size ({sizes[term.treated]:,} and {size:,}).",
                    "Give --people, so that all made-up arms are of one size.",
                    deal.place_of("payments", number, "treated"),
                )
            )
    return sizes


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
