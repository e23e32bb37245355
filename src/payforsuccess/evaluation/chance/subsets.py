"""Random subsets as packed bits: one row a subset, one bit a unit, eight units to a byte.

Each bit starts as a toss with about the right chance, sixty-four at a time; then units picked at
random are turned over until each row holds exactly as many as it should. Tosses treat all units
alike and so does the mending, so every subset of that size is equally likely.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

WORD = 64
_DIGITS = 53
_HIGH_BIT = np.uint8(128)


def tossed_bits(
    rows: int, units: int, share: float, rng: np.random.Generator, *, digits: int = _DIGITS
) -> NDArray[np.uint8]:
    """Bits that are each 1 with the chance `share`, rounded down to so many binary digits.

    Shape (rows, 8 * ceil(units / 64)); bits beyond the units are 0. The digits of the share say,
    from the last to the first, whether a random word is joined by `or` (1) or by `and` (0).
    """
    words = -(-units // WORD)
    parts = math.floor(share * 2**digits)
    if parts >= 2**digits:
        bits = np.full((rows, words), np.iinfo(np.uint64).max, np.uint64)
    else:
        bits = np.zeros((rows, words), np.uint64)
        while parts and parts % 2 == 0:  # the last zeros change nothing
            parts, digits = parts // 2, digits - 1
        for _ in range(digits if parts else 0):
            noise = rng.integers(0, 2**WORD, (rows, words), np.uint64)
            if parts % 2:
                bits |= noise
            else:
                bits &= noise
            parts //= 2
    packed = bits.view(np.uint8)
    _clear_beyond(packed, units)
    return packed


def subset_bits(rows: int, units: int, chosen: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Bits with exactly `chosen` of the units in each row, every such subset equally likely.

    Shape (rows, 8 * ceil(units / 64)). ValueError for more chosen than there are units.
    """
    if not 0 <= chosen <= units:
        raise ValueError("no more can be chosen than there are")
    if 2 * chosen > units:
        bits = ~subset_bits(rows, units, units - chosen, rng)
        _clear_beyond(bits, units)
        return bits
    # Where few are chosen, taking back is slow: nearly all rows then start with too few.
    start = chosen if 4 * chosen >= units else max(0.0, chosen - 4 * math.sqrt(chosen))
    digits = 3 + math.ceil(math.log2(max(units, 1)) / 2)
    bits = tossed_bits(rows, units, start / units if units else 0.0, rng, digits=digits)
    lacking = chosen - np.bitwise_count(bits.view(np.uint64)).sum(axis=1, dtype=np.int64)
    _turn_over(bits, lacking, units, rng)
    return bits


def _turn_over(
    bits: NDArray[np.uint8], lacking: NDArray[np.int64], units: int, rng: np.random.Generator
) -> None:
    """In each row, add units picked at random among those out, or take back among those in."""
    rows = np.flatnonzero(lacking)
    while len(rows):
        at = rng.integers(0, units, len(rows), np.int64)
        byte, mask = at >> 3, _HIGH_BIT >> (at & 7).astype(np.uint8)
        is_in = (bits[rows, byte] & mask) != 0
        adds = lacking[rows] > 0
        turns = is_in != adds
        bits[rows[turns], byte[turns]] ^= mask[turns]
        lacking[rows[turns]] -= np.where(adds[turns], 1, -1)
        rows = rows[lacking[rows] != 0]


def _clear_beyond(packed: NDArray[np.uint8], units: int) -> None:
    whole, rest = divmod(units, 8)
    if rest:
        packed[:, whole] &= np.uint8(0xFF00 >> rest & 0xFF)
        whole += 1
    packed[:, whole:] = 0
