"""Many assignments that the design could have given, one bit each, so that all fit in memory."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import (
    Clustered,
    Codes,
    Complete,
    Design,
    PermutedBlocks,
    SequentialLottery,
    Simple,
    Stratified,
    people_of,
)
from payforsuccess.evaluation.chance.subsets import subset_bits, tossed_bits

_CELLS = 2**22
"""Assignments handled unpacked at a time."""
_TABLE = 5_000
"""Up to so many subsets of a block are listed and one is picked by its number."""
_ROUNDS = 1_000


@dataclass(frozen=True)
class Draws:
    """Assignments, one a row. bits: shape (times, at least units / 8), the first unit highest.

    A unit is a person, or a cluster where `unit_of` (shape (people,)) says whose each person is.
    """

    bits: NDArray[np.uint8]
    units: int
    unit_of: Codes | None = None

    @property
    def times(self) -> int:
        """How many assignments were drawn."""
        return len(self.bits)

    @property
    def people(self) -> int:
        """How many people each of them assigns."""
        return self.units if self.unit_of is None else len(self.unit_of)

    def blocks(self, rows: int) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """The assignments of units as 0s and 1s, so many rows at a time."""
        for start in range(0, self.times, rows):
            part = slice(start, min(start + rows, self.times))
            yield part, np.unpackbits(self.bits[part], axis=1, count=self.units)

    def arms(self, at: int) -> NDArray[np.bool_]:
        """Who is treated in one assignment, shape (people,)."""
        units = np.unpackbits(self.bits[at], count=self.units).astype(bool)
        return units if self.unit_of is None else units[self.unit_of]


def draw(design: Design, times: int, rng: np.random.Generator) -> Draws:
    """So many assignments by the design, each independent of the others.

    Kept at one bit a unit: 10,000 people and 10,000 draws take 12.5 megabytes. Refuses a design
    that leaves an arm without anyone.
    """
    if times < 1:
        raise ValueError("draw at least once")
    if isinstance(design, Clustered):
        among = draw(design.among, times, rng)
        if among.units != int(design.clusters.max(initial=-1)) + 1:
            raise ValueError("a clustered design draws as many units as there are clusters")
        return Draws(among.bits, among.units, design.clusters)
    _refuse_one_arm(design)
    units = people_of(design)
    match design:
        case Complete():
            return Draws(subset_bits(times, units, design.treated, rng), units)
        case Simple():
            return Draws(_simple(design, times, rng), units)
        case Stratified():
            sizes = np.bincount(design.strata, minlength=len(design.treated))
            as_blocks = PermutedBlocks(design.strata, sizes, design.treated)
            return Draws(_by_block(as_blocks, times, rng), units)
        case PermutedBlocks():
            return Draws(_with_both_arms(design, times, rng), units)
        case SequentialLottery():
            return Draws(_lottery(design, times, rng), units)


def _simple(design: Simple, times: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    bits = tossed_bits(times, design.people, design.share, rng)
    for _ in range(_ROUNDS):
        counts = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        again = np.flatnonzero((counts == 0) | (counts == design.people))
        if not len(again):
            return bits
        bits[again] = tossed_bits(len(again), design.people, design.share, rng)
    raise _one_arm()


def _with_both_arms(
    design: PermutedBlocks, times: int, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Blocks that are not full may leave an arm empty; such draws are made again."""
    bits = _by_block(design, times, rng)
    people = len(design.blocks)
    for _ in range(_ROUNDS):
        counts = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        again = np.flatnonzero((counts == 0) | (counts == people))
        if not len(again):
            return bits
        bits[again] = _by_block(design, len(again), rng)
    raise _one_arm()


