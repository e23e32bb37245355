"""How important each number is: which are shown first where not all can be."""

from __future__ import annotations

from collections import Counter
from math import log2

from payforsuccess.disclosure.cells import Facts

_A_LEVEL_UP = 1000.0
"""How much more a total matters than the numbers it is the sum of."""
_OF_NO_ONE = 2.0
"""How much more a zero matters: zeros are shown where they can be."""
_MOST_LEVELS = 3
_FIRST = 1e15
"""How much more that matters which is said to come first."""


def importance_of(facts: Facts) -> dict[str, float]:
    """A rank for each number: `first` ones, totals, what many tables rest on, the large."""
    levels = _levels(facts)
    ties = Counter(name for tie in facts.sums for name in (tie.whole, *tie.parts))
    return {
        name: (10 + log2(1 + abs(cell.value)))
        * max(1, ties[name])
        * _A_LEVEL_UP ** levels[name]
        * (_OF_NO_ONE if cell.value == 0 else 1)
        * (_FIRST if name in facts.first else 1)
        for name, cell in facts.cells.items()
    }


def _levels(facts: Facts) -> dict[str, int]:
    """How many sums of shown numbers each number is above, at the most 3."""
    sums = [tie for tie in facts.sums if not facts.never_shown & {tie.whole, *tie.parts}]
    levels = dict.fromkeys(facts.cells, 0)
    for _ in range(_MOST_LEVELS):
        above = dict(levels)
        for tie in sums:
            if len(tie.parts) > 1:
                reached = 1 + max(levels[part] for part in tie.parts)
                above[tie.whole] = min(_MOST_LEVELS, max(above[tie.whole], reached))
        if above == levels:
            break
        levels = above
    return levels
