"""The chance that a test statistic passes its bounds at one look after another.

At information times t the statistics Z have the canonical joint distribution: S = Z sqrt(t) is a
sum of independent normal parts with variances t2 - t1 and, under an effect, means drift (t2 - t1).
The density of S among studies not yet stopped is carried from look to look by numerical
integration (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, chapter 19).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

FURTHEST = 9.0
"""Statistics further out than this have a chance below 1e-18."""
_POINTS = 12
"""Gauss-Legendre points to a stretch no longer than one standard deviation of the next step."""
_MOST_STRETCHES = 4_000


@dataclass(frozen=True)
class Crossing:
    """The chance of stopping at each look, one number a look: above and below, and either."""

    above: tuple[float, ...]
    below: tuple[float, ...]

    @property
    def either(self) -> tuple[float, ...]:
        """The chance of stopping at each look."""
        return tuple(one + other for one, other in zip(self.above, self.below, strict=True))


@dataclass(frozen=True)
class Going:
    """Studies that have not stopped: S at so many points, with their chances, at a time."""

    time: float
    points: NDArray[np.float64]
    chances: NDArray[np.float64]


def start() -> Going:
    """Every study at the beginning."""
    return Going(0.0, np.zeros(1), np.ones(1))


def beyond(going: Going, *, time: float, bound: float, drift: float = 0.0) -> tuple[float, float]:
    """The chance to be above the bound, and below its mirror, at the next look (on the Z scale)."""
    from scipy.special import ndtr

    width = math.sqrt(time - going.time)
    edge, middle = bound * math.sqrt(time), going.points + drift * (time - going.time)
    above = float(going.chances @ ndtr((middle - edge) / width))
    below = float(going.chances @ ndtr((-edge - middle) / width))
    return above, below


def carried(
    going: Going, *, time: float, bound: float, until: float | None, drift: float = 0.0
) -> Going:
    """Those within the bound at this look. until: the next look, to which the points suit."""
    reach = min(bound, FURTHEST + abs(drift) * math.sqrt(time)) * math.sqrt(time)
    width = math.sqrt(time - going.time)
    fine = min(width, math.sqrt(until - time)) if until is not None else width
    stretches = max(8, math.ceil(2 * reach / fine))
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    edges = np.linspace(-reach, reach, stretches + 1)
    half = reach / stretches
    points = ((edges[:-1] + half)[:, None] + half * nodes).ravel()
    away = (points[:, None] - going.points - drift * (time - going.time)) / width
    density = np.exp(-(away**2) / 2) @ going.chances / (width * math.sqrt(2 * math.pi))
    return Going(time, points, density * np.tile(half * weights, stretches))


def crossing(bounds: Sequence[float], times: Sequence[float], *, drift: float = 0.0) -> Crossing:
    """The chance of passing two-sided bounds at each look and not before.

    bounds: on the scale of Z, one a look. times: shares of the full information, rising. drift: the
    mean of Z at full information; 0 under no effect, and the plan's chance to find an effect is the
    sum of `above` at the drift of that effect.
    """
    if len(bounds) != len(times) or not bounds or min(bounds) <= 0:
        raise ValueError("one bound above 0 for each look")
    check_times(times)
    going, above, below = start(), [], []
    for at, (bound, time) in enumerate(zip(bounds, times, strict=True)):
        up, down = beyond(going, time=time, bound=bound, drift=drift)
        above.append(up)
        below.append(down)
        if at + 1 < len(times):
            going = carried(going, time=time, bound=bound, until=times[at + 1], drift=drift)
    return Crossing(tuple(above), tuple(below))


def check_times(times: Sequence[float]) -> None:
    """Refuse looks without information, out of order, beyond the full one, or all but at once."""
    steps = [late - early for early, late in zip((0.0, *times[:-1]), times, strict=True)]
    problems = []
    if any(step <= 0 for step in steps):
        problems.append(
            Problem(
                "The looks' shares of information do not rise.",
                "State them in order, each above 0 and above the one before.",
            )
        )
    elif min(steps) < (2 * FURTHEST / _MOST_STRETCHES) ** 2:
        problems.append(
            Problem("Two looks are all but at the same information.", "Leave one of them out.")
        )
    if times and times[-1] > 1 + 1e-12:
        problems.append(
            Problem(
                f"A look has {100 * times[-1]:.1f} percent of the full information.",
                "State the full information anew, or cap the last look at 1: the rule for that "
                "belongs in the plan.",
            )
        )
    if problems:
        raise Refusal(problems)
