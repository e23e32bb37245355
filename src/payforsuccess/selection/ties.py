"""How ties are settled: by the rule that was fixed before opening, or not yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile


@dataclass(frozen=True)
class Settled:
    """Proposals that share a place, and how that came about; one, where nothing is open."""

    names: tuple[str, ...]
    says: str = ""


def settle(
    solicitation: SolicitationFile, given: Sequence[Given], tied: Sequence[str]
) -> list[Settled]:
    """The tied proposals in order; those that the rule does not tell apart stay together."""
    if len(tied) == 1:
        return [Settled(tuple(tied))]
    match solicitation.tie:
        case "highest-on-criterion":
            name = solicitation.tie_criterion
            return _by(lambda each: -_mean_on(given, each, name), tied, f"the score on {name}")
        case "lowest-cost":
            costs = {each.name: each.cost for each in solicitation.proposals}
            known = [each for each in tied if costs[each] is not None]
            if len(known) < len(tied):
                return [_open(tied, "a cost is not known")]
            return _by(lambda each: costs[each] or Fraction(0), tied, "the lower cost")
        case "lot":
            seed = solicitation.tie_lot_seed or ""
            return _by(lambda each: _drawn(seed, each), tied, "lot, from the seed published before")
        case "panel-vote":
            return [_open(tied, "the panel votes, and the award says how")]


def _by(key: Callable[[str], Fraction | int], tied: Sequence[str], rule: str) -> list[Settled]:
    groups = [list(each) for _, each in groupby(sorted(tied, key=lambda n: (key(n), n)), key=key)]
    return [
        Settled((group[0],), f"tie, settled by {rule}")
        if len(group) == 1
        else _open(group, f"{rule} is the same too; the panel votes, and the award says how")
        for group in groups
    ]


def _open(tied: Sequence[str], why: str) -> Settled:
    return Settled(tuple(sorted(tied)), f"tie, not settled: {why}")


def _mean_on(given: Sequence[Given], proposal: str, criterion: str | None) -> Fraction:
    values = [one.score for one in given if (one.proposal, one.criterion) == (proposal, criterion)]
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _drawn(seed: str, proposal: str) -> int:
    """SHA-256 of the seed, a new line and the proposal's name, as a number; the lowest comes first.

    Anyone can do it again with a tool of their own.
    """
    return int(hashlib.sha256(f"{seed}\n{proposal}".encode()).hexdigest(), 16)
