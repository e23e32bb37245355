"""Correlations that a deal's drivers can have, and have all at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.assumptions.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem

ROUNDING = Fraction(1, 10**9)
"""How far below zero an eigenvalue may be: correlations are written with a few digits."""
MOST = 40
"""Of more drivers the simulation alone asks: exact numbers grow long."""


def check_correlations(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """They name drivers, and their matrix is positive semi-definite."""
    known = ("enrolment", *assumptions.outcomes)
    for number, pair in enumerate(assumptions.correlations):
        for at, name in enumerate(pair.between):
            if name not in known:
                path: FieldPath = ("correlations", number, "between", at)
                yield no_such(name, "driver", known, assumptions.place_of(*path))
    names = list(dict.fromkeys(name for p in assumptions.correlations for name in p.between))
    if len(names) > MOST:
        return
    matrix = [[Fraction(one == other) for other in names] for one in names]
    for pair in assumptions.correlations:
        one, other = (names.index(name) for name in pair.between)
        matrix[one][other] = matrix[other][one] = pair.is_
    if not _is_semi_definite(matrix):
        yield Problem(
            "The correlations cannot all hold together: their matrix is not positive "
            "semi-definite.",
            "Bring them closer to 0, or leave one out.",
            assumptions.place_of("correlations"),
        )


def _is_semi_definite(matrix: list[list[Fraction]]) -> bool:
    """By elimination: no pivot is below zero, and beside one of zero stands nothing."""
    rows = [
        [one + (at == to) * ROUNDING for to, one in enumerate(r)] for at, r in enumerate(matrix)
    ]
    for at, row in enumerate(rows):
        if row[at] < 0 or (row[at] == 0 and any(row[at + 1 :])):
            return False
        for below in rows[at + 1 :]:
            part = below[at] / row[at] if row[at] else Fraction(0)
            if part:
                below[at:] = [
                    one - part * over for one, over in zip(below[at:], row[at:], strict=True)
                ]
    return True
