"""Two ways to count the same cash: whole minor units of one world, or float64 of many at once.

The waterfall is written once, over these few operations. None of them changes an amount, so the
same array may stand in a move and in a balance. The many worlds are in `worlds`, which needs numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from payforsuccess.units import round_exact, split_by_largest_remainder


class Arithmetic(Protocol):
    """What the waterfall asks of its numbers."""

    is_exact: bool

    def amount(self, amount: Any) -> Any:
        """An amount from outside, as these numbers write it."""

    def least(self, one: Any, other: Any) -> Any:
        """The smaller of two amounts that are not below zero."""

    def above_zero(self, amount: Any) -> Any:
        """The amount where it is above zero, else nothing."""

    def part(self, amount: Any, of: Fraction) -> Any:
        """An amount times an exact number."""

    def shares(self, amount: Any, shares: Sequence[Fraction]) -> list[Any]:
        """An amount that is not below zero, cut by shares of at most 1 together."""

    def in_proportion(self, amount: Any, weights: Sequence[Any]) -> list[Any]:
        """An amount cut in proportion to other amounts; nothing where those are all nothing.

        No part is above its weight when the amount is not above them all together.
        """

    def where(self, test: Any, amount: Any) -> Any:
        """The amount where the test holds, else nothing."""

    def is_nothing(self, amount: Any) -> bool:
        """Whether an amount is nothing everywhere, but for what floating point leaves."""

    def falls_below_zero(self, amount: Any) -> bool:
        """Whether an amount is below zero anywhere."""


class Exact:
    """One world in whole minor units: halves go up, what is cut adds up by largest remainder."""

    is_exact = True

    def __init__(self) -> None:
        self.rounded = 0
        """How many amounts were rounded so far; the bound on the array reading counts them."""

    def amount(self, amount: int) -> int:
        """A whole number of minor units."""
        return int(amount)

    def least(self, one: int, other: int) -> int:
        """The smaller of two amounts."""
        return min(one, other)

    def above_zero(self, amount: int) -> int:
        """The amount where it is above zero, else nothing."""
        return max(amount, 0)

    def part(self, amount: int, of: Fraction) -> int:
        """An amount times an exact number, rounded half up."""
        self.rounded += 1
        return round_exact(amount * of)

    def shares(self, amount: int, shares: Sequence[Fraction]) -> list[int]:
        """An amount cut by shares; what they leave of it is a part as well, and is not returned."""
        self.rounded += len(shares)
        return split_by_largest_remainder(amount, [*shares, 1 - sum(shares)])[:-1]

    def in_proportion(self, amount: int, weights: Sequence[int]) -> list[int]:
        """An amount cut in proportion to other amounts, by largest remainder."""
        if not any(weights):
            return [0] * len(weights)
        self.rounded += len(weights)
        return split_by_largest_remainder(amount, weights)

    def where(self, test: bool, amount: int) -> int:
        """The amount if the test holds, else nothing."""
        return amount if test else 0

    def is_nothing(self, amount: int) -> bool:
        """Whether it is zero."""
        return amount == 0

    def falls_below_zero(self, amount: int) -> bool:
        """Whether it is below zero."""
        return amount < 0


def plus(one: Any, other: Any) -> Any:
    """The sum of two amounts; adding nothing takes no time."""
    if isinstance(one, int) and one == 0:
        return other
    return one if isinstance(other, int) and other == 0 else one + other


def minus(one: Any, other: Any) -> Any:
    """One amount less another; taking nothing off, or all of it, takes no time."""
    if one is other:
        return 0
    return one if isinstance(other, int) and other == 0 else one - other


def total(amounts: Iterable[Any]) -> Any:
    """The sum of amounts, 0 of none."""
    found: Any = 0
    for amount in amounts:
        found = plus(found, amount)
    return found
