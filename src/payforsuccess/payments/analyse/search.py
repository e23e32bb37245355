"""Looks for what structure cannot prove: corners and knot neighbours, evaluated exactly.

A knot is a value of an input at which some band edge, limit, floor or ceiling of the tree begins
to matter; it is found by bisection, so ranges may be as wide as they like. What is found is shown
with its inputs and is certain; that nothing is found proves nothing, except where every value of
the one input was tried (`is_complete`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from payforsuccess.errors import Refusal
from payforsuccess.payments.analyse.interval import Domain, Range
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Floor,
    Least,
    Node,
    Outcome,
    Price,
    Sum,
    Test,
    inputs_of,
    walk,
)
from payforsuccess.payments.reading import EXACT, Reading, band_edges, read, unit_of

Inputs = Mapping[str, int]
WIDEST = 10**12
"""How far an input without a bound is followed, in ticks."""
FEW = 400
"""Up to so many values of an input are all tried."""
_MOST_CORNERS = 64
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
        """The other inputs at their ends and at their own knots, at most so many of them."""
        names = [name for name in self.names if name != without]
        if not names:
            yield {}
            return
        middle = {name: self.corner_ends(name)[1] for name in self.names}
        each = [self._marks(name, middle) for name in names]
        for values in islice(product(*each), _MOST_CORNERS):
            yield dict(zip(names, values, strict=True))

    def _marks(self, name: str, others: Inputs) -> list[int]:
        """Both ends of an input first, then what lies between."""
        low, high = self.corner_ends(name)
        knots = self.knots(name, others)
        if len(knots) > 12:
            knots = knots[:: len(knots) // 12 + 1]
        return list(dict.fromkeys((high, low, *(at for at in knots if low < at < high))))


def steepest(search: Search, name: str, *, is_cliff: bool = True) -> Step | None:
    """The largest change from one tick to the next, or None when the amount never changes.

    With `is_cliff` only changes that stand out from the steps on both sides count, by more than
    rounding can explain: a jump, not a slope.
    """
    low, high = search.ends(name)
    complete = len(search.names) == 1 and high - low <= FEW
    rounding = int(1 / unit_of(search.node))  # one minor unit, where amounts are that fine
    best: Step | None = None
    for others in search.corners(name):
        amounts: dict[int, int | None] = {}

        def amount(
            at: int,
            amounts: dict[int, int | None] = amounts,
            others: Mapping[str, int] = others,
        ) -> int | None:
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
            change = abs(two - one)
            if best is not None and change <= abs(best.change):
                continue
            before = amount(at - 1) if at > low else None
            after = amount(to + 1) if to < high else None
            ordinary = max(
                abs(one - before) if before is not None else 0,
                abs(after - two) if after is not None else 0,
            )
            if is_cliff and change <= ordinary + rounding:
                continue
            best = Step(name, at, to, one, two, tuple(sorted(others.items())), ordinary, complete)
    return best


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
        each: search._marks(each, {n: search.ends(n)[1] for n in search.names})[:7]
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
            case Outcome():
                continue
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
