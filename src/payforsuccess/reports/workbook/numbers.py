"""The arithmetic of cash, written as formulas: the third reading of the waterfall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from payforsuccess.reports.workbook.live import Live, call, choose, least, live, most, rounded
from payforsuccess.units import split_by_largest_remainder

Keeps = Callable[[str, Live], None]
"""Gives a number a cell of its own, with words for its row."""


class LiveNumbers:
    """Whole minor units of one world, as formulas over amounts in currency units.

    It rounds and cuts as the exact reading does. What is cut by largest remainder goes through
    cells of its own: each part's exact amount in minor units, then the parts. `keeps` places them.
    """

    is_exact = True

    def __init__(self, digits: int, keeps: Keeps) -> None:
        self.digits = digits
        self._keeps = keeps

    def amount(self, amount: Any) -> Any:
        """The amount itself."""
        return amount

    def least(self, one: Any, other: Any) -> Any:
        """The smaller of two amounts, neither below zero."""
        if _is_zero(one) or _is_zero(other):
            return 0
        return one if one is other else least(one, other)

    def above_zero(self, amount: Any) -> Any:
        """The amount where it is above zero, else nothing."""
        return most(amount, 0)

    def part(self, amount: Any, of: Any) -> Any:
        """An amount times a number, rounded half up."""
        return 0 if _is_zero(amount) else rounded(live(amount) * of, self.digits)

    def shares(self, amount: Any, shares: Sequence[Any]) -> list[Any]:
        """An amount cut by shares; what they leave of it is a part as well."""
        if _is_zero(amount):
            return [0] * len(shares)
        if len(shares) == 1 and not isinstance(shares[0], Live) and shares[0] == 1:
            return [amount]
        return self._cut(live(amount), [*shares, 1 - sum(shares, Fraction(0))])[:-1]

    def in_proportion(self, amount: Any, weights: Sequence[Any]) -> list[Any]:
        """An amount cut in proportion to other amounts; no amount is above them together."""
        some = [weight for weight in weights if not _is_zero(weight)]
        if not some or _is_zero(amount):
            return [0] * len(weights)
        if len(some) == 1:
            return [0 if _is_zero(weight) else amount for weight in weights]
        parts = iter(self._cut(live(amount), some))
        return [0 if _is_zero(weight) else next(parts) for weight in weights]

    def where(self, test: Any, amount: Any) -> Any:
        """The amount if the test holds, else nothing."""
        if _is_zero(amount):
            return 0
        return choose(test, amount, 0)

    def is_nothing(self, amount: Any) -> bool:
        """Whether it is zero whatever the inputs are."""
        return _is_zero(amount)

    def falls_below_zero(self, amount: Any) -> bool:
        """Whether it may be below zero under some inputs."""
        return amount.is_signed if isinstance(amount, Live) else bool(amount < 0)

    def _cut(self, amount: Live, weights: Sequence[Any]) -> list[Live]:
        """By largest remainder, ties to the first; amounts are not below zero."""
        scale = 10**self.digits
        every = [live(weight) for weight in weights]
        whole = sum(every[1:], every[0])
        self._keeps("cut into parts", amount)
        exact: list[Live] = []
        for number, weight in enumerate(every, 1):
            share = _exact_part(amount, weight, whole, scale)
            self._keeps(f"part {number}, exact, in smallest units", share)
            exact.append(share)
        given = (
            split_by_largest_remainder(
                int(amount.value * scale), [weight.value for weight in every]
            )
            if whole.value
            else [0] * len(every)
        )
        parts = [
            _part(amount, exact, at, scale, Fraction(given[at], scale)) for at in range(len(every))
        ]
        return parts


def _exact_part(amount: Live, weight: Live, whole: Live, scale: int) -> Live:
    value = amount.value * scale * weight.value / whole.value if whole.value else Fraction(0)

    def writes(sheet: str) -> str:
        total, one = whole.named(sheet, within=3), weight.named(sheet, within=2)
        return f"IF({total}=0,0,ROUND({amount.named(sheet, within=2)}*{scale}*{one}/{total},6))"

    return Live(value, writes)


def _part(amount: Live, exact: Sequence[Live], at: int, scale: int, value: Fraction) -> Live:
    """The whole units of a part, and one more for the largest remainders while units are left."""

    def writes(sheet: str) -> str:
        names = [each.named(sheet) for each in exact]
        rests = [f"ROUND(MOD({name},1),6)" for name in names]
        floors = "-".join(f"INT({name})" for name in names)
        ahead = [
            f"({rests[other]}{'>=' if other < at else '>'}{rests[at]})"
            for other in range(len(names))
            if other != at
        ]
        left = f"ROUND({amount.named(sheet, within=2)}*{scale},0)-{floors}"
        return f"(INT({names[at]})+IF(1+{'+'.join(ahead)}<={left},1,0))/{scale}"

    return Live(value, writes, binds=2)


def day_fraction(since: Live, on: Live, rule: str, value: Fraction) -> Live:
    """The part of a year between two days, by the deal's day count (ISDA 2006, section 4.16)."""

    def writes(sheet: str) -> str:
        one, other = since.named(sheet), on.named(sheet)
        if rule != "30/360":
            return f"({other}-{one})/{rule.rpartition('/')[2]}"
        last = f"IF(AND(DAY({other})=31,DAY({one})>=30),30,DAY({other}))"
        return (
            f"(360*(YEAR({other})-YEAR({one}))+30*(MONTH({other})-MONTH({one}))"
            f"+{last}-MIN(DAY({one}),30))/360"
        )

    return Live(value, writes, binds=2)


def total_from(parts: Sequence[Any]) -> Any:
    """All of several amounts."""
    lives = [part for part in parts if not _is_zero(part)]
    return call("SUM", lambda *each: sum(each, Fraction(0)), *lives) if lives else 0


def _is_zero(amount: Any) -> bool:
    return not isinstance(amount, Live) and not amount
