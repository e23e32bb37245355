"""What varies between worlds, in the order in which it matters: one driver, one dimension.

The truth comes first (enrolment, then each outcome), the error of each estimate next, chance in
each count last: scrambled Sobol points are most even on the first dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy
from scipy.stats import qmc

from payforsuccess.deal.assumptions import Assumptions, Counted, Effect, Level
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.slots import Slot

ENROLMENT = "enrolment"
# Below this a correlation matrix counts as not positive semi-definite, beyond what rounding does.
NEGATIVE = -1e-9


@dataclass(frozen=True)
class Drivers:
    """The names of all drivers in order; the first `truths` of them may be correlated."""

    names: tuple[str, ...]
    truths: int

    def at(self, name: str) -> int | None:
        """The place of a driver, or None where nothing of that name varies."""
        return self.names.index(name) if name in self.names else None


def drivers_of(deal: Deal, assumptions: Assumptions, slots: Sequence[Slot]) -> Drivers:
    """Every driver of a deal under its assumptions."""
    truths: list[str] = [ENROLMENT] if assumptions.enrolment.spread is not None else []
    errors: list[str] = []
    chances: list[str] = []
    for fact in assumptions.facts:
        if 0 < fact.holds.base < 1:
            errors.append(f"fact:{fact.name}")
    seen: set[str] = set()
    for slot in slots:
        assumed = assumptions.outcomes[slot.outcome]
        varies = assumed.spread is not None
        if isinstance(assumed, Level) and varies:
            errors.append(f"level:{slot.outcome}:{slot.when}:{slot.cohort}")
        elif varies and slot.outcome not in seen:
            truths.append(slot.outcome)
        seen.add(slot.outcome)
        if isinstance(assumed, Effect) and assumed.standard_error.base:
            errors.append(f"error:{slot.outcome}:{slot.when}:{slot.cohort}")
        if isinstance(assumed, Counted) and assumed.chance != "none":
            chances.append(f"chance:{slot.outcome}:{slot.when}:{slot.cohort}")
    return Drivers((*truths, *errors, *chances), len(truths))


def correlation_root(assumptions: Assumptions, drivers: Drivers) -> Any:
    """A matrix that turns independent normal scores of the truths into correlated ones.

    Refuses correlations that cannot all hold together (a matrix that is not positive
    semi-definite), and those that name a driver that does not vary.
    """
    truths = drivers.names[: drivers.truths]
    matrix = numpy.eye(len(truths))
    for number, pair in enumerate(assumptions.correlations):
        places = []
        for at, name in enumerate(pair.between):
            if name not in truths:
                raise Refusal(
                    Problem(
                        f"`{name}` does not vary, so it cannot move with anything.",
                        "Give it a `spread`, or take the correlation away. A `level` varies anew "
                        "in each period and is not correlated.",
                        assumptions.place_of("correlations", number, "between", at),
                    )
                )
            places.append(truths.index(name))
        one, other = places
        matrix[one, other] = matrix[other, one] = float(pair.is_)
    if not len(truths):
        return matrix
    least = float(numpy.linalg.eigvalsh(matrix).min())
    if least < NEGATIVE:
        raise Refusal(
            Problem(
                "The correlations cannot all hold together: their matrix is not positive "
                f"semi-definite (its smallest eigenvalue is {least:.4f}).",
                "Bring them closer to 0, or leave one out.",
                assumptions.place_of("correlations"),
            )
        )
    values, vectors = numpy.linalg.eigh(matrix)
    root = vectors * numpy.sqrt(numpy.maximum(values, 0.0))
    # Lower triangular, so that the first driver keeps the first, most even dimension to itself.
    _, upper = numpy.linalg.qr(root.T)
    signs = numpy.where(numpy.diag(upper) < 0, -1.0, 1.0)
    return (upper * signs[:, None]).T


def sobol_points(dimensions: int, worlds: int, *, rng: numpy.random.Generator) -> Any:
    """Scrambled Sobol points: one row a world, each number above 0 and below 1.

    `worlds` is a power of two. Owen's scrambling by `rng`; see Owen (1998), J. of Complexity 14(4).
    """
    if not dimensions:
        return numpy.empty((worlds, 0))
    points = qmc.Sobol(dimensions, scramble=True, rng=rng).random(worlds)
    return numpy.clip(points, 2.0**-54, 1.0 - 2.0**-53)


def plain_points(dimensions: int, worlds: int, *, rng: numpy.random.Generator) -> Any:
    """Independent points: faster to draw, and much less even."""
    return numpy.clip(rng.random((worlds, dimensions)), 2.0**-54, 1.0)


def is_certain(chance: Fraction) -> bool:
    """Whether a fact holds, or does not, in every world."""
    return chance in (0, 1)
