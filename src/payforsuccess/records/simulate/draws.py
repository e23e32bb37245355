"""Chance: one stream of numbers for each block and purpose, so that order never matters."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Letters: TypeAlias = npt.NDArray[np.bytes_]
Rng: TypeAlias = np.random.Generator

PURPOSES = (
    "people",
    "jail",
    "programme",
    "streets",
    "health",
    "work",
    "written",
    "delays",
    "families",
    "courts",
)


def stream(seed: int, block: int, purpose: str, part: int = 0) -> Rng:
    """The numbers of one purpose in one block: the same whatever was drawn before."""
    key = (PURPOSES.index(purpose), part, block)
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=key)))


def skewed(rng: Rng, size: int, of: int) -> Whole:
    """`size` numbers below `of`, the small ones far more often, as names are."""
    weights = 1.0 / (np.arange(of) + 4.0) ** 0.85
    edges = np.cumsum(weights)
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").clip(0, of - 1)


def counts(rng: Rng, rates: npt.NDArray[np.float64]) -> Whole:
    """How often something happens that happens `rates` times on average."""
    return rng.poisson(rates).astype(np.int64)


def lengths(rng: Rng, median: npt.NDArray[np.float64], *, spread: float, most: int) -> Whole:
    """Days with a median and a long tail, from 0 to `most`."""
    drawn = np.exp(rng.standard_normal(len(median)) * spread) * median
    return np.floor(drawn).clip(0, most).astype(np.int64)


def seasonal_days(rng: Rng, size: int, *, begins: int, ends: int) -> Whole:
    """Days of `[begins, ends)`, a fifth more often in July than the year's average, as arrests are.

    Days are numbers, counted from 1 January 1970.
    """
    days = np.arange(begins, ends)
    weights = 1.0 + 0.2 * np.cos((days - 196.0) * (2 * math.pi / 365.25))
    edges = np.cumsum(weights)
    found = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return begins + found.clip(0, len(days) - 1)


def shuffled_numbers(numbers: Whole, *, seed: int, agency: int, digits: int) -> Whole:
    """Other numbers below `10**digits`, each once, that tell nothing of the first.

    A Feistel network of four rounds, walked until it lands inside: each agency's own numbering,
    without a table to be kept. For a made-up county; records of living people get random keys.
    """
    bound = 10**digits
    half = (bound - 1).bit_length() // 2 + (bound - 1).bit_length() % 2
    mask = (1 << half) - 1
    keys = np.random.SeedSequence(seed, spawn_key=(len(PURPOSES), agency)).generate_state(4)
    out = numbers.astype(np.uint64)
    waiting = np.ones(len(out), bool)
    while waiting.any():
        left, right = out[waiting] >> np.uint64(half), out[waiting] & np.uint64(mask)
        for key in keys:
            mixed = (right * np.uint64(0x9E3779B97F4A7C15) + np.uint64(key)) & np.uint64(2**64 - 1)
            mixed ^= mixed >> np.uint64(29)
            mixed = (mixed * np.uint64(0xBF58476D1CE4E5B9)) & np.uint64(2**64 - 1)
            mixed ^= mixed >> np.uint64(32)
            left, right = right, left ^ (mixed & np.uint64(mask))
        out[waiting] = (left << np.uint64(half)) | right
        waiting = out >= bound
    return out.astype(np.int64)
