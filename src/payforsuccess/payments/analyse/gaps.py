"""Results that no band holds, and results that two bands hold, at their exact places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from payforsuccess.errors import Sentence, sentence
from payforsuccess.payments.analyse.bounds import Scope, bounds_of
from payforsuccess.payments.analyse.interval import Interval
from payforsuccess.payments.exact_units import band_edges, unit_of
from payforsuccess.payments.nodes import Bands, Node, walk
from payforsuccess.units import grouped


@dataclass(frozen=True)
class Stretch:
    """Values of an outcome that lie in no band (`gap`) or in two (`overlap`).

    From `first` to `last`, both possible results; None where the values run on without end.
    """

    kind: Literal["gap", "overlap"]
    outcome: str
    first: Fraction | None
    last: Fraction | None

    def said(self) -> Sentence:
        """`exactly 41.3`, `from 20 to 29`, `18.5 and less`."""
        first = "" if self.first is None else grouped(self.first)
        last = "" if self.last is None else grouped(self.last)
        if first and first == last:
            return sentence("exactly {value}", value=first)
        if first and last:
            return sentence("from {first} to {last}", first=first, last=last)
        if first:
            return sentence("{value} and more", value=first)
        return sentence("{value} and less", value=last) if last else sentence("any value")

    def __str__(self) -> str:
        """As it is said."""
        return self.said()


def stretches_of(node: Node, scope: Scope) -> tuple[Stretch, ...]:
    """Every gap and overlap in the bands of a tree that a result within bounds can meet."""
    found: dict[Stretch, None] = {}
    for part in walk(node):
        if isinstance(part, Bands):
            found |= dict.fromkeys(_in_bands(part, bounds_of(part.of, scope).now))
    return tuple(found)


def _in_bands(node: Bands, reach: Interval) -> Iterator[Stretch]:
    step, edges = unit_of(node.of), band_edges(node)
    least = None if reach.least is None else (reach.least / step).__ceil__()
    most = None if reach.most is None else (reach.most / step).__floor__()

    def stretch(
        kind: Literal["gap", "overlap"], first: int | None, last: int | None
    ) -> Iterator[Stretch]:
        if first is None or (least is not None and first < least):
            first = least
        if last is None or (most is not None and last > most):
            last = most
        if first is None or last is None or first <= last:
            yield Stretch(
                kind,
                node.outcome,
                None if first is None else first * step,
                None if last is None else last * step,
            )

    lows, highs = edges.lows, edges.highs
    if lows[0] is not None:
        yield from stretch("gap", None, lows[0] - 1)
    for high, low in zip(highs, lows[1:], strict=False):
        if high is None or low is None:
            continue
        if high + 1 < low:
            yield from stretch("gap", high + 1, low - 1)
        elif low <= high:
            yield from stretch("overlap", low, high)
    if highs[-1] is not None:
        yield from stretch("gap", highs[-1] + 1, None)
