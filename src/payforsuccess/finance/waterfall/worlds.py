"""Cash of many worlds at once: float64 minor units, over the operations of the waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy

from payforsuccess.finance.waterfall.arithmetic import total
from payforsuccess.finance.waterfall.memory import keep_freed_memory

TINY = 1e-9
"""Below any amount that means something, in minor units; keeps a division by nothing at nothing."""
DUST = 1e-3
"""What floating point may leave behind, in minor units: a thousandth of a cent."""


class Worlds:
    """Many worlds in float64 minor units: nothing is rounded, what is cut is cut exactly.

    A plain 0 stands for nothing in every world, and costs nothing to carry.
    """

    is_exact = False

    def __init__(self) -> None:
        keep_freed_memory()

    def amount(self, amount: Any) -> Any:
        """One number for all worlds, or an array of float64; plain 0 where it is all nothing."""
        if isinstance(amount, int | Fraction):
            return float(amount) if amount else 0
        found = in_floats(amount)
        return 0 if numpy.min(found) >= 0 and numpy.max(found) <= 0 else found

    def least(self, one: Any, other: Any) -> Any:
        """The smaller of two amounts, none below zero, world by world."""
        if _is_plain_zero(one) or _is_plain_zero(other):
            return 0
        return numpy.minimum(one, other)

    def above_zero(self, amount: Any) -> Any:
        """The amount where it is above zero, else nothing."""
        return 0 if _is_plain_zero(amount) else numpy.maximum(amount, 0.0)

    def part(self, amount: Any, of: Fraction) -> Any:
        """An amount times a number."""
        return 0 if _is_plain_zero(amount) else amount * float(of)

    def shares(self, amount: Any, shares: Sequence[Fraction]) -> list[Any]:
        """An amount cut by shares."""
        return [self.part(amount, share) for share in shares]

    def in_proportion(self, amount: Any, weights: Sequence[Any]) -> list[Any]:
        """An amount cut in proportion to other amounts."""
        some = [weight for weight in weights if not _is_plain_zero(weight)]
        if not some or _is_plain_zero(amount):
            return [0] * len(weights)
        if len(some) == 1:
            return [0 if _is_plain_zero(weight) else amount for weight in weights]
        factor = amount / numpy.maximum(total(some), TINY)
        return [0 if _is_plain_zero(weight) else weight * factor for weight in weights]

    def where(self, test: Any, amount: Any) -> Any:
        """The amount where the test holds, else nothing."""
        if test is True or _is_plain_zero(amount):
            return amount
        return 0 if test is False else amount * test

    def is_nothing(self, amount: Any) -> bool:
        """Whether no world has more than dust of it."""
        if _is_plain_zero(amount):
            return True
        return bool(numpy.max(amount) < DUST and numpy.min(amount) > -DUST)

    def falls_below_zero(self, amount: Any) -> bool:
        """Whether an amount is below zero in any world."""
        return not _is_plain_zero(amount) and bool(numpy.min(amount) < 0)


def in_floats(number: Any) -> Any:
    """One number for all worlds, or a column of one for each, in floating point."""
    if isinstance(number, int | float | Fraction):
        return float(number)
    return number.astype(numpy.float64, copy=False)


def _is_plain_zero(amount: Any) -> bool:
    return isinstance(amount, int) and amount == 0
