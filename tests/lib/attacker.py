"""Who tries to work out hidden numbers: bounds by integer programming, none of it the protector's.

The attacker knows every number that is shown, every sum and multiple, and what a count can be, and
asks a solver for the least and the most that each hidden number could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from payforsuccess.disclosure import Facts

Equation = Mapping[str, float]
"""Numbers by name, times their factors, that add up to nothing."""

NO_END = 10_000.0
"""As much as any number of these tables could be."""


def bounds_of(
    names: Iterable[str],
    equations: Iterable[Equation],
    shown: Mapping[str, int],
    *,
    least: Mapping[str, float],
    targets: Mapping[str, Equation],
) -> dict[str, tuple[int, int]]:
    """The least and the most that each target, a sum of numbers, can be."""
    at = {name: number for number, name in enumerate(names)}
    low = np.array([shown.get(name, least.get(name, 0.0)) for name in at], dtype=float)
    high = np.array([shown.get(name, NO_END) for name in at], dtype=float)
    rows = np.array([_row(equation, at) for equation in equations]).reshape(-1, len(at))
    found = {}
    for target, weights in targets.items():
        ends = []
        for sign in (1, -1):
            solved = milp(
                sign * _row(weights, at),
                integrality=np.ones(len(at)),
                bounds=Bounds(low, high),
                constraints=LinearConstraint(rows, 0, 0),
            )
            assert solved.success, solved.message
            ends.append(round(sign * solved.fun))
        found[target] = (ends[0], ends[1])
    return found


def _row(equation: Equation, at: Mapping[str, int]) -> np.ndarray:
    row = np.zeros(len(at))
    for name, factor in equation.items():
        row[at[name]] = factor
    return row


def bounds_of_facts(
    facts: Facts, shown: Mapping[str, int], *, threshold: int = 10
) -> dict[str, tuple[int, int]]:
    """The least and the most of each sensitive number of some facts."""
    equations: list[dict[str, float]] = []
    for tie in facts.sums:
        row: dict[str, float] = dict.fromkeys(tie.parts, 1.0)
        row[tie.whole] = -1.0
        equations.append(row)
    equations += [{tie.of: float(tie.times), tie.is_: -1.0} for tie in facts.multiples]
    least = {}
    for name, cell in facts.cells.items():
        may_be_none = cell.zero_tells or cell.value == 0 or name in facts.never_shown
        least[name] = -NO_END if not cell.is_people else 0.0 if may_be_none else 1.0
    secret = [name for name, cell in facts.cells.items() if cell.is_sensitive(threshold)]
    assert not set(secret) & set(shown)
    targets: dict[str, Equation] = {name: {name: 1.0} for name in secret}
    return bounds_of(facts.cells, equations, shown, least=least, targets=targets)


def too_narrow(bounds: Mapping[str, tuple[int, int]], *, room: int = 5) -> dict[str, object]:
    """Those that the attacker has worked out, or to within less than this room."""
    return {name: (low, high) for name, (low, high) in bounds.items() if high - low < room}
