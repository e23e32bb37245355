"""Recorded steps taken again for a block of worlds, into the same few columns of memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy

from payforsuccess.finance.simulate.recorded.columns import Column, NotRecorded
from payforsuccess.finance.simulate.recorded.order import order_of
from payforsuccess.finance.simulate.recorded.steps import Cast, Recorder, Step, choose, look_up

LINE = 64
"""Bytes that a processor moves together: columns begin at a multiple of it."""


class Differs(Exception):
    """A block of worlds that the recorded steps do not hold for."""


@dataclass(frozen=True)
class _Slot:
    """Where a column stands: with those of its size, brought by the block, or told of it."""

    kind: str
    at: Any
    dtype: Any


class Program:
    """The steps for blocks of one size, ready to be taken.

    `told` are the columns wanted, and numbers that are the same in all worlds.
    """

    def __init__(self, recorder: Recorder, told: Mapping[str, Any], worlds: int) -> None:
        columns = {
            name: recorder.copied(recorder.physical(each))
            for name, each in told.items()
            if isinstance(each, Column)
        }
        self._worlds, self._names = worlds, tuple(told)
        self._numbers = {name: _number(each) for name, each in told.items() if name not in columns}
        self._rows = {place: row for row, place in enumerate(_places(columns.values()))}
        self._kinds = {column.place: column.dtype for column in columns.values()}
        self._told = {name: column.place for name, column in columns.items()}
        self._calls: list[tuple[Callable[..., Any], list[Any]]] = []
        self._brought: list[tuple[list[Any], int, Any]] = []
        self._written: list[tuple[list[Any], int, int]] = []
        self._wide: dict[Any, Any] = {}
        self._lay_out(recorder, order_of(recorder, columns.values()))

    def run(self, brought: Callable[[Any], Any]) -> Mapping[str, Any]:
        """What is told of a block; `brought` gives the columns that it brings, by their keys.

        Raises Differs where a guard finds that the block is not like the recorded one.
        """
        rows = {place: numpy.empty(self._worlds, dtype=kind) for place, kind in self._kinds.items()}
        by_row = [rows[place] for place in self._rows]
        for operands, at, key in self._brought:
            operands[at] = brought(key)
        for operands, at, row in self._written:
            operands[at] = by_row[row]
        for function, operands in self._calls:
            function(*operands)
        for operands, at, _ in self._brought:
            operands[at] = None
        for operands, at, _ in self._written:
            operands[at] = None
        return {
            name: rows[self._told[name]]
            if name in self._told
            else numpy.broadcast_to(self._numbers[name], self._worlds)
            for name in self._names
        }

    def _lay_out(self, recorder: Recorder, order: list[int]) -> None:
        steps = recorder.steps
        last_read = {read: place for place in order for read in steps[place].reads}
        guards = defaultdict(list)
        for guard in recorder.guards:
            guards[guard.column.place].append(guard)
        slots: dict[int, _Slot] = {}
        memory = _Memory(self._worlds)
        planned: list[tuple[Callable[..., Any], list[Any]]] = []
        for place in order:
            step = steps[place]
            free = [
                slots[read]
                for read in sorted(step.reads)
                if last_read[read] == place and slots[read].kind == "memory"
            ]
            slots[place] = self._slot(step, place, free, memory)
            for slot in free:
                memory.free(slot)
            if step.key is None:
                operands = [slots[o.place] if isinstance(o, Column) else o for o in step.operands]
                planned.append((_called(step), [*operands, slots[place]]))
            for guard in guards[place]:
                planned.append((_held(guard.holds, guard.expected), [slots[place]]))
            if place not in last_read and slots[place].kind == "memory":
                memory.free(slots[place])
        columns = memory.columns()
        for function, operands in planned:
            self._calls.append((function, self._bound(function, operands, columns)))

    def _slot(self, step: Step, place: int, free: list[_Slot], memory: _Memory) -> _Slot:
        """Where a step writes: over what only it still reads, where it can."""
        if step.key is not None:
            return _Slot("brought", step.key, step.dtype)
        if place in self._rows:
            return _Slot("told", self._rows[place], step.dtype)
        if isinstance(step.function, numpy.ufunc):
            for slot in free:
                if slot.dtype == step.dtype:
                    free.remove(slot)
                    return slot
        return memory.taken(step.dtype)

    def _bound(
        self, function: Callable[..., Any], operands: list[Any], columns: Mapping[Any, Any]
    ) -> list[Any]:
        bound: list[Any] = []
        is_wide = function in (_least, _most)
        is_alike = is_wide or isinstance(function, numpy.ufunc)
        kinds = {each.dtype for each in operands[:-1] if isinstance(each, _Slot)}
        for at, each in enumerate(operands):
            if not isinstance(each, _Slot):
                number = self._constant(each, kinds, is_wide=is_wide) if is_alike else each
                bound.append(number)
            elif each.kind == "memory":
                bound.append(columns[each.at].view(each.dtype))
            else:
                bound.append(None)
                if each.kind == "brought":
                    self._brought.append((bound, at, each.at))
                else:
                    self._written.append((bound, at, each.at))
        return bound

    def _constant(self, number: Any, kinds: set[Any], *, is_wide: bool) -> Any:
        """A number as numpy reads it fastest: of the kind of the columns beside it.

        The smaller or larger of two columns takes half the time of that of a column and a number.
        """
        if numpy.ndim(number) or len(kinds) != 1:
            return number
        (kind,) = kinds
        found = numpy.array(number, dtype=numpy.result_type(kind, number))
        if not is_wide:
            return found
        return self._wide.setdefault((number, found.dtype), numpy.full(self._worlds, found))


class _Memory:
    """Columns of bytes, taken and freed; the one that was freed last is taken first."""

    def __init__(self, worlds: int) -> None:
        self._worlds = worlds
        self._free: dict[int, list[int]] = defaultdict(list)
        self._made: dict[int, int] = defaultdict(int)

    def taken(self, dtype: Any) -> _Slot:
        """A column that is free, or a new one."""
        size = dtype.itemsize
        if self._free[size]:
            return _Slot("memory", (size, self._free[size].pop()), dtype)
        self._made[size] += 1
        return _Slot("memory", (size, self._made[size] - 1), dtype)

    def free(self, slot: _Slot) -> None:
        """Nobody reads the column any more."""
        size, at = slot.at
        self._free[size].append(at)

    def columns(self) -> Mapping[Any, Any]:
        """The bytes of every column; a few lines lie between two, so that they do not collide."""
        found: dict[Any, Any] = {}
        for size, count in self._made.items():
            long = self._worlds * size
            apart = -(-long // LINE) * LINE + 3 * LINE
            whole = numpy.empty(count * apart + LINE, dtype=numpy.uint8)
            start = -whole.ctypes.data % LINE
            for at in range(count):
                found[size, at] = whole[start + at * apart :][:long]
        return found


def _called(step: Step) -> Callable[..., Any]:
    function = step.function
    if function in (numpy.minimum, numpy.maximum):
        return _LEAST_OR_MOST[function]
    if isinstance(function, numpy.ufunc | Cast) or function in (choose, look_up):
        called: Callable[..., Any] = function
        return called

    def written(*operands: Any) -> None:
        numpy.copyto(operands[-1], function(*operands[:-1]))

    return written


def _least(one: Any, other: Any, into: Any) -> None:
    numpy.minimum(one, other, out=into)


def _most(one: Any, other: Any, into: Any) -> None:
    numpy.maximum(one, other, out=into)


_LEAST_OR_MOST = {numpy.minimum: _least, numpy.maximum: _most}
"""numpy warns of a third operand of these two that is not named, and that takes time."""


def _held(holds: Callable[[Any], bool], expected: bool) -> Callable[[Any], None]:
    def check(values: Any) -> None:
        if holds(values) is not expected:
            raise Differs

    return check


def _places(columns: Any) -> list[int]:
    return list(dict.fromkeys(column.place for column in columns))


def _number(told: Any) -> Any:
    values = numpy.asarray(told)
    if values.ndim and (not values.size or numpy.any(values != values.flat[0])):
        raise NotRecorded("what is told has a size of its own")
    return values.flat[0]
