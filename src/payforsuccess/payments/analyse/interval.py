"""Ranges of exact numbers that may lack an end, and the arithmetic of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """Every number from `least` to `most`, both included; None where there is no end."""

    least: Fraction | None
    most: Fraction | None

    @property
    def is_never_negative(self) -> bool:
        """Whether every number in it is 0 or more."""
        return self.least is not None and self.least >= 0

    @property
    def is_never_positive(self) -> bool:
        """Whether every number in it is 0 or less."""
        return self.most is not None and self.most <= 0

    def plus(self, other: Interval) -> Interval:
        """Sums of one number of each."""
        return Interval(_add(self.least, other.least), _add(self.most, other.most))

    def scaled(self, rate: Fraction) -> Interval:
        """Every number times `rate`."""
        if rate == 0:
            return ZERO
        least = None if self.least is None else self.least * rate
        most = None if self.most is None else self.most * rate
        return Interval(least, most) if rate > 0 else Interval(most, least)

    def times(self, other: Interval) -> Interval:
        """Products of one number of each."""
        least: Fraction | None = None
        most: Fraction | None = None
        ends = [
            self._corner(one, other, last)
            for one, last in ((False, False), (False, True), (True, False), (True, True))
        ]
        finite = [end for end in ends if isinstance(end, Fraction)]
        if -1 not in ends:
            least = min(finite, default=Fraction(0))
        if 1 not in ends:
            most = max(finite, default=Fraction(0))
        return Interval(least, most)

    def _corner(self, mine: bool, other: Interval, theirs: bool) -> Fraction | int:
        """The product of two ends; 1 and -1 stand for no end above and below."""
        one = self.most if mine else self.least
        two = other.most if theirs else other.least
        if one is not None and two is not None:
            return one * two
        sign = _sign(one, mine) * _sign(two, theirs)
        return Fraction(0) if sign == 0 else sign

    def spread(self, periods: int) -> Interval:
        """Sums of one to so many numbers of it."""
        if periods == 1:
            return self
        least, most = self.least, self.most
        return Interval(
            None if least is None else min(least, least * periods),
            None if most is None else max(most, most * periods),
        )

    def at_most(self, limit: Fraction | None) -> Interval:
        """Every number cut down to `limit`."""
        if limit is None:
            return self
        least = None if self.least is None else min(self.least, limit)
        return Interval(least, limit if self.most is None else min(self.most, limit))

    def at_least(self, limit: Fraction | None) -> Interval:
        """Every number lifted to `limit`."""
        if limit is None:
            return self
        most = None if self.most is None else max(self.most, limit)
        return Interval(limit if self.least is None else max(self.least, limit), most)

    def joined(self, other: Interval) -> Interval:
        """The smallest range that holds both."""
        return Interval(
            None if self.least is None or other.least is None else min(self.least, other.least),
            None if self.most is None or other.most is None else max(self.most, other.most),
        )


ZERO = Interval(Fraction(0), Fraction(0))
ANY = Interval(None, None)


def total_of(intervals: Iterable[Interval]) -> Interval:
    """Sums of one number of each; 0 for none."""
    result = ZERO
    for interval in intervals:
        result = result.plus(interval)
    return result


@dataclass(frozen=True)
class Range:
    """The values an input can take, in whole ticks; None where no bound is known."""

    least: int | None = None
    most: int | None = None


Domain = Mapping[str, Range]
"""The range of each input by name; an input that is not listed is not bounded."""


def _add(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _sign(end: Fraction | None, is_most: bool) -> int:
    if end is None:
        return 1 if is_most else -1
    return (end > 0) - (end < 0)
