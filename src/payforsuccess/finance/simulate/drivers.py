"""What varies between worlds, in the order in which it matters: one driver, one dimension.

The truth comes first (enrolment, then each outcome), the error of each estimate next, chance in
each count last: scrambled Sobol points are most even on the first dimensions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import numpy
from scipy import special
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


class Points(Protocol):
    """What is drawn for a block of worlds: for each driver a number for each world."""

    @property
    def worlds(self) -> int:
        """How many worlds."""

    def share(self, at: int) -> Any:
        """A driver's numbers, even between 0 and 1."""

    def score(self, at: int) -> Any:
        """The same as standard normal scores."""

    def truths(self, count: int, root: Any) -> Sequence[Any]:
        """The scores of the first drivers, correlated by a root (see `correlation_root`)."""


@dataclass(frozen=True)
class EvenPoints:
    """Numbers above 0 and below 1, one row a driver, so that a driver's lie side by side."""

    rows: Any
    worlds: int

    def share(self, at: int) -> Any:
        """The row itself."""
        return self.rows[at]

    def score(self, at: int) -> Any:
        """The inverse of the normal distribution."""
        return special.ndtri(self.rows[at])

    def truths(self, count: int, root: Any) -> Sequence[Any]:
        """The scores of the first drivers, correlated."""
        return _correlated(special.ndtri(self.rows[:count]), root)


@dataclass(frozen=True)
class NormalScores:
    """Normal scores drawn as such, one row a driver: no distribution has to be turned round."""

    rows: Any
    worlds: int

    def share(self, at: int) -> Any:
        """How much of the normal distribution lies below; above 0 and below 1."""
        return _inside(special.ndtr(self.rows[at]))

    def score(self, at: int) -> Any:
        """The row itself."""
        return self.rows[at]

    def truths(self, count: int, root: Any) -> Sequence[Any]:
        """The scores of the first drivers, correlated."""
        return _correlated(self.rows[:count], root)


def sobol_blocks(
    dimensions: int, worlds: int, *, block: int, rng: numpy.random.Generator
) -> Iterator[EvenPoints]:
    """Scrambled Sobol points in blocks.

    `worlds` is a power of two. Owen's scrambling by `rng`; see Owen (1998), J. of Complexity 14(4).
    """
    whole = numpy.empty((worlds, 0))
    if dimensions:
        whole = _inside(qmc.Sobol(dimensions, scramble=True, rng=rng).random(worlds))
    for start in range(0, worlds, block):
        part = whole[start : start + block]
        yield EvenPoints(numpy.ascontiguousarray(part.T), len(part))


def plain_blocks(
    dimensions: int, worlds: int, *, block: int, rng: numpy.random.Generator
) -> Iterator[NormalScores]:
    """Independent draws in blocks: faster than Sobol points, and much less even."""
    for start in range(0, worlds, block):
        size = min(block, worlds - start)
        yield NormalScores(rng.standard_normal((dimensions, size)), size)


def _correlated(scores: Any, root: Any) -> Sequence[Any]:
    """The scores themselves where nothing is correlated."""
    is_plain = numpy.array_equal(root, numpy.eye(len(root)))
    return list(scores if is_plain else root @ scores)


def _inside(points: Any) -> Any:
    return numpy.clip(points, 2.0**-54, 1.0 - 2.0**-53)


def is_certain(chance: Fraction) -> bool:
    """Whether a fact holds, or does not, in every world."""
    return chance in (0, 1)
