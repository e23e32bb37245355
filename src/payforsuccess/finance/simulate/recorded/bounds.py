"""Between which numbers the result of an array operation lies, from where its operands lie.

Rounding to floating point never turns two numbers round, so bounds worked out from the ends hold
for every number between them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy

Bounds = tuple[float, float]
ANY: Bounds = (-math.inf, math.inf)
TRUTH: Bounds = (0.0, 1.0)


def bounds_of(function: Any, *operands: Bounds) -> Bounds:
    """The least and the greatest that a function of columns can come to; infinite if unknown."""
    known = _KNOWN.get(function)
    if known is None:
        return ANY
    least, most = known(*operands)
    return ANY if math.isnan(least) or math.isnan(most) else (least, most)


def _ends(by: Callable[[float, float], float]) -> Callable[[Bounds, Bounds], Bounds]:
    """Of a function that only rises, or only falls, in each operand."""

    def of(one: Bounds, other: Bounds) -> Bounds:
        found = [by(a, b) for a in one for b in other]
        return (math.nan, math.nan) if any(map(math.isnan, found)) else (min(found), max(found))

    return of


def _times(one: float, other: float) -> float:
    return 0.0 if one == 0 or other == 0 else one * other


def _quotient(one: Bounds, other: Bounds) -> Bounds:
    return _ends(lambda a, b: a / b)(one, other) if other[0] > 0 else ANY


def _floor(of: Bounds) -> Bounds:
    least, most = (end if math.isinf(end) else float(math.floor(end)) for end in of)
    return least, most


def _size(of: Bounds) -> Bounds:
    ends = sorted(map(abs, of))
    return (0.0 if of[0] < 0 < of[1] else ends[0]), ends[1]


def _with_sign(of: Bounds, sign: Bounds) -> Bounds:
    most = _size(of)[1]
    return (-most if sign[0] <= 0 else 0.0), (most if sign[1] >= 0 else 0.0)


def _truth(*_: Bounds) -> Bounds:
    return TRUTH


_KNOWN: dict[Any, Callable[..., Bounds]] = {
    numpy.add: _ends(lambda a, b: a + b),
    numpy.subtract: _ends(lambda a, b: a - b),
    numpy.multiply: _ends(_times),
    numpy.true_divide: _quotient,
    numpy.minimum: _ends(min),
    numpy.maximum: _ends(max),
    numpy.floor: _floor,
    numpy.negative: lambda of: (-of[1], -of[0]),
    numpy.positive: lambda of: of,
    numpy.absolute: _size,
    numpy.sign: lambda of: (-1.0, 1.0),
    numpy.copysign: _with_sign,
    **dict.fromkeys(
        (
            numpy.greater,
            numpy.greater_equal,
            numpy.less,
            numpy.less_equal,
            numpy.equal,
            numpy.not_equal,
            numpy.logical_and,
            numpy.logical_or,
            numpy.logical_not,
        ),
        _truth,
    ),
}
