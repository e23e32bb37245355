"""A column whose operations are written down: it stands for an array of any block of worlds.

numpy hands it every ufunc and those of its functions named here, so the code that draws, prices and
pays worlds is the one that is recorded. What is not known here raises `NotRecorded`; the worlds
then go the plain way.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy
from numpy.lib.mixins import NDArrayOperatorsMixin

from payforsuccess.finance.simulate.recorded.bounds import ANY, Bounds

if TYPE_CHECKING:
    from payforsuccess.finance.simulate.recorded.steps import Recorder


class NotRecorded(Exception):
    """Something that cannot be taken again for other worlds from the steps alone."""


class Column(NDArrayOperatorsMixin):
    """One number for each world: `values` of the few that are recorded, `least` and `most` of all.

    `dtype` is the kind of its numbers; integers may be kept as floats (see `steps`).
    """

    ndim = 1

    def __init__(
        self, recorder: Recorder, place: int, values: Any, bounds: Bounds, dtype: Any
    ) -> None:
        self.recorder, self.place, self.values = recorder, place, values
        self.least, self.most = bounds
        self.dtype = dtype
        self.is_whole = dtype.kind in "biu"

    @property
    def shape(self) -> tuple[int, ...]:
        """One dimension, of as many as are recorded."""
        return (self.recorder.worlds,)

    @property
    def size(self) -> int:
        """How many are recorded."""
        return self.recorder.worlds

    def __len__(self) -> int:
        return self.recorder.worlds

    def __bool__(self) -> bool:
        raise NotRecorded("a column is not one truth")

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise NotRecorded("a column left the steps that are written down")

    def _leaves(self, *_: Any) -> Any:
        raise NotRecorded("a column is not looked at number by number")

    __getitem__ = __setitem__ = __iter__ = __float__ = __int__ = __index__ = _leaves

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotRecorded(name)

    def astype(self, dtype: Any, copy: bool = True) -> Column:
        """The same numbers as another kind."""
        return self.recorder.cast(self, dtype)

    def min(self) -> End:
        """The least of every block's."""
        return End(self, is_most=False)

    def max(self) -> End:
        """The greatest of every block's."""
        return End(self, is_most=True)

    def any(self) -> bool:
        """Whether any number is not 0: every block must agree with the recorded one."""
        if self.least > 0 or self.most < 0:
            return True
        return self.recorder.asked(self, _any)

    def all(self) -> bool:
        """Whether no number is 0: every block must agree with the recorded one."""
        if self.least > 0 or self.most < 0:
            return True
        return self.recorder.asked(self, _all)

    def __array_ufunc__(
        self, ufunc: Any, method: str, *operands: Any, out: Any = None, **settings: Any
    ) -> Column:
        # What it is written into is left alone: every caller goes on with what is returned.
        if method != "__call__" or settings:
            raise NotRecorded(f"{ufunc.__name__}.{method}")
        known = _without_effect(ufunc, operands)
        return known if known is not None else self.recorder.ufunc(ufunc, operands)

    def __array_function__(self, function: Any, types: Any, arguments: Any, settings: Any) -> Any:
        known = _FUNCTIONS.get(function)
        if known is None or settings:
            raise NotRecorded(function.__name__)
        return known(self, *arguments)


