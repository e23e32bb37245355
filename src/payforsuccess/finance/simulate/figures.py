"""A figure of a simulation, with the spread between scrambles as its error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy


@dataclass(frozen=True)
class Figure:
    """The mean of a figure over scrambles, and the standard error of that mean.

    `error` is the standard deviation between scrambles over the square root of their number: how
    far the figure would move with other draws, not how uncertain the future is.
    """

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:,.4f} (± {self.error:,.4f})"


def figure(samples: Sequence[Any], of: Callable[[Any], float]) -> Figure:
    """One number of each scramble's worlds, told as mean and error."""
    found = numpy.array([of(sample) for sample in samples], dtype=numpy.float64)
    error = float(found.std(ddof=1) / numpy.sqrt(len(found))) if len(found) > 1 else float("nan")
    return Figure(float(found.mean()), error)


def mean(samples: Sequence[Any]) -> Figure:
    """The mean over worlds."""
    return figure(samples, lambda sample: float(numpy.mean(sample)))


def percentile(samples: Sequence[Any], percent: float) -> Figure:
    """The value that so many percent of worlds do not pass."""
    return figure(samples, lambda sample: float(numpy.percentile(sample, percent)))


def chance(samples: Sequence[Any]) -> Figure:
    """The share of worlds in which a claim holds."""
    return figure(samples, lambda sample: float(numpy.mean(sample)))


def worst_mean(samples: Sequence[Any], percent: float) -> Figure:
    """Expected shortfall: the mean of the lowest so many percent of worlds, at least one world."""

    def of(sample: Any) -> float:
        count = max(int(len(sample) * percent / 100), 1)
        lowest = numpy.partition(numpy.asarray(sample, dtype=numpy.float64), count - 1)[:count]
        return float(lowest.mean())

    return figure(samples, of)
