"""Random payment trees and the inputs to read them with, for the laws.

`cases()` draws a tree and the range of each of its inputs in whole ticks; `inputs_within(case)`
draws one set of inputs. An input keeps one tick throughout its tree. All bands cover every value,
so no reading refuses; amounts stay small enough for int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Fixed,
    Floor,
    Least,
    Node,
    Outcome,
    Piece,
    Price,
    Round,
    RunningTotal,
    Sum,
    Test,
    Times,
    ToDate,
)

NAMES = ("days", "people", "effect")
TICKS = (Fraction(1), Fraction(1, 10), Fraction(1, 2))
RATES = tuple(Fraction(text) for text in ("1", "3", "1/2", "10/3", "15.12", "-1", "-1/4", "0"))


@dataclass(frozen=True)
class Case:
    """A tree and, for each input, the least and the most it can be in whole ticks."""

    tree: Node
    ranges: tuple[tuple[str, int, int], ...]


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    with_state: bool = True,
    rising_only: bool = False,
    depth: int = 3,
) -> Case:
    """A random tree with its inputs' ranges.

    without `with_state`: nothing lasts from period to period, so one period is all there is.
    `rising_only`: no node that could make the amount fall when an input rises, and no input below
    0 (rates, slopes and jumps 0 or more; conditions are met from a value on).
    """
    ticks = {name: draw(st.sampled_from(TICKS)) for name in NAMES}
    keys = iter(range(1_000))
    tree = draw(_node(ticks, depth, with_state=with_state, rising=rising_only, keys=keys))
    ranges = []
    for name in NAMES:
        least = draw(st.integers(0 if rising_only else -30, 30))
        ranges.append((name, least, least + draw(st.integers(0, 60))))
    return Case(tree, tuple(ranges))


@st.composite
def inputs_within(draw: st.DrawFn, case: Case) -> dict[str, int]:
    """One value for each input, inside its range."""
    return {name: draw(st.integers(least, most)) for name, least, most in case.ranges}


@st.composite
def pieces(draw: st.DrawFn, *, rising: bool = False) -> tuple[Piece, ...]:
    """Bands that cover every value, in order; with `rising` they never fall."""
    edges = sorted(draw(st.sets(st.integers(-20, 40), min_size=1, max_size=4)))
    made: list[Piece] = []
    base = draw(st.integers(0 if rising else -50, 50))
    made.append(Piece(None, False, Fraction(edges[0]), False, Fraction(base), Fraction(0)))
    reached = Fraction(base)
    for number, edge in enumerate(edges):
        above = made[-1].includes_high  # the band before holds the edge itself
        high = Fraction(edges[number + 1]) if number + 1 < len(edges) else None
        slope = draw(st.sampled_from([rate for rate in RATES if rate >= 0 or not rising]))
        start = (
            reached + draw(st.integers(0, 100)) if rising else Fraction(draw(st.integers(-50, 200)))
        )
        includes_high = high is not None and draw(st.booleans())
        made.append(Piece(Fraction(edge), not above, high, includes_high, start, slope))
        if high is not None:
            reached = start + slope * (high - edge)
    return tuple(made)


def _node(
    ticks: dict[str, Fraction],
    depth: int,
    *,
    with_state: bool,
    rising: bool,
    keys: object,
) -> st.SearchStrategy[Node]:
    leaf = st.sampled_from(NAMES).map(lambda name: Outcome(name, ticks[name]))
    if depth == 0:
        return leaf
    inner = st.deferred(
        lambda: _node(ticks, depth - 1, with_state=with_state, rising=rising, keys=keys)
    )
    amount = st.integers(0 if rising else -40, 400).map(Fraction)
    rate = st.sampled_from([each for each in RATES if each >= 0 or not rising])
    fresh = st.builds(lambda: f"key-{next(keys)}")  # type: ignore[call-overload]
    rounded = st.builds(Round, inner, st.sampled_from(("half-up", "down")))
    made = [
        leaf,
        st.builds(Price, inner, rate),
        st.builds(Price, inner, rate),
        st.builds(lambda parts: Sum(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(Least, inner, amount.map(Fixed)),
        st.builds(Bands, inner, pieces(rising=rising), st.just("effect")),
        st.builds(Floor, inner, amount),
        rounded,
        st.builds(Ceiling, inner, amount.map(abs), st.just("a ceiling")),
        st.builds(Times, leaf, leaf),
        st.builds(
            lambda of, tested, compare, limit, key: Condition(
                of, (Test(tested, compare, limit),), key
            ),
            st.builds(Floor, inner, st.just(Fraction(0))) if rising else inner,
            leaf,
            st.sampled_from((">=", ">") if rising else (">=", ">", "<=", "<")),
            amount.map(lambda limit: limit / 10),
            fresh,
        ),
    ]
    if with_state:
        made += [
            st.builds(Ceiling, rounded, amount.map(abs), st.just("a ceiling"), fresh),
            st.builds(ToDate, rounded, fresh, st.booleans()),
            st.builds(RunningTotal, leaf, fresh),
            st.builds(CarryForward, rounded, amount.map(abs), fresh, st.booleans(), st.booleans()),
            st.builds(
                lambda of, tested, limit, key, held, once_met: Condition(
                    of, (Test(tested, ">=", limit),), key, held, once_met
                ),
                rounded,
                leaf,
                amount.map(lambda limit: limit / 10),
                fresh,
                st.booleans(),
                st.booleans(),
            ),
        ]
    return st.one_of(made)
