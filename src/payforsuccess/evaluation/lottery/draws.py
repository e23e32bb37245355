"""Chance: which arm each position of a stratum gets, from the seed alone.

A position is a place in the order of referrals within a stratum. What is drawn for it hangs on the
seed, the stratum and the position, and on nothing that happens to anyone: a withdrawal shifts no
one. In blocks, the positions with the lowest numbers of each block are treated, so that every block
holds the share exactly.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from fractions import Fraction

from payforsuccess.trail import canonical_bytes

Stratum = tuple[str, ...]
"""The values of the facts that make strata, in the plan's order; `()` where there are none."""
CHANCES = 1 << 256


def chance_at(seed: bytes, stratum: Stratum, position: int) -> int:
    """A number below 2^256 for a position, counted from 1: HMAC-SHA256(seed, stratum, position)."""
    return _number(seed, "draw", stratum, position)


def blocks(seed: bytes, stratum: Stratum, sizes: Sequence[int]) -> Iterator[range]:
    """The blocks of a stratum without end, as ranges of positions; each size drawn from `sizes`."""
    first, number = 1, 1
    while True:
        size = sizes[_number(seed, "block", stratum, number) % len(sizes)]
        yield range(first, first + size)
        first, number = first + size, number + 1


def treated_positions(
    seed: bytes, stratum: Stratum, *, people: int, share: Fraction, sizes: Sequence[int] = ()
) -> tuple[bool, ...]:
    """For each of the first `people` positions whether it is treated.

    The answer for a position is the same however many come after it. With `sizes`, the share holds
    exactly in every whole block; without, each position is drawn on its own.
    """
    if not sizes:
        limit = CHANCES * share.numerator
        return tuple(
            chance_at(seed, stratum, position) * share.denominator < limit
            for position in range(1, people + 1)
        )
    found: list[bool] = []
    for block in blocks(seed, stratum, sizes):
        if len(found) >= people:
            return tuple(found[:people])
        won = lowest(seed, stratum, block, places=int(len(block) * share))
        found += [position in won for position in block]
    raise AssertionError("blocks have no end")


def lowest(
    seed: bytes, stratum: Stratum, positions: Sequence[int] | range, *, places: int
) -> frozenset[int]:
    """The positions with the lowest numbers, as many as there are places."""
    ordered = sorted(positions, key=lambda position: chance_at(seed, stratum, position))
    return frozenset(ordered[:places])


def round_stratum(number: int) -> Stratum:
    """The stratum of a round in which places are drawn among all who wait."""
    return (f"round {number}",)


def _number(seed: bytes, what: str, stratum: Stratum, position: int) -> int:
    message = canonical_bytes([what, list(stratum), position])
    return int.from_bytes(hmac.new(seed, message, hashlib.sha256).digest(), "big")
