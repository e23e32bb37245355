"""The yearly rate of return of dated flows, for one flow or for many at once.

The rate is the one that brings the flows' present value to nothing, each discounted by its days
over 365 (as XIRR does). Flows may have none, one, or several such rates, so every rate comes with
how many there are. What is given and never comes back at all is a rate of -100 percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy

from payforsuccess.finance.returns.roots import Many, nearest_roots

Roots = Literal["none", "one", "several"]
ROOTS: tuple[Roots, Roots, Roots] = ("none", "one", "several")
BLOCK = 4096
"""Flows solved together: what fits in the cache of a processor."""
NOTHING = 1e-6
"""Amounts below this, in minor units, are what floating point left behind."""


@dataclass(frozen=True)
class Rates:
    """Rates of many flows, one for each row.

    `rate` is NaN where there is none; `roots` counts them as 0, 1 or 2 (several, of which `rate`
    is the one nearest to zero); `lost` marks flows that never brought anything back: their rate is
    -1 with no root, and averages leave them out.
    """

    rate: Any
    roots: Any
    lost: Any


@dataclass(frozen=True)
class Rate:
    """The rate of one flow; None where there is none."""

    rate: float | None
    roots: Roots
    lost: bool


def xirr(days: Sequence[date], flows: Any) -> Rates:
    """The rates of many flows: a matrix with a row for each and a column for each day.

    Money given is below zero, money received above.
    """
    matrix = numpy.atleast_2d(numpy.asarray(flows, dtype=numpy.float64)).T
    count = matrix.shape[1]
    rates = Rates(
        numpy.full(count, numpy.nan),
        numpy.zeros(count, dtype=numpy.int8),
        numpy.zeros(count, dtype=bool),
    )
    years = years_of(days)
    for start in range(0, count, BLOCK):
        part = slice(start, start + BLOCK)
        block = matrix[:, part]
        most, least = block.max(axis=1), block.min(axis=1)
        used = (most > NOTHING) | (least < -NOTHING)
        block = block[used]
        if not block.size:
            continue
        gives, receives = block.min(axis=0) < -NOTHING, block.max(axis=0) > NOTHING
        rates.lost[part] = gives & ~receives
        rates.rate[part][gives & ~receives] = -1.0
        both = gives & receives
        if not both.all():
            block = block[:, both]
        if block.size:
            found: Many = nearest_roots(years[used] - years[used][0], block)
            rates.rate[part][both] = numpy.expm1(found.exponent)
            rates.roots[part][both] = found.count
    return rates


def xirr_of(days: Sequence[date], flow: Sequence[int | float]) -> Rate:
    """The rate of one flow."""
    found = xirr(days, [flow])
    rate = float(found.rate[0])
    return Rate(
        None if numpy.isnan(rate) else rate, ROOTS[int(found.roots[0])], bool(found.lost[0])
    )


def present_value(days: Sequence[date], flows: Any, rate: float) -> Any:
    """What flows are worth on the first day, at a yearly rate: one number for each row.

    At a target rate it is above zero where a conventional flow returns more than the target, which
    takes no search for the rate itself.
    """
    matrix = numpy.asarray(flows, dtype=numpy.float64)
    return matrix @ numpy.exp(-numpy.log1p(rate) * years_of(days))


def years_of(days: Sequence[date]) -> Any:
    """Days over 365 since the first."""
    return numpy.array([(day - days[0]).days / 365 for day in days])
