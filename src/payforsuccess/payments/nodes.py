"""The small tree a payment term compiles to: frozen nodes, and nothing that computes.

Every node stands for an exact rational: an integer that varies with the outcomes times a unit
that is fixed when the tree is built (`unit_of` in `exact_units`). An `Outcome` is so many smallest
steps; a `Price` changes only the unit; whole minor units appear at `Round`. So one definition can
be read with Python integers and with int64 arrays and give the same cents.

State that lasts from period to period (what a ceiling has used, what is carried or held) lives
outside the tree, under the `key` of the node that keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal

from payforsuccess.units import RoundingRule


@dataclass(frozen=True)
class Outcome:
    """The value of an input: an outcome in whole ticks, or 0 or 1 for a fact.

    `name` is the outcome's name, `outcome@group` for a subgroup's part, `fact:name` for a fact.
    """

    name: str
    tick: Fraction = Fraction(1)
    unit: str = ""
    money: bool = False


@dataclass(frozen=True)
class Fixed:
    """A number that no outcome changes; minor units with `money`."""

    value: Fraction
    says: str = ""
    money: bool = False


@dataclass(frozen=True)
class Price:
    """`of` times an exact rate: minor units for each unit (`money`), a share, or a sign."""

    of: Node
    each: Fraction
    says: str = ""
    money: bool = False


@dataclass(frozen=True)
class Times:
    """`of` times `by`, both varying: an amount per person times people."""

    of: Node
    by: Node


@dataclass(frozen=True)
class Sum:
    """All parts added."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Least:
    """The smaller of two."""

    one: Node
    other: Node
    says: str = ""


@dataclass(frozen=True)
class Piece:
    """One band in exact units: edges, the amount at its start and the growth per unit above it.

    `low` None reaches down without end (then `slope` is 0), `high` None up without end. `origin`
    is the value from which the slope counts.
    """

    low: Fraction | None
    includes_low: bool
    high: Fraction | None
    includes_high: bool
    base: Fraction
    slope: Fraction

    @property
    def origin(self) -> Fraction:
        """Where the slope starts."""
        return self.low if self.low is not None else Fraction(0)


@dataclass(frozen=True)
class Bands:
    """The amount of the band that holds `of`; a value in no band is refused, never paid 0."""

    of: Node
    pieces: tuple[Piece, ...]
    outcome: str


@dataclass(frozen=True)
class Floor:
    """Not less than `at`."""

    of: Node
    at: Fraction
    says: str = ""


@dataclass(frozen=True)
class Round:
    """`of` brought to whole units (minor units, or whole ticks) by the term's rule, once."""

    of: Node
    rule: RoundingRule
    to: Fraction = Fraction(1)


@dataclass(frozen=True)
class Ceiling:
    """Not more than `at`, in one period or, with a `key`, over all periods together.

    A lifetime ceiling that is below what was already used takes nothing back and lets nothing
    more through. A negative amount passes and gives room back.
    """

    of: Node
    at: Fraction
    says: str
    key: str = ""


@dataclass(frozen=True)
class Test:
    """`of` compared with a limit."""

    of: Node
    compare: Literal[">=", ">", "<=", "<"]
    limit: Fraction
    says: str = ""


@dataclass(frozen=True)
class Earned:
    """Whether the term of this name has earned more than 0 to date (a sequence condition)."""

    term: str
    says: str = ""


@dataclass(frozen=True)
class Condition:
    """`of` while every test holds, else 0.

    `held`: what was not let through waits under `key` and comes out when the tests hold.
    `once_met`: tests that have held in one period hold for good (remembered under `key`).
    """

    of: Node
    tests: tuple[Test | Earned, ...]
    key: str
    held: bool = False
    once_met: bool = False


@dataclass(frozen=True)
class ToDate:
    """`of`, read to date, less what it gave before; a step down is 0 unless it claws back."""

    of: Node
    key: str
    claws_back: bool = False


@dataclass(frozen=True)
class RunningTotal:
    """`of` in this period and all before it."""

    of: Node
    key: str


@dataclass(frozen=True)
class CarryForward:
    """Not more than `at` in a period; what is cut waits under `key` and goes first later.

    `takes_carried`: whether this period may still pay what waited; after the last day for it,
    what waited is lost. `goes_on`: whether a later period may, so that what is cut is kept.
    """

    of: Node
    at: Fraction
    key: str
    takes_carried: bool
    goes_on: bool = True


Node = (
    Outcome
    | Fixed
    | Price
    | Times
    | Sum
    | Least
    | Bands
    | Floor
    | Round
    | Ceiling
    | Condition
    | ToDate
    | RunningTotal
    | CarryForward
)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes directly under `node`, tests included, in order."""
    found: list[Node] = []
    for item in fields(node):
        value = getattr(node, item.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Test):
                found.append(part.of)
            elif isinstance(part, Node):
                found.append(part)
    return tuple(found)


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything under it."""
    yield node
    for part in below(node):
        yield from walk(part)


def inputs_of(node: Node) -> tuple[str, ...]:
    """The names of all inputs the tree reads, sorted."""
    return tuple(sorted({part.name for part in walk(node) if isinstance(part, Outcome)}))
