"""Bounds for planned looks, two-sided: Pocock, O'Brien-Fleming, and Lan-DeMets spending.

Two things are called "O'Brien-Fleming-type spending at 0.05". Published tables spend half of alpha
on each side by the function at alpha / 2 ("each-side": 4.877, 3.357, 2.680, 2.290, 2.031 at five
even looks); the function may also be applied to alpha as a whole ("two-sided": 4.383, 3.100, 2.553,
2.254, 2.064). The plan names which; there is no default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.looks.crossing import (
    FURTHEST,
    Going,
    beyond,
    carried,
    check_times,
    crossing,
    start,
)

Spending = Literal["obrien-fleming", "pocock"]
Convention = Literal["each-side", "two-sided"]

_ROUNDS = 60


@dataclass(frozen=True)
class Bounds:
    """times: shares of the full information. bounds: on the scale of Z, for its absolute value.

    spent: the two-sided chance, under no effect, of having stopped by each look. A bound of
    infinity says that the look spends too little to stop on anything.
    """

    times: tuple[float, ...]
    bounds: tuple[float, ...]
    spent: tuple[float, ...]
    alpha: float
    method: str


def pocock(times: Sequence[float], *, alpha: float = 0.05) -> Bounds:
    """The same bound at every look (Pocock 1977)."""
    return _constant(times, alpha, lambda time: 1.0, "Pocock: the same bound at each look")


def obrien_fleming(times: Sequence[float], *, alpha: float = 0.05) -> Bounds:
    """A bound that falls as 1 / sqrt(t) (O'Brien and Fleming 1979).

    The constant that tables give is the bound at full information.
    """
    return _constant(
        times, alpha, lambda time: 1 / math.sqrt(time), "O'Brien-Fleming: constant / sqrt(t)"
    )


def spending_bounds(
    times: Sequence[float],
    *,
    spending: Spending,
    convention: Convention,
    alpha: float = 0.05,
) -> Bounds:
    """Bounds that spend alpha as information comes in (Lan and DeMets 1983).

    obrien-fleming: 2 - 2 Phi(z / sqrt(t)), z being the normal quantile at 1 - half of what is
    spent; pocock: a ln(1 + (e - 1) t). each-side: a is alpha / 2, spent on each side; two-sided: a
    is alpha, spent on both together. times: those of the looks as they come, even or not; bounds at
    earlier looks do not depend on later ones. Refuses what `check_times` refuses.
    """
    _check(times, alpha)
    share = alpha / 2 if convention == "each-side" else alpha
    twice = 2 if convention == "each-side" else 1
    going, bounds, spent, before = start(), [], [], 0.0
    for at, time in enumerate(times):
        total = twice * spent_by(min(time, 1.0), spending=spending, alpha=share)
        target = total - before
        bound = _bound_for(partial(_both_sides, going, time), target)
        bounds.append(bound)
        if math.isfinite(bound):
            before = total
        spent.append(before)
        if at + 1 < len(times):
            going = carried(going, time=time, bound=bound, until=times[at + 1])
    name = "O'Brien-Fleming" if spending == "obrien-fleming" else "Pocock"
    how = (
        f"{alpha / 2:g} spent on each side"
        if convention == "each-side"
        else f"{alpha:g} spent two-sided by one function"
    )
    return Bounds(
        tuple(times),
        tuple(bounds),
        tuple(spent),
        alpha,
        f"Lan-DeMets, {name}-type spending, {how}",
    )


def spent_by(time: float, *, spending: Spending, alpha: float) -> float:
    """How much of alpha the function has spent at a share of the information."""
    from scipy.special import ndtr, ndtri

    if spending == "pocock":
        return alpha * math.log1p((math.e - 1) * time)
    return float(2 * ndtr(ndtri(alpha / 2) / math.sqrt(time)))


def _constant(
    times: Sequence[float], alpha: float, shape: Callable[[float], float], method: str
) -> Bounds:
    """The constant that makes the chance of ever passing constant x shape equal to alpha."""
    _check(times, alpha)
    if not math.isclose(times[-1], 1.0):
        raise Refusal(
            Problem(
                "The last look is not at the full information.",
                "State shares of the information at the last look, or use spending bounds.",
            )
        )

    def total(constant: float) -> float:
        return sum(crossing([constant * shape(time) for time in times], times).either)

    constant = _bound_for(total, alpha)
    bounds = tuple(constant * shape(time) for time in times)
    chances = crossing(bounds, times).either
    spent = tuple(sum(chances[: at + 1]) for at in range(len(times)))
    return Bounds(tuple(times), bounds, spent, alpha, f"{method}, {alpha:g} two-sided")


def _bound_for(chance: Callable[[float], float], target: float) -> float:
    """Where a falling chance meets its target; infinite where even the furthest bound is above."""
    low, high = 1e-6, FURTHEST
    if target <= chance(high):
        return math.inf
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if chance(middle) > target:
            low = middle
        else:
            high = middle
    return high


def _both_sides(going: Going, time: float, bound: float) -> float:
    return sum(beyond(going, time=time, bound=bound))


def _check(times: Sequence[float], alpha: float) -> None:
    if not times or not 0 < alpha < 1:
        raise ValueError("at least one look, and an alpha between 0 and 1")
    check_times(times)
