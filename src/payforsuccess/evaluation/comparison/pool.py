"""The people a comparison is drawn from, as they were before the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.trail import fingerprint, fingerprint_bytes

DEPENDENT = 1e-6
"""A trait is a sum of others when this share of its spread is left once they are taken out."""


@dataclass(frozen=True, eq=False)
class ComparisonPool:
    """People served and people they may be compared with. There is no field for an outcome.

    keys: (n,) whole numbers or text, one a person. treated: (n,) whether served. traits: (n, k)
    facts from before the programme, named by `names`, yes and no as 1 and 0. Rows stand in file
    order, by which ties are settled. Arrays are copied and cannot be written to. Refuses people
    who stand twice, a side with no one, and unknown traits.
    """

    keys: NDArray
    treated: NDArray[np.bool_]
    names: tuple[str, ...]
    traits: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Copy, and refuse what nothing can be made from (ValueError for wrong shapes)."""
        keys, treated = np.array(self.keys), np.array(self.treated)
        traits, names = np.array(self.traits, dtype=np.float64), tuple(self.names)
        if keys.ndim != 1 or treated.shape != keys.shape or treated.dtype != np.bool_:
            raise ValueError("keys and treated are of one length, and treated is of booleans")
        if traits.shape != (len(keys), len(names)) or len(set(names)) != len(names):
            raise ValueError("traits are one row a person and one column a name, each name once")
        for name, value in (("keys", keys), ("treated", treated), ("traits", traits)):
            value.flags.writeable = False
            object.__setattr__(self, name, value)
        object.__setattr__(self, "names", names)
        problems = [*_of_people(keys, treated), *_of_traits(names, traits)]
        if problems:
            raise Refusal(problems)

    @cached_property
    def people(self) -> str:
        """The fingerprint of the keys in their order: what outcomes must stand in."""
        return people_of(self.keys)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of people, sides, names and traits."""
        return fingerprint(
            {
                "people": self.people,
                "treated": fingerprint_bytes(np.packbits(self.treated).tobytes()),
                "names": list(self.names),
                "traits": fingerprint_bytes(np.ascontiguousarray(self.traits, "<f8").tobytes()),
            }
        )

    def columns(self, names: Sequence[str] | None = None) -> NDArray[np.float64]:
        """(n, k) the traits of these names, or all; ValueError for a name it does not hold."""
        if names is None:
            return self.traits
        missing = sorted(set(names) - set(self.names))
        if missing:
            raise ValueError(f"the pool has no trait {', '.join(missing)}")
        return self.traits[:, [self.names.index(name) for name in names]]


def people_of(keys: NDArray) -> str:
    """The fingerprint of keys in their order."""
    return fingerprint([str(key) for key in np.asarray(keys).tolist()])


def refuse_dependent(
    columns: NDArray[np.float64], names: Sequence[str], *, who: str = "Everyone"
) -> None:
    """Refuse, by name, traits without spread and traits that follow from those before them.

    who: whom the rows are of, as a sentence begins: "Everyone".
    """
    problems = []
    spread = columns.std(axis=0)
    flat = [name for name, one in zip(names, spread, strict=True) if one == 0]
    if flat:
        problems.append(
            Problem(
                f"{who} has the same value of {', '.join(flat)}.",
                "Take it out of the covariates: nothing can be adjusted for.",
            )
        )
    kept: list[NDArray[np.float64]] = []
    follow = []
    for index in np.flatnonzero(spread).tolist():
        column = (columns[:, index] - columns[:, index].mean()) / spread[index]
        column = column / np.sqrt(len(column))
        left = column.copy()
        for _ in range(2):  # twice is enough (Kahan)
            for other in kept:
                left = left - _along(other, left) * other
        size = float(np.sqrt(_along(left, left)))
        if size < DEPENDENT:
            follow.append(names[index])
        else:
            kept.append(left / size)
    if follow:
        problems.append(
            Problem(
                f"{who} considered, these covariates follow from the others: {', '.join(follow)}.",
                "Leave them out; of a set of yes-or-no traits that add up to 1, leave one out.",
            )
        )
    if problems:
        raise Refusal(problems)


def _along(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The inner product, by one thread: a product of vectors gains nothing from several."""
    return float(np.einsum("i,i->", one, other))


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What is known of people afterwards: keys (n,) in the order of the pool, values (n,) floats.

    A value that is not known is NaN. Made long after the pool, and never part of it.
    """

    keys: NDArray
    values: NDArray[np.float64]

    def __post_init__(self) -> None:
        """ValueError for wrong shapes."""
        keys, values = np.array(self.keys), np.array(self.values, dtype=np.float64)
        if keys.ndim != 1 or values.shape != keys.shape:
            raise ValueError("outcomes are one a key")
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "values", values)


def known_outcomes(
    outcomes: Outcomes, people: str, treated: NDArray[np.bool_], *, used: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(n,) the values, 0 for who is not used.

    people: the fingerprint that the keys must have. Refuses other people, another order, and
    values not known among people used, counted by side.
    """
    if people_of(outcomes.keys) != people:
        raise Refusal(
            Problem(
                "The outcomes are of other people than the pool, or stand in another order.",
                "Give one outcome a person, in the order of the pool.",
            )
        )
    unknown = ~np.isfinite(outcomes.values) & used
    if unknown.any():
        served = int((unknown & treated).sum())
        raise Refusal(
            Problem(
                f"The outcome is not known for {served:,} people served and "
                f"{int(unknown.sum()) - served:,} people they are compared with.",
                "Say in the plan what holds for people without an outcome, and leave them out "
                "before the comparison is made.",
            )
        )
    return np.where(used, outcomes.values, 0.0)


def _of_people(keys: NDArray, treated: NDArray[np.bool_]) -> list[Problem]:
    problems = []
    twice = len(keys) - len(np.unique(keys))
    if twice:
        problems.append(
            Problem(
                f"{twice:,} rows repeat a person who stands in the comparison pool already.",
                "Keep one row a person.",
            )
        )
    if not treated.any():
        problems.append(
            Problem("The comparison pool holds no one who was served.", "Check the arm's label.")
        )
    if treated.all():
        problems.append(
            Problem("The comparison pool holds no one to compare with.", "Check the arm's label.")
        )
    return problems


def _of_traits(names: tuple[str, ...], traits: NDArray[np.float64]) -> list[Problem]:
    unknown = (~np.isfinite(traits)).sum(axis=0)
    return [
        Problem(
            f"The trait {name} is not known for {int(count):,} people.",
            "Fill it in by a rule that the plan states, or leave the trait out.",
        )
        for name, count in zip(names, unknown, strict=True)
        if count
    ]
