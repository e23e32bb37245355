"""Results by person as columns: one row an outcome, period and person; keys are pseudonyms.

`PeopleList` works on Python integers and needs nothing installed; `people_arrays.PeopleArrays`
holds the same columns as int64 arrays for large deals. Both answer alike; a law holds them equal.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.nodes import Node
from payforsuccess.payments.reading import read
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact, split_by_largest_remainder

Column = Any
"""Whole numbers, one for each person in the order of `keys`: a list or an int64 array."""


@dataclass(frozen=True)
class PersonRow:
    """What one person contributed to one outcome in one period, and the source rows behind it.

    `quantity` is exact and in the outcome's unit. `groups` are the subgroups the person belongs
    to. `source` is `feed:row` texts joined by semicolons.
    """

    outcome: str
    period: int
    person: str
    quantity: Fraction
    groups: tuple[str, ...] = ()
    source: str = ""
    cohort: str = ""


class People(Protocol):
    """Results by person, dense over all people, in whole ticks."""

    @property
    def keys(self) -> Sequence[str]:
        """Every person's key, sorted."""

    @property
    def slots(self) -> Sequence[tuple[str, int]]:
        """Every outcome and period that has rows, sorted."""

    def has(self, outcome: str, period: int) -> bool:
        """Whether there are rows for the outcome in the period."""

    def cohorts(self, outcome: str, period: int) -> frozenset[str]:
        """The cohorts that the rows name; an empty text for rows that name none."""

    def quantities(
        self, outcome: str, period: int, *, tick: Fraction, group: str = "", cohort: str = ""
    ) -> Column:
        """Each person's quantity in ticks, 0 without a row; of a subgroup or cohort if named."""

    def read(
        self, node: Node, inputs: Mapping[str, Column], before: Mapping[str, Column]
    ) -> tuple[Column, dict[str, Column]]:
        """The tree for each person, and each person's new state."""

    def total(self, column: Column) -> int:
        """The sum over people."""

    def add(self, one: Column, other: Column) -> Column:
        """Both columns added, person by person."""

    def split(self, total: int, weights: Column) -> Column:
        """`total` in proportion to `weights` by largest remainder, ties to the smaller key."""

    def fingerprint(self, outcome: str, period: int) -> str:
        """The fingerprint of the rows of one outcome and period, whatever their order."""

    def sources(self, outcome: str, period: int) -> Mapping[str, str]:
        """The source rows behind each person's quantity."""


def key_digest(key: str) -> bytes:
    """Sixteen bytes that stand for a key inside a fingerprint."""
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def slot_digest(digests: bytes, quantities: bytes) -> str:
    """The fingerprint of one outcome and period: key digests, then quantities, in key order."""
    return "sha256:" + hashlib.sha256(digests + b"|" + quantities).hexdigest()


def marks_bytes(rows: Iterable[tuple[str, str, str, Fraction | int]]) -> bytes:
    """Rows that name a cohort or groups, as bytes in a total order; empty without any.

    Each row is person, cohort, groups joined by semicolons, quantity: these too decide what is
    paid, so they are part of the fingerprint.
    """
    lines = sorted(
        "|".join((key_digest(key).hex(), cohort, _sorted_groups(groups), str(quantity)))
        for key, cohort, groups, quantity in rows
    )
    return ("|" + "\n".join(lines)).encode() if lines else b""


def _sorted_groups(groups: str) -> str:
    return ";".join(sorted(part for part in groups.split(";") if part))


def people_fingerprint(people: People) -> str:
    """The fingerprint of all rows by person, whatever their order (source rows left out)."""
    return fingerprint([[name, at, people.fingerprint(name, at)] for name, at in people.slots])


def _amount_bytes(amounts: Sequence[Fraction]) -> bytes:
    """Quantities as bytes: eight each, little end first, when all are whole; else as text."""
    try:
        return struct.pack(f"<{len(amounts)}q", *(_whole(amount) for amount in amounts))
    except (ValueError, struct.error):
        return " ".join(map(str, amounts)).encode()


def _whole(amount: Fraction) -> int:
    if amount.denominator != 1:
        raise ValueError("not whole")
    return amount.numerator


def off_the_grid(outcome: str, period: int, tick: Fraction) -> Refusal:
    """The problem of a person's quantity that is no whole number of ticks; names no person."""
    return Refusal(
        Problem(
            sentence(
                "A quantity by person for `{outcome}` in period {period} is not a whole number of "
                "its smallest step, {tick}.",
                outcome=outcome,
                period=period,
                tick=str(tick),
            ),
            sentence("Correct the rows, or give the outcome a smaller step in the deal."),
        )
    )