def _by_block(design: PermutedBlocks, times: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Blocks of one size and ratio are drawn together."""
    people = len(design.blocks)
    filled = np.bincount(design.blocks, minlength=len(design.sizes))
    if len(filled) > len(design.sizes) or (filled > design.sizes).any():
        raise ValueError("a block holds no more people than places")
    order = np.argsort(design.blocks, kind="stable")
    starts = np.cumsum(filled) - filled
    shapes: dict[tuple[int, int, int], list[NDArray[np.int64]]] = {}
    for at, shape in enumerate(zip(design.sizes, design.treated, filled, strict=True)):
        size, treated, holds = map(int, shape)
        if holds:
            columns = order[starts[at] : starts[at] + holds]
            shapes.setdefault((size, treated, holds), []).append(columns)
    rows = max(1, _CELLS // max(people, 1))
    bits = np.empty((times, -(-people // 8)), np.uint8)
    for start in range(0, times, rows):
        stop = min(start + rows, times)
        arms = np.empty((stop - start, people), np.uint8)
        for (size, treated, holds), of_blocks in shapes.items():
            dealt = _dealt((stop - start) * len(of_blocks), size, treated, rng)[:, :holds]
            arms[:, np.concatenate(of_blocks)] = dealt.reshape(stop - start, -1)
        bits[start:stop] = np.packbits(arms, axis=1)
    return bits


def _dealt(rows: int, size: int, treated: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One block a row, as 0s and 1s; every order of its places equally likely."""
    if not 0 <= treated <= size:
        raise ValueError("a block has no more places for treatment than places")
    ways = math.comb(size, treated)
    if ways > _TABLE:
        return np.unpackbits(subset_bits(rows, size, treated, rng), axis=1, count=size)
    table = np.zeros((ways, size), np.uint8)
    for at, chosen in enumerate(combinations(range(size), treated)):
        table[at, list(chosen)] = 1
    return table[rng.integers(0, ways, rows, np.uint16)]


def _lottery(design: SequentialLottery, times: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Day by day: slots go to the smallest of random keys among those who wait."""
    people, slots = len(design.arrived), design.slots
    rows = max(1, _CELLS // max(people, 1))
    bits = np.empty((times, -(-people // 8)), np.uint8)
    for start in range(0, times, rows):
        stop = min(start + rows, times)
        arms = np.zeros((stop - start, people), bool)
        for day in np.flatnonzero(slots):
            since = day - design.arrived
            waiting = np.flatnonzero((since >= 0) & (since <= design.waits))
            if not len(waiting):
                continue
            keys = rng.random((stop - start, len(waiting)))
            already = arms[:, waiting]
            keys[already] = 2.0
            count = min(int(slots[day]), len(waiting))
            if count < len(waiting):
                last = np.partition(keys, count - 1, axis=1)[:, count - 1 : count]
                arms[:, waiting] = already | (keys <= np.minimum(last, 1.0))
            else:
                arms[:, waiting] = True
        bits[start:stop] = np.packbits(arms, axis=1)
    return bits


def _refuse_one_arm(design: Design) -> None:
    people = people_of(design)
    match design:
        case Complete():
            is_fine = 0 < design.treated < people
        case Simple():
            is_fine = 0.0 < design.share < 1.0 and people > 1
        case Stratified():
            if len(design.treated) <= int(design.strata.max(initial=-1)):
                raise ValueError("a stratified design has a count of treated for each stratum")
            is_fine = 0 < int(design.treated.sum()) < people
        case PermutedBlocks():
            is_fine = people > 1 and 0 < int(design.treated.sum()) < int(design.sizes.sum())
        case SequentialLottery():
            if len(design.slots) <= int(design.arrived.max(initial=-1)):
                raise ValueError("a lottery has a number of slots for each day")
            came = np.bincount(design.arrived, minlength=len(design.slots))
            some_wait = design.waits > 0 or bool((came > design.slots).any())
            is_fine = some_wait and people > 1 and int(design.slots.sum()) > 0
        case Clustered():
            return
    if not is_fine:
        raise _one_arm()


def _one_arm() -> Refusal:
    return Refusal(
        Problem(
            "The design leaves an arm without anyone, so chance has nothing to choose.",
            "State the design that was used; where everyone was served, use another comparison.",
        )
    )
