"""How far success payments cover what is owed, and who bears what when nothing succeeds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import PROJECT, Flows, party
from payforsuccess.finance.tranches import TrancheReturn
from payforsuccess.finance.waterfall.order import steps_of


@dataclass(frozen=True)
class Coverage:
    """What came into the pools a tranche is repaid from, over what it and its seniors are owed.

    `owed` is principal drawn, put-off fees, and interest paid, of the tranche and of all that are
    repaid before it; 0, and no ratio, where the tranche itself is owed nothing, as one never drawn.
    """

    tranche: str
    available: int
    owed: int

    @property
    def ratio(self) -> Fraction | None:
        """Available over owed."""
        return Fraction(self.available, self.owed) if self.owed else None


def coverage_of(
    deal: Deal, flows: Flows, returns: tuple[TrancheReturn, ...]
) -> tuple[Coverage, ...]:
    """Coverage by tranche, in the order in which principal is repaid."""
    by_name = {one.name: one for one in returns}
    paid = {
        term.name: int(flows.total(m for m in flows.of("success-payment") if m.why == term.name))
        for term in deal.payments
    }
    found: list[Coverage] = []
    owed: dict[tuple[str, ...], int] = {}
    repaid_from = {tranche.name: tranche.repaid_from for tranche in deal.capital}
    for step in steps_of(deal):
        if step.pays not in ("principal", "deferred-fee"):
            continue
        terms = step.from_ or tuple(paid)
        for name in step.to:
            own = repaid_from.get(name, ()) or terms
            pools = tuple(term for term in paid if term in terms and term in own)
            one = by_name[name]
            owed[pools] = owed.get(pools, 0) + one.drawn + int(one.stake.interest)
        for name in step.to:
            own = repaid_from.get(name, ()) or terms
            pools = tuple(term for term in paid if term in terms and term in own)
            own_part = by_name[name].drawn + int(by_name[name].stake.interest)
            before = sum(amount for others, amount in owed.items() if set(others) & set(pools))
            before = before if own_part else 0
            found.append(Coverage(name, sum(paid[term] for term in pools), before))
    return tuple(found)


@dataclass(frozen=True)
class Borne:
    """What one party is left with in a world: below zero is what it bears, in minor units."""

    who: str
    role: str
    net: int


def who_bears(deal: Deal, flows: Flows, *, spends: dict[str, int]) -> tuple[Borne, ...]:
    """Every party's net over the life of the deal, tranches apart, outside sources last.

    `spends` is what a party's own services cost it: what it was paid for costs has gone there.
    """
    found = [
        Borne(
            one.name,
            ", ".join(one.roles),
            int(flows.balance(party(one.name))) - spends.get(one.name, 0),
        )
        for one in deal.parties
    ]
    found += [
        Borne(one.party, one.kind, int(flows.balance(f"tranche:{one.name}")))
        for one in deal.capital
    ]
    outside = dict.fromkeys(
        account
        for move in flows.moves
        for account in (move.source, move.target)
        if account.startswith("outside:")
    )
    found += [
        Borne(account.removeprefix("outside:"), "outside the deal", int(flows.balance(account)))
        for account in outside
    ]
    left = int(flows.balance(PROJECT)) + sum(
        int(flows.balance(account))
        for account in dict.fromkeys(move.target for move in flows.moves)
        if account.startswith("pool:")
    )
    if left:
        found.append(Borne("left on account", "project", left))
    return tuple(one for one in found if one.net)
