"""What stands at risk in a world, and what the public bears whatever the outcomes are."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.forecast import CaseForecast
from payforsuccess.finance.moves import party
from payforsuccess.finance.tranches import TrancheReturn

PUBLIC = ("payor", "other-public")


@dataclass(frozen=True)
class RiskBorne:
    """Who bears what, in minor units.

    `paid` is what success payments come to. `lost` is principal that the deal never repaid, by the
    party that bears it: the one that gave it, or its guarantor. `given` is what nobody owes back.
    `public` is what public bodies spend besides: their base pay, and costs that a payor or another
    public source bears; it does not depend on success. `others` is what providers and givers bear
    besides. `found` is what the bearers of costs had to find because money was not there.
    """

    paid: int
    lost: tuple[tuple[str, int], ...]
    given: tuple[tuple[str, int], ...]
    public: int
    others: int
    found: int


def risk_borne(
    deal: Deal, assumptions: Assumptions, one: CaseForecast, returns: tuple[TrancheReturn, ...]
) -> RiskBorne:
    """The risk of one world."""
    bearers = {line.name: line.borne_by for line in assumptions.costs}
    own = list(one.flows.of("own-cost"))
    public = sum(int(move.amount) for move in own if bearers.get(move.why) in PUBLIC)
    others = sum(int(move.amount) for move in own if bearers.get(move.why) not in PUBLIC)
    bodies = {party(each.name) for each in deal.parties if each.level or "payor" in each.roles}
    base_pay = list(one.flows.of("base-pay"))
    public += sum(int(move.amount) for move in base_pay if move.source in bodies)
    others += sum(int(move.amount) for move in base_pay if move.source not in bodies)
    names = {tranche.name for tranche in deal.capital}
    return RiskBorne(
        paid=one.paid,
        lost=tuple(
            (f"{each.party} ({each.kind})", each.loss)
            for each in returns
            if each.name in names and each.loss
        ),
        given=tuple(
            (f"{each.party} ({each.kind})", each.drawn)
            for each in returns
            if each.name in names and each.kind == "grant" and each.drawn
        ),
        public=public,
        others=others,
        found=sum(int(move.amount) for move in one.flows.of("shortfall")),
    )
