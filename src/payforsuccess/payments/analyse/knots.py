"""The points of a tree that are worth looking at, found by bisection and evaluated exactly.

A knot is a value of an input at which some band edge, limit, floor or ceiling of the tree begins
to matter; ranges may be as wide as they like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, product

from payforsuccess.errors import Refusal
from payforsuccess.payments.analyse.interval import Domain, Range
from payforsuccess.payments.arithmetic import EXACT, Reading
from payforsuccess.payments.exact_units import band_edges, unit_of
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Floor,
    Least,
    Node,
    Price,
    Sum,
    Test,
    inputs_of,
    walk,
)
from payforsuccess.payments.reading import read

Inputs = Mapping[str, int]
WIDEST = 10**12
"""How far an input without a bound is followed, in ticks."""
FEW = 400
"""Up to so many values of an input are all tried."""
_MOST_CORNERS = 32


class Search:
    """The points of a tree that are worth looking at, given the ranges of its inputs."""

    def __init__(self, node: Node, domain: Domain) -> None:
        self.node = node
        self.names = inputs_of(node)
        self.domain = {name: domain.get(name, Range()) for name in self.names}
        self._read = read(node, EXACT)
        self._watched = list(_watched(node))

    def amount(self, inputs: Inputs) -> int | None:
        """The amount of a first period; None where a result lies in no band."""
        try:
            return int(self._read(inputs, {}, {}))
        except (Refusal, ValueError):
            return None

    def total(self, history: Sequence[Inputs]) -> int | None:
        """The sum over periods with the state carried between them."""
        state: dict[str, int] = {}
        whole = 0
        for inputs in history:
            after = dict(state)
            try:
                whole += int(self._read(inputs, state, after))
            except (Refusal, ValueError):
                return None
            state = after
        return whole

    def corner_ends(self, name: str) -> tuple[int, int]:
        """As `ends`, but an input without a bound stays small, as it would in an example."""
        given = self.domain[name]
        most = given.most if given.most is not None else max(given.least or 0, 0) + 100
        least = given.least if given.least is not None else min(most, 0)
        return min(least, most), most

    def ends(self, name: str) -> tuple[int, int]:
        """The range of an input, or as far as it is followed where it has no bound."""
        given = self.domain[name]
        least = given.least if given.least is not None else -WIDEST
        most = given.most if given.most is not None else WIDEST
        return min(least, most), most

    def knots(self, name: str, others: Inputs) -> list[int]:
        """Values of an input at and beside which the tree can bend or jump, in order."""
        low, high = self.ends(name)
        if high - low <= FEW:
            return list(range(low, high + 1))
        found = {low, low + 1, high - 1, high}
        if low < 0 < high:
            found |= {-1, 0, 1}
        inputs = dict(others)
        for reading, limits in self._watched:

            def value(at: int, reading: Reading = reading) -> int | None:
                inputs[name] = at
                try:
                    return int(reading(inputs, {}, {}))
                except (Refusal, ValueError):
                    return None

            for limit in limits:
                at = _crossing(value, limit, low, high)
                if at is not None:
                    found |= {at - 2, at - 1, at, at + 1, at + 2}
        return sorted(at for at in found if low <= at <= high)

    def corners(self, without: str) -> Iterator[dict[str, int]]:
        """The other inputs, all low, all high, then mixed with their own knots: so many at most."""
        names = [name for name in self.names if name != without]
        if not names:
            yield {}
            return
        middle = {name: self.corner_ends(name)[1] for name in self.names}
        each = [self.marks(name, middle) for name in names]
        ends = ([marks[0] for marks in each], [marks[1 % len(marks)] for marks in each])
        for values in islice(chain(ends, product(*each)), _MOST_CORNERS):
            yield dict(zip(names, values, strict=True))

    def marks(self, name: str, others: Inputs) -> list[int]:
        """Both ends of an input first, then what lies between."""
        low, high = self.corner_ends(name)
        knots = self.knots(name, others)
        if len(knots) > 12:
            knots = knots[:: len(knots) // 12 + 1]
        return list(dict.fromkeys((low, high, *(at for at in knots if low < at < high))))


def _watched(node: Node) -> Iterator[tuple[Reading, tuple[int, ...]]]:
    """Every value that a node compares with something, and the whole steps it is compared with."""
    for part in walk(node):
        match part:
            case Bands():
                edges = band_edges(part)
                limits = [low for low in edges.lows if low is not None]
                limits += [high + 1 for high in edges.highs if high is not None]
                yield read(part.of), tuple(dict.fromkeys(limits))
            case Floor() | Ceiling() | CarryForward():
                yield read(part.of), _around(part.at / unit_of(part.of))
            case Condition():
                for test in part.tests:
                    if isinstance(test, Test):
                        yield read(test.of), _around(test.limit / unit_of(test.of))
            case Least():
                yield read(Sum((part.one, Price(part.other, Fraction(-1))))), (0, 1)
            case _:
                continue


def _around(limit: Fraction) -> tuple[int, ...]:
    down = limit.__floor__()
    return (down, down + 1)


def _crossing(value: Callable[[int], int | None], limit: int, low: int, high: int) -> int | None:
    """The first value from `low` on at which `limit` is reached or left; None if never."""
    one, two = value(low), value(high)
    if one is None or two is None or (one >= limit) == (two >= limit):
        return None
    reached = one >= limit
    while high - low > 1:
        middle = (low + high) // 2
        here = value(middle)
        if here is None:
            return None
        if (here >= limit) == reached:
            low = middle
        else:
            high = middle
    return high
