"""Ceilings over several lines: which lines they cut, and the ceiling on investors' return."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.units import (
    CURRENCY_DIGITS,
    Period,
    round_exact,
    split_by_largest_remainder,
)
from payforsuccess.units.calendar import MONTHS_IN

Cut = Literal["last-first", "pro-rata"]


def cut_lines(amounts: Sequence[int], *, allowed: int, cut: Cut) -> list[int]:
    """Amounts that together do not pass `allowed`, each no more than before.

    Only amounts above 0 are cut; a negative one gives the others room. last-first takes from the
    last listed; pro-rata takes from all by largest remainder. An `allowed` below 0 counts as 0.
    """
    excess = sum(amounts) - max(allowed, 0)
    left = list(amounts)
    if excess <= 0:
        return left
    positive = [max(amount, 0) for amount in left]
    excess = min(excess, sum(positive))
    if cut == "pro-rata":
        if excess:
            taken = split_by_largest_remainder(excess, positive)
            # A part never passes its line: excess is at most the sum, and a part is rounded up
            # only from below its line's whole amount.
            left = [amount - part for amount, part in zip(left, taken, strict=True)]
        return left
    for at in range(len(left) - 1, -1, -1):
        part = min(excess, positive[at])
        left[at] -= part
        excess -= part
    return left


def allowed_return(deal: Deal, periods: Sequence[Period], *, paid_before: int) -> int | None:
    """What may still be paid in the last of `periods` under the deal's return ceiling.

    multiple: capital drawn by the end of the period times the multiple, rounded down, less what
    was paid before. rate: capital drawn less repaid, compounded on whole periods and rounded down
    in each, less what was stated before and is not yet among the repaid; capital that moved before
    the first period compounds from its first day. None without a return ceiling.
    """
    ceiling = deal.ceilings.return_on_capital
    if ceiling is None:
        return None
    digits = CURRENCY_DIGITS[deal.currency]
    moves = [
        (move.on, move.kind, int(move.amount * 10**digits))
        for tranche in deal.capital
        for move in tranche.moved
    ]
    if ceiling.multiple is not None:
        drawn = sum(a for on, kind, a in moves if kind == "drawn" and on < periods[-1].end)
        return round_exact(drawn * ceiling.multiple, "down") - paid_before
    rate = ceiling.rate or Fraction(0)
    each = rate * MONTHS_IN[deal.periods.every] / 12
    outstanding = repaid = 0
    begin = periods[0].start
    for period in periods:
        if period.start == begin:
            outstanding = sum(a if kind == "drawn" else -a for on, kind, a in moves if on < begin)
        outstanding = round_exact(outstanding * (1 + each), "down")
        for on, kind, amount in moves:
            if on in period:
                outstanding += amount if kind == "drawn" else -amount
                repaid += amount if kind == "repaid" else 0
    return outstanding - max(paid_before - repaid, 0)
