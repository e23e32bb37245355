"""What can be said about a tree without knowing the results: bounds, falls, cliffs, gaps.

Structure first; where it cannot prove that payment never falls as an outcome improves, a search
looks for a counterexample and shows it. "Not proved" is never reported as "false".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from payforsuccess.payments.analyse.bounds import Bounds, Scope, always_holds, bounds_of
from payforsuccess.payments.analyse.gaps import Stretch, stretches_of
from payforsuccess.payments.analyse.interval import ANY, ZERO, Domain, Interval, Range, total_of
from payforsuccess.payments.analyse.knots import Search
from payforsuccess.payments.analyse.search import (
    Fall,
    Step,
    fall_in_one_period,
    fall_over_periods,
    steepest,
)
from payforsuccess.payments.analyse.trend import Direction, Question, Trend, trend_of
from payforsuccess.payments.nodes import Node, inputs_of

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Monotone:
    """Whether the amount can fall as one input gets better: proved, refuted by `fall`, or open."""

    name: str
    verdict: Literal["never falls", "falls", "not proved"]
    fall: Fall | None = None


@dataclass(frozen=True)
class Analysis:
    """Everything known about a tree over the ranges of its inputs."""

    bounds: Bounds
    monotone: tuple[Monotone, ...]
    cliffs: tuple[Step, ...]
    stretches: tuple[Stretch, ...]


def analyse(
    node: Node,
    scope: Scope,
    *,
    better: Mapping[str, Better],
    earned: Mapping[str, Direction] | None = None,
) -> Analysis:
    """Bounds, monotonicity and the largest cliff in each input that `better` names, and gaps."""
    search = Search(node, scope.domain)
    names = [name for name in inputs_of(node) if name in better]
    cliffs = [step for name in names if (step := steepest(search, name)) is not None]
    return Analysis(
        bounds=bounds_of(node, scope),
        monotone=tuple(
            monotone_in(node, name, scope, better=better[name], earned=earned, search=search)
            for name in names
        ),
        cliffs=tuple(cliffs),
        stretches=stretches_of(node, scope),
    )


def monotone_in(
    node: Node,
    name: str,
    scope: Scope,
    *,
    better: Better,
    earned: Mapping[str, Direction] | None = None,
    search: Search | None = None,
) -> Monotone:
    """Whether what is paid to date can fall as the input gets better in any period."""
    wanted = Direction.UP if better == "higher" else Direction.DOWN
    trend = trend_of(node, Question(name, scope, earned or {}))
    if trend.total in (Direction.FLAT, wanted):
        return Monotone(name, "never falls")
    search = search or Search(node, scope.domain)
    rises = better == "higher"
    fall = fall_in_one_period(search, name, rises=rises)
    if fall is None and scope.periods > 1:
        fall = fall_over_periods(search, name, rises=rises)
    return Monotone(name, "not proved" if fall is None else "falls", fall)


__all__ = [
    "ANY",
    "ZERO",
    "Analysis",
    "Better",
    "Bounds",
    "Direction",
    "Domain",
    "Fall",
    "Interval",
    "Monotone",
    "Question",
    "Range",
    "Scope",
    "Search",
    "Step",
    "Stretch",
    "Trend",
    "always_holds",
    "analyse",
    "bounds_of",
    "monotone_in",
    "steepest",
    "stretches_of",
    "total_of",
    "trend_of",
]
