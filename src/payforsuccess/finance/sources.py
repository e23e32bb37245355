"""Sources and uses: where a project's money comes from and where it goes, over its whole life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import PROJECT, Flows, Kind, Move, is_inside

Names = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One source or use, in minor units."""

    says: str
    amount: int
    kind: str


@dataclass(frozen=True)
class SourcesAndUses:
    """Both sides, which are equal: what is left on account stands among the uses.

    `outside` are costs that others bear and base pay, which never pass through the project.
    """

    sources: tuple[Entry, ...]
    uses: tuple[Entry, ...]
    outside: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """What all sources come to, and all uses."""
        return sum(entry.amount for entry in self.sources)

    @property
    def closes(self) -> bool:
        """Whether sources and uses are the same amount."""
        return self.total == sum(entry.amount for entry in self.uses)


_OUT: dict[Kind, str] = {
    "fee": "Fees to",
    "interest": "Interest on",
    "principal": "Principal of",
    "deferred-fee": "Deferred fees of",
    "return": "Return to",
    "release": "Released to",
    "take-back": "Taken back by",
}


def sources_and_uses(deal: Deal, assumptions: Assumptions, flows: Flows) -> SourcesAndUses:
    """Every move into and out of the project and its pools, added up by what it is for."""
    names = _names(deal)
    costs = {line.name: line.says for line in assumptions.costs}
    base = {line.name: line.name for line in assumptions.base_pay}
    sources: list[Entry] = []
    uses: list[Entry] = []
    outside: list[Entry] = []
    for name in names:
        sources += _sum(flows, name, f"Capital of {names[name]}", "draw", side="source")
        sources += _sum(flows, name, f"Guarantee of {names[name]}", "guarantee", side="source")
    for term in deal.payments:
        sources += _by_why(flows, term.name, f"Success payments: {term.name}", "success-payment")
    for line in costs:
        sources += _by_why(flows, line, f"Found by its bearer: {costs[line]}", "shortfall")
    for line in costs:
        uses += _by_why(flows, line, costs[line], "cost")
    for kind, says in _OUT.items():
        targets = dict.fromkeys(move.target for move in flows.of(kind))
        for target in targets:
            known = names.get(target, target.partition(":")[2])
            moves = [m for m in flows.of(kind) if m.target == target]
            uses += _entry(
                flows, [m for m in moves if is_inside(m.source)], f"{says} {known}", kind
            )
            direct = [m for m in moves if not is_inside(m.source)]
            outside += _entry(flows, direct, f"{says} {known}, straight from who owes it", kind)
    targets = dict.fromkeys(move.target for move in flows.of("guarantee"))
    for target in targets:
        known = names.get(target, target)
        uses += _sum(flows, target, f"Made good to {known}", "guarantee", side="target")
    left = flows.balance(PROJECT) + sum(flows.balance(account) for account in _pools(flows))
    uses.append(Entry("Left on account", left, "left"))
    for line in costs:
        outside += _by_why(flows, line, f"Borne by others: {costs[line]}", "own-cost")
    for line in base:
        outside += _by_why(flows, line, f"Base pay: {line}", "base-pay")
    return SourcesAndUses(tuple(sources), tuple(uses), tuple(outside))


def _names(deal: Deal) -> Names:
    """The tranches' accounts and what to call them."""
    return {f"tranche:{t.name}": f"{t.party} ({t.kind})" for t in deal.capital}


def _pools(flows: Flows) -> list[str]:
    accounts = {move.target for move in flows.moves} | {move.source for move in flows.moves}
    return sorted(account for account in accounts if account.startswith("pool:"))


def _sum(flows: Flows, account: str, says: str, kind: Kind, *, side: str) -> list[Entry]:
    moves: Iterable[Move] = (m for m in flows.of(kind) if getattr(m, side) == account)
    return _entry(flows, moves, says, kind)


def _by_why(flows: Flows, why: str, says: str, kind: Kind) -> list[Entry]:
    return _entry(flows, (m for m in flows.of(kind) if m.why == why), says, kind)


def _entry(flows: Flows, moves: Iterable[Move], says: str, kind: Kind) -> list[Entry]:
    amount = int(flows.total(moves))
    return [Entry(says, amount, kind)] if amount else []
