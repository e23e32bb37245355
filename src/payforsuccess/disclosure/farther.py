"""How far a hidden number can go when several moves are put together: the simplex method, exactly.

The moves span all tables that a reader cannot tell apart; the bounds of the numbers cut a body out
of them. From the true table we walk along its edges, as long as the number grows. Every table that
we stop at in whole numbers is one that the reader must think possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from payforsuccess.disclosure.moves import Move, cancelled
from payforsuccess.disclosure.proofs import Table

_MOST_STEPS = 60
"""How many corners are walked to at most; where it takes more, the number counts as revealed."""


@dataclass(frozen=True)
class _Edge:
    """A direction in which to walk; `off` names the number that leaves its bound, if any."""

    move: Move
    off: str | None


def farther(
    cell: str,
    sign: int,
    moves: Sequence[Move],
    values: Mapping[str, int],
    least: Mapping[str, int | None],
    room: int,
) -> Iterator[Table]:
    """Tables in which a cell is ever further up (1) or down (-1), until it can go no further.

    values: the true table. least: the least that each number can be, None for no bound. Where there
    is no end, the way goes on by as many steps as there is `room`.
    """
    now: dict[str, int | Fraction] = {}
    edges = [_Edge(move, None) for move in moves]
    for _ in range(_MOST_STEPS):
        chosen = _chosen(edges, cell, sign)
        if chosen is None:
            return
        at, move = chosen
        steps, stop = min(
            (
                (_quotient(values[name] + now.get(name, 0) - bound, -by), name)
                for name, by in move.items()
                if by < 0 and (bound := least[name]) is not None
            ),
            default=(room, None),
        )
        if steps:
            whole = floor(steps)
            if whole and steps != whole:
                yield from _table(now, move, whole)
            for name, by in move.items():
                now[name] = _quotient(now.get(name, 0) + steps * by, 1)
            yield from _table(now, {}, 0)
        if stop is None:
            return
        edges = [
            _Edge({name: -by for name, by in move.items()}, stop)
            if number == at
            else _Edge(cancelled(edge.move, move, stop), edge.off)
            if stop in edge.move
            else edge
            for number, edge in enumerate(edges)
        ]


def _chosen(edges: Sequence[_Edge], cell: str, sign: int) -> tuple[int, Move] | None:
    """The first edge along which the cell goes where it is to go; Bland's rule, so none comes back.

    An edge that is off no bound goes both ways.
    """
    best: tuple[str, int, Move] | None = None
    for at, edge in enumerate(edges):
        towards = sign * edge.move.get(cell, 0)
        if towards > 0 or (towards < 0 and edge.off is None):
            if best is not None and best[0] <= (edge.off or ""):
                continue
            turned = edge.move if towards > 0 else {n: -by for n, by in edge.move.items()}
            best = (edge.off or "", at, turned)
    return None if best is None else best[1:]


def _quotient(number: int | Fraction, by: int) -> int | Fraction:
    """The exact quotient, as a whole number where it is one: those are faster."""
    if isinstance(number, int) and number % by == 0:
        return number // by
    found = Fraction(number) / by
    return found.numerator if found.denominator == 1 else found


def _table(now: Mapping[str, int | Fraction], move: Move, steps: int) -> Iterator[Table]:
    """The table so many steps on, if it is one of whole numbers."""
    there = dict(now)
    for name, by in move.items():
        there[name] = there.get(name, 0) + steps * by
    whole = {name: by for name, by in there.items() if isinstance(by, int) and by}
    if all(isinstance(by, int) for by in there.values()):
        yield whole
