"""Sums of columns that spend nothing on a plain 0."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.payments.worlds.inputs import Column


def added(one: Column, other: Column) -> Column:
    """Both together; the very other where one of them is a plain 0."""
    if isinstance(one, int) and one == 0:
        return other
    return one if isinstance(other, int) and other == 0 else one + other


def total(columns: Iterable[Column]) -> Column:
    """All together, 0 of none."""
    found: Column = 0
    for column in columns:
        found = added(found, column)
    return found