class PeopleList:
    """Results by person on plain Python integers."""

    def __init__(self, rows: Iterable[PersonRow]) -> None:
        self._slots: dict[tuple[str, int], dict[str, list[PersonRow]]] = {}
        for row in rows:
            slot = self._slots.setdefault((row.outcome, row.period), {})
            slot.setdefault(row.person, []).append(row)
        self._keys = sorted({key for slot in self._slots.values() for key in slot})
        self._at = {key: at for at, key in enumerate(self._keys)}

    @property
    def keys(self) -> Sequence[str]:
        """Every person's key, sorted."""
        return self._keys

    @property
    def slots(self) -> Sequence[tuple[str, int]]:
        """Every outcome and period that has rows, sorted."""
        return sorted(self._slots)

    def has(self, outcome: str, period: int) -> bool:
        """Whether there are rows for the outcome in the period."""
        return (outcome, period) in self._slots

    def cohorts(self, outcome: str, period: int) -> frozenset[str]:
        """The cohorts that the rows name; an empty text for rows that name none."""
        slot = self._slots.get((outcome, period), {})
        return frozenset(row.cohort for rows in slot.values() for row in rows)

    def quantities(
        self, outcome: str, period: int, *, tick: Fraction, group: str = "", cohort: str = ""
    ) -> list[int]:
        """Each person's quantity in ticks, 0 without a row; of a subgroup or cohort if named."""
        column = [0] * len(self._keys)
        for key, rows in self._slots.get((outcome, period), {}).items():
            for row in rows:
                if (group and group not in row.groups) or (cohort and row.cohort != cohort):
                    continue
                ticks = row.quantity / tick
                if ticks.denominator != 1:
                    raise off_the_grid(outcome, period, tick)
                column[self._at[key]] += ticks.numerator
        return column

    def read(
        self, node: Node, inputs: Mapping[str, list[int]], before: Mapping[str, list[int]]
    ) -> tuple[list[int], dict[str, list[int]]]:
        """The tree for each person, and each person's new state."""
        reading = read(node)
        values: list[int] = []
        states: dict[str, list[int]] = {}
        for at in range(len(self._keys)):
            after: dict[str, int] = {}
            values.append(
                reading(
                    {name: column[at] for name, column in inputs.items()},
                    {name: column[at] for name, column in before.items()},
                    after,
                )
            )
            for name, value in after.items():
                states.setdefault(name, [0] * len(self._keys))[at] = value
        return values, states

    def total(self, column: list[int]) -> int:
        """The sum over people."""
        return sum(column)

    def add(self, one: list[int], other: list[int]) -> list[int]:
        """Both columns added, person by person."""
        return [a + b for a, b in zip(one, other, strict=True)]

    def split(self, total: int, weights: list[int]) -> list[int]:
        """`total` in proportion to `weights` by largest remainder, ties to the smaller key.

        A weight below 0 counts as 0; with no weight above 0 nobody gets anything.
        """
        positive = [max(weight, 0) for weight in weights]
        if not any(positive):
            return [0] * len(weights)
        return split_by_largest_remainder(total, positive)

    def fingerprint(self, outcome: str, period: int) -> str:
        """The fingerprint of the rows of one outcome and period, whatever their order."""
        slot = self._slots.get((outcome, period), {})
        keys = sorted(slot)
        amounts = [sum((row.quantity for row in slot[key]), Fraction(0)) for key in keys]
        marks = marks_bytes(
            (key, row.cohort, ";".join(row.groups), row.quantity)
            for key in keys
            for row in slot[key]
            if row.cohort or row.groups
        )
        return slot_digest(b"".join(map(key_digest, keys)), _amount_bytes(amounts) + marks)

    def sources(self, outcome: str, period: int) -> Mapping[str, str]:
        """The source rows behind each person's quantity."""
        slot = self._slots.get((outcome, period), {})
        return {
            key: ";".join(dict.fromkeys(row.source for row in rows if row.source))
            for key, rows in slot.items()
        }


def rows_from_columns(columns: Mapping[str, Sequence[Any]]) -> list[PersonRow]:
    """Rows from equally long columns `outcome, period, person, quantity[, groups, source, cohort]`.

    Quantities are decimal texts or integers; groups are joined by semicolons.
    """
    count = len(columns["person"])
    empty = [""] * count
    groups, sources = columns.get("groups", empty), columns.get("source", empty)
    cohorts = columns.get("cohort", empty)
    return [
        PersonRow(
            outcome=str(columns["outcome"][at]),
            period=int(columns["period"][at]),
            person=str(columns["person"][at]),
            quantity=exact(str(columns["quantity"][at])),
            groups=tuple(part for part in str(groups[at] or "").split(";") if part),
            source=str(sources[at] or ""),
            cohort=str(cohorts[at] or ""),
        )
        for at in range(count)
    ]
