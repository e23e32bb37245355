"""Size, power and smallest effect of a study: any one of the three from the other two.

A design (one file each beside this one) says how large the error of its estimate is at a size; here
that becomes the chance that a two-sided test rejects no effect, and is turned round.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from payforsuccess.errors import Problem, Refusal

Approximation = Literal["noncentral", "central"]
"""noncentral: the power of a t test itself, both tails. central: the multiplier of Bloom (1995),
the sum of two quantiles of Student's t, as evaluators print it."""
Scale = Literal["difference", "log hazard ratio"]
Solved = Literal["size", "power", "effect"]

MOST = 1e12
"""Sizes beyond this are not looked for."""
_ROUNDS = 400


@dataclass(frozen=True)
class Precision:
    """How sure a study would be: the estimate's standard error, in the unit of its effect.

    freedom: of Student's t; None for the normal distribution. error_without: the error that the
    test takes for no effect, where it is another than the estimate's own (pooled proportions).
    """

    error: float
    freedom: float | None = None
    error_without: float | None = None


class Design(Protocol):
    """What every design tells. Sizes are of its unit; they need not be whole."""

    @property
    def unit(self) -> str:
        """What the size counts: people, clusters, units, events."""

    @property
    def scale(self) -> Scale:
        """What the effect is."""

    @property
    def formula(self) -> str:
        """The error and its degrees of freedom, in words a reader can check."""

    @property
    def least(self) -> float:
        """The smallest size at which the formula means something."""

    def reach(self, *, falls: bool) -> float:
        """How far an effect can go up, or down, at most; infinite where there is no end."""

    def people_of(self, size: float) -> float | None:
        """People who must be assigned; None where the design does not know."""

    def precision(self, size: float, effect: float) -> Precision:
        """The error at a size and an effect."""


@dataclass(frozen=True)
class Planned:
    """A study's size, effect and power, one of which was solved from the others.

    size: in units of `unit`, of both arms, not rounded; whole is the next whole number. people:
    who must be assigned for it, where the design knows. effect: with its sign; on the scale named.
    level: two-sided. standard_error, freedom: of the estimate at this size; freedom None is the
    normal distribution. formula: what was computed.
    """

    solved: Solved
    size: float
    unit: str
    people: float | None
    effect: float
    scale: Scale
    power: float
    level: float
    standard_error: float
    freedom: float | None
    formula: str

    @property
    def whole(self) -> int:
        """The size as the next whole number."""
        return math.ceil(self.size * (1 - 1e-12))


def solve(
    design: Design,
    *,
    size: float | None = None,
    effect: float | None = None,
    power: float | None = None,
    level: float = 0.05,
    approximation: Approximation = "noncentral",
    falls: bool = False,
) -> Planned:
    """Find whichever of size, effect and power is not given; give two (ValueError otherwise).

    level: of the two-sided test. falls: whether the effect looked for is a fall. Refuses an effect
    of nothing where a size is asked, power no greater than the level, a size too small for the
    design, and what no size or effect within reach would give.
    """
    if [size, effect, power].count(None) != 1:
        raise ValueError("give two of size, effect and power")
    check_share(level, "The level of the test")
    if power is not None:
        check_share(power, "The power")
        if power <= level:
            raise Refusal(
                Problem(
                    f"A power of {power:g} is no more than the level of the test, {level:g}.",
                    "Ask for more, such as 80%.",
                )
            )
    if size is not None and not (math.isfinite(size) and size >= design.least):
        raise Refusal(
            Problem(
                f"A size of {size:g} {design.unit} is too small for this design.",
                f"It needs {math.ceil(design.least):,} at least.",
            )
        )
    if effect is not None:
        _check_effect(design, effect)

    def chance(at: float, of: float) -> float:
        return chance_of_rejecting(
            of, design.precision(at, of), level=level, approximation=approximation
        )

    if size is not None and effect is not None:
        solved: Solved = "power"
        power = chance(size, effect)
    elif effect is not None and power is not None:
        solved, wanted, change = "size", power, effect
        size = _size(design, lambda at: chance(at, change), effect, wanted)
    elif size is not None and power is not None:
        solved, given = "effect", size
        effect = _effect(design, lambda of: chance(given, of), size, power, falls=falls)
    assert size is not None and effect is not None and power is not None
    found = design.precision(size, effect)
    return Planned(
        solved,
        size,
        design.unit,
        design.people_of(size),
        effect,
        design.scale,
        power,
        level,
        found.error,
        found.freedom,
        f"{design.formula}; {_said(found, approximation)}, two-sided",
    )


