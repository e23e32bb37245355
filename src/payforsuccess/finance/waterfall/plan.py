"""What a deal's waterfall needs to know of the deal, worked out once for all days and worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

from payforsuccess.deal.capital import TO_TRANCHES, Tranche, WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.finance.moves import PROJECT, party, pool, tranche
from payforsuccess.finance.waterfall.order import steps_of
from payforsuccess.units import to_minor

DRAWN_KINDS = (
    "senior-loan",
    "junior-loan",
    "loan",
    "program-related-investment",
    "grant",
    "recoverable-grant",
    "recyclable-grant",
    "provider-equity",
)
"""Kinds whose money comes in as cash; a guarantee and a deferred fee never do."""


@dataclass(frozen=True)
class Exchange:
    """A tranche that may be paid from two pools, one of them shared with some that may not.

    What it was paid from the shared pool can come from the other one, where cash is left there and
    those are still owed.
    """

    tranche: int
    shared: int
    other: int
    tied: tuple[int, ...]
    """The tranches that may be paid from the shared pool and not from the other."""


@dataclass(frozen=True)
class PlannedStep:
    """A step with the pools it may use, in order, and who may be paid from each of them."""

    step: WaterfallStep
    why: str
    pools: tuple[int, ...]
    tranches: Mapping[int, tuple[int, ...]]
    """By pool: the tranches (by place in the deal's capital) that the step pays from it."""
    exchanges: tuple[Exchange, ...]
    accounts: tuple[str, ...]
    """Where money goes that is not owed on a tranche."""
    at_most: int | None
    each_date: int


@dataclass(frozen=True)
class Plan:
    """Pools, steps and amounts of a deal."""

    deal: Deal
    pools: tuple[str, ...]
    """The accounts in which success payments wait, in the order of the payment terms."""
    pool_of: Mapping[str, int]
    """By payment term: the place of its pool."""
    steps: tuple[PlannedStep, ...]
    amounts: tuple[int, ...]
    """What each tranche gives at most, in minor units."""
    payors: Mapping[str, tuple[tuple[Payor, Fraction], ...]]
    """By payment term: who pays it, and which share."""
    has_ceilings: bool
    """Whether any payor has a ceiling of its own."""

    def minor(self, amount: Any) -> int:
        """An amount of the deal file in minor units."""
        return to_minor(amount, self.deal.currency)

    def place_of(self, account: str) -> int | None:
        """The place of the tranche that an account belongs to."""
        for at, each in enumerate(self.deal.capital):
            if tranche(each.name) == account:
                return at
        return None


def plan_of(deal: Deal, *, merges_pools: bool) -> Plan:
    """The plan of a deal.

    Pools come in the order of the payment terms, but those that every step and tranche treats
    alike stand together. With `merges_pools` they are one: less work where nothing depends on it.
    """
    steps = steps_of(deal)
    groups = _groups(deal, steps)
    if not merges_pools:
        groups = [(name,) for group in groups for name in group]
    places = {each.name: at for at, each in enumerate(deal.capital)}
    return Plan(
        deal,
        tuple(pool("+".join(group)) for group in groups),
        {name: at for at, group in enumerate(groups) for name in group},
        tuple(
            _planned(deal, step, f"step {number}", groups, places)
            for number, step in enumerate(steps, 1)
        ),
        tuple(to_minor(each.amount, deal.currency) for each in deal.capital),
        {term.name: _payors(deal, term) for term in deal.payments},
        any(payor.ceiling is not None for payor in deal.payors),
    )


def _payors(deal: Deal, term: PaymentTerm) -> tuple[tuple[Payor, Fraction], ...]:
    chosen = [each for each in deal.payors if not term.payors or each.party in term.payors]
    whole = sum((payor.share for payor in chosen), Fraction(0))
    return tuple((payor, payor.share / whole) for payor in chosen)


def has_been_met(deal: Deal, name: str, *, on: date, met: Mapping[str, bool | Any]) -> bool | Any:
    """Whether a trigger was tested by a day and met: a bool, or one for each world."""
    tested = {trigger.name: trigger.on for trigger in deal.triggers}
    return met[name] if tested[name] <= on else False


def _groups(deal: Deal, steps: tuple[WaterfallStep, ...]) -> list[tuple[str, ...]]:
    """Payment terms together that nobody tells apart."""
    found: dict[tuple[bool, ...], list[str]] = {}
    for term in deal.payments:
        used = [_may_use(term.name, step.from_) for step in steps]
        used += [_may_use(term.name, each.repaid_from) for each in deal.capital]
        found.setdefault(tuple(used), []).append(term.name)
    return [tuple(names) for names in found.values()]


def _may_use(term: str, named: tuple[str, ...]) -> bool:
    return not named or term in named


def _planned(
    deal: Deal,
    step: WaterfallStep,
    why: str,
    groups: list[tuple[str, ...]],
    places: Mapping[str, int],
) -> PlannedStep:
    pools = tuple(at for at, group in enumerate(groups) if _may_use(group[0], step.from_))
    named = [deal.capital[places[name]] for name in step.to if step.pays in TO_TRANCHES]
    to = (tranche(name) if name in places else party(name) for name in step.to)
    by_pool = {at: _repaid(named, groups[at][0], places) for at in pools}
    return PlannedStep(
        step,
        why,
        pools,
        by_pool,
        tuple(_exchanges(by_pool)),
        (PROJECT,) if step.pays == "recycle" else tuple(to),
        None if step.at_most is None else to_minor(step.at_most, deal.currency),
        0 if step.each_date is None else to_minor(step.each_date, deal.currency),
    )


def _repaid(named: list[Tranche], term: str, places: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(places[each.name] for each in named if _may_use(term, each.repaid_from))


def _exchanges(by_pool: Mapping[int, tuple[int, ...]]) -> Iterator[Exchange]:
    for shared, other in permutations(by_pool, 2):
        tied = tuple(place for place in by_pool[shared] if place not in by_pool[other])
        for place in by_pool[shared]:
            if tied and place in by_pool[other]:
                yield Exchange(place, shared, other, tied)


def who_takes_back(deal: Deal, term: PaymentTerm) -> tuple[str, str]:
    """The accounts that pay and receive when a term takes money back.

    The party that pays does so out of its first tranche, if it has one, so that the tranche's
    return tells it.
    """
    if term.may_be_negative is None:
        raise ValueError(f"the payment term {term.name} may not be negative")
    pays = term.may_be_negative.pays
    own = [each for each in deal.capital if each.party == pays and each.kind in DRAWN_KINDS]
    return tranche(own[0].name) if own else party(pays), party(term.may_be_negative.to)
