"""Where present value is nothing: looked for on a grid of rates, then closed in between brackets.

A rate r is searched as its exponent x = ln(1 + r): present value is a sum of amounts times
exp(-x years), which falls off smoothly at both ends. Every change of sign between neighbours of
the grid brackets a root; two roots between the same neighbours are not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

_NEAR = numpy.linspace(-0.6, 0.6, 25)
_FAR = numpy.array([0.8, 1.0, 1.3, 1.7, 2.2, 3.0, 4.0, 5.5, 7.5, 10.0])
GRID = numpy.concatenate([-_FAR[::-1], _NEAR, _FAR])
"""Exponents looked at: yearly rates from -99.995 percent to far above any that is paid."""
ENOUGH = 1e-5
"""A step below this ends the search: what it leaves is of the order of its third power."""
MOST_STEPS = 100


@dataclass(frozen=True)
class Many:
    """For each flow the exponent nearest to zero at which it is worth nothing, and how many."""

    exponent: Any
    count: Any


def nearest_roots(years: Any, flows: Any) -> Many:
    """Roots of flows that all have amounts of both signs; NaN where none was found.

    Only where the grid has none are rates beyond it looked for, as far as 40 times its ends: there
    the sign is that of the first amount (for rates without bound) and of the last (towards -100
    percent).
    """
    rows = len(flows)
    values = flows @ numpy.exp(numpy.multiply.outer(-years, GRID))
    signs = numpy.empty((rows, len(GRID) + 2), dtype=bool)
    numpy.greater_equal(values, 0, out=signs[:, 1:-1])
    is_some = flows != 0
    everyone = numpy.arange(rows)
    signs[:, -1] = flows[everyone, is_some.argmax(axis=1)] > 0
    signs[:, 0] = flows[everyone, flows.shape[1] - 1 - is_some[:, ::-1].argmax(axis=1)] > 0
    changes = signs[:, 1:] != signs[:, :-1]
    count = changes[:, 1:-1].sum(axis=1)
    beyond = count == 0
    changes[~beyond, 0] = changes[~beyond, -1] = False
    count[beyond] = changes[beyond].sum(axis=1)
    exponent = numpy.full(rows, numpy.nan)
    one = numpy.flatnonzero(count == 1)
    if one.size:
        cells = changes[one].argmax(axis=1)
        whole = one.size == rows
        exponent[one] = _close_in(
            years, flows if whole else flows[one], values if whole else values[one], cells
        )
    for row in numpy.flatnonzero(count > 1):
        cells = numpy.flatnonzero(changes[row])
        several = numpy.repeat(flows[row : row + 1], len(cells), axis=0)
        worth = numpy.repeat(values[row : row + 1], len(cells), axis=0)
        found = _close_in(years, several, worth, cells)
        exponent[row] = found[numpy.argmin(numpy.abs(numpy.expm1(found)))]
    return Many(exponent, numpy.minimum(count, 2))


def _close_in(years: Any, flows: Any, values: Any, cells: Any) -> Any:
    """The root in one cell of each row: Halley's steps, halving wherever one leaves its bracket.

    A cell runs from one place of the grid to the next; 0 and the last lie beyond its two ends.
    """
    low, high = _bracket(years, flows, cells)
    at_low = numpy.clip(cells - 1, 0, len(GRID) - 1)
    everyone = numpy.arange(len(flows))
    first = values[everyone, at_low]
    last = values[everyone, numpy.clip(cells, 0, len(GRID) - 1)]
    inside = (cells > 0) & (cells < len(GRID))
    rising = first < 0
    if not inside.all():
        beyond = ~inside
        rising[beyond] = _worth(years, flows[beyond], low[beyond]) < 0
    gap = numpy.where(inside, last - first, 1.0)
    x = numpy.where(
        inside & (gap != 0),
        low - first * (high - low) / numpy.where(gap == 0, 1.0, gap),
        (low + high) / 2,
    )
    powers = numpy.stack([numpy.ones_like(years), -years, years * years], axis=1)
    left = everyone
    answer = x.copy()
    rows = flows
    for _ in range(MOST_STEPS):
        weighted = numpy.multiply.outer(x, -years)
        if not inside.all():
            weighted -= weighted.max(axis=1, keepdims=True)  # scales value and slopes alike
        numpy.exp(weighted, out=weighted)
        weighted *= rows
        f, slope, bend = (weighted @ powers).T
        is_left = (f < 0) == rising
        low = numpy.where(is_left, x, low)
        high = numpy.where(is_left, high, x)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            step = 2 * f * slope / (2 * slope * slope - f * bend)
        new = x - step
        outside = ~((new > low) & (new < high))
        new = numpy.where(outside, (low + high) / 2, new)
        new[f == 0], outside[f == 0] = x[f == 0], False
        moved = (numpy.abs(new - x) > ENOUGH) | outside
        x = new
        answer[left] = x
        if not moved.any():
            break
        if moved.sum() < 0.7 * len(x):
            left, rows, x = left[moved], rows[moved], x[moved]
            low, high, rising = low[moved], high[moved], rising[moved]
    return answer


def _bracket(years: Any, flows: Any, cells: Any) -> tuple[Any, Any]:
    ends = numpy.concatenate([[numpy.nan], GRID, [numpy.nan]])
    low, high = ends[cells], ends[cells + 1]
    for row in numpy.flatnonzero(numpy.isnan(low) | numpy.isnan(high)):
        edge = GRID[-1] if numpy.isnan(high[row]) else GRID[0]
        inner, outer = edge, 2 * edge
        sign = _worth(years, flows[row], edge) < 0
        while abs(outer) < 40 * abs(edge) and (_worth(years, flows[row], outer) < 0) == sign:
            inner, outer = outer, 2 * outer
        low[row], high[row] = min(inner, outer), max(inner, outer)
    return low, high


def _worth(years: Any, flows: Any, exponent: Any) -> Any:
    """Present value times a number above zero that keeps it within range."""
    powers = numpy.multiply.outer(exponent, -years)
    powers -= powers.max(axis=-1, keepdims=True)
    return (flows * numpy.exp(powers)).sum(axis=-1)
