"""Cash as moves between accounts: the one form in which every view of it is told.

An amount is a whole number of minor units (the forecast), or an array of float64 minor units with
one number for each world (the simulation). What goes into an account less what comes out of it is
its balance; nothing is made or lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Amount = Any
"""An int, or an array of float64: minor units."""

Kind = Literal[
    "draw",  # capital comes in from a tranche
    "cost",  # the project pays a cost
    "own-cost",  # somebody else bears a cost: no cash of the project moves
    "deferred-cost",  # a cost is put off: a fee is owed in its place
    "base-pay",  # paid whatever the outcomes are
    "success-payment",  # a payment term pays, into the pool of that term
    "take-back",  # a payment term takes money back
    "fee",
    "interest",
    "principal",
    "deferred-fee",
    "return",
    "recycle",
    "release",
    "guarantee",  # the guarantor makes good principal that was lost
    "shortfall",  # a cost that no money was there for: its bearer has to find it
]

PROJECT = "project"
"""The account that capital comes into and costs are paid from."""


def pool(term: str) -> str:
    """The account that holds what a payment term has paid and nobody has been given yet."""
    return f"pool:{term}"


def tranche(name: str) -> str:
    """The account of a tranche: what it gave and what came back."""
    return f"tranche:{name}"


def party(name: str) -> str:
    """The account of a party outside the project."""
    return f"party:{name}"


def is_inside(account: str) -> bool:
    """Whether an account is the project's own: what is on it belongs to nobody yet."""
    return account == PROJECT or account.startswith("pool:")


@dataclass(frozen=True)
class Move:
    """Cash that goes from one account to another on a day.

    `day` is a place in the calendar's `days`. `why` names the cost line, payment term, base pay or
    step of the waterfall (`step 3`) behind it; `of` the tranche whose principal it pays, where
    neither account says it (recycled principal).
    """

    day: int
    kind: Kind
    source: str
    target: str
    amount: Amount
    why: str = ""
    of: str = ""


@dataclass(frozen=True)
class Flows:
    """Every move of a world (or of many), in the order in which they happen.

    What parts earned from paid success payments moves no cash: `open_credit` was overpaid and never
    set off, `forgiven` was overpaid and stays where it is, `unfunded` passed the payors' ceilings.
    Earned is paid, less what was taken back, the open credit and the forgiven, with the unfunded.
    """

    moves: tuple[Move, ...]
    open_credit: Amount = 0
    forgiven: Amount = 0
    unfunded: Amount = 0

    @property
    def paid(self) -> Amount:
        """What payors paid for success, less what payment terms took back."""
        return self.total(self.of("success-payment")) - self.total(self.of("take-back"))

    def of(self, *kinds: Kind) -> Iterator[Move]:
        """The moves of some kinds."""
        return (move for move in self.moves if move.kind in kinds)

    def total(self, moves: Iterable[Move]) -> Amount:
        """What the moves add up to."""
        return sum((move.amount for move in moves), 0)

    def balance(self, account: str, *, through: int | None = None) -> Amount:
        """What is on an account after all moves, or after those up to a day's place."""
        total: Amount = 0
        for move in self.moves:
            if through is not None and move.day > through:
                continue
            if move.target == account:
                total = total + move.amount
            if move.source == account:
                total = total - move.amount
        return total

    def net(self, account: str, days: int) -> list[Amount]:
        """What an account receives less what it gives, on each of `days` days.

        A single receipt is given as it stands in its move, not copied: change none in place.
        """
        found: list[Amount] = [0] * days
        for move in self.moves:
            if move.source == move.target:
                continue
            before = found[move.day]
            if move.target == account:
                is_first = isinstance(before, int) and before == 0
                found[move.day] = move.amount if is_first else before + move.amount
            elif move.source == account:
                found[move.day] = before - move.amount
        return found
