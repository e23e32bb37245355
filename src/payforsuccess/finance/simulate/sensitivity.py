"""Which assumption matters most: each moved to its low and high alone, with the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import (
    Assumed,
    AssumedDays,
    AssumedLength,
    AssumedShare,
    Assumptions,
)
from payforsuccess.deal.fields import Duration
from payforsuccess.deal.results import Result
from payforsuccess.finance.simulate.figures import Figure, mean
from payforsuccess.finance.simulate.simulate import Simulation, simulate
from payforsuccess.payments.history import DealHistory

Path = tuple[str | int, ...]
InCases = Assumed | AssumedShare | AssumedDays | AssumedLength
Value = Fraction | int | Duration


@dataclass(frozen=True)
class Moved:
    """One assumption at its low and high, all else as in the base case.

    `low` and `high` are what the figure comes to there; `width` is how far apart they lie.
    """

    path: str
    values: tuple[Value, Value, Value]
    low: Figure
    high: Figure

    @property
    def width(self) -> float:
        """The distance between the two."""
        return abs(self.high.value - self.low.value)


@dataclass(frozen=True)
class Tornado:
    """A figure at the base case, and every assumption that has cases, the widest first."""

    figure: str
    base: Figure
    moved: tuple[Moved, ...]


def sensitivity(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    figure: str = "paid",
    seed: int,
    worlds: int,
    scrambles: int,
    known: Sequence[Result] = (),
) -> Tornado:
    """The mean of a figure (a name of `Sample`) as each assumption moves from low to high.

    Common draws throughout, and whole worlds priced anew each time, so that cliffs and gates show.
    Lags and the discount rate move like any other number; the rate moves only what is told at its
    worth at the start (`worth`). Assumptions without a low or high case do not move.
    """

    def at(changed: Assumptions) -> Figure:
        found = simulate(
            history,
            changed,
            seed=seed,
            worlds=worlds,
            scrambles=scrambles,
            known=known,
            with_rates=figure.startswith("rate:"),
        )
        return mean(_columns(found, figure))

    base = at(assumptions)
    moved = []
    for path, value in assumed_in(assumptions):
        if value.low is None and value.high is None:
            continue
        ends = (value.in_case("low"), value.in_case("base"), value.in_case("high"))
        low, high = (at(_with(assumptions, path, end)) for end in (ends[0], ends[2]))
        moved.append(Moved(".".join(str(part) for part in path), ends, low, high))
    moved.sort(key=lambda one: (-one.width, one.path))
    return Tornado(figure, base, tuple(moved))


def _columns(found: Simulation, name: str) -> list[Any]:
    return found.columns(name)


def assumed_in(assumptions: Assumptions) -> Iterator[tuple[Path, InCases]]:
    """Every number with cases in the assumptions, with its path in the file."""
    yield from _walk(assumptions, ())


def _walk(part: Any, path: Path) -> Iterator[tuple[Path, InCases]]:
    if isinstance(part, InCases):
        yield path, part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _walk(value, (*path, key))
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from _walk(value, (*path, getattr(value, "name", number)))
    elif hasattr(type(part), "model_fields"):
        for key in type(part).model_fields:
            yield from _walk(getattr(part, key), (*path, key))


def _with(part: Any, path: Path, base: Value) -> Any:
    """The same assumptions with the base case of one number changed."""
    if not path:
        return part.model_copy(update={"base": base})
    key, rest = path[0], path[1:]
    if isinstance(part, dict):
        return {**part, key: _with(part[key], rest, base)}
    if isinstance(part, tuple):
        return tuple(
            _with(value, rest, base) if getattr(value, "name", number) == key else value
            for number, value in enumerate(part)
        )
    return part.model_copy(update={str(key): _with(getattr(part, str(key)), rest, base)})
