"""What statements leave unpaid, by payment term, with corrections and payments set off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from payforsuccess.deal.results import Statement
from payforsuccess.units import split_by_largest_remainder


def unpaid_by_term(
    statements: Sequence[Statement], paid: Mapping[int, int], *, forgives: bool = False
) -> Mapping[str, int]:
    """Each term's part of what is unpaid after all the statements, in minor units; none below 0.

    `paid` is what was paid less what was recovered, by statement number. What a term gives back
    is taken from what it left unpaid itself, then off what falls due later: its own first, then the
    others' in proportion, as one total sets them off. With `forgives`, nothing that was paid too
    much is set off later.
    """
    found = _Unpaid()
    for statement in statements:
        lines: dict[str, int] = {}
        for line in statement.lines:
            lines[line.term] = lines.get(line.term, 0) + line.amount
        found.state(lines)
        found.set_off()
        found.pay(paid.get(statement.number, 0), lines)
        if forgives:
            found.forgive()
    return found.unpaid


class _Unpaid:
    """By term, what is unpaid and what is to be set off, as statements and payments come."""

    def __init__(self) -> None:
        self.unpaid: dict[str, int] = {}
        self.credit: dict[str, int] = {}
        self.overpaid = 0

    def state(self, lines: Mapping[str, int]) -> None:
        """A statement's lines, each against its own term's credit or debt first."""
        for term, amount in lines.items():
            balance = self.unpaid.get(term, 0) - self.credit.get(term, 0) + amount
            self.unpaid[term] = max(balance, 0)
            self.credit[term] = max(-balance, 0)

    def set_off(self) -> None:
        """What is left to give back, against what all terms left unpaid, in proportion."""
        credit = sum(self.credit.values())
        owed = sum(self.unpaid.values())
        _take(self.unpaid, min(credit + self.overpaid, owed), self.unpaid)
        used = min(self.overpaid, owed)
        self.overpaid -= used
        _take(self.credit, min(credit, owed - used), self.credit)

    def pay(self, amount: int, lines: Mapping[str, int]) -> None:
        """A payment on a statement goes to its lines, then to what is unpaid from others."""
        if amount < 0:
            self._recover(-amount, lines)
            return
        own = {term: min(max(lines[term], 0), self.unpaid[term]) for term in lines}
        first = min(amount, sum(own.values()))
        _take(self.unpaid, first, own)
        rest = min(amount - first, sum(self.unpaid.values()))
        _take(self.unpaid, rest, self.unpaid)
        self.overpaid += amount - first - rest

    def forgive(self) -> None:
        """What was paid too much is never set off."""
        self.overpaid = 0
        self.credit = dict.fromkeys(self.credit, 0)

    def _recover(self, amount: int, lines: Mapping[str, int]) -> None:
        """What was recovered is given back already; beyond that, it is owed again."""
        used = min(self.overpaid, amount)
        self.overpaid -= used
        amount -= used
        back = min(sum(self.credit.values()), amount)
        _take(self.credit, back, self.credit)
        weights = {term: max(each, 0) for term, each in lines.items()}
        again = dict.fromkeys(self.unpaid, 0)
        _take(again, amount - back, weights if any(weights.values()) else dict.fromkeys(again, 1))
        for term, each in again.items():
            self.unpaid[term] -= each


def _take(amounts: dict[str, int], total: int, weights: Mapping[str, int]) -> None:
    """Take a total off amounts, in proportion to weights."""
    if total:
        parts = split_by_largest_remainder(total, list(weights.values()))
        for term, part in zip(tuple(weights), parts, strict=True):
            amounts[term] = amounts.get(term, 0) - part
