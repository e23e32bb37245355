"""Where present value is nothing: looked for on a grid of rates, then closed in between brackets.

A rate r is searched as its exponent x = ln(1 + r): present value is a sum of amounts times
exp(-x years), which falls off smoothly at both ends. Every change of sign between neighbours of
the grid brackets a root; two roots between the same neighbours are not seen. Arrays have a row
for each day and a column for each flow, so that every pass runs along many flows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

_NEAR = numpy.linspace(-0.6, 0.6, 25)
_FAR = numpy.array([0.8, 1.0, 1.3, 1.7, 2.2, 3.0, 4.0, 5.5, 7.5, 10.0])
GRID = numpy.concatenate([-_FAR[::-1], _NEAR, _FAR])
"""Exponents looked at: yearly rates from -99.995 percent to far above any that is paid."""
OUTWARD = 40
"""Beyond the grid a root is looked for as far as so many times its ends."""
ENOUGH = 1e-5
"""A step below this ends the search: what it leaves is of the order of its third power."""
MOST_STEPS = 100


@dataclass(frozen=True)
class Many:
    """For each flow the exponent nearest to zero at which it is worth nothing, and how many."""

    exponent: Any
    count: Any


def nearest_roots(years: Any, flows: Any) -> Many:
    """Roots of flows (a column each) that all have amounts of both signs; NaN without any.

    Only where the grid has none are rates beyond it looked for: there the sign is that of the
    first amount (for rates without bound) and of the last (towards -100 percent).
    """
    discounted = numpy.exp(numpy.multiply.outer(-GRID, years))
    values = discounted @ flows
    signs = values >= 0
    count = (signs[1:] != signs[:-1]).sum(axis=0, dtype=numpy.int16)
    exponent = numpy.full(flows.shape[1], numpy.nan)
    one = numpy.flatnonzero(count == 1)
    if one.size:
        if one.size < len(count):
            flows_of_one, worth, same = flows[:, one], values[:, one], signs[:, one]
        else:
            flows_of_one, worth, same = flows, values, signs
        cells = (same == same[0]).sum(axis=0, dtype=numpy.intp) - 1
        exponent[one] = _between(years, flows_of_one, worth, discounted, cells)
    for column in numpy.flatnonzero(count > 1):
        cells = numpy.flatnonzero(signs[1:, column] != signs[:-1, column])
        several = numpy.repeat(flows[:, [column]], len(cells), axis=1)
        worth = numpy.repeat(values[:, [column]], len(cells), axis=1)
        found = _between(years, several, worth, discounted, cells)
        exponent[column] = found[numpy.argmin(numpy.abs(numpy.expm1(found)))]
    for column in numpy.flatnonzero(count == 0):
        found = _beyond(years, flows[:, column])
        count[column] = len(found)
        if found:
            exponent[column] = min(found, key=lambda each: abs(numpy.expm1(each)))
    return Many(exponent, numpy.minimum(count, 2))


def _between(years: Any, flows: Any, values: Any, discounted: Any, cells: Any) -> Any:
    """The root of each flow between one place of the grid and the next."""
    everyone = numpy.arange(len(cells))
    low, high = GRID[cells], GRID[cells + 1]
    first, last = values[cells, everyone], values[cells + 1, everyone]
    slopes = (discounted * -years) @ flows
    wide = high - low
    at_first, at_last = slopes[cells, everyone] * wide, slopes[cells + 1, everyone] * wide
    # The cubic through both ends with their slopes, solved by a few steps from the chord's root.
    across = first - last
    t = numpy.clip(first / numpy.where(across == 0, 1, across), 0, 1)
    bend = -3 * across - 2 * at_first - at_last
    twist = 2 * across + at_first + at_last
    for _ in range(3):
        steep = at_first + t * (2 * bend + 3 * t * twist)
        value = first + t * (at_first + t * (bend + t * twist))
        t = numpy.clip(t - value / numpy.where(steep == 0, numpy.inf, steep), 0, 1)
    return _close_in(years, flows, low, high, low + t * wide, first < 0)


def _close_in(years: Any, flows: Any, low: Any, high: Any, x: Any, rising: Any) -> Any:
    """Halley's steps from x, halving the bracket wherever one leaves it."""
    powers = numpy.stack([numpy.ones_like(years), -years, years * years])
    left, answer = numpy.arange(len(x)), x.copy()
    for _ in range(MOST_STEPS):
        weighted = numpy.multiply.outer(-years, x)
        if x.min() < GRID[0]:
            weighted -= weighted.max(axis=0)  # scales value and slopes alike
        numpy.exp(weighted, out=weighted)
        weighted *= flows
        value, slope, bend = powers @ weighted
        is_left = (value < 0) == rising
        low, high = numpy.where(is_left, x, low), numpy.where(is_left, high, x)
        bottom = 2 * slope * slope - value * bend
        new = x - 2 * value * slope / numpy.where(bottom == 0, numpy.inf, bottom)
        outside = ((new < low) | (new > high) | (bottom == 0)) & (value != 0)
        if outside.any():
            new = numpy.where(outside, (low + high) / 2, new)
        goes_on = (numpy.abs(new - x) > ENOUGH) | outside
        answer[left] = x = new
        if not goes_on.any():
            break
        left, x, flows = left[goes_on], x[goes_on], flows[:, goes_on]
        low, high, rising = low[goes_on], high[goes_on], rising[goes_on]
        if numpy.all(high - low <= 4 * numpy.spacing(numpy.abs(x))):
            break
    return answer


def _beyond(years: Any, flow: Any) -> list[float]:
    """The roots of one flow outside the grid, at most one on each side."""
    amounts = flow[flow != 0]
    found = []
    for edge, far in ((GRID[0], amounts[-1]), (GRID[-1], amounts[0])):
        inner, outer = edge, 2 * edge
        sign = _worth(years, flow, edge) < 0
        if (far < 0) == sign:
            continue
        while abs(outer) < OUTWARD * abs(edge) and (_worth(years, flow, outer) < 0) == sign:
            inner, outer = outer, 2 * outer
        low, high = sorted((inner, outer))
        if (_worth(years, flow, outer) < 0) == sign:
            continue
        rising = _worth(years, flow, low) < 0
        ends = [numpy.array([each]) for each in (low, high, (low + high) / 2, rising)]
        found.append(float(_close_in(years, flow[:, None], *ends)[0]))
    return found


def _worth(years: Any, flow: Any, exponent: float) -> float:
    """Present value times a number above zero that keeps it within range."""
    powers = -years * exponent
    return float(flow @ numpy.exp(powers - powers.max()))
