"""The steps in which cash is paid out: as the deal declares them, or as its tranches' places give.

Either way they are the same `WaterfallStep` objects, so that there is one mechanism and one thing
to explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from payforsuccess.deal.capital import OWED_BACK, Tranche, TrancheKind, WaterfallStep
from payforsuccess.deal.deal import Deal

_BY_KIND: dict[TrancheKind, int] = {
    "senior-loan": 1,
    "loan": 2,
    "program-related-investment": 2,
    "junior-loan": 3,
    "recoverable-grant": 4,
    "recyclable-grant": 4,
    "deferred-fee": 5,
    "provider-equity": 6,
}
"""The place of a tranche that has none: after all that have one, by its kind."""


def steps_of(deal: Deal) -> tuple[WaterfallStep, ...]:
    """The deal's own steps; without any, those that its tranches' places give.

    These pay interest, then principal, of each place in turn: first by `order`, then, for tranches
    without one, senior loans, loans, junior loans, grants to be repaid, deferred fees, provider
    equity. Tranches of one place share. What is left is returned to provider equity; without it to
    the provider if no investor is to be repaid; else nobody is named for it and it stays.
    """
    return deal.waterfall or tuple(_by_place(deal))


def _by_place(deal: Deal) -> Iterator[WaterfallStep]:
    owed = sorted((t for t in deal.capital if t.kind in OWED_BACK), key=_place)
    for _, alike in groupby(owed, key=_place):
        place = list(alike)
        if bearing := _names(tranche for tranche in place if tranche.rate):
            yield WaterfallStep(pays="interest", to=bearing)
        if repaid := _names(tranche for tranche in place if tranche.kind != "deferred-fee"):
            yield WaterfallStep(pays="principal", to=repaid)
        if fees := _names(tranche for tranche in place if tranche.kind == "deferred-fee"):
            yield WaterfallStep(pays="deferred-fee", to=fees)
    equity = [tranche for tranche in owed if tranche.kind == "provider-equity"]
    if equity:
        whole = sum((tranche.amount for tranche in equity), Fraction(0))
        yield WaterfallStep(
            pays="return",
            to=_names(equity),
            shares=tuple(t.amount / whole if whole else Fraction(1, len(equity)) for t in equity),
        )
    elif all(tranche.kind == "deferred-fee" for tranche in owed):
        providers = [party.name for party in deal.parties if "provider" in party.roles]
        if providers:
            yield WaterfallStep(pays="return", to=(providers[0],))


def _place(tranche: Tranche) -> tuple[int, int]:
    return (0, tranche.order) if tranche.order is not None else (1, _BY_KIND[tranche.kind])


def _names(tranches: Iterator[Tranche] | Sequence[Tranche]) -> tuple[str, ...]:
    return tuple(tranche.name for tranche in tranches)
