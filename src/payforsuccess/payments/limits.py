"""Ceilings over several lines: in which order they act, which lines they cut, and the return.

The order and the arithmetic of them stand here once: a replay reads them over whole numbers, many
worlds over arrays, and a workbook over formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.units import (
    CURRENCY_DIGITS,
    Period,
    round_exact,
    split_by_largest_remainder,
)
from payforsuccess.units.calendar import MONTHS_IN

Cut = Literal["last-first", "pro-rata"]
Ceiling = Literal["period", "return", "deal"]

ORDER: tuple[Ceiling, ...] = ("period", "return", "deal")
"""The order in which the deal's ceilings over all lines cut a period."""
SAYS: dict[Ceiling, str] = {
    "period": "the deal's ceiling of the period",
    "return": "the deal's ceiling on return",
    "deal": "the deal's ceiling",
}


@dataclass(frozen=True)
class LetThrough:
    """What a return ceiling lets through in all by the end of a period, before what was paid.

    repaid: what investors had back by then, of which nothing counts as paid; None where all that
    was paid counts (a multiple). Whole minor units, or a workbook's formulas.
    """

    amount: Any
    repaid: Any | None

    def less(self, paid: Any, *, most: Callable[[Any, int], Any] = max) -> Any:
        """What it still lets through after what was paid before."""
        if self.repaid is None:
            return self.amount - paid
        return self.amount - most(paid - self.repaid, 0)


def ceilings_left(
    *, period: Any | None, let: LetThrough | None, deal: Any | None, paid: Any, most: Any = max
) -> list[tuple[str, Any]]:
    """What each ceiling over all lines of a period leaves, by its name, in the order they act.

    A ceiling that the deal does not have is left out. `paid` is what all lines came to before;
    every number may be a whole one, an array of worlds, or a formula, with its own `most`.
    """
    left: dict[Ceiling, Any | None] = {
        "period": period,
        "return": None if let is None else let.less(paid, most=most),
        "deal": None if deal is None else deal - paid,
    }
    return [(SAYS[each], left[each]) for each in ORDER if left[each] is not None]


def taken_last_first(
    excess: Any, positive: Sequence[Any], *, least: Callable[[Any, Any], Any] = min
) -> list[Any]:
    """What is taken from each line, the last listed first, and from none more than it has."""
    taken: list[Any] = [0] * len(positive)
    for at in range(len(positive) - 1, -1, -1):
        taken[at] = least(excess, positive[at])
        if at:
            excess = excess - taken[at]
    return taken


def shared_out(
    amount: Any,
    parts: Sequence[Any],
    *,
    least: Callable[[Any, Any], Any] = min,
    most: Callable[[Any, Any], Any] = max,
) -> list[Any]:
    """What of a line's amount falls to each of its parts, which earned what they earned.

    What limits of the line took off is taken from parts above 0, the last first; what they left
    with the payee though it fell is given back to parts below 0. What a floor adds beyond that
    falls to none: then the shares come to less than the amount.
    """
    rest = amount - sum(parts)
    off = taken_last_first(most(-rest, 0), [most(part, 0) for part in parts], least=least)
    back = taken_last_first(most(rest, 0), [most(-part, 0) for part in parts], least=least)
    return [part - less + more for part, less, more in zip(parts, off, back, strict=True)]


def cut_lines(amounts: Sequence[int], *, allowed: int, cut: Cut) -> list[int]:
    """Amounts that together do not pass `allowed`, each no more than before.

    Only amounts above 0 are cut; a negative one gives the others room. last-first takes from the
    last listed; pro-rata takes from all by largest remainder. An `allowed` below 0 counts as 0.
    """
    excess = sum(amounts) - max(allowed, 0)
    if excess <= 0:
        return list(amounts)
    positive = [max(amount, 0) for amount in amounts]
    excess = min(excess, sum(positive))
    if not excess:
        return list(amounts)
    # A part never passes its line: excess is at most the sum, and a part is rounded up only from
    # below its line's whole amount.
    taken = (
        split_by_largest_remainder(excess, positive)
        if cut == "pro-rata"
        else taken_last_first(excess, positive)
    )
    return [amount - part for amount, part in zip(amounts, taken, strict=True)]


def let_through(deal: Deal, periods: Sequence[Period]) -> LetThrough | None:
    """What the deal's return ceiling lets through by the end of the last of `periods`.

    multiple: capital drawn by the end of the period times the multiple, rounded down. rate: capital
    drawn less repaid, compounded on whole periods and rounded down in each, against what was stated
    before and is not yet among the repaid; capital that moved before the first period compounds
    from its first day. None without a return ceiling. Its facts are the same in every world.
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
        return LetThrough(round_exact(drawn * ceiling.multiple, "down"), None)
    rate = ceiling.rate or Fraction(0)
    each = rate * MONTHS_IN[deal.periods.every] / 12
    begin = periods[0].start
    outstanding = sum(a if kind == "drawn" else -a for on, kind, a in moves if on < begin)
    repaid = 0
    for period in periods:
        outstanding = round_exact(outstanding * (1 + each), "down")
        for on, kind, amount in moves:
            if on in period:
                outstanding += amount if kind == "drawn" else -amount
                repaid += amount if kind == "repaid" else 0
    return LetThrough(outstanding, repaid)