def chance_of_rejecting(
    effect: float,
    precision: Precision,
    *,
    level: float,
    approximation: Approximation = "noncentral",
) -> float:
    """How likely a two-sided test rejects no effect when the effect is this one."""
    from scipy.special import nctdtr, ndtr, stdtr

    away, freedom = abs(effect) / precision.error, precision.freedom
    line = critical_value(freedom, level)
    if precision.error_without is not None:
        line *= precision.error_without / precision.error
    if approximation == "central":
        return float(ndtr(away - line) if freedom is None else stdtr(freedom, away - line))
    if freedom is None:
        return float(ndtr(away - line) + ndtr(-away - line))
    # SciPy gives no number where a tail is smaller than it can tell (below 1e-13): it is then 0.
    below, beyond = nctdtr(freedom, away, line), nctdtr(freedom, away, -line)
    return 1 - _or_nothing(float(below)) + _or_nothing(float(beyond))


def _or_nothing(tail: float) -> float:
    return 0.0 if math.isnan(tail) else tail


def critical_value(freedom: float | None, level: float) -> float:
    """The quantile beyond which a two-sided test rejects."""
    from scipy.special import ndtri, stdtrit

    share = 1 - level / 2
    return float(ndtri(share) if freedom is None else stdtrit(freedom, share))


def bloom_multiplier(freedom: float | None, *, power: float, level: float = 0.05) -> float:
    """Standard errors in the smallest effect to be shown: 2.8 for 80% power (Bloom 1995)."""
    check_share(level, "The level of the test")
    check_share(power, "The power")
    # The quantile of the power is the critical value of the level twice what remains.
    return critical_value(freedom, level) + critical_value(freedom, 2 * (1 - power))


def check_share(value: float, name: str, *, low: float = 0, high: float = 1) -> None:
    """Refuse what does not lie between the two bounds, themselves left out."""
    if not low < value < high:
        raise Refusal(
            Problem(
                f"{name} is {value:g}, which does not lie between {low:g} and {high:g}.",
                "Write one that does.",
            )
        )


def check_share_or_none(value: float, name: str) -> None:
    """Refuse what is neither 0 nor between 0 and 1."""
    if value:
        check_share(value, name)


def _check_effect(design: Design, effect: float) -> None:
    most = design.reach(falls=effect < 0)
    if not (math.isfinite(effect) and abs(effect) < most):
        raise Refusal(
            Problem(
                f"An effect of {effect:g} is more than can be.",
                f"Take one of less than {most:g}." if math.isfinite(most) else "Give a number.",
            )
        )


def _size(design: Design, chance: Callable[[float], float], effect: float, power: float) -> float:
    if not effect:
        raise Refusal(
            Problem(
                "No study is large enough to show an effect of nothing.",
                "Give the smallest effect that is worth showing.",
            )
        )
    low = high = design.least
    if chance(low) >= power:
        return low
    while chance(high) < power:
        low, high = high, 2 * high
        if high > MOST:
            raise Refusal(
                Problem(
                    f"Not even {MOST:.0e} {design.unit} would show an effect of {effect:g}.",
                    "Take a larger effect, or more people in each cluster.",
                )
            )
    return _between(chance, low, high, power)


def _effect(
    design: Design, chance: Callable[[float], float], size: float, power: float, *, falls: bool
) -> float:
    sign, most = (-1 if falls else 1), design.reach(falls=falls)
    low, high = 0.0, min(design.precision(size, 0.0).error, most / 2)
    while chance(sign * high) < power:
        low, high = high, min(2 * high, (high + most) / 2)
        if math.isfinite(most) and most - high <= 1e-9 * most:
            raise Refusal(
                Problem(
                    f"With {size:g} {design.unit} not even the largest possible effect is shown "
                    f"with a power of {power:g}.",
                    "Take more of them, or less power.",
                )
            )
    return sign * _between(lambda of: chance(sign * of), low, high, power)


def _between(rises: Callable[[float], float], low: float, high: float, wanted: float) -> float:
    """Where a rising function passes a value, halving until nothing lies between."""
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if rises(middle) < wanted else (low, middle)
    return high


def _said(precision: Precision, approximation: Approximation) -> str:
    if precision.freedom is None:
        return "normal distribution"
    how = "noncentral t" if approximation == "noncentral" else "multiplier of Bloom (1995)"
    return f"{how} with {precision.freedom:g} degrees of freedom"
