"""Who tries to work out hidden numbers: bounds by integer programming, none of it the protector's.

The attacker knows every number that is shown, every sum and multiple, and what a count can be, and
asks a solver for the least and the most that each hidden number could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from payforsuccess.disclosure import Facts, Release

Equation = Mapping[str, float]
"""Numbers by name, times their factors, that add up to nothing."""

NO_END = 10_000.0
"""As much as any number of these tables could be."""
ENOUGH = 6
"""More room than any hidden number needs."""


def bounds_of(
    names: Iterable[str],
    equations: Iterable[Equation],
    shown: Mapping[str, int],
    *,
    least: Mapping[str, float],
    targets: Mapping[str, Equation],
) -> dict[str, tuple[int, int]]:
    """The least and the most that each target, a sum of numbers, can be.

    Every table found on the way counts for all targets: those that it shows to be `ENOUGH` apart
    are looked at no further, and their bounds are what was found.
    """
    at = {name: number for number, name in enumerate(names)}
    low = np.array([shown.get(name, least.get(name, 0.0)) for name in at], dtype=float)
    high = np.array([shown.get(name, NO_END) for name in at], dtype=float)
    rows = csr_array(np.array([_row(equation, at) for equation in equations]).reshape(-1, len(at)))
    wanted = np.array([_row(weights, at) for weights in targets.values()]).reshape(-1, len(at))
    found_low = np.full(len(targets), np.inf)
    found_high = np.full(len(targets), -np.inf)
    for number in range(len(targets)):
        for sign in (1, -1):
            if found_high[number] - found_low[number] >= ENOUGH:
                continue
            solved = milp(
                sign * wanted[number],
                integrality=np.ones(len(at)),
                bounds=Bounds(low, high),
                constraints=LinearConstraint(rows, 0, 0),
            )
            assert solved.success, solved.message
            there = wanted @ np.round(solved.x)
            found_low = np.minimum(found_low, there)
            found_high = np.maximum(found_high, there)
    ends = zip(targets, found_low, found_high, strict=True)
    return {target: (round(lowest), round(highest)) for target, lowest, highest in ends}


def _row(equation: Equation, at: Mapping[str, int]) -> np.ndarray:
    row = np.zeros(len(at))
    for name, factor in equation.items():
        row[at[name]] = factor
    return row


def bounds_of_facts(
    facts: Facts, shown: Mapping[str, int], *, threshold: int = 10
) -> dict[str, tuple[int, int]]:
    """The least and the most of each sensitive number of some facts."""
    secret = [name for name, cell in facts.cells.items() if cell.is_sensitive(threshold)]
    assert not set(secret) & set(shown)
    targets: dict[str, Equation] = {name: {name: 1.0} for name in secret}
    return bounds_of(facts.cells, _equations(facts), shown, least=_least(facts), targets=targets)


def bounds_over_releases(
    given_out: Sequence[tuple[Facts, Release]], *, threshold: int = 10
) -> dict[str, tuple[int, int]]:
    """The same for who keeps every release, and takes each from each.

    Numbers are `1:name` in the first. The attacker takes it that a number which is what it was did
    not change, hidden or shown, and knows of any other whether it grew; each small change is a
    target as well, and each small difference between large counts of one group on pages of two
    kinds.
    """
    shown: dict[str, int] = {}
    least: dict[str, float] = {}
    equations: list[dict[str, float]] = []
    targets: dict[str, Equation] = {}
    for at, (facts, release) in enumerate(given_out, 1):
        shown |= {f"{at}:{name}": value for name, value in release.shown.items()}
        least |= {f"{at}:{name}": value for name, value in _least(facts).items()}
        for row in _equations(facts):
            equations.append({f"{at}:{name}": factor for name, factor in row.items()})
        for name, cell in facts.cells.items():
            if cell.is_sensitive(threshold):
                assert name not in release.shown
                targets[f"{at}:{name}"] = {f"{at}:{name}": 1.0}
    for (one, (was, _)), (two, (now, _)) in combinations(enumerate(given_out, 1), 2):
        for name, other in _alike(was, now, threshold):
            pair = f"{one}:{name}", f"{two}:{other}"
            by = now.cells[other].value - was.cells[name].value
            more, less = pair if by < 0 else pair[::-1]
            if not by:
                equations.append({more: 1.0, less: -1.0})
            elif abs(by) <= threshold:
                change = f"{pair[0]} > {pair[1]}"
                least[change] = 0.0
                equations.append({more: 1.0, less: -1.0, change: -1.0})
                targets[change] = {change: 1.0}
    return bounds_of(least, equations, shown, least=least, targets=targets)


def _alike(was: Facts, now: Facts, threshold: int) -> Iterator[tuple[str, str]]:
    for name, cell in was.cells.items():
        if name in now.cells:
            if cell.is_people:
                yield name, name
        elif name in was.groups and cell.value > threshold:
            for other, group in now.groups.items():
                is_new = other not in was.cells and now.cells[other].value > threshold
                if group == was.groups[name] and is_new:
                    yield name, other


def _equations(facts: Facts) -> list[dict[str, float]]:
    rows = []
    for tie in facts.sums:
        row: dict[str, float] = dict.fromkeys(tie.parts, 1.0)
        row[tie.whole] = -1.0
        rows.append(row)
    return [*rows, *({tie.of: float(tie.times), tie.is_: -1.0} for tie in facts.multiples)]


def _least(facts: Facts) -> dict[str, float]:
    found = {}
    for name, cell in facts.cells.items():
        may_be_none = cell.zero_tells or cell.value == 0 or name in facts.never_shown
        found[name] = -NO_END if not cell.is_people else 0.0 if may_be_none else 1.0
    return found


def too_narrow(bounds: Mapping[str, tuple[int, int]], *, room: int = 5) -> dict[str, object]:
    """Those that the attacker has worked out, or to within less than this room."""
    return {name: (low, high) for name, (low, high) in bounds.items() if high - low < room}
