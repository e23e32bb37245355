"""The steps of a block of worlds, written down as they are taken.

Integers that floating point holds exactly are kept as floats: the same numbers, without turning
columns from one kind into the other and back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from payforsuccess.finance.simulate.recorded.bounds import ANY, Bounds, bounds_of
from payforsuccess.finance.simulate.recorded.columns import Column, NotRecorded

EXACT = 2.0**53
"""Whole numbers up to here are exact in float64."""
INT, FLOAT = numpy.dtype(numpy.int64), numpy.dtype(numpy.float64)
WHOLE_OF_ANY = (numpy.floor, numpy.ceil, numpy.rint, numpy.trunc)
WHOLE_OF_WHOLE = (
    numpy.add,
    numpy.subtract,
    numpy.multiply,
    numpy.minimum,
    numpy.maximum,
    numpy.negative,
    numpy.absolute,
)


@dataclass(frozen=True)
class Step:
    """One operation: a ufunc, or a function that writes into its last argument.

    Operands are columns found before, numbers, or small tables. `key` is set for what a block
    brings itself, and nothing is done for it.
    """

    function: Any
    operands: tuple[Any, ...]
    dtype: Any
    reads: frozenset[int]
    """The places of the columns among the operands."""
    key: Any = None


@dataclass(frozen=True)
class Guard:
    """What a block must have in common with the recorded one: `holds(column)` is `expected`."""

    column: Column
    holds: Callable[[Any], bool]
    expected: bool


class Recorder:
    """Takes the place of arrays for a few worlds, and writes down what is done with them.

    The same operation on the same columns stands once.
    """

    def __init__(self, worlds: int) -> None:
        self.worlds = worlds
        self.steps: list[Step] = []
        self.guards: list[Guard] = []
        self.told_from: int | None = None
        """The first step of what is told of the worlds, once they are paid."""
        self._known: dict[Any, Column] = {}
        self._dtypes: dict[Any, Any] = {}

    def brought(self, key: Any, values: Any) -> Column:
        """A column that every block brings itself."""
        return self._column(("brought", key), None, (), values, ANY, FLOAT, key)

    def ufunc(self, function: Any, operands: Sequence[Any]) -> Column:
        """A ufunc over columns and numbers."""
        dtype = self._dtype(function, operands)
        bounds = bounds_of(function, *map(_bounds, operands))
        if dtype == INT and function in WHOLE_OF_WHOLE and _exact(bounds, *operands):
            operands = [self._as_float(each) for each in operands]
        elif dtype == INT or not (dtype == FLOAT or _exact((0, 0), *operands)):
            operands = [self._as_int(each) for each in operands]
        found = self._take(function, operands, function, bounds, dtype)
        if function in WHOLE_OF_ANY:
            found.is_whole = True
        if function is numpy.copysign:
            found.is_whole = _is_whole(operands[0])
        if function in WHOLE_OF_WHOLE:
            found.is_whole = all(map(_is_whole, operands))
        self._less_a_part(function, operands, found)
        return found

    def choice(self, test: Any, yes: Any, no: Any) -> Column:
        """One or the other by a test, as `numpy.where`."""
        dtype = self._dtype(numpy.where, (test, yes, no))
        least, most = zip(_bounds(yes), _bounds(no), strict=True)
        bounds = (min(least), max(most))
        is_whole = _is_whole(yes) and _is_whole(no)
        if dtype == INT:
            exact = _exact(bounds, yes, no)
            yes, no = ((self._as_float if exact else self._as_int)(each) for each in (yes, no))
        found = self._take(choose, (test, yes, no), numpy.where, bounds, dtype)
        found.is_whole = is_whole
        return found

    def looked_up(self, table: Any, at: Column) -> Column:
        """A small table's numbers at the places that a column names."""
        if table.dtype.kind == "O":
            raise NotRecorded("a table of numbers that int64 does not hold")
        bounds = _bounds(table)
        kept = table.astype(FLOAT) if table.dtype == INT and _exact(bounds) else table
        key = (look_up, tuple(table.tolist()), at.place)
        found = self._column(key, look_up, (kept, at), kept[at.values], bounds, table.dtype)
        found.is_whole = table.dtype == INT
        return found

    def of_each(self, function: Callable[..., Any], operands: Sequence[Any]) -> Column:
        """A function that numpy does not know, of each world's own numbers."""
        values = function(*map(_values, operands))
        return self._take(function, operands, lambda *_: values, ANY, values.dtype)

    def cast(self, column: Column, dtype: Any) -> Column:
        """The column as numbers of another kind."""
        dtype = numpy.dtype(dtype)
        if dtype == column.dtype:
            return column
        if dtype.kind == "O":
            raise NotRecorded("numbers that int64 does not hold")
        stays = column.values.dtype == FLOAT and (
            dtype == FLOAT or (dtype == INT and column.is_whole and _exact(_bounds(column)))
        )
        if stays:
            bounds = _bounds(column)
            same = Column(self, column.place, column.values, bounds, dtype)
            same.is_whole = column.is_whole
            return same
        as_float = dtype == INT and column.is_whole and _exact(_bounds(column))
        found = self._written(column, FLOAT if as_float else dtype, called=dtype)
        found.is_whole = found.is_whole or column.is_whole
        return found

    def copied(self, column: Column) -> Column:
        """What a block brings, in a column of its own; any other as it is."""
        if self.steps[column.place].key is None:
            return column
        return self.ufunc(numpy.positive, (column,))

    def physical(self, column: Column) -> Column:
        """The column as what it is called: integers that are kept as floats become integers."""
        if column.values.dtype == column.dtype:
            return column
        return self._written(column, column.dtype, called=column.dtype)

    def _written(self, column: Column, dtype: Any, *, called: Any) -> Column:
        return self._take(
            Cast(dtype), (column,), lambda values: values.astype(dtype), _bounds(column), called
        )

    def asked(self, column: Column, holds: Callable[[Any], bool]) -> bool:
        """What holds of the recorded column, and must hold or fail in every block alike."""
        expected = holds(column.values)
        self.guards.append(Guard(column, holds, expected))
        return expected

    def _dtype(self, function: Any, operands: Sequence[Any]) -> Any:
        """The kind of numbers that a function makes of such operands."""
        kinds = (function, *(getattr(each, "dtype", type(each)) for each in operands))
        if kinds not in self._dtypes:
            self._dtypes[kinds] = function(*map(_sample, operands)).dtype
        return self._dtypes[kinds]

    def _less_a_part(self, function: Any, operands: Sequence[Any], found: Column) -> None:
        """What is left after taking the smaller of an amount and another is never below 0."""
        if function is not numpy.subtract or not isinstance(operands[1], Column):
            return
        taken = self.steps[operands[1].place]
        if taken.function is numpy.minimum and any(_same(operands[0], o) for o in taken.operands):
            found.least = max(found.least, 0.0)

    def _as_int(self, operand: Any) -> Any:
        if isinstance(operand, Column) and operand.dtype == INT:
            return self.physical(operand)
        return operand

    def _as_float(self, operand: Any) -> Any:
        if not isinstance(operand, Column):
            return numpy.asarray(operand).astype(FLOAT) if numpy.ndim(operand) else float(operand)
        if operand.values.dtype == INT:
            return self._written(operand, FLOAT, called=INT)
        return operand

    def _take(
        self,
        function: Any,
        operands: Sequence[Any],
        worked: Callable[..., Any],
        bounds: Bounds,
        dtype: Any,
    ) -> Column:
        operands = tuple(_as_number(each) for each in operands)
        key = (function, *(map(_key, operands)))
        known = self._known.get(key)
        if known is not None and known.dtype == dtype:
            return known
        values = worked(*map(_values, operands))
        return self._column(key, function, operands, values, bounds, dtype)

    def _column(
        self,
        known_by: Any,
        function: Any,
        operands: tuple[Any, ...],
        values: Any,
        bounds: Bounds,
        dtype: Any,
        key: Any = None,
    ) -> Column:
        known = self._known.get(known_by)
        if known is not None and known.dtype == dtype:
            return known
        if values.shape != (self.worlds,) or values.dtype.kind == "O":
            raise NotRecorded(f"{function} gives no column of plain numbers")
        found = Column(self, len(self.steps), values, bounds, dtype)
        found.is_whole = found.is_whole or values.dtype.kind in "biu"
        reads = frozenset(each.place for each in operands if isinstance(each, Column))
        self.steps.append(Step(function, operands, values.dtype, reads, key))
        self._known[known_by] = found
        return found


