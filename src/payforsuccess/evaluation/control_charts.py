"""Control charts: whether what a period shows lies within what chance alone would show (R86).

Shewhart's limits at three standard errors, and exact ones where counts are small. A chart tells
change from noise; it does not tell why, and it rates no one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["shares", "rates", "values"]

TAIL = 0.00135
"""Chance beyond one limit: that of three standard errors on one side of a normal distribution."""
IN_A_ROW = 8
"""So many points in a row on one side of the middle are a sign too (Western Electric 1956)."""
SMALL = 10
"""Where fewer than so many are expected to do it, or not to, limits are exact."""
FIRM_FROM = 12
"""With fewer points than these, limits may still move much."""
_MOVING_RANGE_OF_TWO = 1.128


@dataclass(frozen=True)
class ChartPoint:
    """One period: its value, its limits, and how it stands out, if it does."""

    value: float
    low: float
    high: float
    sign: Literal["", "above", "below", "run"]


@dataclass(frozen=True)
class ControlChart:
    """The middle and the points in order of time. is_firm: whether there are points enough."""

    kind: Kind
    middle: float
    points: tuple[ChartPoint, ...]

    @property
    def is_firm(self) -> bool:
        """Whether there are points enough for limits that hold."""
        return len(self.points) >= FIRM_FROM

    @property
    def has_sign(self) -> bool:
        """Whether anything stands out from chance."""
        return any(point.sign for point in self.points)


def chart_of_shares(counts: Sequence[tuple[int, int]]) -> ControlChart:
    """A p-chart: people who did something, of so many, in each period.

    Limits are the middle and three standard errors (Montgomery, Introduction to Statistical Quality
    Control, section 7.2); where fewer than `SMALL` are expected on either side, the exact binomial
    ones: the share beyond which lies at most a chance of `TAIL`. ValueError without points, for a
    period of no one, and for more than there are.
    """
    _refuse(bool(counts) and all(0 <= yes <= people and people > 0 for yes, people in counts))
    middle = sum(yes for yes, _ in counts) / sum(people for _, people in counts)

    def limits(people: int) -> tuple[float, float]:
        if min(people * middle, people * (1 - middle)) < SMALL:
            least, most = _exact(lambda at: _binomial(at, people, middle), start=people * middle)
            return least / people, min(most, people) / people
        reach = 3 * math.sqrt(middle * (1 - middle) / people)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    return _chart(
        "shares",
        middle,
        [(yes / people, *limits(people)) for yes, people in counts],
    )


def chart_of_rates(counts: Sequence[tuple[int, float]]) -> ControlChart:
    """A u-chart: how often something happened, over so much exposure, in each period.

    Limits are three standard errors, or the exact ones of Poisson where fewer than `SMALL` are
    expected. ValueError without points, and without exposure.
    """
    _refuse(bool(counts) and all(times >= 0 and over > 0 for times, over in counts))
    middle = sum(times for times, _ in counts) / sum(over for _, over in counts)

    def limits(over: float) -> tuple[float, float]:
        expected = middle * over
        if expected < SMALL:
            least, most = _exact(lambda at: _poisson(at, expected), start=expected)
            return least / over, most / over
        reach = 3 * math.sqrt(middle / over)
        return max(0.0, middle - reach), middle + reach

    return _chart("rates", middle, [(times / over, *limits(over)) for times, over in counts])


def chart_of_values(values: Sequence[float]) -> ControlChart:
    """An XmR chart: one number a period, its spread taken from how far neighbours lie apart.

    Limits are the mean and three times the mean moving range by 1.128 (NIST/SEMATECH e-Handbook of
    Statistical Methods, section 6.3.2.2). ValueError with fewer than two.
    """
    _refuse(len(values) >= 2)
    middle = sum(values) / len(values)
    apart = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = 3 * (sum(apart) / len(apart)) / _MOVING_RANGE_OF_TWO
    return _chart("values", middle, [(value, middle - reach, middle + reach) for value in values])


def _refuse(is_sound: bool) -> None:
    if not is_sound:
        raise ValueError("a chart needs points, each of something")


def _chart(kind: Kind, middle: float, points: Sequence[tuple[float, float, float]]) -> ControlChart:
    found = []
    side = run = 0
    for value, low, high in points:
        # A share on its limit is told from one beyond it, whatever the last digit of a division.
        here = 0 if math.isclose(value, middle) else 1 if value > middle else -1
        run = run + 1 if here and here == side else int(here != 0)
        side = here
        sign: Literal["", "above", "below", "run"] = "run" if run >= IN_A_ROW else ""
        if value > high and not math.isclose(value, high):
            sign = "above"
        elif value < low and not math.isclose(value, low):
            sign = "below"
        found.append(ChartPoint(value, low, high, sign))
    return ControlChart(kind, middle, tuple(found))


def _exact(chance: Callable[[int], float], *, start: float) -> tuple[int, int]:
    """The least and the most that still lie within: beyond each is a chance of `TAIL` at most."""
    below, least = 0.0, 0
    while below + chance(least) <= TAIL:
        below += chance(least)
        least += 1
    up_to, most = sum(chance(at) for at in range(least)), least
    up_to += chance(most)
    while 1 - up_to > TAIL and most < 10 * start + 100:
        most += 1
        up_to += chance(most)
    return least, most


def _binomial(at: int, people: int, share: float) -> float:
    if at > people:
        return 0.0
    if share in (0.0, 1.0):
        return float(at == (people if share else 0))
    logs = math.lgamma(people + 1) - math.lgamma(at + 1) - math.lgamma(people - at + 1)
    return math.exp(logs + at * math.log(share) + (people - at) * math.log1p(-share))


def _poisson(at: int, expected: float) -> float:
    if expected == 0:
        return float(at == 0)
    return math.exp(at * math.log(expected) - expected - math.lgamma(at + 1))