class End:
    """The least or the greatest of a column, in a comparison with a number.

    Code asks for it to skip work that would change nothing. Only what the bounds prove for every
    block is skipped, so that the steps hold for all blocks.
    """

    def __init__(self, column: Column, *, is_most: bool) -> None:
        self._column, self._is_most = column, is_most

    def __le__(self, limit: float) -> bool:
        return self._column.most <= limit if self._is_most else not self > limit

    def __lt__(self, limit: float) -> bool:
        return self._column.most < limit if self._is_most else not self >= limit

    def __ge__(self, limit: float) -> bool:
        return self._column.least >= limit if not self._is_most else not self < limit

    def __gt__(self, limit: float) -> bool:
        return self._column.least > limit if not self._is_most else not self <= limit

    def __int__(self) -> int:
        """A whole number that no block passes.

        Where nothing bounds it, four times the largest that is recorded, which every block is held
        to.
        """
        column = self._column
        end = column.most if self._is_most else column.least
        if math.isinf(end):
            held = 4.0 ** (1 + math.ceil(math.log(max(abs(column.values).max(), 1.0), 4.0)))
            column.recorder.asked(column, Within(held))
            column.least, column.most = max(column.least, -held), min(column.most, held)
            end = column.most if self._is_most else column.least
        size = math.ceil(abs(end))
        size += size >> 50  # floating point rounds bounds that are larger than it holds exactly
        return size if end > 0 else -size


class Within:
    """Whether all numbers lie within a limit on both sides of 0."""

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def __call__(self, values: Any) -> bool:
        """Of the numbers of a block."""
        return bool(values.max() <= self._limit and values.min() >= -self._limit)


def _any(values: Any) -> bool:
    return bool(values.any())


def _all(values: Any) -> bool:
    return bool(values.all())


def _without_effect(ufunc: Any, operands: tuple[Any, ...]) -> Column | None:
    """The operand that comes out as it went in, if what is known of it shows that one does."""
    if ufunc is numpy.absolute:
        (column,) = operands
        return column if column.least >= 0 else None
    either_way = [operands] if ufunc is numpy.subtract else [operands, operands[::-1]]
    for column, number in either_way if ufunc in _STAYS else ():
        if isinstance(column, Column) and isinstance(number, int | float):
            kind = numpy.result_type(column.dtype, number)
            if kind == column.dtype and _STAYS[ufunc](column, number):
                return column
    return None


_STAYS: dict[Any, Callable[[Column, float], bool]] = {
    numpy.minimum: lambda column, limit: column.most <= limit,
    numpy.maximum: lambda column, limit: column.least >= limit,
    numpy.multiply: lambda _, by: by == 1,
    numpy.add: lambda _, more: more == 0,
    numpy.subtract: lambda _, less: less == 0,
}


def _column(operand: Any) -> Column:
    if not isinstance(operand, Column):
        raise NotRecorded("an operand that is no column")
    return operand


def _wide(_: Column, operand: Any, shape: Any, *others: Any) -> Column:
    column = _column(operand)
    if others or shape not in (column.recorder.worlds, column.shape):
        raise NotRecorded("a column of another size")
    return column


def _clip(of: Column, operand: Any, least: Any, most: Any) -> Any:
    found = operand if least is None else numpy.maximum(operand, least)
    return found if most is None else numpy.minimum(found, most)


def _where(of: Column, test: Any, yes: Any, no: Any) -> Any:
    if isinstance(test, Column) and test.least > 0:
        return yes
    if isinstance(test, Column) and test.most < 1 and test.dtype == bool:
        return no
    return of.recorder.choice(test, yes, no)


def _looked_up(of: Column, table: Any, at: Any, axis: int | None = -1) -> Column:
    return of.recorder.looked_up(table, _column(at))


_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    numpy.max: lambda _, column: column.max(),
    numpy.min: lambda _, column: column.min(),
    numpy.any: lambda _, column: column.any(),
    numpy.all: lambda _, column: column.all(),
    numpy.shape: lambda _, column: column.shape,
    numpy.ndim: lambda _, column: column.ndim,
    numpy.broadcast_to: _wide,
    numpy.clip: _clip,
    numpy.where: _where,
    numpy.take_along_axis: _looked_up,
}


def of_each(function: Callable[..., Any], *operands: Any) -> Any:
    """A function of each world's own numbers that numpy cannot hand on, such as those of scipy."""
    for each in operands:
        if isinstance(each, Column):
            return each.recorder.of_each(function, operands)
    return function(*operands)


__all__ = ["ANY", "Column", "End", "NotRecorded", "of_each"]