@dataclass(frozen=True)
class Cast:
    """Writes a column's numbers as another kind."""

    dtype: Any

    def __call__(self, values: Any, into: Any) -> None:
        """Into another column."""
        numpy.copyto(into, values, casting="unsafe")


def choose(test: Any, yes: Any, no: Any, into: Any) -> None:
    """Writes one or the other, by a test."""
    numpy.copyto(into, no, casting="unsafe")
    numpy.copyto(into, yes, where=test, casting="unsafe")


def look_up(table: Any, at: Any, into: Any) -> None:
    """Writes a table's numbers at some places."""
    numpy.take(table, at, out=into, mode="clip")


def _values(operand: Any) -> Any:
    return operand.values if isinstance(operand, Column) else operand


def _sample(operand: Any) -> Any:
    """One number of the operand's kind, by which numpy tells the kind of a result."""
    if isinstance(operand, Column):
        return numpy.ones(1, dtype=operand.dtype)
    return operand[:1] if isinstance(operand, numpy.ndarray) and operand.ndim else operand


def _bounds(operand: Any) -> Bounds:
    if isinstance(operand, Column):
        return operand.least, operand.most
    if isinstance(operand, int | float):
        return float(operand), float(operand)
    values = numpy.asarray(operand)
    if values.dtype.kind not in "biuf":
        raise NotRecorded(f"an operand of kind {values.dtype}")
    return float(values.min()), float(values.max())


def _exact(bounds: Bounds, *operands: Any) -> bool:
    """Whether floats hold a whole number within the bounds exactly, and its operands too."""
    lie = [bounds, *map(_bounds, operands)]
    return all(least >= -EXACT and most <= EXACT for least, most in lie)


def _is_whole(operand: Any) -> bool:
    if isinstance(operand, Column):
        return operand.is_whole
    if isinstance(operand, int | float):
        return operand == operand // 1
    return bool(numpy.all(numpy.asarray(operand) == numpy.floor(operand)))


def _as_number(operand: Any) -> Any:
    """An array of one number all along as that number; of others no block can be sure."""
    if not isinstance(operand, numpy.ndarray) or not operand.ndim:
        return operand
    if not operand.size or numpy.any(operand != operand.flat[0]):
        raise NotRecorded("a column that no block brings and no step finds")
    return operand.flat[0]


def _key(operand: Any) -> Any:
    return ("place", operand.place) if isinstance(operand, Column) else (type(operand), operand)


def _same(one: Any, other: Any) -> bool:
    both = isinstance(one, Column) and isinstance(other, Column)
    return both and one.place == other.place
