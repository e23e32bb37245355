"""Looks for what structure cannot prove: corners and knot neighbours.

What is found is shown with its inputs and is certain; that nothing is found proves nothing, except
where every value of the one input was tried (`is_complete`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from payforsuccess.payments.analyse.knots import FEW, Search
from payforsuccess.payments.exact_units import unit_of

_MOST_HISTORIES = 4_000


@dataclass(frozen=True)
class Step:
    """What the amount does from one value of an input to the next, all else staying.

    `at` and `to` are neighbouring ticks, or lie on both sides of a gap in the bands. `pays_at` and
    `pays_to` are whole steps of the tree's unit, `others` the remaining inputs, `ordinary` the
    larger change on either side of the step.
    """

    name: str
    at: int
    to: int
    pays_at: int
    pays_to: int
    others: tuple[tuple[str, int], ...]
    ordinary: int = 0
    is_complete: bool = False

    @property
    def change(self) -> int:
        """What one tick adds, or takes away."""
        return self.pays_to - self.pays_at


@dataclass(frozen=True)
class Fall:
    """Two histories that differ in one input of one period, the better one paid less in all."""

    name: str
    period: int
    worse: int
    better: int
    pays_worse: int
    pays_better: int
    inputs: tuple[tuple[tuple[str, int], ...], ...]


def steepest(search: Search, name: str, *, is_cliff: bool = True) -> Step | None:
    """The largest change from one tick to the next, or None when the amount never changes.

    With `is_cliff` only a jump counts, not a slope: a change that stands out, by more than rounding
    can explain, from the steps beside it and from every step anywhere that has one like it beside.
    """
    found = [step for others in search.corners(name) for step in _steps(search, name, others)]
    if is_cliff:
        rounding = int(1 / unit_of(search.node))  # one minor unit, where amounts are that fine
        slope = max((min(abs(step.change), step.ordinary) for step in found), default=0)
        found = [step for step in found if abs(step.change) > max(step.ordinary, slope) + rounding]
    return max(found, key=lambda step: abs(step.change), default=None)


def _steps(search: Search, name: str, others: Mapping[str, int]) -> Iterator[Step]:
    """Every change from one tick to the next at the knots of an input, all else staying."""
    low, high = search.ends(name)
    complete = len(search.names) == 1 and high - low <= FEW
    amounts: dict[int, int | None] = {}

    def amount(at: int) -> int | None:
        if at not in amounts:
            amounts[at] = search.amount({**others, name: at})
        return amounts[at]

    knots = search.knots(name, others)
    for number, at in enumerate(knots):
        one, to = amount(at), at + 1
        if one is None or at == high:
            continue
        two = amount(to)
        if two is None:  # a gap in the bands: look at the first result beyond it
            to = next((k for k in knots[number + 1 :] if amount(k) is not None), to)
            two = amount(to)
        if two is None or one == two:
            continue
        before = amount(at - 1) if at > low else None
        after = amount(to + 1) if to < high else None
        ordinary = max(
            abs(one - before) if before is not None else 0,
            abs(after - two) if after is not None else 0,
        )
        yield Step(name, at, to, one, two, tuple(sorted(others.items())), ordinary, complete)


def fall_in_one_period(search: Search, name: str, *, rises: bool) -> Fall | None:
    """A value of the input and a better one that pays less; `rises` when higher is better."""
    for others in search.corners(name):
        best: tuple[int, int] | None = None  # the value paid most among those no better
        values = search.knots(name, others)
        for at in values if rises else reversed(values):
            pays = search.amount({**others, name: at})
            if pays is None:
                continue
            if best is not None and pays < best[1]:
                inputs = tuple(sorted(others.items()))
                return Fall(name, 1, best[0], at, best[1], pays, (inputs,))
            if best is None or pays >= best[1]:
                best = (at, pays)
    return None


def fall_over_periods(search: Search, name: str, *, rises: bool) -> Fall | None:
    """Two histories of two periods, as `fall_in_one_period`: money may move between periods."""
    few = {
        each: search.marks(each, {n: search.ends(n)[1] for n in search.names})[:7]
        for each in search.names
    }
    rest = [each for each in search.names if each != name]
    tried = 0
    for values in product(*(few[each] for each in rest for _ in range(2))):
        periods = [
            {each: values[2 * at + number] for at, each in enumerate(rest)} for number in range(2)
        ]
        for changed in (0, 1):
            for still in few[name]:
                best: tuple[int, int] | None = None
                for at in sorted(few[name], reverse=not rises):
                    tried += 1
                    history = [dict(one) for one in periods]
                    history[changed][name], history[1 - changed][name] = at, still
                    pays = search.total(history)
                    if pays is None:
                        continue
                    if best is not None and pays < best[1]:
                        shown = tuple(tuple(sorted(one.items())) for one in history)
                        return Fall(name, changed + 1, best[0], at, best[1], pays, shown)
                    if best is None or pays >= best[1]:
                        best = (at, pays)
        if tried > _MOST_HISTORIES:
            return None
    return None
